import path from 'node:path';
import { app, type NativeImage, nativeImage } from 'electron';
import { type TrayState, trayPicture } from './tray-state.ts';

/** Inside the archive of a packaged app, in the project's folder otherwise. */
function iconFile(name: string): string {
  return path.join(app.getAppPath(), 'resources', 'icons', name);
}

export function appIcon(): NativeImage {
  return nativeImage.createFromPath(iconFile('icon-256.png'));
}

/** The tray's picture; `@2x` and others beside it are taken by the system on dense screens. */
export function trayIcon(state: Pick<TrayState, 'kind' | 'count'>): NativeImage {
  return nativeImage.createFromPath(iconFile(trayPicture(state)));
}
