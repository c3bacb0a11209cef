import path from 'node:path';
import { parseUrl } from './parse-url.ts';

/** Where a navigation, a new window or a click on a link may lead. */
export type Destination = 'here' | 'system-browser' | 'nowhere';

/** The page stays on its station; other http(s) addresses are for the system's browser; everything else is refused. */
export function destination(target: string, stationOrigin: string): Destination {
  const url = parseUrl(target);
  if (url === null) return 'nowhere';
  if (url.origin === stationOrigin) return 'here';
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  return web && url.username === '' && url.password === '' ? 'system-browser' : 'nowhere';
}

/** Whether a message may be answered: it comes from the main frame of our window, and the page is the station's. */
export function isTrustedSender(
  frame: { readonly url: string; readonly isMainFrame: boolean; readonly isOurWindow: boolean },
  stationOrigin: string,
): boolean {
  return frame.isMainFrame && frame.isOurWindow && parseUrl(frame.url)?.origin === stationOrigin;
}

const openable = new Set(['mp4', 'mov', 'png', 'jpg', 'jpeg', 'webp', 'txt', 'log', 'json', 'csv', 'zip']);

/** Whether the system's program may be asked to open a file: what the station makes, never something that runs. */
export function mayOpen(file: string): boolean {
  return openable.has(path.extname(file).slice(1).toLowerCase());
}
