/** One line of `npm run bench`: a figure beside a baseline of the same run. */
export interface BenchRow {
  readonly name: string;
  readonly value: string;
  readonly baseline: string;
  /** value / baseline. */
  readonly ratio: number;
  /** The ratio that is expected at least. */
  readonly wanted: number;
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
