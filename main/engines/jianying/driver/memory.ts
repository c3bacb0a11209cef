import type { ErrorCode } from '../../../shared/errors/index.ts';

/** How far an attempt has come. `tidy` follows every attempt: back to the home page, nothing left open. */
export type Phase = 'home' | 'open' | 'dialog' | 'settings' | 'confirm' | 'export' | 'tidy';

export type SettingName = 'resolution' | 'fps';
/** `kept`: it could not be changed, the client's own value stays. */
export type SettingState = 'todo' | 'opened' | 'picked' | 'done' | 'kept';

/** What the driver remembers between two looks. Plain data, replaced as a whole. */
export interface Memory {
  readonly phase: Phase;
  readonly startedMs: number;
  readonly phaseSinceMs: number;
  /** Tries in this phase, and when the last one was made. */
  readonly tries: number;
  readonly lastTryMs: number;
  /** What the screen was, or which kind of try it was: when that changes, there is no need to wait. */
  readonly triedIn: string;
  /** Clicks on the draft's tile. */
  readonly opened: number;
  /** Tidying is not over before this: something that was begun may still appear. */
  readonly notBeforeMs: number;
  readonly launchedMs: number | null;
  readonly restarts: number;
  /** The client was there at some time since the last start. */
  readonly seen: boolean;
  /** As the client writes it. */
  readonly exportPath: string | null;
  readonly confirmedMs: number | null;
  readonly percent: number | null;
  readonly bytes: number;
  /** When percentage or size last changed, and since when the size has been the same. */
  readonly changedMs: number;
  readonly settings: Readonly<Record<SettingName, SettingState>>;
  /** Blind tier: places of cards that were tried, and how many of them opened another draft. */
  readonly cardsTried: number;
  readonly wrongDrafts: number;
  /** Answers given, by popup rule. */
  readonly popups: Readonly<Record<string, number>>;
  readonly popupMs: number;
  readonly unknownSinceMs: number | null;
  readonly troubleSinceMs: number | null;
  readonly desktopSinceMs: number | null;
  readonly personSinceMs: number | null;
  /** A popup has ended the task; it is closed first. */
  readonly verdict: { readonly code: ErrorCode; readonly text: string } | null;
  /** A popup wants the client started again once it is closed; the failure when that is not possible. */
  readonly restartAfterPopup: ErrorCode | null;
}

export function freshMemory(nowMs: number, phase: Phase = 'home'): Memory {
  return {
    phase,
    startedMs: nowMs,
    phaseSinceMs: nowMs,
    tries: 0,
    lastTryMs: Number.NEGATIVE_INFINITY,
    triedIn: '',
    opened: 0,
    notBeforeMs: 0,
    launchedMs: null,
    restarts: 0,
    seen: false,
    exportPath: null,
    confirmedMs: null,
    percent: null,
    bytes: 0,
    changedMs: nowMs,
    settings: { resolution: 'todo', fps: 'todo' },
    cardsTried: 0,
    wrongDrafts: 0,
    popups: {},
    popupMs: Number.NEGATIVE_INFINITY,
    unknownSinceMs: null,
    troubleSinceMs: null,
    desktopSinceMs: null,
    personSinceMs: null,
    verdict: null,
    restartAfterPopup: null,
  };
}

/** The next phase begins now, with no tries made. */
export function enter(memory: Memory, phase: Phase, nowMs: number): Memory {
  return { ...memory, phase, phaseSinceMs: nowMs, tries: 0, lastTryMs: Number.NEGATIVE_INFINITY };
}

export function tried(memory: Memory, nowMs: number): Memory {
  return { ...memory, tries: memory.tries + 1, lastTryMs: nowMs };
}
