/** One line of `npm run bench`: what we do against a baseline measured in the same run. */
export interface BenchRow {
  readonly name: string;
  readonly ours: number;
  readonly baseline: number;
  /** Ours against the baseline; what counts as good is in the note. */
  readonly ratio: number;
  readonly unit: string;
  readonly note: string;
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function printRows(rows: readonly BenchRow[]): void {
  const figure = (value: number) =>
    Number.isNaN(value) ? '-' : Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2);
  for (const { name, ours, baseline, ratio, unit, note } of rows) {
    const against = Number.isNaN(baseline)
      ? ''
      : `baseline ${figure(baseline).padStart(9)}  ratio ${ratio.toFixed(2).padStart(6)}`;
    console.log(`${name.padEnd(58)} ${figure(ours).padStart(9)} ${unit.padEnd(6)} ${against.padEnd(36)} ${note}`);
  }
}
