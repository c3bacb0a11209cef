import { useCallback, useEffect, useRef, useState } from 'react';
import { type ApiError, asApiError } from './client.ts';

/** Something fetched for a page: kept while it is fetched again, so that nothing flickers. */
export interface Resource<T> {
  readonly value: T | undefined;
  readonly error: ApiError | undefined;
  readonly reload: () => void;
  /** Puts a newer value in place, such as the answer of a change. */
  readonly replace: (value: T) => void;
}

/** Fetches when `key` changes and on `reload`; a later answer never loses against an earlier one. */
export function useResource<T>(load: () => Promise<T>, key: string): Resource<T> {
  const [value, setValue] = useState<T>();
  const [error, setError] = useState<ApiError>();
  const latest = useRef(0);
  const loader = useRef(load);
  loader.current = load;

  const reload = useCallback(() => {
    latest.current += 1;
    const turn = latest.current;
    loader.current().then(
      (fetched) => {
        if (turn !== latest.current) return;
        setValue(fetched);
        setError(undefined);
      },
      (thrown: unknown) => {
        if (turn === latest.current) setError(asApiError(thrown));
      },
    );
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says that something else is wanted.
  useEffect(reload, [reload, key]);

  const replace = useCallback((newer: T) => {
    latest.current += 1;
    setValue(newer);
    setError(undefined);
  }, []);
  return { value, error, reload, replace };
}
