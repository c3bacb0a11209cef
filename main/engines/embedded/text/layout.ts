import type { TextMaterial, TextStyle } from '../../../drafts/model.ts';
import { bidiLevels, visualOrder } from './bidi.ts';
import { breakOpportunities, mayBreak } from './breaks.ts';
import { type Cluster, clustersOf, groupRuns, type LayoutFonts } from './clusters.ts';
import { layOutColumns } from './columns.ts';
import {
  emPixels,
  lineBox,
  measureRun,
  type Paragraph,
  type TextLine,
  type TextRun,
  type UnplacedRun,
  within,
} from './runs.ts';

export interface TextLayout {
  /** The block of line boxes; its centre stands at `clip.transform`. */
  readonly width: number;
  readonly height: number;
  readonly lines: readonly TextLine[];
  /** Largest em, pixels. */
  readonly em: number;
  /** Characters beyond the longest text that is laid out were left out. */
  readonly truncated: boolean;
}

/** Longer texts are cut: no frame can show more, and time and memory stay bounded. UTF-16 units. */
export const MAX_TEXT_LENGTH = 20_000;
/** Places every character of a text. Pure but for `fonts`, which measures. */
export function layOutText(
  material: TextMaterial,
  canvas: { readonly width: number; readonly height: number },
  fonts: LayoutFonts,
): TextLayout {
  const truncated = material.text.length > MAX_TEXT_LENGTH;
  const text = drawable(truncated ? material.text.slice(0, MAX_TEXT_LENGTH) : material.text);
  const sizes = (style: TextStyle) => emPixels(style.size, canvas);
  const paragraphs: Paragraph[] = [];
  for (const { text: part, offset } of splitParagraphs(text)) {
    const bidi = bidiLevels(part);
    const clusters = clustersOf(part, offset, bidi, material.styles, sizes, fonts);
    paragraphs.push({ text: part, offset, base: bidi.base, clusters, style: styleAt(material.styles, offset) });
  }
  const em = paragraphs.reduce(
    (largest, { clusters }) => clusters.reduce((em, { px }) => Math.max(em, px), largest),
    0,
  );
  const spacing = within(material.letterSpacingEm, -1, 20);
  const lineSpacing = within(material.lineSpacingEm, -1, 20);
  if (material.vertical) {
    const limit = material.wrapWidth === null ? null : material.wrapWidth * canvas.height;
    return {
      ...layOutColumns(paragraphs, { limit, spacing, lineSpacing, sizes, align: material.align, fonts }),
      em,
      truncated,
    };
  }

  const limit = material.wrapWidth === null ? null : Math.max(1, material.wrapWidth * canvas.width);
  const lines: MeasuredLine[] = [];
  for (const paragraph of paragraphs)
    for (const line of wrap(paragraph, limit, spacing, fonts)) lines.push(measureLine(paragraph, line, spacing, fonts));

  const width = lines.reduce((widest, line) => Math.max(widest, line.width), 0);
  let y = 0;
  const placed: TextLine[] = [];
  for (const line of lines) {
    const box = lineBox(line.clusters, line.style, lineSpacing, sizes, fonts);
    const x =
      material.align === 'left' ? 0 : material.align === 'right' ? width - line.width : (width - line.width) / 2;
    placed.push({ x, y, width: line.width, height: box.height, runs: placeRuns(line.runs, x, y + box.baseline) });
    y += box.height;
  }
  return { width, height: y, lines: placed, em, truncated };
}

interface MeasuredLine {
  readonly clusters: readonly Cluster[];
  readonly style: TextStyle | null;
  readonly runs: readonly UnplacedRun[];
  readonly width: number;
}

/** Control characters are nothing to see, but fonts draw boxes for them; every character keeps its place. */
function drawable(text: string): string {
  return text.toWellFormed().replace(/[^\P{Cc}\t\n\v\f\r\u0085]/gu, WORD_JOINER);
}

const WORD_JOINER = '\u2060';

function splitParagraphs(text: string): { text: string; offset: number }[] {
  const parts: { text: string; offset: number }[] = [];
  let offset = 0;
  for (const match of text.matchAll(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/g)) {
    parts.push({ text: text.slice(offset, match.index), offset });
    offset = match.index + match[0].length;
  }
  parts.push({ text: text.slice(offset), offset });
  return parts;
}

function styleAt(styles: readonly TextStyle[], offset: number): TextStyle | null {
  return styles.find((style) => style.end > offset) ?? styles.at(-1) ?? null;
}

/** Cuts a paragraph into lines no wider than `limit`. */
function wrap(paragraph: Paragraph, limit: number | null, spacing: number, fonts: LayoutFonts): (readonly Cluster[])[] {
  const { clusters } = paragraph;
  if (limit === null || widthOf(clusters, spacing, fonts) <= limit) return [clusters];

  const breaks = new Set(breakOpportunities(paragraph.text));
  const lines: Cluster[][] = [];
  let line: Cluster[] = [];
  let lineWidth = 0;
  const endLine = () => {
    if (line.length > 0) lines.push(line);
    line = [];
    lineWidth = 0;
  };
  for (const piece of splitAt(clusters, paragraph.offset, breaks)) {
    const pieceWidth = widthOf(lineEnd(piece, fonts), spacing, fonts);
    if (line.length > 0 && lineWidth + pieceWidth > limit) endLine();
    if (pieceWidth > limit) {
      // A word wider than a line is cut between characters.
      for (const cluster of piece) {
        const width = widthOf([cluster], spacing, fonts);
        const place = cluster.start - paragraph.offset;
        if (line.length > 0 && lineWidth + width > limit && !isSpace(cluster) && mayCut(paragraph.text, place))
          endLine();
        line.push(cluster);
        lineWidth += width;
      }
    } else {
      line.push(...piece);
      lineWidth += widthOf(piece, spacing, fonts);
    }
  }
  endLine();
  return lines.map((part, index) => (index < lines.length - 1 ? lineEnd(part, fonts) : part));
}

/** In an overlong word the line-edge rules give way after a few marks, so that a row of marks ends too. */
function mayCut(text: string, place: number): boolean {
  return mayBreak(text, place) || !mayBreak(text, place - 1);
}

function splitAt(clusters: readonly Cluster[], offset: number, breaks: ReadonlySet<number>): Cluster[][] {
  const pieces: Cluster[][] = [];
  for (const cluster of clusters) {
    const piece = pieces.at(-1);
    if (piece === undefined || breaks.has(cluster.start - offset)) pieces.push([cluster]);
    else piece.push(cluster);
  }
  return pieces;
}

const isSpace = (cluster: Cluster) => /^[\s\u3000]$/.test(cluster.text);

/** How a line ends that is not the last: without its spaces, with the hyphen of a word that is broken at a soft one. */
function lineEnd(clusters: readonly Cluster[], fonts: LayoutFonts): readonly Cluster[] {
  const trimmed = trimEnd(clusters);
  const last = trimmed.at(-1);
  if (last?.text !== '\u00ad') return trimmed;
  return [...trimmed.slice(0, -1), { ...last, text: '-', face: fonts.face(last.style, '-') }];
}

function trimEnd(clusters: readonly Cluster[]): readonly Cluster[] {
  let end = clusters.length;
  while (end > 0) {
    const last = clusters[end - 1];
    if (last === undefined || !isSpace(last)) break;
    end--;
  }
  return end === clusters.length ? clusters : clusters.slice(0, end);
}

function widthOf(clusters: readonly Cluster[], spacing: number, fonts: LayoutFonts): number {
  return groupRuns(clusters, spacing !== 0).reduce((sum, group) => sum + measureRun(group, spacing, fonts).advance, 0);
}

function measureLine(
  paragraph: Paragraph,
  clusters: readonly Cluster[],
  spacing: number,
  fonts: LayoutFonts,
): MeasuredLine {
  const groups = groupRuns(clusters, spacing !== 0);
  const order = visualOrder(groups.map((group) => group[0]?.level ?? 0));
  const runs: UnplacedRun[] = [];
  for (const index of order) {
    const group = groups[index];
    if (group !== undefined) runs.push(measureRun(group, spacing, fonts));
  }
  // The spacing after the last character is no part of the line: it would push centred text aside.
  const width = runs.reduce((sum, run) => sum + run.advance, 0) - (runs.at(-1)?.letterSpacing ?? 0);
  return { clusters, style: clusters[0]?.style ?? paragraph.style, runs, width };
}

function placeRuns(runs: readonly UnplacedRun[], x: number, y: number): TextRun[] {
  let at = x;
  return runs.map((run) => {
    const placed = { ...run, x: at, y };
    at += run.advance;
    return placed;
  });
}
