import path from 'node:path';
import type { InstallFacts } from '../locate/facts.ts';
import { winePaths } from '../paths.ts';
import type { KeyName, Look, Outcome, Point, Rect, Tree, UiBackend, UiElement, WindowInfo } from '../ui/backend.ts';
import { UiFailure, type UiFailureKind } from '../ui/backend.ts';
import { labels } from '../ui/elements.ts';
import type { SimulatedPopup } from './popups.ts';
import type { SimulatedClock, SimulatedFiles } from './world.ts';

export type Moment = 'start' | 'home' | 'opening' | 'editor' | 'dialog' | 'confirm' | 'exporting' | 'done';

/** How this client behaves; every field has a sane default. Times in ms. */
export interface Behaviour {
  version: string;
  tier: 'named' | 'blind';
  startMs: number;
  /** The export button swallows presses this long after a draft was opened. */
  loadMs: number;
  exportMs: number;
  /** A tile opens on two clicks only. */
  doubleClick: boolean;
  invoke: boolean;
  /** The dialog shows its percentage. */
  showsPercent: boolean;
  /** The dialog says when it has finished. */
  showsDone: boolean;
  locks: boolean;
  /** New drafts appear at start only, or after this many rescans. */
  rescansNeeded: number;
  tileNever: boolean;
  /** Opening our tile opens this draft instead. */
  opensInstead: string | null;
  /** Presses of confirm that do nothing. */
  swallowConfirms: number;
  dialogText: string;
  noFile: boolean;
  truncated: boolean;
  stallAt: number | null;
  busyMoves: number;
  /** Bytes that appear as taken when the export begins. */
  fillsDisk: boolean;
  crashAt: Moment | null;
  /** Crash only this many times. */
  crashes: number;
  hangAt: Moment | null;
  hangMs: number;
  /** Launches that never show a window. */
  deadLaunches: number;
  bareUntilRestart: boolean;
  settings: { resolution: string; fps: string };
  settingsShown: boolean;
  settingsStuck: boolean;
  popups: { at: Moment; popup: SimulatedPopup; times: number }[];
  /** Tree reads that fail, and how. */
  failures: { kind: UiFailureKind; count: number };
  session: { sessionId: number; locked: boolean; disconnected: boolean };
  /** ms for which a person keeps using mouse and keyboard, from the beginning. */
  personMs: number;
  /** Another program's window stays in front: the real mouse is refused. */
  covered: number;
  minimised: boolean;
  /** Real clicks land beside their target this many times. */
  misses: number;
}

export const usualBehaviour: Behaviour = {
  version: '5.9.0.11632',
  tier: 'named',
  startMs: 3_000,
  loadMs: 2_500,
  exportMs: 12_000,
  doubleClick: false,
  invoke: true,
  showsPercent: true,
  showsDone: true,
  locks: true,
  rescansNeeded: 1,
  tileNever: false,
  opensInstead: null,
  swallowConfirms: 0,
  dialogText: '',
  noFile: false,
  truncated: false,
  stallAt: null,
  busyMoves: 0,
  fillsDisk: false,
  crashAt: null,
  crashes: 1,
  hangAt: null,
  hangMs: 1e9,
  deadLaunches: 0,
  bareUntilRestart: false,
  settings: { resolution: '1080P', fps: '30fps' },
  settingsShown: true,
  settingsStuck: false,
  popups: [],
  failures: { kind: 'transient', count: 0 },
  session: { sessionId: 1, locked: false, disconnected: false },
  personMs: 0,
  covered: 0,
  minimised: false,
  misses: 0,
};

interface Control {
  readonly description: string;
  readonly name: string;
  readonly className?: string;
  readonly rect: Rect;
  readonly press?: (how: 'invoke' | 'posted' | 'real', times: 1 | 2) => void;
}

interface ShownWindow {
  readonly hwnd: number;
  readonly kind: 'main' | 'dialog' | 'popup';
  readonly popup?: SimulatedPopup;
}

interface Export {
  state: 'ready' | 'exporting' | 'done';
  readonly draft: string;
  readonly file: string;
  percent: number;
  list: 'resolution' | 'fps' | null;
}

const local = '/sim/local';
const mainRect: Rect = { left: 100, top: 50, width: 1200, height: 800 };
const dialogRect: Rect = { left: 300, top: 150, width: 640, height: 663 };

/**
 * A Jianying in TypeScript: pages, dialog, popups, timings and every known way to misbehave, in simulated time. It reads
 * and writes the same (simulated) files as the real one.
 */
export class SimulatedJianying implements UiBackend {
  readonly behaviour: Behaviour;
  readonly root = `${local}/JianyingPro/User Data/Projects/com.lveditor.draft`;
  readonly exportFolder = '/sim/Videos';
  readonly #clock: SimulatedClock;
  readonly #files: SimulatedFiles;
  #pid = 0;
  #nextId = 1000;
  #page: 'none' | 'splash' | 'home' | 'editor' = 'none';
  #main: ShownWindow | null = null;
  #dialogWindow: ShownWindow | null = null;
  #popups: ShownWindow[] = [];
  #drafts: string[] = [];
  #rescans = 0;
  #open: string | null = null;
  /** Draft JSON as it was when the draft was opened: what will be exported. */
  #source = '';
  #loadedAtMs = 0;
  #export: Export | null = null;
  #hangUntilMs = 0;
  #launches = 0;
  #crashesLeft: number;
  #swallow: number;
  #trees = new Map<number, { hwnd: number; controls: Control[] }>();
  #firstCard: string | null = null;
  #startedMs: number;
  #foreground: 'client' | 'other' = 'client';
  #typed = '';
  /** Everything that was pressed, for tests. */
  readonly events: string[] = [];
  /** Drafts that were exported, in order. */
  readonly exported: string[] = [];

  constructor(clock: SimulatedClock, files: SimulatedFiles, behaviour: Partial<Behaviour> = {}) {
    this.#clock = clock;
    this.#files = files;
    this.behaviour = { ...usualBehaviour, ...ownCopy(behaviour) };
    this.#crashesLeft = this.behaviour.crashes;
    this.#swallow = this.behaviour.swallowConfirms;
    this.#startedMs = clock.now();
    files.put(
      `${this.root}/root_meta_info.json`,
      JSON.stringify({ all_draft_store: [], draft_ids: 0, root_path: this.root }),
    );
    files.onChange((change, file) => {
      if (change === 'removed' && file.endsWith('.tmp') && path.posix.dirname(file) === this.root) {
        this.#rescans++;
        if (this.#page === 'home' && this.#rescans >= this.behaviour.rescansNeeded)
          clock.after(400, () => this.#readDrafts());
      }
    });
  }

  get exe(): string {
    return `${winePaths.toClient(local)}\\JianyingPro\\Apps\\${this.behaviour.version}\\JianyingPro.exe`;
  }

  get running(): boolean {
    return this.#pid !== 0;
  }

  get openDraft(): string | null {
    return this.#open;
  }

  /** As if a person had started it. */
  startByHand(openDraft: string | null = null): void {
    this.#start();
    this.#page = 'home';
    this.#showMain();
    if (openDraft !== null) {
      this.#openDraft(openDraft);
    }
  }

  // --- what the driver sees

  async look(): Promise<Look> {
    const { session, personMs } = this.behaviour;
    const now = this.#clock.now();
    const person = now - this.#startedMs < personMs;
    return {
      windows: this.#windows(),
      processes: this.#pid === 0 ? [] : [{ pid: this.#pid, exe: this.exe }],
      session: {
        ...session,
        elevated: false,
        idleMs: person ? 200 : 600_000,
        foreground:
          this.#foreground === 'client' ? { hwnd: this.#main?.hwnd ?? 0, pid: this.#pid } : { hwnd: 7, pid: 7 },
      },
    };
  }

  #windows(): WindowInfo[] {
    const hung = this.#clock.now() < this.#hangUntilMs;
    const all = [this.#main, this.#dialogWindow, ...this.#popups].filter((window) => window !== null);
    return all
      .filter((window) => !window.popup?.inside)
      .map((window) => {
        const minimised = window.kind === 'main' && this.behaviour.minimised;
        return {
          hwnd: window.hwnd,
          pid: this.#pid,
          exe: window.popup?.exe ? `C:\\x\\${window.popup.exe}` : this.exe,
          className: window.popup?.className ?? 'Qt622QWindowIcon',
          title: window.popup?.title ?? (window.kind === 'main' ? '剪映专业版' : '导出'),
          rect: minimised ? { left: -32000, top: -32000, width: 160, height: 28 } : this.#rectOf(window),
          owner: window.kind === 'main' ? 0 : (this.#main?.hwnd ?? 0),
          minimised,
          hung,
        };
      });
  }

  #rectOf(window: ShownWindow): Rect {
    if (window.kind === 'main') return mainRect;
    if (window.kind === 'dialog') return dialogRect;
    const [width, height] = window.popup?.size ?? [300, 200];
    return { left: 400, top: 200, width, height };
  }

  async tree(hwnd: number): Promise<Tree> {
    const { failures } = this.behaviour;
    if (this.#clock.now() < this.#hangUntilMs) {
      await this.#clock.sleep(3_000);
      throw new UiFailure('deadline', 'no answer');
    }
    if (failures.count > 0) {
      failures.count--;
      throw new UiFailure(failures.kind, `simulated ${failures.kind}`);
    }
    const window = [this.#main, this.#dialogWindow, ...this.#popups].find((shown) => shown?.hwnd === hwnd);
    if (!window) throw new UiFailure('gone', 'no such window');
    const id = this.#nextId++;
    const bare = this.behaviour.tier === 'blind' || (this.behaviour.bareUntilRestart && this.#launches < 2);
    const controls = bare ? [] : this.#controls(window);
    this.#trees.set(id, { hwnd, controls });
    const root: UiElement = element(0, {
      description: '',
      name: '',
      className: bare ? 'Qt622QWindowIcon' : this.#rootClass(window),
      rect: this.#rectOf(window),
    });
    return { id, hwnd, elements: [root, ...controls.map((control, index) => element(index + 1, control))] };
  }

  #rootClass(window: ShownWindow): string {
    if (window.kind === 'dialog') return 'ExportWindow_QMLTYPE_9';
    if (window.kind === 'popup') return window.popup?.className ?? '';
    return this.#page === 'editor'
      ? 'MainWindow_QMLTYPE_5'
      : this.#page === 'home'
        ? 'HomePage_QMLTYPE_3'
        : 'Splash_QMLTYPE_1';
  }

  #controls(window: ShownWindow): Control[] {
    if (window.kind === 'popup' && window.popup) return this.#popupControls(window, window.popup);
    const inside = this.#popups
      .filter((shown) => shown.popup?.inside)
      .flatMap((shown) => (shown.popup ? this.#popupControls(shown, shown.popup) : []));
    if (window.kind === 'dialog') return [...this.#dialogControls(), ...inside];
    if (this.#page === 'home') return [...this.#tiles(), ...inside];
    if (this.#page !== 'editor') return [];
    const close = this.#export?.state === 'done' && !this.#dialogWindow ? this.#doneControls() : [];
    return [
      { description: 'MainWindowTitleBarBackBtn', name: '', rect: rect(110, 60, 30, 20), press: () => this.#goHome() },
      {
        description: labels.exportButton,
        name: '导出',
        rect: rect(1180, 60, 80, 24),
        press: () => this.#pressExport(),
      },
      ...close,
      ...inside,
    ];
  }

  #tiles(): Control[] {
    const start = { description: 'HomePageStartProject', name: '开始创作', rect: rect(300, 120, 200, 60) };
    const tiles = this.#drafts.slice(0, 50).flatMap((name, index) => {
      const left = 300 + (index % 5) * 180;
      const top = 300 + Math.floor(index / 5) * 140;
      const press = (_how: string, times: number) => {
        if (times === 2 || !this.behaviour.doubleClick) this.#clickTile(name);
      };
      return [
        { description: '', name: '', rect: rect(left, top, 160, 120), press },
        { description: `${labels.tile}${name}`, name: '', rect: rect(left + 10, top + 95, 120, 18) },
      ];
    });
    return [start, ...tiles];
  }

  #dialogControls(): Control[] {
    const current = this.#export;
    if (!current) return [];
    const { behaviour } = this;
    if (current.state === 'done' && behaviour.showsDone) return this.#doneControls();
    if (current.state !== 'ready') {
      const text = behaviour.showsPercent ? `导出中 ${Math.round(current.percent)}%` : '正在导出';
      return [{ description: '', name: text, rect: rect(400, 400, 200, 20) }];
    }
    const { settings } = behaviour;
    const value = (text: string) => (behaviour.settingsShown ? text : '');
    const items =
      current.list === 'resolution'
        ? ['4K', '2K', '1080P', '720P', '480P']
        : current.list === 'fps'
          ? ['24fps', '25fps', '30fps', '50fps', '60fps']
          : [];
    const list = current.list;
    return [
      { description: labels.exportPath, name: '', rect: rect(320, 300, 80, 20) },
      { description: winePaths.toClient(current.file), name: '', rect: rect(410, 300, 300, 20) },
      {
        description: labels.resolutionBox,
        name: value(settings.resolution),
        rect: rect(410, 350, 120, 20),
        press: this.#opens('resolution'),
      },
      {
        description: labels.fpsBox,
        name: value(settings.fps),
        rect: rect(410, 380, 120, 20),
        press: this.#opens('fps'),
      },
      ...items.map((item, index) => ({
        description: item,
        name: '',
        rect: rect(410, 420 + index * 22, 120, 20),
        press: (how: string) => {
          if (how !== 'real' || !list) return;
          if (!behaviour.settingsStuck) settings[list] = item;
          current.list = null;
        },
      })),
      ...(behaviour.dialogText === ''
        ? []
        : [{ description: '', name: behaviour.dialogText, rect: rect(320, 700, 300, 20) }]),
      { description: labels.confirm, name: '导出', rect: rect(760, 770, 80, 28), press: () => this.#confirm() },
    ];
  }

  #opens(list: 'resolution' | 'fps') {
    return (how: string) => {
      if (how === 'real' && this.#export) this.#export.list = this.#export.list === list ? null : list;
    };
  }

  #doneControls(): Control[] {
    return [
      { description: '', name: '导出成功', rect: rect(400, 300, 100, 20) },
      {
        description: labels.succeedClose,
        name: '关闭',
        rect: rect(860, 770, 60, 24),
        press: () => this.#closeDialog(),
      },
    ];
  }

  #popupControls(window: ShownWindow, popup: SimulatedPopup): Control[] {
    return [
      ...popup.texts.map((name, index) => ({ description: '', name, rect: rect(420, 240 + index * 24, 200, 20) })),
      ...popup.buttons.map((name, index) => ({
        description: '',
        name,
        rect: rect(420 + index * 90, 360, 80, 24),
        press: () => this.#pressPopup(window, name),
      })),
    ];
  }

  // --- what the driver does

  async invoke(tree: number, index: number): Promise<Outcome> {
    const control = this.#trees.get(tree)?.controls[index - 1];
    if (!this.behaviour.invoke) return 'unsupported';
    if (!control) throw new UiFailure('gone', 'no such control');
    this.events.push(`invoke ${control.description || control.name}`);
    control.press?.('invoke', 1);
    return 'done';
  }

  async postClick(hwnd: number, at: Point, times: 1 | 2): Promise<Outcome> {
    this.#hit(hwnd, at, 'posted', times);
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
    this.#foreground = 'client';
    this.#hit(hwnd, at, 'real', times);
    return 'done';
  }

  #hit(hwnd: number, at: Point, how: 'posted' | 'real', times: 1 | 2): void {
    const window = [this.#main, this.#dialogWindow, ...this.#popups].find((shown) => shown?.hwnd === hwnd);
    if (!window || this.#clock.now() < this.#hangUntilMs) return;
    // Owned windows are modal: what lies below them gets nothing.
    if (window.kind !== 'popup' && this.#popups.some((shown) => !shown.popup?.exe && !shown.popup?.inside)) return;
    const control = this.#controls(window).findLast(({ rect: box, press }) => press && within(box, at));
    this.events.push(`${how} ${control ? control.description || control.name || 'card' : 'nothing'}`);
    if (control) control.press?.(how, times);
    else if (this.behaviour.tier === 'blind') this.#blindClick(window, at, times);
  }

  /** The places of the calibration, for a client without names. */
  #blindClick(window: ShownWindow, at: Point, times: 1 | 2): void {
    const box = this.#rectOf(window);
    const x = (at.x - box.left) / box.width;
    const y = (at.y - box.top) / box.height;
    if (window.kind === 'main' && this.#page === 'home') {
      if (Math.abs(x - 0.795) < 0.02 && Math.abs(y - 0.672) < 0.02) this.#typed = '';
      const found = this.#typed === '' ? this.#drafts : this.#drafts.filter((name) => name.startsWith(this.#typed));
      if (times === 2 && Math.abs(x - 0.255) < 0.04 && y > 0.6) this.#clickTile(this.#firstCard ?? found[0] ?? '');
    } else if (window.kind === 'main' && this.#page === 'editor' && x > 0.8 && y < 0.06) this.#pressExport();
    else if (window.kind === 'dialog' && this.#export?.state === 'ready' && x > 0.6 && y > 0.9) this.#confirm();
    else if (window.kind === 'dialog' && this.#export?.state === 'done' && x > 0.85 && y > 0.9) this.#closeDialog();
  }

  async keys(_hwnd: number, key: KeyName): Promise<Outcome> {
    if (this.behaviour.covered > 0) {
      this.behaviour.covered--;
      return 'refused';
    }
    this.events.push(`key ${key}`);
    if (key === 'ctrl+e' && this.#page === 'editor') this.#pressExport();
    if (key === 'ctrl+alt+q' && this.#page === 'editor') this.#goHome();
    if (key === 'escape' && this.#export?.state !== 'exporting') this.#closeDialog();
    if (key === 'enter' && this.#export?.state === 'ready') this.#confirm();
    return 'done';
  }

  async typeText(_hwnd: number, text: string): Promise<Outcome> {
    this.#typed = text;
    return 'done';
  }

  async window(hwnd: number, change: 'restore' | 'maximise' | 'close' | 'forward'): Promise<void> {
    if (change === 'restore') this.behaviour.minimised = false;
    if (change !== 'close' || this.#clock.now() < this.#hangUntilMs) return;
    this.events.push('close');
    const popup = this.#popups.find((shown) => shown.hwnd === hwnd);
    if (popup) {
      if (!popup.popup?.stubborn) this.#popups = this.#popups.filter((shown) => shown !== popup);
    } else if (this.#dialogWindow?.hwnd === hwnd) this.#closeDialog();
    else if (this.#main?.hwnd === hwnd && this.#popups.every((shown) => shown.popup?.inside)) {
      if (this.#page === 'editor') this.#goHome();
      else this.#end();
    }
  }

  async launch(): Promise<number> {
    this.#start();
    if (this.#launches > this.behaviour.deadLaunches)
      this.#clock.after(this.behaviour.startMs, () => {
        if (this.#page !== 'splash') return;
        this.#page = 'home';
        this.#readDrafts();
        this.#showMain();
        this.#moment('start');
        this.#moment('home');
      });
    return this.#pid;
  }

  #start(): void {
    this.#launches++;
    this.#pid = this.#nextId++;
    this.#page = 'splash';
    this.#hangUntilMs = 0;
    this.#readDrafts();
  }

  async endProcess(): Promise<void> {
    this.#end();
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
      running: this.#pid === 0 ? [] : [this.exe],
      globalSetting: '[General]\r\nenableAutoUpdate=false\r\ntotalSilentUpgradeSwitch=0\r\n',
      folders: [root, explicitDrafts]
        .filter(Boolean)
        .map((folder) => ({ folder, hasIndex: true, hasRecycleBin: false })),
      exportFolders: [winePaths.toClient(this.exportFolder)],
    };
  }

  reset(): void {}
  close(): void {}

  // --- how it lives

  #showMain(): void {
    this.#main = { hwnd: this.#nextId++, kind: 'main' };
  }

  #readDrafts(): void {
    if (this.behaviour.tileNever) return;
    const names = this.#files
      .namesIn(this.root)
      .filter((name) => this.#files.textNow(`${this.root}/${name}/draft_meta_info.json`) !== null);
    // The newest stands first.
    const created = (name: string): number => {
      const meta: unknown = JSON.parse(this.#files.textNow(`${this.root}/${name}/draft_meta_info.json`) ?? '{}');
      return Number((meta as { tm_draft_create?: number }).tm_draft_create ?? 0);
    };
    this.#drafts = names.filter((name) => !name.endsWith('.tmp')).sort((a, b) => created(b) - created(a));
  }

  #clickTile(name: string): void {
    if (name === '' || this.#page !== 'home') return;
    this.#moment('opening');
    this.#clock.after(700, () => {
      if (this.#page === 'home') this.#openDraft(this.behaviour.opensInstead ?? name);
    });
  }

  #openDraft(name: string): void {
    const folder = `${this.root}/${name}`;
    this.#open = name;
    this.#source = this.#files.textNow(`${folder}/draft_content.json`) ?? '';
    if (this.behaviour.locks) this.#files.put(`${folder}/.locked`, '');
    // From 6.0 on an opened draft is encrypted in place.
    if (!this.behaviour.version.startsWith('5.') && this.#source !== '')
      this.#files.put(`${folder}/draft_content.json`, 'ZW5jcnlwdGVk');
    this.#page = 'editor';
    this.#loadedAtMs = this.#clock.now() + this.behaviour.loadMs;
    this.#showMain();
    this.#moment('editor');
  }

  #goHome(): void {
    if (this.#page !== 'editor' || this.#dialogWindow) return;
    if (this.#open !== null) this.#files.drop(`${this.root}/${this.#open}/.locked`);
    this.#open = null;
    this.#export = null;
    this.#page = 'home';
    this.#readDrafts();
    this.#showMain();
  }

  #pressExport(): void {
    if (this.#clock.now() < this.#loadedAtMs || this.#dialogWindow || this.#open === null) return;
    let file = `${this.exportFolder}/${this.#open}.mp4`;
    for (let n = 1; this.#files.video(file) !== null; n++) file = `${this.exportFolder}/${this.#open} (${n}).mp4`;
    this.#export = { state: 'ready', draft: this.#open, file, percent: 0, list: null };
    this.#dialogWindow = { hwnd: this.#nextId++, kind: 'dialog' };
    this.#moment('dialog');
  }

  #confirm(): void {
    const current = this.#export;
    if (current?.state !== 'ready') return;
    this.#moment('confirm');
    if (this.#swallow > 0) {
      this.#swallow--;
      return;
    }
    if (this.#popups.some((shown) => !shown.popup?.inside && shown.popup?.onPress === undefined && this.#blocks(shown)))
      return;
    current.state = 'exporting';
    if (this.behaviour.fillsDisk) this.#files.free = 1e6;
    this.#clock.after(400, () => this.#grow(current));
    this.#moment('exporting');
  }

  #blocks(shown: ShownWindow): boolean {
    return shown.popup?.title === '会员专享' || shown.popup?.title === '登录';
  }

  #grow(current: Export): void {
    if (this.#export !== current || this.#pid === 0 || current.state !== 'exporting') return;
    const { exportMs, stallAt, truncated, noFile, busyMoves } = this.behaviour;
    if (this.#clock.now() < this.#hangUntilMs) {
      this.#clock.after(500, () => this.#grow(current));
      return;
    }
    if (stallAt !== null && current.percent >= stallAt) return;
    current.percent = Math.min(100, current.percent + (100 * 500) / exportMs);
    const done = current.percent >= 100;
    const fullBytes = 5_000_000;
    const bytes = done && !truncated ? fullBytes : Math.max(32, Math.floor((fullBytes * 0.9 * current.percent) / 100));
    if (!noFile) this.#files.put(current.file, { source: this.#source, bytes, fullBytes });
    if (!done) {
      this.#clock.after(500, () => this.#grow(current));
      return;
    }
    current.state = 'done';
    this.exported.push(current.draft);
    if (busyMoves > 0) this.#files.busy.set(current.file, busyMoves);
    this.#moment('done');
  }

  #closeDialog(): void {
    if (this.#export?.state === 'exporting') this.#export.state = 'ready';
    this.#dialogWindow = null;
    this.#export = null;
  }

  #pressPopup(window: ShownWindow, caption: string): void {
    this.#popups = this.#popups.filter((shown) => shown !== window);
    window.popup?.onPress?.(caption);
  }

  /** A point in an export's life: popups appear, crashes and hangs happen. */
  #moment(at: Moment): void {
    const { behaviour } = this;
    for (const plan of behaviour.popups) {
      if (plan.at !== at || plan.times <= 0) continue;
      plan.times--;
      this.#popups.push({ hwnd: this.#nextId++, kind: 'popup', popup: plan.popup });
    }
    if (behaviour.hangAt === at) {
      behaviour.hangAt = null;
      this.#hangUntilMs = this.#clock.now() + behaviour.hangMs;
    }
    if (behaviour.crashAt === at && this.#crashesLeft > 0) {
      this.#crashesLeft--;
      this.#clock.after(300, () => this.#end());
    }
  }

  #end(): void {
    this.#pid = 0;
    this.#page = 'none';
    this.#main = null;
    this.#dialogWindow = null;
    this.#popups = [];
    this.#export = null;
    this.#hangUntilMs = 0;
    if (this.#open !== null) this.#files.drop(`${this.root}/${this.#open}/.locked`);
    this.#open = null;
  }

  /** A blind client whose first card is this draft, whatever was searched for. */
  showFirst(name: string | null): void {
    this.#firstCard = name;
  }
}

function rect(left: number, top: number, width: number, height: number): Rect {
  return { left, top, width, height };
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

/** Behaviour objects are changed while a client lives: each client gets its own. */
function ownCopy(behaviour: Partial<Behaviour>): Partial<Behaviour> {
  return {
    ...behaviour,
    settings: { ...(behaviour.settings ?? usualBehaviour.settings) },
    session: { ...(behaviour.session ?? usualBehaviour.session) },
    failures: { ...(behaviour.failures ?? usualBehaviour.failures) },
    popups: (behaviour.popups ?? []).map((plan) => ({ ...plan })),
  };
}
