import type { StationEvent } from '../shared/events.ts';

type Unversioned = StationEvent extends infer E ? (E extends StationEvent ? Omit<E, 'version'> : never) : never;

/** Tells everybody who listens what changed. Versions grow by one; a new listener starts with a snapshot. */
export class EventHub {
  #version = 0;
  readonly #listeners = new Set<(event: StationEvent) => void>();
  readonly #snapshot: () => Omit<Extract<StationEvent, { type: 'snapshot' }>, 'version'>;

  constructor(snapshot: () => Omit<Extract<StationEvent, { type: 'snapshot' }>, 'version'>) {
    this.#snapshot = snapshot;
  }

  get listening(): boolean {
    return this.#listeners.size > 0;
  }

  emit(event: Unversioned): void {
    this.#version += 1;
    const versioned = { ...event, version: this.#version } as StationEvent;
    for (const listener of this.#listeners) listener(versioned);
  }

  /** Calls `listener` with a snapshot at once, then with every event; the returned function ends it. */
  subscribe(listener: (event: StationEvent) => void): () => void {
    this.#listeners.add(listener);
    listener({ ...this.#snapshot(), version: this.#version });
    return () => void this.#listeners.delete(listener);
  }
}
