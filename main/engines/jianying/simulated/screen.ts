import { winePaths } from '../paths.ts';
import type { Rect, WindowInfo } from '../ui/backend.ts';
import { labels } from '../ui/elements.ts';
import { type Control, type ShownWindow, SimulatedLife } from './life.ts';
import type { SimulatedPopup } from './popups.ts';

const mainRect: Rect = { left: 100, top: 50, width: 1200, height: 800 };
const dialogRect: Rect = { left: 300, top: 150, width: 640, height: 663 };

/** What a simulated client shows: its windows, and the controls in them with the names of docs/jianying.md. */
export class SimulatedScreen extends SimulatedLife {
  protected windows(): WindowInfo[] {
    const hung = this.clock.now() < this.hangUntilMs;
    const all = [this.main, this.dialogWindow, ...this.popups].filter((window) => window !== null);
    return all
      .filter((window) => !window.popup?.inside)
      .map((window) => {
        const minimised = window.kind === 'main' && this.behaviour.minimised;
        return {
          hwnd: window.hwnd,
          pid: this.pid,
          exe: window.popup?.exe ? `C:\\x\\${window.popup.exe}` : this.exe,
          className: window.popup?.className ?? 'Qt622QWindowIcon',
          title: window.popup?.title ?? (window.kind === 'main' ? '剪映专业版' : '导出'),
          rect: minimised ? { left: -32000, top: -32000, width: 160, height: 28 } : this.rectOf(window),
          owner: window.kind === 'main' ? 0 : (this.main?.hwnd ?? 0),
          minimised,
          hung,
        };
      });
  }

  protected rectOf(window: ShownWindow): Rect {
    if (window.kind === 'main') return mainRect;
    if (window.kind === 'dialog') return dialogRect;
    const [width, height] = window.popup?.size ?? [300, 200];
    return { left: 400, top: 200, width, height };
  }

  protected rootClass(window: ShownWindow): string {
    if (window.kind === 'dialog') return 'ExportWindow_QMLTYPE_9';
    if (window.kind === 'popup') return window.popup?.className ?? '';
    return this.page === 'editor'
      ? 'MainWindow_QMLTYPE_5'
      : this.page === 'home'
        ? 'HomePage_QMLTYPE_3'
        : 'Splash_QMLTYPE_1';
  }

  protected controls(window: ShownWindow): Control[] {
    if (window.kind === 'popup' && window.popup) return this.popupControls(window, window.popup);
    const inside = this.popups
      .filter((shown) => shown.popup?.inside)
      .flatMap((shown) => (shown.popup ? this.popupControls(shown, shown.popup) : []));
    if (window.kind === 'dialog') return [...this.dialogControls(), ...inside];
    if (this.page === 'home') return [...this.tiles(), ...inside];
    if (this.page !== 'editor') return [];
    const close = this.job?.state === 'done' && !this.dialogWindow ? this.doneControls() : [];
    return [
      { description: 'MainWindowTitleBarBackBtn', name: '', rect: rect(110, 60, 30, 20), press: () => this.goHome() },
      {
        description: labels.exportButton,
        name: '导出',
        rect: rect(1180, 60, 80, 24),
        press: () => this.pressExport(),
      },
      ...close,
      ...inside,
    ];
  }

  protected tiles(): Control[] {
    const start = { description: 'HomePageStartProject', name: '开始创作', rect: rect(300, 120, 200, 60) };
    const tiles = this.drafts.slice(0, 50).flatMap((name, index) => {
      const left = 300 + (index % 5) * 180;
      const top = 300 + Math.floor(index / 5) * 140;
      const press = (_how: string, times: number) => {
        if (times === 2 || !this.behaviour.doubleClick) this.clickTile(name);
      };
      return [
        { description: '', name: '', rect: rect(left, top, 160, 120), press },
        { description: `${labels.tile}${name}`, name: '', rect: rect(left + 10, top + 95, 120, 18) },
      ];
    });
    return [start, ...tiles];
  }

  protected dialogControls(): Control[] {
    const current = this.job;
    if (!current) return [];
    const { behaviour } = this;
    if (current.state === 'done' && behaviour.showsDone) return this.doneControls();
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
        press: this.opens('resolution'),
      },
      {
        description: labels.fpsBox,
        name: value(settings.fps),
        rect: rect(410, 380, 120, 20),
        press: this.opens('fps'),
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
      { description: labels.confirm, name: '导出', rect: rect(760, 770, 80, 28), press: () => this.confirm() },
    ];
  }

  protected opens(list: 'resolution' | 'fps') {
    return (how: string) => {
      if (how === 'real' && this.job) this.job.list = this.job.list === list ? null : list;
    };
  }

  protected doneControls(): Control[] {
    return [
      { description: '', name: '导出成功', rect: rect(400, 300, 100, 20) },
      {
        description: labels.succeedClose,
        name: '关闭',
        rect: rect(860, 770, 60, 24),
        press: () => this.closeDialog(),
      },
    ];
  }

  protected popupControls(window: ShownWindow, popup: SimulatedPopup): Control[] {
    return [
      ...popup.texts.map((name, index) => ({ description: '', name, rect: rect(420, 240 + index * 24, 200, 20) })),
      ...popup.buttons.map((name, index) => ({
        description: '',
        name,
        rect: rect(420 + index * 90, 360, 80, 24),
        press: () => this.pressPopup(window, name),
      })),
    ];
  }
}

function rect(left: number, top: number, width: number, height: number): Rect {
  return { left, top, width, height };
}
