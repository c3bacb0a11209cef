import type { KeyframeProperty } from './model.ts';

/** Sliders of the application for light, colour and sharpness, with the other names that drafts have for them. */
const otherNames = {
  brightness: ['exposure'],
  light_sensation: [],
  contrast: [],
  saturation: [],
  temperature: ['temp'],
  tint: ['tone', 'hue'],
  highlight: ['highlights'],
  shadow: ['shadows'],
  white: ['whites'],
  black: ['blacks'],
  fade: [],
  sharpen: ['sharp', 'sharpness'],
  clarity: ['clear'],
  vignetting: ['vignette'],
  particle: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Adjustment = keyof typeof otherNames;

/** Every name of an adjustment that a material's `type` may be, in lower case, and what it means. */
export const adjustmentNames: ReadonlyMap<string, Adjustment> = new Map(
  (Object.keys(otherNames) as Adjustment[]).flatMap((name) =>
    [name, ...otherNames[name]].map((each) => [each, name] as const),
  ),
);

/** The adjustment that a material's type means; null when it is none. */
export function adjustmentOf(type: string): Adjustment | null {
  return adjustmentNames.get(type.toLowerCase()) ?? null;
}

/** Those that keyframes can move. */
export const keyedAdjustments = ['saturation', 'contrast', 'brightness'] as const satisfies readonly (Adjustment &
  KeyframeProperty)[];

/** The application's colour ranges for HSL, in the order of its buttons. */
const hslRanges: readonly string[] = ['red', 'orange', 'yellow', 'green', 'cyan', 'blue', 'purple', 'magenta'];

/** Which of the eight colour ranges (0 = red) is meant by what a draft has for it; null when it is none of them. */
export function hslRange(written: string): number | null {
  const named = hslRanges.indexOf(written.toLowerCase());
  // Stored numbers count from 1.
  const index = named >= 0 ? named : Number.parseInt(written, 10) - 1;
  return index >= 0 && index < hslRanges.length ? index : null;
}
