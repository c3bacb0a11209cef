import { clamp01 } from '../motion/ease.ts';
import { applyOps, type ColorOp, type Rgb } from './ops.ts';

/** Changes the colours of straight-alpha RGBA pixels in place; alpha stays. */
export type PixelMap = (rgba: Uint8ClampedArray) => void;

/** Nodes along each axis of a baked cube. */
const NODES = 33;

/**
 * The steps as the cheapest exact form: one table for each channel when there are only curves, tables around a matrix, else a cube that is
 * interpolated between its nodes.
 */
export function compile(ops: readonly ColorOp[]): PixelMap | null {
  if (ops.length === 0) return null;
  if (ops.every(({ kind }) => kind === 'curve')) {
    const tables = curveTables(ops);
    return isIdentity(tables) ? null : byTables(tables);
  }
  const matrixAt = ops.findIndex(({ kind }) => kind === 'matrix');
  const matrix = ops[matrixAt];
  const others = ops.filter((_, index) => index !== matrixAt);
  if (matrix?.kind === 'matrix' && others.every(({ kind }) => kind === 'curve')) {
    return byMatrix(ops.slice(0, matrixAt), matrix.rows, ops.slice(matrixAt + 1));
  }
  return byCube(bake(ops));
}

type Tables = readonly [Uint8Array, Uint8Array, Uint8Array];

function curveTables(ops: readonly ColorOp[]): Tables {
  const red = new Uint8Array(256);
  const green = new Uint8Array(256);
  const blue = new Uint8Array(256);
  for (let value = 0; value < 256; value += 1) {
    const grey = value / 255;
    const [r, g, b] = applyOps(ops, [grey, grey, grey]);
    red[value] = Math.round(clamp01(r) * 255);
    green[value] = Math.round(clamp01(g) * 255);
    blue[value] = Math.round(clamp01(b) * 255);
  }
  return [red, green, blue];
}

const isIdentity = (tables: Tables): boolean => tables.every((table) => table.every((value, index) => value === index));

function byTables([red, green, blue]: Tables): PixelMap {
  return (rgba) => {
    const pixels = words(rgba);
    for (let index = 0; index < pixels.length; index += 1) {
      const pixel = pixels[index] as number;
      pixels[index] =
        (pixel & 0xff000000) |
        ((blue[(pixel >>> 16) & 255] as number) << 16) |
        ((green[(pixel >>> 8) & 255] as number) << 8) |
        (red[pixel & 255] as number);
    }
  };
}

/** Whole pixels as little-endian words 0xAABBGGRR: one read and one write for each. */
export function words(rgba: Uint8ClampedArray): Uint32Array {
  return new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.byteLength >>> 2);
}

/** Steps for each unit in the table behind a matrix, and the range that it covers: -1..3. */
const FINE = 1024;

/** Curves, one matrix, curves: nine products looked up, three sums sent through the last table. */
function byMatrix(before: readonly ColorOp[], rows: readonly [Rgb, Rgb, Rgb], after: readonly ColorOp[]): PixelMap {
  const product = (row: Rgb, channel: 0 | 1 | 2): Int32Array =>
    Int32Array.from({ length: 256 }, (_, value) => {
      const grey = value / 255;
      // The range's start is added once, with red.
      const shift = channel === 0 ? FINE : 0;
      return Math.round(applyOps(before, [grey, grey, grey])[channel] * row[channel] * FINE) + shift;
    });
  const last = (channel: 0 | 1 | 2): Uint8Array =>
    Uint8Array.from({ length: 4 * FINE }, (_, step) => {
      const value = step / FINE - 1;
      return Math.round(clamp01(applyOps(after, [value, value, value])[channel]) * 255);
    });
  const [rr, rg, rb] = [product(rows[0], 0), product(rows[0], 1), product(rows[0], 2)];
  const [gr, gg, gb] = [product(rows[1], 0), product(rows[1], 1), product(rows[1], 2)];
  const [br, bg, bb] = [product(rows[2], 0), product(rows[2], 1), product(rows[2], 2)];
  const [lastRed, lastGreen, lastBlue] = [last(0), last(1), last(2)];
  const most = 4 * FINE - 1;
  const within = (sum: number): number => (sum < 0 ? 0 : Math.min(sum, most));
  return (rgba) => {
    const pixels = words(rgba);
    for (let index = 0; index < pixels.length; index += 1) {
      const pixel = pixels[index] as number;
      const r = pixel & 255;
      const g = (pixel >>> 8) & 255;
      const b = (pixel >>> 16) & 255;
      const red = lastRed[within((rr[r] as number) + (rg[g] as number) + (rb[b] as number))] as number;
      const green = lastGreen[within((gr[r] as number) + (gg[g] as number) + (gb[b] as number))] as number;
      const blue = lastBlue[within((br[r] as number) + (bg[g] as number) + (bb[b] as number))] as number;
      pixels[index] = (pixel & 0xff000000) | (blue << 16) | (green << 8) | red;
    }
  };
}

/** Node values x 16, four numbers a node (red, green, blue, unused), red fastest. */
function bake(ops: readonly ColorOp[]): Int32Array {
  const cube = new Int32Array(NODES ** 3 * 4);
  let at = 0;
  for (let b = 0; b < NODES; b += 1) {
    for (let g = 0; g < NODES; g += 1) {
      for (let r = 0; r < NODES; r += 1) {
        const color: Rgb = [r / (NODES - 1), g / (NODES - 1), b / (NODES - 1)];
        for (const [channel, value] of applyOps(ops, color).entries()) {
          cube[at + channel] = Math.round((Number.isFinite(value) ? clamp01(value) : 0) * 255 * 16);
        }
        at += 4;
      }
    }
  }
  return cube;
}

/** Where a channel value falls: offset of the node below, and how far on (0..256). */
const BELOW = new Int32Array(256);
const BEYOND = new Int32Array(256);
for (let value = 0; value < 256; value += 1) {
  const place = (value / 255) * (NODES - 1);
  const node = Math.min(NODES - 2, Math.floor(place));
  BELOW[value] = node * 4;
  BEYOND[value] = Math.round((place - node) * 256);
}

const G = NODES;
const B = NODES * NODES;

/** Tetrahedral interpolation: four nodes a pixel, exact on the grey line. Runs of one colour are looked up once. */
function byCube(cube: Int32Array): PixelMap {
  return (rgba) => {
    const pixels = words(rgba);
    let lastIn = -1;
    let lastOut = 0;
    for (let index = 0; index < pixels.length; index += 1) {
      const pixel = pixels[index] as number;
      const color = pixel & 0xffffff;
      if (color !== lastIn) {
        lastIn = color;
        const r = color & 255;
        const g = (color >>> 8) & 255;
        const b = color >>> 16;
        const fr = BEYOND[r] as number;
        const fg = BEYOND[g] as number;
        const fb = BEYOND[b] as number;
        const near = (BELOW[r] as number) + (BELOW[g] as number) * G + (BELOW[b] as number) * B;
        const far = near + 4 + 4 * G + 4 * B;
        let first: number;
        let second: number;
        let high: number;
        let middle: number;
        let low: number;
        if (fr >= fg) {
          if (fg >= fb) {
            first = near + 4;
            second = first + 4 * G;
            high = fr;
            middle = fg;
            low = fb;
          } else if (fr >= fb) {
            first = near + 4;
            second = first + 4 * B;
            high = fr;
            middle = fb;
            low = fg;
          } else {
            first = near + 4 * B;
            second = first + 4;
            high = fb;
            middle = fr;
            low = fg;
          }
        } else if (fr >= fb) {
          first = near + 4 * G;
          second = first + 4;
          high = fg;
          middle = fr;
          low = fb;
        } else if (fg >= fb) {
          first = near + 4 * G;
          second = first + 4 * B;
          high = fg;
          middle = fb;
          low = fr;
        } else {
          first = near + 4 * B;
          second = first + 4 * G;
          high = fb;
          middle = fg;
          low = fr;
        }
        const w0 = 256 - high;
        const w1 = high - middle;
        const w2 = middle - low;
        const red =
          (cube[near] as number) * w0 +
          (cube[first] as number) * w1 +
          (cube[second] as number) * w2 +
          (cube[far] as number) * low;
        const green =
          (cube[near + 1] as number) * w0 +
          (cube[first + 1] as number) * w1 +
          (cube[second + 1] as number) * w2 +
          (cube[far + 1] as number) * low;
        const blue =
          (cube[near + 2] as number) * w0 +
          (cube[first + 2] as number) * w1 +
          (cube[second + 2] as number) * w2 +
          (cube[far + 2] as number) * low;
        lastOut = (((blue + 2048) >>> 12) << 16) | (((green + 2048) >>> 12) << 8) | ((red + 2048) >>> 12);
      }
      pixels[index] = (pixel & 0xff000000) | lastOut;
    }
  };
}
