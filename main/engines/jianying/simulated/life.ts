import path from 'node:path';
import { winePaths } from '../paths.ts';
import type { Rect } from '../ui/backend.ts';
import { type Behaviour, type Moment, ownCopy, usualBehaviour } from './behaviour.ts';
import type { SimulatedPopup } from './popups.ts';
import type { SimulatedClock, SimulatedFiles } from './world.ts';

export interface Control {
  readonly description: string;
  readonly name: string;
  readonly className?: string;
  readonly rect: Rect;
  readonly press?: (how: 'invoke' | 'posted' | 'real', times: 1 | 2) => void;
}

export interface ShownWindow {
  readonly hwnd: number;
  readonly kind: 'main' | 'dialog' | 'popup';
  readonly popup?: SimulatedPopup;
}

export interface Export {
  state: 'ready' | 'exporting' | 'done';
  readonly draft: string;
  readonly file: string;
  percent: number;
  list: 'resolution' | 'fps' | null;
}

/** The client's `%LOCALAPPDATA%`. */
export const local = '/sim/local';
/** The client's own settings. */
export const settingFile = `${local}/JianyingPro/User Data/Config/globalSetting`;

/** What only the client itself can read. */
const encrypted = 'encrypted:';

/** How a simulated client lives: pages, drafts, exports, popups, crashes and hangs, in simulated time. */
export class SimulatedLife {
  readonly behaviour: Behaviour;
  readonly root = `${local}/JianyingPro/User Data/Projects/com.lveditor.draft`;
  readonly exportFolder = '/sim/Videos';
  protected readonly clock: SimulatedClock;
  protected readonly files: SimulatedFiles;
  protected pid = 0;
  protected nextId = 1000;
  protected page: 'none' | 'splash' | 'home' | 'editor' = 'none';
  protected main: ShownWindow | null = null;
  protected dialogWindow: ShownWindow | null = null;
  protected popups: ShownWindow[] = [];
  protected drafts: string[] = [];
  protected rescans = 0;
  protected open: string | null = null;
  /** Draft JSON as it was when the draft was opened: what will be exported. */
  protected source = '';
  protected loadedAtMs = 0;
  protected job: Export | null = null;
  protected hangUntilMs = 0;
  protected launches = 0;
  protected crashesLeft: number;
  protected swallow: number;
  protected firstCard: string | null = null;
  protected startedMs: number;
  protected foreground: 'client' | 'other' = 'client';
  protected typed = '';
  /** Everything that was pressed, for tests. */
  readonly events: string[] = [];
  /** Drafts that were exported, in order. */
  readonly exported: string[] = [];

  constructor(clock: SimulatedClock, files: SimulatedFiles, behaviour: Partial<Behaviour> = {}) {
    this.clock = clock;
    this.files = files;
    this.behaviour = { ...usualBehaviour, ...ownCopy(behaviour) };
    this.crashesLeft = this.behaviour.crashes;
    this.swallow = this.behaviour.swallowConfirms;
    this.startedMs = clock.now();
    files.put(settingFile, '[General]\r\nenableAutoUpdate=false\r\ntotalSilentUpgradeSwitch=0\r\n');
    files.put(
      `${this.root}/root_meta_info.json`,
      JSON.stringify({ all_draft_store: [], draft_ids: 0, root_path: this.root }),
    );
    files.onChange((change, file) => {
      if (change === 'removed' && file.endsWith('.tmp') && path.posix.dirname(file) === this.root) {
        this.rescans++;
        if (this.page === 'home' && this.rescans >= this.behaviour.rescansNeeded)
          clock.after(400, () => this.readDrafts());
      }
    });
  }

  get exe(): string {
    return `${winePaths.toClient(local)}\\JianyingPro\\Apps\\${this.behaviour.version}\\JianyingPro.exe`;
  }

  get running(): boolean {
    return this.pid !== 0;
  }

  get openDraft(): string | null {
    return this.open;
  }

  /** As if a person had started it and closed its window: it waits in the tray. */
  startInTray(): void {
    this.start();
    this.page = 'none';
  }

  /** As if a person had started it. */
  startByHand(openDraft: string | null = null): void {
    this.start();
    this.page = 'home';
    this.showMain();
    if (openDraft !== null) {
      this.showDraft(openDraft);
    }
  }

  async launch(): Promise<number> {
    this.start();
    if (this.launches > this.behaviour.deadLaunches)
      this.clock.after(this.behaviour.startMs, () => {
        if (this.page !== 'splash') return;
        this.page = 'home';
        this.readDrafts();
        this.showMain();
        this.moment('start');
        this.moment('home');
      });
    return this.pid;
  }

  protected start(): void {
    this.launches++;
    // A second start only wakes the one that is there.
    if (this.pid === 0) this.pid = this.nextId++;
    if (this.behaviour.handsOver)
      this.clock.after(1_500, () => {
        if (this.pid !== 0) this.pid = this.nextId++;
      });
    this.page = 'splash';
    this.hangUntilMs = 0;
    this.readDrafts();
  }

  async endProcess(): Promise<void> {
    this.end();
  }

  protected showMain(): void {
    this.main = { hwnd: this.nextId++, kind: 'main' };
  }

  protected readDrafts(): void {
    if (this.behaviour.tileNever) return;
    const names = this.files
      .namesIn(this.root)
      .filter((name) => this.files.textNow(`${this.root}/${name}/draft_meta_info.json`) !== null);
    // The newest stands first.
    const created = (name: string): number => {
      const meta: unknown = JSON.parse(this.files.textNow(`${this.root}/${name}/draft_meta_info.json`) ?? '{}');
      return Number((meta as { tm_draft_create?: number }).tm_draft_create ?? 0);
    };
    this.drafts = names.filter((name) => !name.endsWith('.tmp')).sort((a, b) => created(b) - created(a));
  }

  protected clickTile(name: string): void {
    if (name === '' || this.page !== 'home') return;
    this.moment('opening');
    this.clock.after(700, () => {
      if (this.page === 'home') this.showDraft(this.behaviour.opensInstead ?? name);
    });
  }

  protected showDraft(name: string): void {
    const folder = `${this.root}/${name}`;
    this.open = name;
    this.source = (this.files.textNow(`${folder}/draft_content.json`) ?? '').replace(encrypted, '');
    if (this.behaviour.locks) this.files.put(`${folder}/.locked`, '');
    // From 6.0 on an opened draft is encrypted in place.
    if (!this.behaviour.version.startsWith('5.') && this.source !== '')
      this.files.put(`${folder}/draft_content.json`, encrypted + this.source);
    this.page = 'editor';
    this.loadedAtMs = this.clock.now() + this.behaviour.loadMs;
    this.showMain();
    this.moment('editor');
  }

  protected goHome(): void {
    if (this.page !== 'editor' || this.dialogWindow) return;
    if (this.open !== null) this.files.drop(`${this.root}/${this.open}/.locked`);
    this.open = null;
    this.job = null;
    this.page = 'home';
    this.readDrafts();
    this.showMain();
  }

  protected pressExport(): void {
    if (this.clock.now() < this.loadedAtMs || this.dialogWindow || this.open === null) return;
    let file = `${this.exportFolder}/${this.open}.mp4`;
    for (let n = 1; this.files.video(file) !== null; n++) file = `${this.exportFolder}/${this.open} (${n}).mp4`;
    this.job = { state: 'ready', draft: this.open, file, percent: 0, list: null };
    this.dialogWindow = { hwnd: this.nextId++, kind: 'dialog' };
    this.moment('dialog');
  }

  protected confirm(): void {
    const current = this.job;
    if (current?.state !== 'ready') return;
    this.moment('confirm');
    if (this.swallow > 0) {
      this.swallow--;
      return;
    }
    if (this.popups.some((shown) => !shown.popup?.inside && shown.popup?.onPress === undefined && this.blocks(shown)))
      return;
    current.state = 'exporting';
    if (this.behaviour.fillsDisk) this.files.free = 1e6;
    this.clock.after(400, () => this.grow(current));
    this.moment('exporting');
  }

  protected blocks(shown: ShownWindow): boolean {
    return shown.popup?.title === '会员专享' || shown.popup?.title === '登录';
  }

  protected grow(current: Export): void {
    if (this.job !== current || this.pid === 0 || current.state !== 'exporting') return;
    const { exportMs, stallAt, truncated, noFile, busyMoves } = this.behaviour;
    if (this.clock.now() < this.hangUntilMs) {
      this.clock.after(500, () => this.grow(current));
      return;
    }
    if (stallAt !== null && current.percent >= stallAt) return;
    current.percent = Math.min(100, current.percent + (100 * 500) / exportMs);
    const done = current.percent >= 100;
    const fullBytes = 5_000_000;
    const bytes = done && !truncated ? fullBytes : Math.max(32, Math.floor((fullBytes * 0.9 * current.percent) / 100));
    if (!noFile) this.files.put(current.file, { source: this.source, bytes, fullBytes });
    if (!done) {
      this.clock.after(500, () => this.grow(current));
      return;
    }
    current.state = 'done';
    this.exported.push(current.draft);
    if (busyMoves > 0) this.files.busy.set(current.file, busyMoves);
    this.moment('done');
  }

  protected closeDialog(): void {
    if (this.job?.state === 'exporting') this.job.state = 'ready';
    this.dialogWindow = null;
    this.job = null;
  }

  protected pressPopup(window: ShownWindow, caption: string): void {
    this.popups = this.popups.filter((shown) => shown !== window);
    window.popup?.onPress?.(caption);
  }

  /** A point in an export's life: popups appear, crashes and hangs happen. */
  protected moment(at: Moment): void {
    const { behaviour } = this;
    for (const plan of behaviour.popups) {
      if (plan.at !== at || plan.times <= 0) continue;
      plan.times--;
      this.popups.push({ hwnd: this.nextId++, kind: 'popup', popup: plan.popup });
    }
    if (behaviour.hangAt === at) {
      behaviour.hangAt = null;
      this.hangUntilMs = this.clock.now() + behaviour.hangMs;
    }
    if (behaviour.crashAt === at && this.crashesLeft > 0) {
      this.crashesLeft--;
      this.clock.after(300, () => this.end());
    }
  }

  protected end(): void {
    this.pid = 0;
    this.page = 'none';
    this.main = null;
    this.dialogWindow = null;
    this.popups = [];
    this.job = null;
    this.hangUntilMs = 0;
    if (this.open !== null) this.files.drop(`${this.root}/${this.open}/.locked`);
    this.open = null;
  }

  /** A blind client whose first card is this draft, whatever was searched for. */
  showFirst(name: string | null): void {
    this.firstCard = name;
  }
}
