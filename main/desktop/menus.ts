import { type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import type { Language } from '../shared/errors/index.ts';
import { say } from './words.ts';

/** Shortcuts: editing, zoom, full screen. The bar itself is shown on macOS alone, where every app has one. */
export function setAppMenu(): void {
  const view: MenuItemConstructorOptions[] = [
    { role: 'reload' },
    { type: 'separator' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ];
  const forMac: MenuItemConstructorOptions[] = process.platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([...forMac, { role: 'editMenu' }, { label: 'View', submenu: view }, { role: 'windowMenu' }]),
  );
}

/** Cut, copy and paste by the right button, where there is something to cut, copy or paste into. */
export function offerEditing(window: BrowserWindow, language: () => Language): void {
  window.webContents.on('context-menu', (_event, { editFlags, isEditable, selectionText }) => {
    const line = (role: 'cut' | 'copy' | 'paste' | 'selectAll', enabled: boolean): MenuItemConstructorOptions => ({
      role,
      label: say(role, language()),
      enabled,
    });
    const lines = isEditable
      ? [
          line('cut', editFlags.canCut),
          line('copy', editFlags.canCopy),
          line('paste', editFlags.canPaste),
          line('selectAll', editFlags.canSelectAll),
        ]
      : selectionText !== ''
        ? [line('copy', editFlags.canCopy)]
        : [];
    if (lines.length > 0) Menu.buildFromTemplate(lines).popup({ window });
  });
}
