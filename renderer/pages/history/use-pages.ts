import { useCallback, useEffect, useRef, useState } from 'react';
import type { Task } from '../../../main/shared/task.ts';
import { fetchTasks, type TaskFilter, taskQuery } from '../../station/calls.ts';
import { type ApiError, asApiError } from '../../station/client.ts';

const pageSize = 100;

export interface Pages {
  readonly tasks: readonly Task[] | undefined;
  readonly error: ApiError | undefined;
  /** Whether there is more behind what is loaded. */
  readonly more: boolean;
  readonly loadMore: () => void;
  readonly reload: () => void;
}

/** A list that is fetched page by page as it is scrolled. Another filter starts it anew, keeping the old rows till then. */
export function usePages(filter: TaskFilter): Pages {
  const [tasks, setTasks] = useState<readonly Task[]>();
  const [error, setError] = useState<ApiError>();
  const [next, setNext] = useState<string | null>(null);
  const turn = useRef(0);
  const loading = useRef(false);
  const key = taskQuery(filter);
  const wanted = useRef(filter);
  wanted.current = filter;

  const load = useCallback((after: string | undefined, known: readonly Task[]) => {
    turn.current += 1;
    const mine = turn.current;
    loading.current = true;
    fetchTasks({ ...wanted.current, limit: pageSize, after }).then(
      (page) => {
        if (mine !== turn.current) return;
        loading.current = false;
        // A task may have moved between pages while they were read.
        const there = new Set(known.map((task) => task.id));
        setTasks([...known, ...page.tasks.filter((task) => !there.has(task.id))]);
        setNext(page.next);
        setError(undefined);
      },
      (thrown: unknown) => {
        if (mine !== turn.current) return;
        loading.current = false;
        setError(asApiError(thrown));
      },
    );
  }, []);

  const reload = useCallback(() => load(undefined, []), [load]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says that something else is wanted.
  useEffect(reload, [reload, key]);

  const loadMore = useCallback(() => {
    if (next !== null && !loading.current) load(next, tasks ?? []);
  }, [load, next, tasks]);
  return { tasks, error, more: next !== null, loadMore, reload };
}
