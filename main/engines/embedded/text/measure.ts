import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { LayoutFonts, MeasuredText } from './clusters.ts';
import type { FontBook } from './fonts/book.ts';
import { LruCache } from './lru.ts';
import { type TextRun, within } from './runs.ts';

/** Widths are taken at one size and scaled: they are linear, and one cache serves every size. */
const MEASURE_PX = 200;
const CACHED_CHARACTERS = 500_000;

/** The canvas font of a piece of text. Bold and italic are made by the drawing library where the file is neither. */
export function canvasFont(face: { family: string }, px: number, bold: boolean, italic: boolean): string {
  return `${italic ? 'italic ' : ''}${bold ? 'bold ' : ''}${px}px "${face.family}"`;
}

/** Font features of a piece of text. */
export function fontFeatures({ proportional, spaced }: Pick<MeasuredText, 'proportional' | 'spaced'>): string {
  const features = [...(proportional ? ['"pwid" 1'] : []), ...(spaced ? ['"liga" 0', '"clig" 0'] : [])];
  return features.join(', ') || 'normal';
}

/** Settings every context that measures or draws text needs, so that both see the same glyphs. */
export function prepareText(context: SKRSContext2D): void {
  context.lang = 'zh-CN';
  context.textRendering = 'geometricPrecision';
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
}

/** How far the ink of a run reaches: before its start and beyond its end, above and below its baseline. Em. */
export interface InkReach {
  readonly before: number;
  readonly after: number;
  readonly up: number;
  readonly down: number;
}

/** Swashes and piled marks may be long; a font that says more than this is broken. */
const MAX_REACH_EM = 3;
const reaches = new WeakMap<TextRun, InkReach>();
const scratch = createCanvas(1, 1).getContext('2d');
prepareText(scratch);

/** Measures the ink of a run, once. */
export function inkReach(run: TextRun): InkReach {
  let reach = reaches.get(run);
  if (reach === undefined) {
    scratch.font = canvasFont(run.face, MEASURE_PX, run.style.bold, run.style.italic);
    scratch.direction = run.rtl ? 'rtl' : 'ltr';
    scratch.fontFeatureSettings = fontFeatures({ proportional: run.proportional, spaced: run.letterSpacing !== 0 });
    const ink = scratch.measureText(run.text);
    const em = (pixels: number) => within(pixels / MEASURE_PX, 0, MAX_REACH_EM);
    reach = {
      before: em(ink.actualBoundingBoxLeft),
      after: em(ink.actualBoundingBoxRight - ink.width),
      up: em(ink.actualBoundingBoxAscent),
      down: em(ink.actualBoundingBoxDescent),
    };
    reaches.set(run, reach);
  }
  return reach;
}

/** Measures with the fonts of a book; remembers what it has measured. */
export function createMeasurer(book: FontBook): LayoutFonts {
  const context = createCanvas(1, 1).getContext('2d');
  prepareText(context);
  const widths = new LruCache<number>(CACHED_CHARACTERS);
  let currentFont = '';
  return {
    face: (style, cluster) => book.face(style, cluster),
    advance(piece: MeasuredText) {
      const font = canvasFont(piece.face, MEASURE_PX, piece.bold, piece.italic);
      const key = `${font}${piece.rtl ? '<' : '>'}${fontFeatures(piece)} ${piece.text}`;
      const known = widths.get(key);
      if (known !== undefined) return known;
      if (font !== currentFont) {
        context.font = font;
        currentFont = font;
      }
      context.fontFeatureSettings = fontFeatures(piece);
      context.direction = piece.rtl ? 'rtl' : 'ltr';
      const width = context.measureText(piece.text).width / MEASURE_PX;
      widths.set(key, width, key.length + 40);
      return width;
    },
  };
}
