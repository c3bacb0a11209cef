import type { TextStyle } from '../../../drafts/model.ts';
import type { BidiLevels } from './bidi.ts';

/** What the layout must know of a font. */
export interface LayoutFace {
  readonly family: string;
  /** Em above and below the baseline. */
  readonly ascent: number;
  readonly descent: number;
  readonly bold: boolean;
  readonly color: boolean;
}

/** One piece of text drawn in one go: one face, one style, one direction. */
export interface MeasuredText {
  readonly text: string;
  readonly face: LayoutFace;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly rtl: boolean;
  /** Narrow quotation marks and dots from a Chinese font, as English wants them. */
  readonly proportional: boolean;
  /** Its letters stand apart: none are joined into one (ffi). Scripts whose letters join anyway are not affected. */
  readonly spaced: boolean;
}

/** The measuring function a layout works with; everything else in it is pure. */
export interface LayoutFonts {
  face(style: TextStyle, cluster: string): LayoutFace;
  /** Advance width in em, shaped as a whole, without letter spacing. */
  advance(piece: MeasuredText): number;
}

/** What a reader takes for one character: never split. */
export interface Cluster {
  readonly text: string;
  /** UTF-16 offset in the whole text. */
  readonly start: number;
  readonly style: TextStyle;
  readonly styleIndex: number;
  readonly px: number;
  readonly face: LayoutFace;
  readonly level: number;
  readonly proportional: boolean;
}

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** Characters that are a cluster each, whatever stands beside them: the usual Chinese and Latin subtitle. */
const plain =
  /^[\u0020-\u007e\u00b7\u2014\u2018-\u201d\u2026\u3000-\u3029\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uff01-\uff60]*$/;

export function splitClusters(text: string): string[] {
  if (plain.test(text)) return text.split('');
  return Array.from(segmenter.segment(text), (part) => part.segment);
}

/** Marks that Chinese and English share, but set differently: full width there, narrow here. */
const sharedMark = /^[‘’“”…]/;
const opening = /^[‘“]/;
const western = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}0-9]/u;
const eastern = /^[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\p{Script=Han}]/u;
const LOOK_AROUND = 4;

/** For every cluster whether it belongs to English rather than Chinese; all false where it makes no difference. */
function proportionalOnes(texts: readonly string[]): readonly boolean[] {
  const ones: boolean[] = new Array(texts.length).fill(false);
  if (!texts.some((text) => sharedMark.test(text))) return ones;
  const letterFrom = (index: number, step: 1 | -1): boolean | null => {
    for (let i = index + step, left = LOOK_AROUND; left > 0 && i >= 0 && i < texts.length; i += step, left--) {
      if (western.test(texts[i] ?? '')) return true;
      if (eastern.test(texts[i] ?? '')) return false;
    }
    return null;
  };
  texts.forEach((text, i) => {
    if (western.test(text)) ones[i] = true;
    else if (eastern.test(text)) ones[i] = false;
    else if (sharedMark.test(text)) {
      const inwards = opening.test(text) ? 1 : -1;
      ones[i] = letterFrom(i, inwards) ?? letterFrom(i, inwards === 1 ? -1 : 1) ?? false;
    } else ones[i] = ones[i - 1] ?? false;
  });
  return ones;
}

/** A paragraph cut into clusters with style, size, face and direction. `offset`: its place in the whole text. */
export function clustersOf(
  paragraph: string,
  offset: number,
  bidi: BidiLevels,
  styles: readonly TextStyle[],
  sizePx: (style: TextStyle) => number,
  fonts: LayoutFonts,
): Cluster[] {
  const clusters: Cluster[] = [];
  let at = 0;
  let styleIndex = 0;
  let lastFace: LayoutFace | null = null;
  const texts = splitClusters(paragraph);
  const proportional = proportionalOnes(texts);
  for (const [index, text] of texts.entries()) {
    while (styleIndex < styles.length - 1 && (styles[styleIndex]?.end ?? 0) <= offset + at) styleIndex++;
    const style = styles[styleIndex];
    if (style === undefined) break;
    const previous = clusters.at(-1);
    // Spaces stay in the run they stand in, so that a phrase in one font is drawn in one go.
    const face: LayoutFace =
      text === ' ' && lastFace !== null && !lastFace.color && previous?.styleIndex === styleIndex
        ? lastFace
        : fonts.face(style, text);
    lastFace = face;
    clusters.push({
      text,
      start: offset + at,
      style,
      styleIndex,
      px: sizePx(style),
      face,
      level: bidi.levels[at] ?? bidi.base,
      proportional: proportional[index] ?? false,
    });
    at += text.length;
  }
  return clusters;
}

/**
 * Neighbours that can be drawn in one go. `spaced`: with letter spacing, which would take joined emoji apart, they
 * are drawn one by one.
 */
export function groupRuns(clusters: readonly Cluster[], spaced: boolean): Cluster[][] {
  const groups: Cluster[][] = [];
  for (const cluster of clusters) {
    const group = groups.at(-1);
    const previous = group?.at(-1);
    if (
      group !== undefined &&
      previous !== undefined &&
      previous.styleIndex === cluster.styleIndex &&
      previous.face === cluster.face &&
      previous.level === cluster.level &&
      previous.proportional === cluster.proportional &&
      !(spaced && cluster.face.color)
    )
      group.push(cluster);
    else groups.push([cluster]);
  }
  return groups;
}
