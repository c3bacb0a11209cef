import { useCallback } from 'react';
import { moveTask } from '../station/calls.ts';
import { useStationStore } from '../station/store.ts';
import { afterMove, movesTo } from '../station/waiting-line.ts';
import { useAttempt } from './feedback.ts';

/** Puts a waiting task where another one stands. */
export function useReorder(): (id: string, overId: string) => void {
  const store = useStationStore();
  const attempt = useAttempt();
  return useCallback(
    (id, overId) => {
      const before = store.state().waiting;
      const moves = movesTo(before, id, overId);
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
}
