/** Columns from `start` on, `end` not among them. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Columns at which `from + slope * column` lies between two values. */
export function within(from: number, slope: number, low: number, high: number, columns: number): Span {
  if (low > high) return { start: 0, end: 0 };
  if (Math.abs(slope) < 1e-9) return from >= low && from <= high ? { start: 0, end: columns } : { start: 0, end: 0 };
  const [entry, exit] = [(low - from) / slope, (high - from) / slope];
  return {
    start: Math.max(0, Math.ceil(Math.min(entry, exit))),
    end: Math.min(columns, Math.floor(Math.max(entry, exit)) + 1),
  };
}

/** What is in both. */
export function meet(one: Span, other: Span): Span {
  return { start: Math.max(one.start, other.start), end: Math.min(one.end, other.end) };
}
