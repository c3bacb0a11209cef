import type { Statistics } from '../../../main/shared/task-query.ts';

export interface Summary {
  readonly completed: number;
  /** 0..1; null when nothing has ended. */
  readonly successRate: number | null;
  /** Mean over the days with completed tasks. */
  readonly perDay: number;
  readonly busiest: { readonly day: string; readonly completed: number } | null;
}

/** The numbers above the charts. Cancelled tasks say nothing about success and are left out of the rate. */
export function summarise(days: Statistics['days']): Summary {
  const completed = days.reduce((sum, day) => sum + day.completed, 0);
  const failed = days.reduce((sum, day) => sum + day.failed, 0);
  const busyDays = days.filter((day) => day.completed > 0);
  const busiest = busyDays.reduce<Summary['busiest']>(
    (best, day) => (best === null || day.completed > best.completed ? day : best),
    null,
  );
  return {
    completed,
    successRate: completed + failed === 0 ? null : completed / (completed + failed),
    perDay: busyDays.length === 0 ? 0 : completed / busyDays.length,
    busiest,
  };
}

/** A round number at or above `value`, and steps below it: 1, 2 or 5 times a power of ten. */
export function axis(value: number, steps = 4): readonly number[] {
  const rough = Math.max(1, value) / steps;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((factor) => factor * power).find((nice) => nice >= rough) ?? rough);
  const count = Math.max(1, Math.ceil(value / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}
