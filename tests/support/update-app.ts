/** An app without a window that follows an update feed as an installed one does, for tests. */
import { app } from 'electron';
import electronUpdater from 'electron-updater';
import { Updates } from '../../main/desktop/updates.ts';

const updates = {
  ready: [] as string[],
  failed: [] as string[],
  follow: (feed: string) => follower.follow(feed, true),
};
export type TestUpdates = typeof updates;

const follower = new Updates(
  (version) => updates.ready.push(version),
  (error) => updates.failed.push(String(error)),
);
// Started from a folder, not from an installer: the updater would not ask.
electronUpdater.autoUpdater.forceDevUpdateConfig = true;

void app.whenReady().then(() => Object.assign(globalThis, { updates }));
app.on('window-all-closed', () => {});
