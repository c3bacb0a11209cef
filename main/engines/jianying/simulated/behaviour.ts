import type { UiFailureKind } from '../ui/backend.ts';
import type { SimulatedPopup } from './popups.ts';

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
  /** Its first process ends and another one goes on. */
  handsOver: boolean;
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
  handsOver: false,
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

/** Behaviour objects are changed while a client lives: each client gets its own. */
export function ownCopy(behaviour: Partial<Behaviour>): Partial<Behaviour> {
  return {
    ...behaviour,
    settings: { ...(behaviour.settings ?? usualBehaviour.settings) },
    session: { ...(behaviour.session ?? usualBehaviour.session) },
    failures: { ...(behaviour.failures ?? usualBehaviour.failures) },
    popups: (behaviour.popups ?? []).map((plan) => ({ ...plan })),
  };
}
