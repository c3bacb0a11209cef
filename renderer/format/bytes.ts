const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** `0 B`, `812 KB`, `3.4 MB`, `120 GB`; steps of 1024 as file managers count. */
export function bytes(count: number): string {
  let value = Math.max(0, count);
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit]}`;
}
