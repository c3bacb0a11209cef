import { type Adjustment, hslRange } from '../../../drafts/adjustments.ts';
import type { HslAdjust } from '../../../drafts/model.ts';
import { clamp01, ramp } from '../motion/ease.ts';
import { type ColorOp, curve, fromHsl, type Rgb, saturate, toHsl } from './ops.ts';

/** What works on a pixel together with those around it, or on its place. */
export type SpatialAdjustment = 'sharpen' | 'clarity' | 'vignetting' | 'particle';
type ColorAdjustment = Exclude<Adjustment, SpatialAdjustment>;

/**
 * The app's sliders (-1..1). Its own formulas are not published: these have the same direction, the same fixed points
 * (0 changes nothing, black and white stay within range) and about the same reach, and are reported as approximated.
 */
export const ADJUSTMENTS: Readonly<Record<ColorAdjustment, (value: number) => readonly ColorOp[]>> = {
  brightness: (v) => [curve((x) => clamp01(x) ** (2 ** -v))],
  light_sensation: (v) => [curve((x) => x + v * 0.35 * x * (1 - x) * (1.6 - x))],
  contrast: (v) => [curve((x) => (v > 0 ? x + v * 0.9 * (ramp(0, 1, x) - x) : 0.5 + (x - 0.5) * (1 + v * 0.6)))],
  saturation: (v) => [saturate(Math.max(0, 1 + v))],
  temperature: (v) => [
    curve((x, channel) => x * (channel === 0 ? 1 + 0.16 * v : channel === 2 ? 1 - 0.2 * v : 1 + 0.02 * v)),
  ],
  tint: (v) => [curve((x, channel) => x * (channel === 1 ? 1 - 0.13 * v : 1 + 0.06 * v))],
  highlight: (v) => [curve((x) => x + v * 0.3 * ramp(0.35, 0.9, x) * (v > 0 ? 1 - x + 0.15 : x))],
  shadow: (v) => [curve((x) => x + v * 1.05 * x * (1 - x) ** 2)],
  white: (v) => [curve((x) => x * (1 + 0.25 * v))],
  black: (v) => [curve((x) => x + 0.2 * v * (1 - x) ** 2)],
  fade: (v) => [curve((x) => x * (1 - 0.28 * v) + 0.16 * v)],
};

/** Middle of each of the app's colour ranges in degrees, in the order of its buttons. */
const RANGES: readonly number[] = [0, 30, 60, 120, 180, 240, 275, 310];
/** How far a full hue slider turns a range. */
const HUE_REACH = 30;

/** One colour range turned, made more or less colourful, lighter or darker; neighbours fade in and out. */
export function hslOp(adjust: HslAdjust): ColorOp | null {
  const scale = (value: number): number => Math.max(-1, Math.min(1, Math.abs(value) > 1 ? value / 100 : value));
  const [hue, saturation, lightness] = [scale(adjust.hue), scale(adjust.saturation), scale(adjust.lightness)];
  if (hue === 0 && saturation === 0 && lightness === 0) return null;
  const index = hslRange(adjust.range);
  const middle = index === null ? undefined : RANGES[index];
  if (index === null || middle === undefined) return null;
  const before = RANGES[(index + RANGES.length - 1) % RANGES.length] ?? 0;
  const after = RANGES[(index + 1) % RANGES.length] ?? 0;
  const apart = (from: number, to: number): number => (((to - from) % 360) + 360) % 360;
  const map = (color: Rgb): Rgb => {
    const hsl = toHsl(color);
    const ahead = apart(middle, hsl.hue);
    const share = ahead < 180 ? 1 - ahead / apart(middle, after) : 1 - (360 - ahead) / apart(before, middle);
    const weight = clamp01(share) * Math.min(1, hsl.saturation * 4);
    if (weight === 0) return color;
    return fromHsl(
      (hsl.hue + hue * HUE_REACH * weight + 360) % 360,
      clamp01(hsl.saturation * (1 + saturation * weight)),
      clamp01(hsl.lightness + lightness * 0.35 * weight * Math.min(1, hsl.lightness * 2, (1 - hsl.lightness) * 2)),
    );
  };
  return { kind: 'free', map };
}
