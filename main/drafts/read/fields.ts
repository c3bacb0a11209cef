/** Reading values out of JSON that nobody promises anything about: a wrong type is the default, a wild number is bounded. */

export type Fields = Readonly<Record<string, unknown>>;

/** No time in a draft is later than this: two days. */
export const longestUs = 2 * 24 * 3600 * 1_000_000;

const nothing: Fields = Object.freeze(Object.create(null));

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one when it is none. */
export function fields(value: unknown): Fields {
  return isFields(value) ? value : nothing;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The objects of a list; anything else in it is left out. */
export function records(value: unknown): Fields[] {
  return list(value).filter(isFields);
}

export function text(value: unknown, fallback = ''): string {
  return typeof value === 'string' ? value : fallback;
}

/** The first of several values that is a string with something in it. */
export function firstText(...values: readonly unknown[]): string {
  return text(values.find((value) => typeof value === 'string' && value.trim() !== ''));
}

/** An id or resource id: producers write strings, a few write numbers. */
export function id(value: unknown): string {
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : text(value);
}

/** A finite number or null; numbers written as strings count. */
export function finite(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.length > 40 || value.trim() === '') return null;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : null;
}

export function number(value: unknown, fallback: number, min: number, max: number): number {
  const known = finite(value);
  return known === null ? fallback : Math.min(max, Math.max(min, known));
}

/** Integer µs, 0 and up. */
export function micros(value: unknown, fallback = 0): number {
  return Math.round(number(value, fallback, 0, longestUs));
}

export function flag(value: unknown, fallback: boolean): boolean {
  return typeof value === 'boolean' ? value : fallback;
}

/** The value parsed as JSON when it is a string that may be an object; null when it is none or is broken. */
export function parsedFields(value: unknown): Fields | null {
  if (isFields(value)) return value;
  if (typeof value !== 'string' || !value.trimStart().startsWith('{')) return null;
  try {
    const parsed: unknown = JSON.parse(value);
    return isFields(parsed) ? parsed : null;
  } catch {
    return null;
  }
}
