import type { TextMaterial, TextStyle } from '../../../drafts/model.ts';
import { breakOpportunities } from './breaks.ts';
import { type Cluster, groupRuns, type LayoutFonts } from './clusters.ts';
import { lineBox, measureRun, type Paragraph, type TextLine, type TextRun, type UnplacedRun } from './runs.ts';

/** Scripts whose characters stand upright in vertical text (Unicode's Vertical_Orientation U and Tu). */
const upright =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Extended_Pictographic}\p{Regional_Indicator}\u2e80-\u303f\u3105-\u312f\uff01-\uff60\uffe0-\uffe6\u2026]/u;

/** Where the middle of a CJK character is above its baseline, em. */
const MIDDLE = 0.38;
const ASCENT = 0.88;

interface Column {
  readonly runs: readonly UnplacedRun[];
  readonly clusters: readonly Cluster[];
  readonly style: TextStyle | null;
  readonly length: number;
}

interface ColumnOptions {
  /** Longest column, pixels; null = no wrapping. */
  readonly limit: number | null;
  readonly spacing: number;
  readonly lineSpacing: number;
  readonly sizes: (style: TextStyle) => number;
  readonly align: TextMaterial['align'];
  readonly fonts: LayoutFonts;
}

/** Vertical typesetting: columns from right to left, CJK upright, other scripts turned; left = top, right = bottom. */
export function layOutColumns(
  paragraphs: readonly Paragraph[],
  options: ColumnOptions,
): { width: number; height: number; lines: TextLine[] } {
  const columns = paragraphs.flatMap((paragraph) => cutColumns(paragraph, options));
  const height = columns.reduce((longest, column) => Math.max(longest, column.length), 0);
  const widths = columns.map(
    ({ clusters, style }) => lineBox(clusters, style, options.lineSpacing, options.sizes, options.fonts).height,
  );
  const width = widths.reduce((sum, column) => sum + column, 0);

  let right = width;
  const lines: TextLine[] = columns.map((column, index) => {
    const columnWidth = widths[index] ?? 0;
    right -= columnWidth;
    const room = height - column.length;
    const y = options.align === 'left' ? 0 : options.align === 'right' ? room : room / 2;
    const runs = placeDown(column.runs, right + columnWidth / 2, y);
    return { x: right, y, width: columnWidth, height: column.length, runs };
  });
  return { width, height, lines };
}

/** Upright characters one by one, turned words as a whole. */
function verticalRuns(clusters: readonly Cluster[], options: ColumnOptions): UnplacedRun[] {
  return groupRuns(clusters, options.spacing !== 0).flatMap((group) => {
    const runs: UnplacedRun[] = [];
    let turned: Cluster[] = [];
    const endTurned = () => {
      if (turned.length > 0) runs.push({ ...measureRun(turned, options.spacing, options.fonts), mode: 'rotated' });
      turned = [];
    };
    for (const cluster of group) {
      if (!upright.test(cluster.text)) {
        turned.push(cluster);
        continue;
      }
      endTurned();
      const run = measureRun([cluster], options.spacing, options.fonts);
      runs.push({ ...run, mode: 'upright', advance: cluster.px + run.letterSpacing });
    }
    endTurned();
    return runs;
  });
}

function cutColumns(paragraph: Paragraph, options: ColumnOptions): Column[] {
  const { limit } = options;
  const whole = column(paragraph.clusters, paragraph, options);
  if (limit === null || whole.length <= limit) return [whole];

  const breaks = new Set(breakOpportunities(paragraph.text));
  const columns: Column[] = [];
  let current: Cluster[] = [];
  let length = 0;
  for (const cluster of paragraph.clusters) {
    const [run] = verticalRuns([cluster], options);
    const advance = run?.advance ?? 0;
    if (current.length > 0 && length + advance > limit) {
      const from = lastBreak(current, paragraph.offset, cluster.start, breaks);
      columns.push(column(current.slice(0, from), paragraph, options));
      current = current.slice(from);
      length = column(current, paragraph, options).length;
    }
    current.push(cluster);
    length += advance;
  }
  columns.push(column(current, paragraph, options));
  return columns;
}

/** Index in `current` of the first cluster of the next column: at the last allowed place, else right here. */
function lastBreak(current: readonly Cluster[], offset: number, next: number, breaks: ReadonlySet<number>): number {
  if (breaks.has(next - offset)) return current.length;
  for (let i = current.length - 1; i > 0; i--) if (breaks.has((current[i]?.start ?? 0) - offset)) return i;
  return current.length;
}

function column(clusters: readonly Cluster[], paragraph: Paragraph, options: ColumnOptions): Column {
  const runs = verticalRuns(clusters, options);
  const length = runs.reduce((sum, run) => sum + run.advance, 0) - (runs.at(-1)?.letterSpacing ?? 0);
  return { runs, clusters, style: clusters[0]?.style ?? paragraph.style, length: Math.max(0, length) };
}

function placeDown(runs: readonly UnplacedRun[], middle: number, top: number): TextRun[] {
  let at = top;
  return runs.map((run) => {
    const y = run.mode === 'upright' ? at + ASCENT * run.px : at;
    at += run.advance;
    return { ...run, x: middle, y };
  });
}

/** How far below the middle line of a column the baseline of a turned run lies, pixels. */
export const turnedBaseline = (px: number): number => MIDDLE * px;
