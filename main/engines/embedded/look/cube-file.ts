import { StationError } from '../../../shared/errors/index.ts';
import { clamp01 } from '../motion/ease.ts';
import type { ColorOp, Rgb } from './ops.ts';

const LARGEST_3D = 129;
const LARGEST_1D = 65536;
/** A row is three numbers. */
const LONGEST_LINE = 1000;

/** What a `.cube` file says. */
interface Table {
  readonly cube: boolean;
  readonly size: number;
  readonly low: Rgb;
  readonly high: Rgb;
  /** Red, green and blue of each row. */
  readonly values: Float32Array;
}

/**
 * A `.cube` file (Adobe's cube LUT format 1.0: LUT_1D_SIZE or LUT_3D_SIZE, DOMAIN_MIN, DOMAIN_MAX, red fastest) as a
 * colour step.
 * @param name of the file
 * @throws StationError MEDIA_UNREADABLE when the text is not one, or not a whole one
 */
export function parseCube(name: string, text: string): ColorOp {
  const { cube, size, low, high, values } = readTable(text, (reason, reasonZh) => {
    throw new StationError('MEDIA_UNREADABLE', { file: name, reason, reasonZh });
  });
  const place = (value: number, channel: 0 | 1 | 2): number =>
    clamp01((value - low[channel]) / (high[channel] - low[channel])) * (size - 1);
  if (!cube) {
    return {
      kind: 'curve',
      curve: (value, channel) => {
        const at = place(value, channel);
        const below = Math.min(size - 2, Math.floor(at));
        const [a = 0, b = 0] = [values[below * 3 + channel], values[(below + 1) * 3 + channel]];
        return a + (b - a) * (at - below);
      },
    };
  }
  return {
    kind: 'free',
    map: (color) => trilinear(values, size, [place(color[0], 0), place(color[1], 1), place(color[2], 2)]),
  };
}

type Refuse = (reason: string, reasonZh: string) => never;

function readTable(text: string, refuse: Refuse): Table {
  let header: { readonly cube: boolean; readonly size: number } | null = null;
  let low: Rgb = [0, 0, 0];
  let high: Rgb = [1, 1, 1];
  let values = new Float32Array();
  let rows = 0;
  for (const line of linesOf(text)) {
    if (line === '' || line.startsWith('#') || line.startsWith('TITLE')) continue;
    if (line.length > LONGEST_LINE) refuse('it has a line that is no row of a colour table', '有一行过长，不是颜色表');
    const [word = '', ...rest] = line.split(/\s+/u);
    if (word === 'LUT_3D_SIZE' || word === 'LUT_1D_SIZE') {
      if (header !== null) refuse('it has two tables', '包含两张颜色表');
      header = { cube: word === 'LUT_3D_SIZE', size: Number(rest[0]) };
      const most = header.cube ? LARGEST_3D : LARGEST_1D;
      if (!Number.isInteger(header.size) || header.size < 2 || header.size > most)
        refuse(`its size is ${rest[0]}, not 2 to ${most}`, `尺寸为 ${rest[0]}，应在 2 到 ${most} 之间`);
      values = new Float32Array(3 * rowsOf(header));
    } else if (word === 'DOMAIN_MIN') low = colorOf(rest) ?? refuse('its DOMAIN_MIN is wrong', 'DOMAIN_MIN 无效');
    else if (word === 'DOMAIN_MAX') high = colorOf(rest) ?? refuse('its DOMAIN_MAX is wrong', 'DOMAIN_MAX 无效');
    else if (/^[-+.\d]/u.test(word)) {
      if (header === null) refuse('it has no LUT_3D_SIZE', '没有 LUT_3D_SIZE');
      const color = colorOf([word, ...rest]);
      if (color === null) refuse(`its row ${rows + 1} is not three numbers`, `第 ${rows + 1} 行不是三个数字`);
      else if (3 * rows < values.length) values.set(color, 3 * rows);
      rows += 1;
    }
  }
  if (header === null) return refuse('it has no LUT_3D_SIZE', '没有 LUT_3D_SIZE');
  const wanted = rowsOf(header);
  if (rows !== wanted) refuse(`it has ${rows} rows, not ${wanted}`, `有 ${rows} 行，应为 ${wanted} 行`);
  if (low.some((value, channel) => !(value < (high[channel] ?? 0))))
    refuse('its DOMAIN_MIN is not below its DOMAIN_MAX', 'DOMAIN_MIN 不小于 DOMAIN_MAX');
  return { ...header, low, high, values };
}

const rowsOf = ({ cube, size }: Pick<Table, 'cube' | 'size'>): number => (cube ? size ** 3 : size);

/** Exactly three numbers that a table can hold; null for anything else. */
function colorOf(words: readonly string[]): Rgb | null {
  const [red = Number.NaN, green = Number.NaN, blue = Number.NaN] = words.map(Number);
  return words.length === 3 && [red, green, blue].every((value) => Number.isFinite(Math.fround(value)))
    ? [red, green, blue]
    : null;
}

/** One after the other: a huge file is no reason for a huge list. */
function* linesOf(text: string): Generator<string> {
  const end = text.includes('\n') ? '\n' : '\r';
  for (let from = text.startsWith('\uFEFF') ? 1 : 0; from < text.length; ) {
    const found = text.indexOf(end, from);
    const to = found < 0 ? text.length : found;
    yield text.slice(from, to).trim();
    from = to + 1;
  }
}

function trilinear(table: Float32Array, size: number, at: Rgb): Rgb {
  const base = at.map((value) => Math.min(size - 2, Math.floor(value)));
  const [r = 0, g = 0, b = 0] = base;
  const [u, v, w] = [at[0] - r, at[1] - g, at[2] - b];
  const channel = (index: number): number => {
    const node = (dr: number, dg: number, db: number): number =>
      table[((b + db) * size * size + (g + dg) * size + (r + dr)) * 3 + index] ?? 0;
    const line = (dg: number, db: number): number => node(0, dg, db) * (1 - u) + node(1, dg, db) * u;
    const plane = (db: number): number => line(0, db) * (1 - v) + line(1, db) * v;
    return plane(0) * (1 - w) + plane(1) * w;
  };
  return [channel(0), channel(1), channel(2)];
}
