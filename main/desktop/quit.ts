import type { LiveView } from './live-view.ts';

/** How the app goes. `ask`: a person chooses. */
export type QuitPlan = 'at-once' | 'ask';

/** An attached station works on without the window; the app's own one would be interrupted. */
export function quitPlan(kind: 'embedded' | 'attached', view: LiveView): QuitPlan {
  return kind === 'embedded' && view.processing.length > 0 ? 'ask' : 'at-once';
}

/** How long the station may take to stop, ms. */
export const stopDeadlinesMs = {
  /** The operator waits for it: what cannot end by itself in this time goes back in line. */
  finish: 60 * 60_000,
  /** Only for tidying up. */
  now: 3000,
} as const;

export type QuitChoice = keyof typeof stopDeadlinesMs;

/** A station that does not stop by its deadline and this grace is left behind: nothing in it may hold the app for ever. */
export const stopGraceMs = 15_000;
