/** Small Lottie animations, as their exporters write them. */

export type Json = Record<string, unknown>;

const fixed = (k: unknown): Json => ({ a: 0, k });
const placed = (position: Json, anchor: unknown = [0, 0, 0]): Json => ({
  o: fixed(100),
  r: fixed(0),
  p: position,
  a: fixed(anchor),
  s: fixed([100, 100, 100]),
});

/** From one place to another, evenly. */
export const moving = (from: readonly number[], to: readonly number[], frames: number): Json => ({
  a: 1,
  k: [
    { t: 0, s: [...from, 0], i: { x: [1], y: [1] }, o: { x: [0], y: [0] } },
    { t: frames, s: [...to, 0] },
  ],
});

/** A filled square layer; colour channels 0..1. */
export function square(side: number, color: readonly number[], position: Json, frames = 20): Json {
  const shape = { ty: 'rc', d: 1, s: fixed([side, side]), p: fixed([0, 0]), r: fixed(0) };
  const fill = { ty: 'fl', c: fixed([...color, 1]), o: fixed(100), r: 1 };
  const own = { ty: 'tr', p: fixed([0, 0]), a: fixed([0, 0]), s: fixed([100, 100]), r: fixed(0), o: fixed(100) };
  return {
    ty: 4,
    ks: placed(position),
    shapes: [{ ty: 'gr', it: [shape, fill, own] }],
    ip: 0,
    op: frames,
    st: 0,
  };
}

/** A layer that shows an asset. */
export const picture = (refId: string, side: number): Json => ({
  ty: 2,
  refId,
  ks: placed(fixed([50, 50, 0]), [side / 2, side / 2, 0]),
  ip: 0,
  op: 20,
  st: 0,
});

/** A layer that says something in the font of this name, in red from the left edge. */
export const written = (text: string, font = 'F'): Json => ({
  ty: 5,
  ks: placed(fixed([0, 70])),
  t: {
    d: { k: [{ t: 0, s: { s: 50, f: font, t: text, j: 0, tr: 0, lh: 60, ls: 0, fc: [1, 0, 0] } }] },
    p: {},
    m: { g: 1, a: fixed([0, 0]) },
    a: [],
  },
  ip: 0,
  op: 20,
  st: 0,
});

/** Two seconds at ten frames per second, 100 x 100. */
export const lottie = (layers: readonly Json[], more: Json = {}): Json => ({
  v: '5.7.4',
  fr: 10,
  ip: 0,
  op: 20,
  w: 100,
  h: 100,
  assets: [],
  layers,
  ...more,
});

/** A red square of 30 that goes from left to right. */
export const runner = (more: Json = {}): Json => lottie([square(30, [1, 0, 0], moving([20, 50], [80, 50], 20))], more);
