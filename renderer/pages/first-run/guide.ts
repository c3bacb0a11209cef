import { useSyncExternalStore } from 'react';

let asked = false;
const listeners = new Set<() => void>();

function set(value: boolean): void {
  asked = value;
  for (const listener of listeners) listener();
}

/** Shows the first-run guide again. */
export const openGuide = (): void => set(true);
export const closeGuide = (): void => set(false);

export function useGuideAsked(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => asked,
  );
}
