import { hash, smooth } from './ease.ts';

export const NOISE_WIDTH = 256;
export const NOISE_HEIGHT = 144;

let clouds: Float32Array | null = null;
let grains: Float32Array | null = null;

/** Clouds: soft noise of several sizes, spread evenly over 0..1, the same on every machine. */
export function cloudNoise(): Float32Array {
  clouds ??= spread(field(fractal));
  return clouds;
}

/** Grain: every cell by itself. */
export function grainNoise(): Float32Array {
  grains ??= field((x, y) => hash(x, y + 1000));
  return grains;
}

function fractal(x: number, y: number): number {
  let sum = 0;
  let weight = 1;
  let cell = 48;
  for (let octave = 0; octave < 5; octave += 1) {
    sum += weight * lattice(x / cell, y / cell, octave);
    weight *= 0.5;
    cell /= 2;
  }
  return sum;
}

function field(value: (x: number, y: number) => number): Float32Array {
  return Float32Array.from({ length: NOISE_WIDTH * NOISE_HEIGHT }, (_, index) =>
    value(index % NOISE_WIDTH, Math.floor(index / NOISE_WIDTH)),
  );
}

function lattice(x: number, y: number, seed: number): number {
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  const [u, v] = [smooth(x - x0), smooth(y - y0)];
  const at = (dx: number, dy: number): number => hash(x0 + dx + seed * 131, y0 + dy + seed * 57);
  return (at(0, 0) * (1 - u) + at(1, 0) * u) * (1 - v) + (at(0, 1) * (1 - u) + at(1, 1) * u) * v;
}

/** Replaces each value by its rank, so that a threshold of p covers the share p. */
function spread(values: Float32Array): Float32Array {
  const order = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Float32Array(values.length);
  for (const [rank, index] of order.entries()) ranks[index] = rank / values.length;
  return ranks;
}
