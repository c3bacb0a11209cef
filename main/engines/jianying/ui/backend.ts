import type { InstallFacts } from '../locate/facts.ts';

/** Screen pixels; left and top may be negative on other monitors. A minimised window reports -32000. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface ProcessInfo {
  readonly pid: number;
  /** Full image path; only the file name when the process does not let itself be opened. */
  readonly exe: string;
}

/** A visible top-level window. */
export interface WindowInfo {
  readonly hwnd: number;
  readonly pid: number;
  /** Image path of its process. */
  readonly exe: string;
  readonly className: string;
  readonly title: string;
  readonly rect: Rect;
  /** 0 = none. */
  readonly owner: number;
  readonly minimised: boolean;
  /** Windows itself says that it does not answer messages. */
  readonly hung: boolean;
}

export interface SessionFacts {
  /** 0 = services: no desktop to see. */
  readonly sessionId: number;
  readonly locked: boolean;
  readonly disconnected: boolean;
  /** The station's own process runs elevated. */
  readonly elevated: boolean;
  /** ms since a person (not the driver) last used mouse or keyboard. */
  readonly idleMs: number;
  readonly foreground: { readonly hwnd: number; readonly pid: number };
  /** The mouse, in screen pixels. */
  readonly cursor: Point;
}

/** One look at the desktop, without any control tree. */
export interface Look {
  readonly windows: readonly WindowInfo[];
  readonly processes: readonly ProcessInfo[];
  readonly session: SessionFacts;
}

/** One control, as UI Automation shows it. */
export interface UiElement {
  /** Place in the list; with the tree's id the handle for `invoke`. */
  readonly index: number;
  /** Control type id, e.g. 50020 text, 50026 group, 50032 window. */
  readonly type: number;
  readonly name: string;
  readonly className: string;
  /** Property 30159 FullDescription: where Jianying keeps its names. */
  readonly description: string;
  readonly automationId: string;
  readonly rect: Rect | null;
  readonly offscreen: boolean;
  readonly enabled: boolean;
}

/** The raw view below one window, in document order; the first element is the window itself. */
export interface Tree {
  readonly id: number;
  readonly hwnd: number;
  readonly elements: readonly UiElement[];
}

export type TreeDetail = 'driving' | 'full';

export type KeyName = 'ctrl+e' | 'ctrl+alt+q' | 'ctrl+a' | 'enter' | 'escape';

/** What became of an action: `refused` = it would have gone to a window that is not the client's. */
export type Outcome = 'done' | 'refused' | 'unsupported';

/**
 * The desktop as the driver needs it: looking, clicking, typing. Nothing here decides anything.
 * Implementations: Windows (koffi, in a child process), simulated, replay of recorded looks.
 * Every call may throw `UiFailure`.
 */
export interface UiBackend {
  look(): Promise<Look>;
  /** `driving` (the default) leaves out types, classes, ids and states of controls; `full` is for people. */
  tree(hwnd: number, detail?: TreeDetail): Promise<Tree>;
  /** UI Automation Invoke; `unsupported` when the control does not offer it. */
  invoke(tree: number, index: number): Promise<Outcome>;
  /** Posted messages to the window at that screen point: no cursor, no foreground needed. */
  postClick(hwnd: number, at: Point, times: 1 | 2): Promise<Outcome>;
  /** The real mouse, after bringing the window forward; refused when another window stays in front. */
  realClick(hwnd: number, at: Point, times: 1 | 2): Promise<Outcome>;
  keys(hwnd: number, key: KeyName): Promise<Outcome>;
  typeText(hwnd: number, text: string): Promise<Outcome>;
  /** `close` posts WM_CLOSE. */
  window(hwnd: number, change: 'restore' | 'maximise' | 'close' | 'forward'): Promise<void>;
  /** Starts a program in its own folder. */
  launch(exe: string): Promise<number>;
  endProcess(pid: number): Promise<void>;
  /** PNG of a window, or of the whole screen for 0; null when nothing can be seen. */
  capture(hwnd: number): Promise<Uint8Array | null>;
  /** Installs, folders and versions, as far as they can be read. */
  installFacts(explicitExe: string, explicitDrafts: string): Promise<InstallFacts>;
  /** Drops the child process, if there is one; the next call starts another. */
  reset(): void;
  /** Ends the child process, if there is one. */
  close(): void;
}

export type UiFailureKind =
  /** A passing COM error: look again. */
  | 'transient'
  /** 0x80070005: the client runs at a higher integrity level. */
  | 'access_denied'
  /** The window or process is gone. */
  | 'gone'
  /** No answer before the deadline; the child was replaced. */
  | 'deadline'
  /** The child process died. */
  | 'crashed'
  | 'other';

/** A look or an action that did not work; the driver decides what it means. */
export class UiFailure extends Error {
  override readonly name = 'UiFailure';
  readonly kind: UiFailureKind;
  constructor(kind: UiFailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** HRESULT (as unsigned 32 bit) to what it means for the driver. */
export function failureOfHresult(hresult: number): UiFailureKind {
  switch (hresult >>> 0) {
    case 0x80070005:
      return 'access_denied';
    case 0x80040201: // element not available
    case 0x80070578: // invalid window handle
      return 'gone';
    case 0x80004005: // "unspecified error"
    case 0x80131505: // UIA timeout
    case 0x800706ba: // RPC server unavailable
    case 0x800706be:
    case 0x80010108: // disconnected
      return 'transient';
    default:
      return 'other';
  }
}
