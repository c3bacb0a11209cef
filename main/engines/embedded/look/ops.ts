import { clamp01 } from '../motion/ease.ts';

export type Rgb = readonly [red: number, green: number, blue: number];

/** One step of a colour look on channels 0..1 (values outside may come in; the last step is clamped). */
export type ColorOp =
  | { readonly kind: 'curve'; readonly curve: (value: number, channel: 0 | 1 | 2) => number }
  /** Rows for red, green, blue: three factors each. */
  | { readonly kind: 'matrix'; readonly rows: readonly [Rgb, Rgb, Rgb] }
  | { readonly kind: 'free'; readonly map: (color: Rgb) => Rgb };

export const curve = (map: (value: number, channel: 0 | 1 | 2) => number): ColorOp => ({ kind: 'curve', curve: map });

const LUMA: Rgb = [0.2126, 0.7152, 0.0722];

/** 0 = grey, 1 = as it is, 2 = twice as colourful. */
export function saturate(amount: number): ColorOp {
  const row = (channel: number): Rgb => {
    const factor = (index: 0 | 1 | 2): number => LUMA[index] * (1 - amount) + (index === channel ? amount : 0);
    return [factor(0), factor(1), factor(2)];
  };
  return { kind: 'matrix', rows: [row(0), row(1), row(2)] };
}

export function applyOp(op: ColorOp, [red, green, blue]: Rgb): Rgb {
  switch (op.kind) {
    case 'curve':
      return [op.curve(red, 0), op.curve(green, 1), op.curve(blue, 2)];
    case 'matrix': {
      const dot = ([r, g, b]: Rgb): number => r * red + g * green + b * blue;
      return [dot(op.rows[0]), dot(op.rows[1]), dot(op.rows[2])];
    }
    case 'free':
      return op.map([red, green, blue]);
  }
}

export const applyOps = (ops: readonly ColorOp[], color: Rgb): Rgb =>
  ops.reduce<Rgb>((now, op) => applyOp(op, now), color);

/** The ops mixed with the untouched picture: 0 = none of it, 1 = all of it. */
export function strength(ops: readonly ColorOp[], share: number): readonly ColorOp[] {
  const part = clamp01(share);
  if (part === 1 || ops.length === 0) return ops;
  if (part === 0) return [];
  const [only] = ops;
  if (ops.length === 1 && only?.kind === 'curve') {
    const { curve: inner } = only;
    return [curve((value, channel) => value + (inner(value, channel) - value) * part)];
  }
  if (ops.length === 1 && only?.kind === 'matrix') {
    const blend = (row: Rgb, channel: number): Rgb => {
      const at = (index: 0 | 1 | 2): number => row[index] * part + (index === channel ? 1 - part : 0);
      return [at(0), at(1), at(2)];
    };
    return [{ kind: 'matrix', rows: [blend(only.rows[0], 0), blend(only.rows[1], 1), blend(only.rows[2], 2)] }];
  }
  return [
    {
      kind: 'free',
      map: (color) => {
        const [red, green, blue] = applyOps(ops, color);
        return [
          color[0] + (red - color[0]) * part,
          color[1] + (green - color[1]) * part,
          color[2] + (blue - color[2]) * part,
        ];
      },
    },
  ];
}

export function toHsl([red, green, blue]: Rgb): { hue: number; saturation: number; lightness: number } {
  const most = Math.max(red, green, blue);
  const least = Math.min(red, green, blue);
  const lightness = (most + least) / 2;
  const spread = most - least;
  if (spread === 0) return { hue: 0, saturation: 0, lightness };
  const saturation = spread / (1 - Math.abs(2 * lightness - 1) || 1);
  const sector =
    most === red
      ? ((green - blue) / spread + 6) % 6
      : most === green
        ? (blue - red) / spread + 2
        : (red - green) / spread + 4;
  return { hue: sector * 60, saturation, lightness };
}

export function fromHsl(hue: number, saturation: number, lightness: number): Rgb {
  const chroma = (1 - Math.abs(2 * lightness - 1)) * saturation;
  const channel = (offset: number): number => {
    const k = (offset + hue / 30) % 12;
    return lightness - (chroma / 2) * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  };
  return [channel(0), channel(8), channel(4)];
}
