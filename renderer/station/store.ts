import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Task } from '../../main/shared/task.ts';
import { fetchTasks } from './calls.ts';
import { applyEvent, emptyState, type StationState, withMoreWaiting } from './state.ts';
import { type Connection, openStream } from './stream.ts';

/** Renders follow events after this much: many events in one go cost one render. */
const renderAfterMs = 40;
/** Small enough that taking a page in never holds up scrolling. */
const pageSize = 250;

/** The one store of the window. The event stream writes it, components read it through `useStation`. */
export class StationStore {
  #state: StationState = emptyState;
  #connection: Connection = 'connecting';
  #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #more: { loading: boolean; after: string | undefined; done: boolean } = newLine();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
  readonly state = (): StationState => this.#state;
  readonly connection = (): Connection => this.#connection;

  /** Starts listening to the station; the returned function stops. */
  connect(): () => void {
    return openStream({
      onEvent: (event) => {
        const next = applyEvent(this.#state, event, Date.now());
        if (next === null) return false;
        if (event.type === 'snapshot') this.#more = newLine();
        this.#set(next);
        return true;
      },
      onConnection: (connection) => {
        if (connection === this.#connection) return;
        this.#connection = connection;
        this.#changed();
      },
    });
  }

  /** Loads the next stretch of a waiting line that is longer than what the station pushes. */
  async loadMoreWaiting(): Promise<void> {
    const more = this.#more;
    if (more.loading || more.done) return;
    more.loading = true;
    try {
      // The first pages repeat what the snapshot held; go on until something new comes.
      for (const before = this.#state.waiting.length; !more.done && this.#state.waiting.length === before; ) {
        const page = await fetchTasks({ state: 'pending', sort: 'line', limit: pageSize, after: more.after });
        if (more !== this.#more) return;
        more.after = page.next ?? undefined;
        more.done = page.next === null;
        this.#set(withMoreWaiting(this.#state, page.tasks));
      }
    } finally {
      more.loading = false;
    }
  }

  /** Shows the waiting line in another order ahead of the station's word. */
  showWaitingOrder(waiting: readonly string[]): void {
    const there = new Set(this.#state.waiting);
    const known = waiting.filter((id) => there.delete(id));
    // What has joined the line meanwhile stays at its end.
    this.#set({ ...this.#state, waiting: [...known, ...there] });
  }

  #set(state: StationState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#changed();
  }

  #changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const listener of this.#listeners) listener();
    }, renderAfterMs);
  }
}

function newLine() {
  return { loading: false, after: undefined, done: false } as {
    loading: boolean;
    after: string | undefined;
    done: boolean;
  };
}

export const StationContext = createContext<StationStore>(new StationStore());

export function useStationStore(): StationStore {
  return useContext(StationContext);
}

/** A part of the station's state; renders again only when that part changes (compared by identity). */
export function useStation<T>(select: (state: StationState) => T): T {
  const store = useStationStore();
  return useSyncExternalStore(store.subscribe, () => select(store.state()));
}

export function useConnection(): Connection {
  const store = useStationStore();
  return useSyncExternalStore(store.subscribe, store.connection);
}

export function useTask(id: string): Task | undefined {
  return useStation((state) => state.tasks.get(id));
}
