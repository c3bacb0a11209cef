import type { Look, Tree, UiFailureKind, WindowInfo } from '../ui/backend.ts';
import { findContaining, findExact, labels, percent, rootClass, texts } from '../ui/elements.ts';
import type { Phase } from './memory.ts';
import { matchPopup, type PopupRule } from './popups.ts';

/** `named`: the client publishes its controls; `blind`: shortcuts, geometry and files only. */
export type Tier = 'named' | 'blind';

export type ScreenState =
  | 'desktop_unavailable'
  | 'not_running'
  | 'starting'
  | 'hung'
  | 'popup'
  | 'home'
  | 'editor'
  | 'export_dialog'
  | 'exporting'
  | 'export_done'
  | 'unknown';

/** Everything one look brought: windows and processes of the client only, trees as far as they were read. */
export interface View {
  readonly nowMs: number;
  readonly look: Look;
  readonly trees: ReadonlyMap<number, Tree | UiFailureKind>;
  /** Name of the draft folder whose `.locked` is the newest; null = no draft is marked open. */
  readonly openDraft: string | null;
  /** The video that this attempt is making, if it is there yet. Path as the station sees it. */
  readonly output: { readonly file: string; readonly bytes: number; readonly complete: boolean } | null;
  readonly freeBytes: number;
}

export interface PopupSight {
  readonly window: WindowInfo;
  readonly tree: Tree | null;
  /** Null: no rule fits. */
  readonly rule: PopupRule | null;
  readonly inside: boolean;
  /** What it says, for people. */
  readonly text: string;
}

/** What the look means. */
export interface Scene {
  readonly state: ScreenState;
  readonly main: WindowInfo | null;
  readonly mainTree: Tree | null;
  readonly dialog: WindowInfo | null;
  readonly dialogTree: Tree | null;
  readonly popup: PopupSight | null;
  readonly percent: number | null;
  readonly failure: UiFailureKind | null;
}

const exportingText = /正在导出|导出中|取消导出|剩余时间/;
const doneText = /导出成功|导出完成|让更多人看到你的作品/;

/** The one big window of the client; it is destroyed and made anew between home page and editor. */
export function isMainWindow(window: WindowInfo): boolean {
  if (window.owner !== 0 || !window.className.includes('QWindowIcon') || window.title !== '剪映专业版') return false;
  return window.minimised || (window.rect.width >= 320 && window.rect.height >= 240);
}

export function isExportDialog(window: WindowInfo): boolean {
  const { width, height } = window.rect;
  return (
    /^(导出|Export)/.test(window.title) &&
    (window.minimised || (width >= 320 && height >= 200 && width <= 1400 && height <= 1150))
  );
}

/** Windows whose controls are worth reading now: reading is what costs time. */
export function windowsToRead(windows: readonly WindowInfo[], phase: Phase): WindowInfo[] {
  const dialog = windows.find(isExportDialog);
  const others = windows.filter((window) => !isMainWindow(window) && window !== dialog);
  const main = windows.find(isMainWindow);
  const wantMain = dialog === undefined || (phase === 'tidy' && others.length === 0);
  return [...others, ...(dialog ? [dialog] : []), ...(main && wantMain && !main.minimised ? [main] : [])];
}

/** What the look means; no memory but the phase, so that every look is judged afresh. */
export function observe(view: View, phase: Phase, tier: Tier): Scene {
  const { windows, session } = view.look;
  const main = windows.find(isMainWindow) ?? null;
  const dialog = windows.find(isExportDialog) ?? null;
  const readable = (window: WindowInfo | null): Tree | null => {
    const tree = window ? view.trees.get(window.hwnd) : undefined;
    return typeof tree === 'object' ? tree : null;
  };
  const mainTree = readable(main);
  const dialogTree = readable(dialog);
  const failure = [...view.trees.values()].find((tree) => typeof tree === 'string') ?? null;
  const popup = findPopup(view, main, dialog, phase, readable);
  const shown = dialogTree ?? mainTree;
  const base = { main, mainTree, dialog, dialogTree, popup, percent: shown ? percent(shown) : null, failure };

  const state = ((): ScreenState => {
    if (session.locked || session.disconnected || session.sessionId === 0) return 'desktop_unavailable';
    if (view.look.processes.length === 0) return 'not_running';
    if (windows.some((window) => window.hung) || failure === 'deadline') return 'hung';
    if (popup) return 'popup';
    const done = [dialogTree, mainTree].some((tree) => tree !== null && showsDone(tree));
    if (done) return 'export_done';
    if (dialog) {
      if (dialogTree && (base.percent !== null || texts(dialogTree).some((text) => exportingText.test(text))))
        return 'exporting';
      return 'export_dialog';
    }
    if (!main) return 'starting';
    if (tier === 'blind') return view.openDraft === null ? 'home' : 'editor';
    if (!mainTree) return 'unknown';
    if (findExact(mainTree, labels.confirm)) return 'export_dialog';
    const className = rootClass(mainTree);
    if (className.includes(labels.homeClass)) return 'home';
    if (className.includes(labels.editorClass)) return 'editor';
    return 'unknown';
  })();
  return { ...base, state };
}

function showsDone(tree: Tree): boolean {
  return findContaining(tree, labels.succeedClose) !== null || texts(tree).some((text) => doneText.test(text));
}

/** Tile titles are people's own words: they must not be taken for a message. */
function messageTexts(tree: Tree): string[] {
  return texts(tree).filter((text) => !text.startsWith(labels.tile));
}

function findPopup(
  view: View,
  main: WindowInfo | null,
  dialog: WindowInfo | null,
  phase: Phase,
  readable: (window: WindowInfo | null) => Tree | null,
): PopupSight | null {
  let unknown: PopupSight | null = null;
  for (const window of view.look.windows) {
    if (window === main || window === dialog || isMainWindow(window)) continue;
    const tree = readable(window);
    const said = tree ? messageTexts(tree) : [];
    const rule = matchPopup(window, said, phase, 'own_window');
    // A window of ours whose tree could not be read and that no rule knows is looked at again before it counts.
    const sight = {
      window,
      tree,
      rule,
      inside: false,
      text: [window.title, ...said.slice(0, 6)].filter(Boolean).join(' / '),
    };
    if (rule) return sight;
    // The lists of the export dialog may be windows of their own.
    if (!ignorable(window) && phase !== 'settings') unknown ??= sight;
  }
  for (const window of [dialog, main]) {
    const tree = readable(window);
    if (!window || !tree) continue;
    const said = messageTexts(tree);
    const rule = matchPopup(window, said, phase, 'inside');
    const words = rule?.when.text;
    if (rule) return { window, tree, rule, inside: true, text: said.find((text) => words?.test(text)) ?? '' };
  }
  return unknown;
}

/** Tool tips, shadows, the tray: windows without a title that are too small to be a question. */
function ignorable(window: WindowInfo): boolean {
  if (/JianyingProTray\.exe$/i.test(window.exe)) return true;
  const { width, height } = window.rect;
  return width < 200 || height < 100 || window.minimised;
}
