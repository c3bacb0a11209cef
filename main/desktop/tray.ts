import { Menu, Tray } from 'electron';
import { trayIcon } from './icons.ts';
import type { MenuAction, MenuLine, TrayState } from './tray-state.ts';

/** The icon beside the clock. */
export class StationTray {
  readonly #tray: Tray;
  readonly #act: (action: MenuAction) => void;
  #shown = '';
  #lines = '';
  menu: Menu = Menu.buildFromTemplate([]);
  state: TrayState | null = null;

  constructor(act: (action: MenuAction) => void) {
    this.#act = act;
    this.#tray = new Tray(trayIcon({ kind: 'idle', count: 0 }));
    this.#tray.on('click', () => act('show'));
    this.#tray.on('double-click', () => act('show'));
  }

  show(state: TrayState, lines: readonly (MenuLine | null)[]): void {
    const shown = JSON.stringify(state);
    if (shown !== this.#shown) {
      this.#tray.setImage(trayIcon(state));
      this.#tray.setToolTip(state.tooltip);
      if (process.platform === 'darwin') this.#tray.setTitle(state.count > 0 ? ` ${state.count}` : '');
      this.#shown = shown;
      this.state = state;
    }
    const written = JSON.stringify(lines);
    if (written === this.#lines) return;
    this.#lines = written;
    this.menu = Menu.buildFromTemplate(
      lines.map((line) =>
        line === null
          ? { type: 'separator' as const }
          : { id: line.action, label: line.label, enabled: line.enabled, click: () => this.#act(line.action) },
      ),
    );
    this.#tray.setContextMenu(this.menu);
  }

  close(): void {
    this.#tray.destroy();
  }
}
