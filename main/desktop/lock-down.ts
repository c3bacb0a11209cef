import { type Session, shell, type WebContents } from 'electron';
import { destination } from './navigation.ts';

/** Nothing is granted but what the queue page needs: copying a link on a click, and a video in full screen. */
const granted: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);

/** Denies every permission (Electron grants by default) except to our own page what it needs. */
export function denyPermissions(session: Session, stationOrigin: string): void {
  session.setPermissionRequestHandler((contents, permission, callback) => {
    callback(granted.has(permission) && destination(contents.getURL(), stationOrigin) === 'here');
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => granted.has(permission) && destination(origin, stationOrigin) === 'here',
  );
  session.setDevicePermissionHandler(() => false);
}

/** Keeps a page on its station: no other page in it, no window beside it, no embedded guest. */
export function lockNavigation(contents: WebContents, stationOrigin: string): void {
  const keep = (event: { preventDefault(): void }, url: string) => {
    if (destination(url, stationOrigin) === 'here') return;
    event.preventDefault();
    openOutside(url, stationOrigin);
  };
  contents.on('will-navigate', (event) => keep(event, event.url));
  contents.on('will-redirect', (event) => {
    if (destination(event.url, stationOrigin) !== 'here') event.preventDefault();
  });
  // Comes before `will-navigate`, which follows for the main frame.
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame && destination(event.url, stationOrigin) !== 'here') event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url, stationOrigin);
    return { action: 'deny' };
  });
}

/** The one place that hands a link to the system. */
function openOutside(url: string, stationOrigin: string): void {
  // A page of the station in a new window (a video, the API document) is for the browser as well.
  if (destination(url, stationOrigin) !== 'nowhere') void shell.openExternal(url);
}
