import type { Rgba } from '../model.ts';
import { type Fields, fields, finite, list, number, text } from './fields.ts';

export const white: Rgba = { r: 1, g: 1, b: 1, a: 1 };
export const black: Rgba = { r: 0, g: 0, b: 0, a: 1 };

const unit = (value: unknown, fallback: number) => number(value, fallback, 0, 1);

/** `[r, g, b]` or `[r, g, b, a]`, each 0..1; null for anything else. */
function colorOfList(value: unknown): Rgba | null {
  const parts = list(value);
  if (parts.length < 3 || parts.slice(0, 3).some((part) => finite(part) === null)) return null;
  return { r: unit(parts[0], 1), g: unit(parts[1], 1), b: unit(parts[2], 1), a: unit(parts[3], 1) };
}

/** `#RGB`, `#RRGGBB` or `#RRGGBBAA`, the hash optional; null for anything else, also for empty. */
export function colorOfHex(value: unknown): Rgba | null {
  const hex = /^#?([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(text(value).trim())?.[1];
  if (hex === undefined) return null;
  const digits = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex;
  const part = (index: number) => Number.parseInt(digits.slice(index * 2, index * 2 + 2) || 'ff', 16) / 255;
  return { r: part(0), g: part(1), b: part(2), a: part(3) };
}

/** `(r, g, b, a)`, each 0..1, as markup writes it. */
export function colorOfTuple(value: string): Rgba | null {
  return colorOfList(value.replace(/[()]/g, '').split(',')) ?? colorOfHex(value);
}

export function withAlpha(color: Rgba, factor: number): Rgba {
  return { ...color, a: color.a * factor };
}

export interface Fill {
  readonly color: Rgba;
  readonly gradient: readonly { readonly offset: number; readonly color: Rgba }[] | null;
  /** Degrees, as stored. */
  readonly gradientAngle: number;
  readonly texture: boolean;
}

/** A `fill`, stroke or shadow: `{alpha, content: {render_type, solid: {alpha, color}, gradient}}`. */
export function fill(value: Fields, fallback: Rgba): Fill {
  const content = fields(value.content);
  const solid = fields(content.solid);
  const kind = text(content.render_type, 'solid');
  const alpha = unit(value.alpha, 1) * unit(solid.alpha, 1);
  const color = withAlpha(colorOfList(solid.color) ?? colorOfHex(solid.color) ?? fallback, kind === 'none' ? 0 : alpha);
  const gradient = kind === 'gradient' ? gradientStops(fields(content.gradient), unit(value.alpha, 1)) : null;
  return {
    color: gradient?.[0]?.color ?? color,
    gradient,
    gradientAngle: number(fields(content.gradient).angle, 90, -3600, 3600),
    texture: kind === 'texture' || kind === 'image',
  };
}

/** Colours beside their places: `{color: [..], alpha: [..], percent: [..]}`; places 0..1 or 0..100. */
function gradientStops(gradient: Fields, alpha: number): Fill['gradient'] {
  const written = list(gradient.color ?? gradient.colors).slice(0, 64);
  const colors = written.flatMap((entry) => colorOfList(entry) ?? colorOfHex(entry) ?? []);
  if (colors.length < 2 || colors.length !== written.length) return null;
  const places = list(gradient.percent ?? gradient.percents).map((place) => finite(place));
  const scale = places.some((place) => (place ?? 0) > 1) ? 100 : 1;
  const alphas = list(gradient.alpha);
  return colors
    .map((color, index) => ({
      offset: unit((places[index] ?? (index / (colors.length - 1)) * scale) / scale, 0),
      color: withAlpha(color, alpha * unit(alphas[index], 1)),
    }))
    .sort((a, b) => a.offset - b.offset);
}
