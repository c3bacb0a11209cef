import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { localStationArgument } from '../../preload/channels.ts';
import { appIcon } from './icons.ts';
import { denyPermissions, lockNavigation } from './lock-down.ts';
import type { StationLink } from './station-link.ts';
import { placeWindow, readWindowState, smallest, type WindowState } from './window-bounds.ts';
import { say } from './words.ts';

const preloadFile = path.join(import.meta.dirname, '..', 'preload', 'index.cjs');

export interface OperatorWindow {
  readonly window: BrowserWindow;
  /** Keeps where the window is now for the next start. */
  rememberPlace(): void;
}

/** The operator's window, where it was last time; not shown yet. */
export function createWindow(link: StationLink): OperatorWindow {
  const remembered = readState();
  const window = new BrowserWindow({
    ...placeWindow(
      remembered,
      screen.getAllDisplays().map((display) => display.workArea),
    ),
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: say('appName', 'zh'),
    icon: appIcon(),
    // The colour of the page's own ground: no white flash in the dark.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#141414' : '#f5f5f5',
    webPreferences: {
      preload: preloadFile,
      additionalArguments: link.kind === 'embedded' ? [localStationArgument] : [],
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      disableBlinkFeatures: 'Auxclick',
    },
  });
  window.setMenuBarVisibility(false);
  denyPermissions(window.webContents.session, link.origin);
  lockNavigation(window.webContents, link.origin);
  if (remembered?.maximized === true) window.maximize();
  return { window, rememberPlace: rememberState(window) };
}

function stateFile(): string {
  return path.join(app.getPath('userData'), 'window.json');
}

function readState(): WindowState | null {
  try {
    return readWindowState(readFileSync(stateFile(), 'utf8'));
  } catch {
    return null;
  }
}

function rememberState(window: BrowserWindow): () => void {
  const write = () => {
    if (window.isDestroyed()) return;
    const state: WindowState = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    try {
      mkdirSync(path.dirname(stateFile()), { recursive: true });
      writeFileSync(stateFile(), JSON.stringify(state));
    } catch {
      // Where the window was is not worth a complaint.
    }
  };
  let soon: NodeJS.Timeout | undefined;
  const changed = () => {
    clearTimeout(soon);
    soon = setTimeout(write, 500);
  };
  for (const event of ['resize', 'move', 'maximize', 'unmaximize'] as const) window.on(event as 'resize', changed);
  return () => {
    clearTimeout(soon);
    write();
  };
}
