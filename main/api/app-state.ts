import type { Express } from 'express';

/** What an app and the server that listens for it have to tell each other. */
export interface AppState {
  /** The address that is really bound; null until it listens. */
  boundAddress: string | null;
  /** Aborted when the server closes: answers without an end (event streams) end now. */
  readonly closing: AbortController;
}

const states = new WeakMap<Express, AppState>();

export function stateOf(app: Express): AppState {
  const known = states.get(app);
  if (known !== undefined) return known;
  const state: AppState = { boundAddress: null, closing: new AbortController() };
  states.set(app, state);
  return state;
}
