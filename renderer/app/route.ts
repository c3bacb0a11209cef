import { useSyncExternalStore } from 'react';

export const pages = ['queue', 'history', 'health', 'statistics', 'api', 'settings'] as const;
export type PageId = (typeof pages)[number];

/** Where the window is: a page, what it is asked to show, and the task whose drawer is open. Kept in the address. */
export interface Route {
  readonly page: PageId;
  readonly query: ReadonlyMap<string, string>;
}

/** `#/history?search=abc&task=id` */
export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const page = pages.find((id) => id === path) ?? 'queue';
  return { page, query: new Map(new URLSearchParams(query)) };
}

export function writeRoute(page: PageId, query: Readonly<Record<string, string | undefined>> = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') params.set(name, value);
  const text = params.toString();
  return text === '' ? `#/${page}` : `#/${page}?${text}`;
}

let current = readRoute(window.location.hash);

export function route(): Route {
  return current;
}

function subscribe(listener: () => void): () => void {
  const onHash = () => {
    const next = readRoute(window.location.hash);
    if (
      writeRoute(next.page, Object.fromEntries(next.query)) !==
      writeRoute(current.page, Object.fromEntries(current.query))
    )
      current = next;
    listener();
  };
  window.addEventListener('hashchange', onHash);
  return () => window.removeEventListener('hashchange', onHash);
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, route);
}

export function go(page: PageId, query: Readonly<Record<string, string | undefined>> = {}): void {
  window.location.hash = writeRoute(page, query);
}

/** Changes parts of the query; `undefined` removes one. Filters replace, so that Back leaves the page at once. */
export function changeQuery(change: Readonly<Record<string, string | undefined>>, replace = false): void {
  const here = readRoute(window.location.hash);
  const hash = writeRoute(here.page, { ...Object.fromEntries(here.query), ...change });
  if (!replace) window.location.hash = hash;
  else {
    window.history.replaceState(null, '', hash);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  }
}

/** Opens the drawer of a task over the page that is shown. */
export function showTask(id: string | undefined): void {
  changeQuery({ task: id });
}
