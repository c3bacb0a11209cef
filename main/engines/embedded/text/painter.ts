import type { Canvas } from '@napi-rs/canvas';
import type { ClipAnimation, TextMaterial } from '../../../drafts/model.ts';
import {
  type Box,
  backgroundBox,
  createSheet,
  drawBackground,
  drawOver,
  drawUnder,
  runBox,
  type Sheet,
} from './draw.ts';
import type { FontBook } from './fonts/book.ts';
import { layOutText, type TextLayout } from './layout.ts';
import { LruCache } from './lru.ts';
import { createMeasurer } from './measure.ts';
import { within } from './runs.ts';

/** A drawn text. Sizes are pixels of the draft canvas at clip scale 1, whatever the raster scale. */
export interface TextPicture {
  /** Covers `width` x `height`; its own pixels are that times the raster scale (less when it would be enormous). */
  readonly canvas: Canvas;
  readonly width: number;
  readonly height: number;
  /** Centre of the block of line boxes, from the picture's upper left corner: stands at `clip.transform`. */
  readonly originX: number;
  readonly originY: number;
  /** Equal keys, equal pictures. */
  readonly cacheKey: string;
}

export interface PaintOptions {
  /** Raster pixels per pixel of the draft canvas: output size / canvas size x clip scale. Keep it steady over frames. */
  readonly rasterScale: number;
  /** From the segment's start. */
  readonly timeUs: number;
  readonly durationUs: number;
  readonly animations: readonly ClipAnimation[];
}

export interface TextWarning {
  readonly kind:
    | 'flower_text'
    | 'font_replaced'
    | 'text_truncated'
    | 'glyph_missing'
    | 'animation_approximated'
    | 'animation_not_drawn';
  readonly name: string;
  readonly count: number;
}

export interface TextPainter {
  /** Never throws for any material; an empty text gives a picture without ink. Do not draw on the canvas. */
  paint(text: TextMaterial, options: PaintOptions): TextPicture;
  /** What could not be drawn as the draft says, so far. */
  warnings(): readonly TextWarning[];
}

/** Pictures and sprites that are kept for reuse. */
const DEFAULT_CACHE_BYTES = 96 << 20;
const MAX_PIXELS = 24_000_000;
const MAX_SIDE = 16_000;
const KEPT_LAYOUTS = 400_000;

export function createTextPainter(options: {
  readonly canvas: { readonly width: number; readonly height: number };
  readonly fonts: FontBook;
  readonly cacheBytes?: number;
}): TextPainter {
  const { canvas, fonts } = options;
  const measurer = createMeasurer(fonts);
  const pictures = new LruCache<TextPicture>(options.cacheBytes ?? DEFAULT_CACHE_BYTES);
  const layouts = new LruCache<TextLayout>(KEPT_LAYOUTS);
  const keys = new WeakMap<TextMaterial, string>();
  const warned = new Map<string, { kind: TextWarning['kind']; name: string; count: number }>();

  function contentKey(text: TextMaterial): string {
    let key = keys.get(text);
    if (key === undefined) {
      const { id: _, ...content } = text;
      key = JSON.stringify(content);
      keys.set(text, key);
      noteUndrawn(text);
    }
    return key;
  }

  function noteUndrawn(text: TextMaterial): void {
    const effects = new Set(text.styles.map((style) => style.effectId).filter((id) => id !== ''));
    for (const id of effects) warn('flower_text', id);
  }

  function warn(kind: TextWarning['kind'], name: string): void {
    const entry = warned.get(`${kind}\n${name}`);
    if (entry !== undefined) entry.count++;
    else if (warned.size < 500) warned.set(`${kind}\n${name}`, { kind, name, count: 1 });
  }

  function layoutOf(text: TextMaterial, key: string): TextLayout {
    let layout = layouts.get(key);
    if (layout === undefined) {
      layout = layOutText(text, canvas, measurer);
      if (layout.truncated) warn('text_truncated', text.text.slice(0, 20));
      layouts.set(key, layout, text.text.length + 200);
    }
    return layout;
  }

  return {
    paint(text, { rasterScale }) {
      const key = contentKey(text);
      const scale = within(rasterScale, 1 / 64, 64) || 1;
      const pictureKey = `${scale}|${key}`;
      let picture = pictures.get(pictureKey);
      if (picture === undefined) {
        picture = drawStatic(text, layoutOf(text, key), scale, pictureKey);
        pictures.set(pictureKey, picture, picture.canvas.width * picture.canvas.height * 4);
      }
      return picture;
    },
    warnings() {
      const replaced = fonts.replaced().map(({ name, count }) => ({ kind: 'font_replaced' as const, name, count }));
      const missing = fonts.uncovered().map(({ name, count }) => ({ kind: 'glyph_missing' as const, name, count }));
      return [...warned.values(), ...replaced, ...missing];
    },
  };
}

function drawStatic(text: TextMaterial, layout: TextLayout, scale: number, cacheKey: string): TextPicture {
  const sheet = createTextSheet(inkBox(text, layout), scale, layout);
  const runs = layout.lines.flatMap((line) => line.runs);
  drawBackground(sheet, text, layout);
  drawUnder(sheet, runs);
  drawOver(sheet, runs, layout);
  fade(sheet, text.alpha);
  return pictureOf(sheet, layout, cacheKey);
}

/** Everything the text may cover. */
export function inkBox(text: TextMaterial, layout: TextLayout): Box {
  let box: Box = { left: 0, top: 0, right: layout.width, bottom: layout.height };
  for (const line of layout.lines) for (const run of line.runs) box = union(box, runBox(run));
  return text.background === null ? box : union(box, backgroundBox(text.background, layout));
}

function union(a: Box, b: Box): Box {
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

/**
 * A sheet for `box`, its edges moved out so that the block's centre is a corner of raster pixels: a picture placed on
 * whole pixels then stays crisp. The scale is lowered where the sheet would be enormous.
 */
function createTextSheet(box: Box, wanted: number, layout: TextLayout): Sheet {
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const scale = Math.min(
    wanted,
    Math.sqrt(MAX_PIXELS / Math.max(1, width * height)),
    MAX_SIDE / Math.max(1, width),
    MAX_SIDE / Math.max(1, height),
  );
  const [centreX, centreY] = [layout.width / 2, layout.height / 2];
  const out = (distance: number) => Math.ceil(distance * scale) / scale;
  return createSheet(
    {
      left: centreX - out(centreX - box.left),
      top: centreY - out(centreY - box.top),
      right: centreX + out(box.right - centreX),
      bottom: centreY + out(box.bottom - centreY),
    },
    scale,
  );
}

function fade({ context, canvas }: Sheet, alpha: number): void {
  const opacity = within(alpha, 0, 1);
  if (opacity === 1) return;
  context.save();
  context.resetTransform();
  context.globalCompositeOperation = 'destination-in';
  context.fillStyle = `rgba(0,0,0,${opacity})`;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.restore();
}

function pictureOf({ canvas, box, scale }: Sheet, layout: TextLayout, cacheKey: string): TextPicture {
  return {
    canvas,
    width: canvas.width / scale,
    height: canvas.height / scale,
    originX: layout.width / 2 - box.left,
    originY: layout.height / 2 - box.top,
    cacheKey,
  };
}
