import { useCallback, useState } from 'react';
import { moveTask } from '../station/calls.ts';
import { useStationStore } from '../station/store.ts';
import { afterMove, movesTo } from '../station/waiting-line.ts';
import { useAttempt } from './feedback.ts';

export interface Reorder {
  /** The task in the hand, null when none is. */
  readonly held: string | null;
  readonly hold: (id: string | null) => void;
  /** Puts a waiting task where another one stands. */
  readonly drop: (id: string, overId: string) => void;
}

export function useReorder(): Reorder {
  const store = useStationStore();
  const attempt = useAttempt();
  const [held, hold] = useState<string | null>(null);
  const drop = useCallback(
    (id: string, overId: string) => {
      const moves = movesTo(store.state().waiting, id, overId);
      const before = store.state().waiting;
      // Shown at once; the station's events then say the same, or a failure puts it back.
      store.showWaitingOrder(moves.reduce(afterMove, before));
      void attempt(async () => {
        for (const move of moves) await moveTask(move.id, move.before);
      }).then((moved) => {
        if (!moved) store.showWaitingOrder(before);
      });
    },
    [store, attempt],
  );
  return { held, hold, drop };
}
