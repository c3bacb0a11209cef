import { clamp01 } from '../motion/ease.ts';
import type { ColorOp, Rgb } from './ops.ts';

const LARGEST_3D = 129;
const LARGEST_1D = 65536;

/**
 * A `.cube` file (Adobe's cube LUT format 1.0: LUT_1D_SIZE or LUT_3D_SIZE, DOMAIN_MIN, DOMAIN_MAX, red fastest) as a
 * colour step; null when the text is not one.
 */
export function parseCube(text: string): ColorOp | null {
  let size = 0;
  let cube = true;
  let low: number[] = [0, 0, 0];
  let high: number[] = [1, 1, 1];
  const values: number[] = [];
  for (const raw of text.split(/\r?\n/u)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith('TITLE')) continue;
    const [word = '', ...rest] = line.split(/\s+/u);
    const numbers = rest.map(Number);
    if (word === 'LUT_3D_SIZE' || word === 'LUT_1D_SIZE') {
      cube = word === 'LUT_3D_SIZE';
      size = numbers[0] ?? 0;
      if (!Number.isInteger(size) || size < 2 || size > (cube ? LARGEST_3D : LARGEST_1D)) return null;
    } else if (word === 'DOMAIN_MIN') low = numbers;
    else if (word === 'DOMAIN_MAX') high = numbers;
    else if (/^[-+.\d]/u.test(word)) values.push(Number(word), ...numbers);
  }
  const expected = cube ? size ** 3 * 3 : size * 3;
  if (size === 0 || values.length !== expected || ![...values, ...low, ...high].every(Number.isFinite)) return null;
  const table = Float32Array.from(values);
  const place = (value: number, channel: 0 | 1 | 2): number => {
    const from = low[channel] ?? 0;
    const span = (high[channel] ?? 1) - from;
    return span > 0 ? clamp01((value - from) / span) * (size - 1) : 0;
  };
  if (!cube) {
    return {
      kind: 'curve',
      curve: (value, channel) => {
        const at = place(value, channel);
        const below = Math.min(size - 2, Math.floor(at));
        const [a = 0, b = 0] = [table[below * 3 + channel], table[(below + 1) * 3 + channel]];
        return a + (b - a) * (at - below);
      },
    };
  }
  return {
    kind: 'free',
    map: (color) => trilinear(table, size, [place(color[0], 0), place(color[1], 1), place(color[2], 2)]),
  };
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
