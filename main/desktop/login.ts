import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { app } from 'electron';
import { autostartEntry } from './autostart.ts';

/** Makes the system start the app, in the tray, when this user logs in; or not any more. Packaged apps only. */
export function setStartAtLogin(wanted: boolean): void {
  if (!app.isPackaged) return;
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: wanted, args: ['--hidden'] });
    return;
  }
  const config = process.env.XDG_CONFIG_HOME ?? path.join(os.homedir(), '.config');
  const file = path.join(config, 'autostart', 'jianying-render-station.desktop');
  if (!wanted) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(path.dirname(file), { recursive: true });
  // An AppImage runs from a mount that is gone after it ends; its own file is named here.
  writeFileSync(file, autostartEntry(process.env.APPIMAGE ?? process.execPath));
}
