import { createHash } from 'node:crypto';
import type { Canvas } from '@napi-rs/canvas';
import { nameKey } from '../../../drafts/inspect/index.ts';
import type { ClipAnimation, EffectMaterial, TextMaterial } from '../../../drafts/model.ts';
import { resolveTextAnimation } from './animations.ts';
import { drawMoved, drawPieces, drawStatic, makeSprites, type SpriteSet, sheetsOf } from './compose.ts';
import type { FontBook } from './fonts/book.ts';
import { layOutText, type TextLayout } from './layout.ts';
import { LruCache } from './lru.ts';
import { createMeasurer } from './measure.ts';
import { motionAt } from './motion/schedule.ts';
import { isAtRest, type UnitState } from './motion/state.ts';
import { within } from './runs.ts';
import { release, type Sheet, sheetBytes } from './sheet.ts';
import { type GlyphUnit, glyphUnits } from './units.ts';

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
  /** Of the segment; all motion they make is inside the picture, which may grow beyond its size at rest. */
  readonly animations: readonly ClipAnimation[];
  /** Effects of the segment: flower text and bubbles among them are not drawn, but told. */
  readonly effects?: readonly EffectMaterial[];
}

export interface TextWarning {
  readonly kind:
    | 'flower_text'
    | 'bubble'
    | 'font_replaced'
    | 'text_truncated'
    | 'glyph_missing'
    | 'animation_approximated'
    | 'animation_not_drawn';
  /** Font, script, animation, flower text id or the beginning of the text. */
  readonly name: string;
  /** How many texts (scripts: characters) it concerns. */
  readonly count: number;
}

export interface TextPainter {
  /**
   * The text at one moment. Never throws, whatever the material; an empty text gives a picture without ink. A text
   * that stands still gives the same picture again: do not draw on its canvas. Good until the next `frameDone`.
   */
  paint(text: TextMaterial, options: PaintOptions): TextPicture;
  /**
   * Tells that all pictures got so far have been drawn, or will be got anew: those that fell out of the cache give
   * their memory back. Without it they wait for the garbage collector, which does not know how large they are.
   */
  frameDone(): void;
  /** What could not be drawn as the draft says, so far. */
  warnings(): readonly TextWarning[];
}

/** Pictures and sprites that are kept for reuse. */
const DEFAULT_CACHE_BYTES = 96 << 20;
/** Characters of the texts whose layout is kept. */
const KEPT_LAYOUTS = 60_000;
const MAX_WARNINGS = 500;
const MAX_RETIRED_BYTES = 256 << 20;

interface Drawing {
  readonly sheet: Sheet;
  readonly picture: TextPicture;
}

/** Draws the texts of a draft whose canvas has `canvas` pixels. `cacheBytes`: what pictures kept for reuse may take. */
export function createTextPainter(options: {
  readonly canvas: { readonly width: number; readonly height: number };
  readonly fonts: FontBook;
  readonly cacheBytes?: number;
}): TextPainter {
  const { canvas, fonts } = options;
  const measurer = createMeasurer(fonts);
  const cacheBytes = options.cacheBytes ?? DEFAULT_CACHE_BYTES;
  let retired: Sheet[] = [];
  let retiredBytes = 0;
  const drawings = new LruCache<Drawing>(cacheBytes / 2, ({ sheet }) => retire(sheet));
  const spriteSets = new LruCache<SpriteSet>(cacheBytes / 2, (set) => sheetsOf(set).forEach(retire));
  const layouts = new LruCache<TextLayout>(KEPT_LAYOUTS);
  const units = new LruCache<GlyphUnit[]>(KEPT_LAYOUTS);
  const keys = new WeakMap<TextMaterial, string>();
  const noted = new WeakSet<readonly ClipAnimation[]>();
  const warned = new Map<string, { kind: TextWarning['kind']; name: string; count: number }>();

  /** A sheet may still be waiting to be drawn in this frame: it is released when the frame is done. */
  function retire(sheet: Sheet): void {
    retired.push(sheet);
    retiredBytes += sheetBytes(sheet);
    // Nobody tells when frames are done: leave them to the garbage collector.
    if (retiredBytes > MAX_RETIRED_BYTES) forgetRetired();
  }

  function forgetRetired(): void {
    retired = [];
    retiredBytes = 0;
  }

  function warn(kind: TextWarning['kind'], name: string): void {
    const same = `${kind}\n${nameKey(name)}`;
    const entry = warned.get(same);
    if (entry !== undefined) entry.count++;
    else if (warned.size < MAX_WARNINGS) warned.set(same, { kind, name, count: 1 });
  }

  /** The same for texts that look the same. */
  function keyOf(text: TextMaterial, effects: readonly EffectMaterial[]): string {
    let key = keys.get(text);
    if (key === undefined) {
      const { id: _, ...content } = text;
      key = digest(JSON.stringify(content));
      keys.set(text, key);
      noteDecoration(text, effects);
      const missing = text.styles.flatMap((style) => fonts.missingFont(style) ?? []);
      for (const [name] of Map.groupBy(missing, nameKey).values()) if (name !== undefined) warn('font_replaced', name);
    }
    return key;
  }

  function noteAnimations(animations: readonly ClipAnimation[]): void {
    if (animations.length === 0 || noted.has(animations)) return;
    noted.add(animations);
    for (const animation of animations) {
      const { fidelity } = resolveTextAnimation(animation);
      if (fidelity === 'approximated') warn('animation_approximated', nameOf(animation));
      if (fidelity === 'not_drawn') warn('animation_not_drawn', nameOf(animation));
    }
  }

  /** Flower text under its name where the segment carries it, else under the id in the style. */
  function noteDecoration(text: TextMaterial, effects: readonly EffectMaterial[]): void {
    const named = (wanted: string) =>
      effects.filter(({ type }) => type === wanted).map(({ name, resourceId }) => name || resourceId);
    const flowers = named('text_effect');
    const ids = text.styles.map((style) => style.effectId).filter((id) => id !== '');
    for (const name of new Set(flowers.length > 0 ? flowers : ids)) warn('flower_text', name);
    for (const name of named('text_shape')) warn('bubble', name);
  }

  function layoutOf(text: TextMaterial, key: string): TextLayout {
    return remember(layouts, key, text.text.length + 200, () => {
      const layout = layOutText(text, canvas, measurer);
      if (layout.truncated) warn('text_truncated', text.text.slice(0, 20));
      return layout;
    });
  }

  function spritesOf(pieces: readonly GlyphUnit[], layout: TextLayout, scale: number, key: string): SpriteSet {
    return remember(
      spriteSets,
      key,
      ({ bytes }) => bytes,
      () => makeSprites(pieces, layout, scale),
    );
  }

  function drawingOf(key: string, layout: TextLayout, draw: () => Sheet): Drawing {
    return remember(
      drawings,
      key,
      ({ sheet }) => sheetBytes(sheet),
      () => {
        const sheet = draw();
        return { sheet, picture: pictureOf(sheet, layout, key) };
      },
    );
  }

  return {
    paint(text, { rasterScale, timeUs, durationUs, animations, effects = [] }) {
      noteAnimations(animations);
      const key = keyOf(text, effects);
      const scale = within(rasterScale, 1 / 64, 64) || 1;
      const staticKey = `${key}@${scale}`;
      const layout = layoutOf(text, key);
      const motion = motionAt(text, animations, timeUs, durationUs);

      const { glyphs, block } = motion;
      const pieces =
        glyphs === null ? [] : remember(units, key, text.text.length + 200, () => glyphUnits(layout, measurer));
      const states = glyphs === null ? [] : pieces.map(glyphs);
      const piecesMove = states.some((state) => !isAtRest(state));
      const blockMoves = block !== null && !isAtRest(block);
      const piecesKey = piecesMove ? `${staticKey}/${digest(signature(states))}` : staticKey;
      const pictureKey = blockMoves ? `${piecesKey}/${digest(signature([block]))}` : piecesKey;

      const base = () =>
        drawingOf(piecesKey, layout, () =>
          piecesMove
            ? drawPieces(text, layout, spritesOf(pieces, layout, scale, staticKey), states, scale)
            : drawStatic(text, layout, scale),
        );
      if (!blockMoves) return base().picture;
      return drawingOf(pictureKey, layout, () => drawMoved(base().sheet, layout, text, block)).picture;
    },
    frameDone() {
      retired.forEach(release);
      forgetRetired();
    },
    warnings() {
      const missing = fonts.uncovered().map((entry) => ({ kind: 'glyph_missing' as const, ...entry }));
      return [...warned.values(), ...missing];
    },
  };
}

function remember<Value>(
  cache: LruCache<Value>,
  key: string,
  weight: number | ((value: Value) => number),
  make: () => Value,
): Value {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const value = make();
  cache.set(key, value, typeof weight === 'number' ? weight : weight(value));
  return value;
}

const nameOf = ({ name, resourceId, id, kind }: ClipAnimation): string => name || resourceId || id || kind;

const digest = (content: string): string => createHash('sha1').update(content).digest('base64url');

/** States that look the same have the same signature. */
function signature(states: readonly UnitState[]): string {
  return states.map((state) => JSON.stringify(state, rounded)).join();
}

const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;

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
