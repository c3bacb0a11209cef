import type { ErrorCode, ErrorParams } from '../../../shared/errors/index.ts';
import type { KeyName, Point } from '../ui/backend.ts';
import type { Calibration } from './calibration.ts';
import type { Deadlines } from './deadlines.ts';
import { enter, type Memory, type Phase } from './memory.ts';
import { because, type Reason } from './reasons.ts';
import type { Tier } from './scene.ts';

/** One thing to do between two looks. */
export type Action =
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'launch' }
  /** Politely, then by process id; the runner refuses when it may not. */
  | { readonly do: 'stop_client' }
  | { readonly do: 'window'; readonly hwnd: number; readonly change: 'restore' | 'maximise' | 'close' }
  /** UI Automation's Invoke, else a posted click at the control's centre. */
  | { readonly do: 'invoke'; readonly tree: number; readonly index: number; readonly hwnd: number; readonly at: Point }
  | { readonly do: 'posted_click'; readonly hwnd: number; readonly at: Point; readonly times: 1 | 2 }
  | { readonly do: 'real_click'; readonly hwnd: number; readonly at: Point; readonly times: 1 | 2 }
  | { readonly do: 'keys'; readonly hwnd: number; readonly key: KeyName }
  /** Search for a draft by its name: click the field, select all, type. */
  | { readonly do: 'search'; readonly hwnd: number; readonly at: Point; readonly text: string }
  /** Makes a running client read its drafts folder again. */
  | { readonly do: 'rescan' }
  /** Removes an older file at the path that this export will write. */
  | { readonly do: 'clear_output'; readonly clientPath: string }
  /** The attempt's goal is reached: `file` is the complete video (export) or null (tidy). */
  | { readonly do: 'finish'; readonly file: string | null }
  | { readonly do: 'fail'; readonly code: ErrorCode; readonly params: ErrorParams; readonly restartClient: boolean };

export interface Decision {
  readonly action: Action;
  readonly memory: Memory;
  /** For the log and the evidence. */
  readonly because: Reason;
  /** The operator should let go of mouse and keyboard, or unlock the desktop. */
  readonly attention?: 'needs_desktop' | undefined;
}

/** What one attempt wants of the client. */
export interface DriverJob {
  readonly tier: Tier;
  /** Of the draft. */
  readonly durationS: number;
  /** Of the client, for messages. */
  readonly version: string;
  /** Folder name and tile title of our copy. */
  readonly draftName: string;
  /** As the dialog's lists call them; null = whatever is set. */
  readonly wanted: { readonly resolution: string | null; readonly fps: string | null };
  /** What was last chosen in this client's dialog: it keeps these, and may not show them. */
  readonly remembered: { readonly resolution: string | null; readonly fps: string | null };
  readonly deadlines: Deadlines;
  readonly calibration: Calibration;
  /** The client's process was started by this station. */
  readonly ours: boolean;
  readonly mayClose: boolean;
  readonly minFreeBytes: number;
  /** For messages. */
  readonly missingMedia: string;
}

export const look = 250;

export function wait(memory: Memory, because: Reason, ms = look): Decision {
  return { action: { do: 'wait', ms }, memory, because };
}

export function go(action: Action, memory: Memory, because: Reason): Decision {
  return { action, memory, because };
}

export function fail(
  memory: Memory,
  code: ErrorCode,
  params: ErrorParams = {},
  options: { restartClient?: boolean } = {},
): Decision {
  return {
    action: { do: 'fail', code, params, restartClient: options.restartClient ?? false },
    memory,
    because: because.failed(code),
  };
}

/**
 * Starts the client again, once per attempt and only before the draft was opened: newer clients rewrite an opened draft,
 * so later trouble needs a fresh copy and thus a new attempt.
 */
export function restartOrFail(
  job: DriverJob,
  memory: Memory,
  nowMs: number,
  code: ErrorCode,
  params: ErrorParams = {},
): Decision {
  const early = memory.phase === 'home' || memory.phase === 'open';
  const allowed = job.ours || job.mayClose || memory.launchedMs !== null;
  if (!early || memory.restarts >= 1 || !allowed) return fail(memory, code, params, { restartClient: allowed });
  const again = enter(
    { ...memory, restarts: memory.restarts + 1, launchedMs: null, seen: false, troubleSinceMs: null },
    'home',
    nowMs,
  );
  return go({ do: 'stop_client' }, again, because.startingAgain(code));
}

/** Moves on to the next phase without doing anything; the next look follows at once. */
export function proceed(memory: Memory, phase: Phase, nowMs: number, because: Reason): Decision {
  return wait(enter(memory, phase, nowMs), because, 0);
}

export const seconds = (ms: number) => Math.round(ms / 1000);
