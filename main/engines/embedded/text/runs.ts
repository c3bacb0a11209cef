import type { TextStyle } from '../../../drafts/model.ts';
import type { Cluster, LayoutFace, LayoutFonts } from './clusters.ts';

/** One piece of text with its place: drawn in one go. Pixels of the draft canvas from the block's upper left corner. */
export interface TextRun {
  readonly text: string;
  readonly clusters: readonly Cluster[];
  readonly style: TextStyle;
  readonly face: LayoutFace;
  readonly px: number;
  readonly rtl: boolean;
  readonly proportional: boolean;
  /** Pixels added after every cluster. */
  readonly letterSpacing: number;
  /**
   * - `horizontal`: (x, y) = left end of the baseline
   * - `upright` (vertical text): (x, y) = middle of the baseline of one cluster
   * - `rotated` (vertical text): (x, y) = upper end of the middle line, the run goes down
   */
  readonly mode: 'horizontal' | 'upright' | 'rotated';
  readonly x: number;
  readonly y: number;
  /** Length along the line. */
  readonly advance: number;
}

/** A line box (in vertical text: a column), from the block's upper left corner. */
export interface TextLine {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly runs: readonly TextRun[];
}

/** A run that has its length, but not its place yet. */
export type UnplacedRun = Omit<TextRun, 'x' | 'y'>;

export interface Paragraph {
  readonly text: string;
  /** In the whole text. */
  readonly offset: number;
  readonly base: 0 | 1;
  readonly clusters: readonly Cluster[];
  /** Of its start: gives an empty line its height. */
  readonly style: TextStyle | null;
}

/** An em larger than this many times the canvas shows nothing but a part of one stroke. */
const MAX_EM_PER_SIDE = 10;

/**
 * Pixels per em of a draft's font size: shorter canvas side / 128 per unit, the side rounded up to a multiple of 4.
 * Measured on a picture that CapCut rendered itself: size 10 on 1920x1013 gives 79.4 = 10 x 1016 / 128, not 79.1.
 */
export function emPixels(size: number, canvas: { width: number; height: number }): number {
  const shorter = Math.ceil(Math.min(canvas.width, canvas.height) / 4) * 4;
  if (!Number.isFinite(size) || size <= 0) return 0;
  return Math.min((size * shorter) / 128, shorter * MAX_EM_PER_SIDE);
}

/** A number from a draft, kept within what can be laid out. */
export const within = (value: number, low: number, high: number): number =>
  Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : 0;

/** Joined scripts have no room between letters. */
const joined =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}\p{Script=Adlam}\p{Script=Mandaic}\p{Script=Phags_Pa}]/u;

export function measureRun(group: readonly Cluster[], spacing: number, fonts: LayoutFonts): UnplacedRun {
  const [first] = group;
  if (first === undefined) throw new RangeError('a run has at least one cluster');
  const { style, face, px, proportional } = first;
  const text = group.length === 1 ? first.text : group.map((cluster) => cluster.text).join('');
  const rtl = first.level % 2 === 1;
  const letterSpacing = joined.test(text) ? 0 : spacing * px;
  const spaced = letterSpacing !== 0;
  const advance =
    px * fonts.advance({ text, face, bold: style.bold, italic: style.italic, rtl, proportional, spaced }) +
    letterSpacing * group.length;
  return { text, clusters: group, style, face, px, rtl, proportional, letterSpacing, mode: 'horizontal', advance };
}

/**
 * Height of a line and where its baseline is: (ascent + descent + line spacing) x em, the largest of the line's fonts.
 * Emoji fonts do not count beside others: a smiley must not move the lines apart.
 */
export function lineBox(
  clusters: readonly Cluster[],
  emptyStyle: TextStyle | null,
  lineSpacing: number,
  sizes: (style: TextStyle) => number,
  fonts: LayoutFonts,
): { height: number; baseline: number } {
  const some = clusters.some((cluster) => !cluster.face.color);
  const counted = clusters.filter((cluster) => !cluster.face.color || !some);
  const boxes =
    counted.length > 0 || emptyStyle === null
      ? counted
      : [{ face: fonts.face(emptyStyle, ' '), px: sizes(emptyStyle) }];
  let ascent = 0;
  let descent = 0;
  let extra = 0;
  for (const { face, px } of boxes) {
    ascent = Math.max(ascent, face.ascent * px);
    descent = Math.max(descent, face.descent * px);
    extra = lineSpacing >= 0 ? Math.max(extra, lineSpacing * px) : Math.min(extra, lineSpacing * px);
  }
  const height = Math.max(0, ascent + descent + extra);
  return { height, baseline: ascent + extra / 2 };
}
