import type { Cluster, LayoutFonts } from './clusters.ts';
import type { TextLayout } from './layout.ts';
import type { TimedUnit } from './motion/schedule.ts';
import type { TextRun } from './runs.ts';
import { type Box, union } from './sheet.ts';

/** A character of a laid out text as a piece that can move: a cluster, or a word of a script whose letters join. */
export interface GlyphUnit extends TimedUnit {
  readonly runs: readonly TextRun[];
  /** Its part of the line: what windows and pivots count in. */
  readonly cell: Box;
  /** Pixels. */
  readonly em: number;
  readonly rtl: boolean;
  /** Reads downwards. */
  readonly vertical: boolean;
}

/** More pieces than that cannot be followed by eye: longer texts move line by line, the longest as one. */
const MAX_UNITS = 400;

const joinedScript = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}]/u;

/** Cuts a layout into its moving pieces, in reading order. Spaces are none, unless they are underlined. */
export function glyphUnits(layout: TextLayout, fonts: LayoutFonts): GlyphUnit[] {
  const pieces = piecesOf(layout, fonts).toSorted((a, b) => startOf(a[0]) - startOf(b[0]));
  return pieces.map((runs, index) => {
    const cell = runs.map(cellOf).reduce(union);
    const em = runs.reduce((largest, run) => Math.max(largest, run.px), 0);
    const [first] = runs;
    return {
      runs,
      cell,
      em,
      rtl: first?.rtl ?? false,
      vertical: first !== undefined && first.mode !== 'horizontal',
      index,
      count: pieces.length,
      start: startOf(first),
      end: runs.reduce((end, run) => Math.max(end, startOf(run) + run.text.length), 0),
      offsetX: ((cell.left + cell.right) / 2 - layout.width / 2) / em,
      offsetY: ((cell.top + cell.bottom) / 2 - layout.height / 2) / em,
      heightEm: (cell.bottom - cell.top) / em,
    };
  });
}

function piecesOf(layout: TextLayout, fonts: LayoutFonts): TextRun[][] {
  const inked = (run: TextRun) => run.px > 0 && (run.text.trim() !== '' || run.style.underline);
  const lines = layout.lines.map((line) => line.runs.filter(inked)).filter((runs) => runs.length > 0);
  const all = lines.flat();
  const clusters = all.reduce((count, run) => count + run.clusters.length, 0);
  if (clusters <= MAX_UNITS)
    return all
      .flatMap((run) => cutRun(run, fonts))
      .filter(inked)
      .map((run) => [run]);
  return lines.length <= MAX_UNITS ? lines : [all];
}

const startOf = (run: TextRun | undefined): number => run?.clusters[0]?.start ?? 0;

function cellOf(run: TextRun): Box {
  const { ascent, descent } = run.face;
  if (run.mode === 'rotated')
    return { left: run.x - run.px / 2, top: run.y, right: run.x + run.px / 2, bottom: run.y + run.advance };
  const left = run.mode === 'upright' ? run.x - run.px / 2 : run.x;
  const width = run.mode === 'upright' ? run.px : run.advance;
  return { left, top: run.y - ascent * run.px, right: left + width, bottom: run.y + descent * run.px };
}

/** The clusters of a run as runs of their own, each at its place. */
function cutRun(run: TextRun, fonts: LayoutFonts): TextRun[] {
  if (run.clusters.length === 1 || run.mode === 'upright') return [run];
  const parts = joinedScript.test(run.text) ? words(run.clusters) : run.clusters.map((cluster) => [cluster]);
  const texts = parts.map((part) => part.map((cluster) => cluster.text).join(''));
  const { style, face, rtl, proportional } = run;
  const spaced = run.letterSpacing !== 0;
  const advanceOf = (text: string) =>
    run.px * fonts.advance({ text, face, bold: style.bold, italic: style.italic, rtl, proportional, spaced });

  let before = '';
  let spacing = 0;
  return parts.map((clusters, i) => {
    const text = texts[i] ?? '';
    before += text;
    const own = advanceOf(text);
    // Where the piece stands in the whole run, drawn together: with the kerning between it and what comes before it.
    const along = advanceOf(before) - own + spacing;
    const advance = own + clusters.length * run.letterSpacing;
    spacing += clusters.length * run.letterSpacing;
    const from = rtl ? run.advance - along - advance : along;
    const place = run.mode === 'rotated' ? { x: run.x, y: run.y + from } : { x: run.x + from, y: run.y };
    return { ...run, ...place, text, clusters, advance };
  });
}

function words(clusters: readonly Cluster[]): Cluster[][] {
  const parts: Cluster[][] = [];
  let space = true;
  for (const cluster of clusters) {
    const isSpace = cluster.text.trim() === '';
    const part = parts.at(-1);
    if (part === undefined || isSpace || space) parts.push([cluster]);
    else part.push(cluster);
    space = isSpace;
  }
  return parts;
}
