import type { Cluster, LayoutFonts } from './clusters.ts';
import type { TextLayout } from './layout.ts';
import type { TimedUnit } from './motion/schedule.ts';
import type { TextRun } from './runs.ts';
import type { Box } from './sheet.ts';

/** A character of a laid out text as a piece that can move: a cluster, or a word of a script whose letters join. */
export interface GlyphUnit extends TimedUnit {
  readonly run: TextRun;
  /** Its part of the line: what windows and pivots count in. */
  readonly cell: Box;
}

/** More pieces than that cannot be followed by eye: longer texts move as lines do. */
const MAX_UNITS = 400;

const joinedScript = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}]/u;

/** Cuts a layout into its moving pieces, in reading order. Spaces are none. */
export function glyphUnits(layout: TextLayout, fonts: LayoutFonts): GlyphUnit[] {
  const runs = layout.lines.flatMap((line) => line.runs);
  const clusters = runs.reduce((count, run) => count + run.clusters.length, 0);
  const pieces = runs.flatMap((run) => (clusters > MAX_UNITS ? [run] : cutRun(run, fonts)));
  const inked = pieces
    .filter((run) => run.px > 0 && run.text.trim() !== '')
    .slice(0, clusters > MAX_UNITS ? undefined : MAX_UNITS);
  const ordered = inked.toSorted((a, b) => startOf(a) - startOf(b));
  return ordered.map((run, index) => {
    const cell = cellOf(run);
    return {
      run,
      cell,
      index,
      count: ordered.length,
      start: startOf(run),
      end: startOf(run) + run.text.length,
      offsetX: ((cell.left + cell.right) / 2 - layout.width / 2) / run.px,
      offsetY: ((cell.top + cell.bottom) / 2 - layout.height / 2) / run.px,
      heightEm: (cell.bottom - cell.top) / run.px,
    };
  });
}

const startOf = (run: TextRun): number => run.clusters[0]?.start ?? 0;

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
  const { style, face, rtl } = run;
  const widths = texts.map(
    (text) => run.px * fonts.advance({ text, face, bold: style.bold, italic: style.italic, rtl }),
  );
  // Measured apart, the pieces miss the kerning between them: spread what is left or too much.
  const spacing = parts.map((part) => part.length * run.letterSpacing);
  const sum = widths.reduce((total, width, i) => total + width + (spacing[i] ?? 0), 0);
  const correction = sum > 0 ? run.advance / sum : 1;

  let along = 0;
  return parts.map((clusters, i) => {
    const advance = ((widths[i] ?? 0) + (spacing[i] ?? 0)) * correction;
    const from = rtl ? run.advance - along - advance : along;
    along += advance;
    const place = run.mode === 'rotated' ? { x: run.x, y: run.y + from } : { x: run.x + from, y: run.y };
    return { ...run, ...place, text: texts[i] ?? '', clusters, advance };
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
