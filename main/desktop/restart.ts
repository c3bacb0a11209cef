/** A crash that comes sooner than this after the start will come again. */
const soonMs = 5000;
/** So many restarts without being asked. */
const tries = 3;

/**
 * What to do after a crash: start anew by itself, or show it and let a person decide, because it is going round in
 * circles.
 * @param restarts how often it was started anew without a long life in between
 */
export function afterCrash(livedMs: number, restarts: number): { act: 'restart' | 'ask'; restarts: number } {
  if (livedMs < soonMs || restarts >= tries) return { act: 'ask', restarts: 0 };
  // An hour of good work makes up for what was before.
  return { act: 'restart', restarts: livedMs > 60 * 60_000 ? 1 : restarts + 1 };
}
