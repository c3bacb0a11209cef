import type { InstallFacts } from '../locate/facts.ts';
import { winePaths } from '../paths.ts';
import type { KeyName, Look, Outcome, Point, Rect, Tree, UiBackend, UiElement } from '../ui/backend.ts';
import { UiFailure } from '../ui/backend.ts';
import { type Control, local, type ShownWindow, settingFile } from './life.ts';
import { SimulatedScreen } from './screen.ts';

/**
 * A Jianying in TypeScript: pages, dialog, popups, timings and every known way to misbehave, in simulated time. It reads
 * and writes the same (simulated) files as the real one.
 */
export class SimulatedJianying extends SimulatedScreen implements UiBackend {
  protected readonly trees = new Map<number, { hwnd: number; controls: Control[] }>();

  async look(): Promise<Look> {
    const { session, personMs } = this.behaviour;
    const now = this.clock.now();
    const person = now - this.startedMs < personMs;
    return {
      windows: this.windows(),
      processes: this.pid === 0 ? [] : [{ pid: this.pid, exe: this.exe }],
      session: {
        ...session,
        elevated: false,
        idleMs: person ? 200 : 600_000,
        cursor: { x: 0, y: 0 },
        foreground: this.foreground === 'client' ? { hwnd: this.main?.hwnd ?? 0, pid: this.pid } : { hwnd: 7, pid: 7 },
      },
    };
  }

  async tree(hwnd: number): Promise<Tree> {
    const { failures } = this.behaviour;
    if (this.clock.now() < this.hangUntilMs) {
      await this.clock.sleep(3_000);
      throw new UiFailure('deadline', 'no answer');
    }
    if (failures.count > 0) {
      failures.count--;
      throw new UiFailure(failures.kind, `simulated ${failures.kind}`);
    }
    const window = [this.main, this.dialogWindow, ...this.popups].find((shown) => shown?.hwnd === hwnd);
    if (!window) throw new UiFailure('gone', 'no such window');
    const id = this.nextId++;
    const bare = this.behaviour.tier === 'blind' || (this.behaviour.bareUntilRestart && this.launches < 2);
    const controls = bare ? [] : this.controls(window);
    this.trees.set(id, { hwnd, controls });
    const root: UiElement = element(0, {
      description: '',
      name: '',
      className: bare ? 'Qt622QWindowIcon' : this.rootClass(window),
      rect: this.rectOf(window),
    });
    return { id, hwnd, elements: [root, ...controls.map((control, index) => element(index + 1, control))] };
  }

  async invoke(tree: number, index: number): Promise<Outcome> {
    const control = this.trees.get(tree)?.controls[index - 1];
    if (!this.behaviour.invoke) return 'unsupported';
    if (!control) throw new UiFailure('gone', 'no such control');
    this.events.push(`invoke ${control.description || control.name}`);
    control.press?.('invoke', 1);
    return 'done';
  }

  async postClick(hwnd: number, at: Point, times: 1 | 2): Promise<Outcome> {
    this.hit(hwnd, at, 'posted', times);
    return 'done';
  }

  async realClick(hwnd: number, at: Point, times: 1 | 2): Promise<Outcome> {
    if (this.behaviour.covered > 0) {
      this.behaviour.covered--;
      return 'refused';
    }
    if (this.behaviour.misses > 0) {
      this.behaviour.misses--;
      return 'done';
    }
    this.foreground = 'client';
    this.hit(hwnd, at, 'real', times);
    return 'done';
  }

  protected hit(hwnd: number, at: Point, how: 'posted' | 'real', times: 1 | 2): void {
    const window = [this.main, this.dialogWindow, ...this.popups].find((shown) => shown?.hwnd === hwnd);
    if (!window || this.clock.now() < this.hangUntilMs) return;
    // Owned windows are modal: what lies below them gets nothing.
    if (window.kind !== 'popup' && this.popups.some((shown) => !shown.popup?.exe && !shown.popup?.inside)) return;
    const control = this.controls(window).findLast(({ rect: box, press }) => press && within(box, at));
    this.events.push(`${how} ${control ? control.description || control.name || 'card' : 'nothing'}`);
    if (control) control.press?.(how, times);
    else if (this.behaviour.tier === 'blind') this.blindClick(window, at, times);
  }

  /** The places of the calibration, for a client without names. */
  protected blindClick(window: ShownWindow, at: Point, times: 1 | 2): void {
    const box = this.rectOf(window);
    const x = (at.x - box.left) / box.width;
    const y = (at.y - box.top) / box.height;
    if (window.kind === 'main' && this.page === 'home') {
      if (Math.abs(x - 0.795) < 0.02 && Math.abs(y - 0.672) < 0.02) this.typed = '';
      const found = this.typed === '' ? this.drafts : this.drafts.filter((name) => name.startsWith(this.typed));
      if (times === 2 && Math.abs(x - 0.255) < 0.04 && y > 0.6) this.clickTile(this.firstCard ?? found[0] ?? '');
    } else if (window.kind === 'main' && this.page === 'editor' && x > 0.8 && y < 0.06) this.pressExport();
    else if (window.kind === 'dialog' && this.job?.state === 'ready' && x > 0.6 && y > 0.9) this.confirm();
    else if (window.kind === 'dialog' && this.job?.state === 'done' && x > 0.85 && y > 0.9) this.closeDialog();
  }

  async keys(_hwnd: number, key: KeyName): Promise<Outcome> {
    if (this.behaviour.covered > 0) {
      this.behaviour.covered--;
      return 'refused';
    }
    this.events.push(`key ${key}`);
    if (key === 'ctrl+e' && this.page === 'editor') this.pressExport();
    if (key === 'ctrl+alt+q' && this.page === 'editor') this.goHome();
    if (key === 'escape' && this.job?.state !== 'exporting') this.closeDialog();
    if (key === 'enter' && this.job?.state === 'ready') this.confirm();
    return 'done';
  }

  async typeText(_hwnd: number, text: string): Promise<Outcome> {
    this.typed = text;
    return 'done';
  }

  async window(hwnd: number, change: 'restore' | 'maximise' | 'close' | 'forward'): Promise<void> {
    if (change === 'restore') this.behaviour.minimised = false;
    if (change !== 'close' || this.clock.now() < this.hangUntilMs) return;
    this.events.push('close');
    const popup = this.popups.find((shown) => shown.hwnd === hwnd);
    if (popup) {
      if (!popup.popup?.stubborn) this.popups = this.popups.filter((shown) => shown !== popup);
    } else if (this.dialogWindow?.hwnd === hwnd) this.closeDialog();
    else if (this.main?.hwnd === hwnd && this.popups.every((shown) => shown.popup?.inside)) {
      if (this.page === 'editor') this.goHome();
      else this.end();
    }
  }

  async capture(): Promise<Uint8Array | null> {
    return new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
  }

  async installFacts(_explicitExe = '', explicitDrafts = ''): Promise<InstallFacts> {
    const root = winePaths.toClient(this.root);
    return {
      registry: [],
      localAppData: winePaths.toClient(local),
      exes: [{ exe: this.exe, fileVersion: this.behaviour.version }],
      running: this.pid === 0 ? [] : [this.exe],
      globalSetting: this.files.textNow(settingFile),
      folders: [root, explicitDrafts]
        .filter(Boolean)
        .map((folder) => ({ folder, hasIndex: true, hasRecycleBin: false })),
      exportFolders: [winePaths.toClient(this.exportFolder)],
    };
  }

  reset(): void {}
  close(): void {}
}

const within = (box: Rect, at: Point) =>
  at.x >= box.left && at.x < box.left + box.width && at.y >= box.top && at.y < box.top + box.height;

function element(
  index: number,
  control: { description: string; name: string; className?: string; rect: Rect },
): UiElement {
  return {
    index,
    type: 50020,
    name: control.name,
    className: control.className ?? '',
    description: control.description,
    automationId: '',
    rect: control.rect,
    offscreen: false,
    enabled: true,
  };
}
