import type { ClipAnimation } from '../../../drafts/model.ts';

/** When a loop is at work, µs from the segment's start: after every way in, until the first way out. */
export function loopSpan(
  { startUs }: ClipAnimation,
  all: readonly ClipAnimation[],
  durationUs: number,
): { fromUs: number; toUs: number } {
  const ends = all.filter(({ kind }) => kind === 'in').map((other) => other.startUs + other.durationUs);
  const lengths = all.filter(({ kind }) => kind === 'out').map((other) => other.durationUs);
  return { fromUs: Math.max(0, startUs, ...ends), toUs: durationUs - Math.max(0, ...lengths) };
}
