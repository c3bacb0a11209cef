import { isNamed } from '../ui/elements.ts';
import type { Action, Decision, DriverJob } from './action.ts';
import { fail, go, proceed, restartOrFail, seconds, wait } from './action.ts';
import { blindHands } from './blind.ts';
import { guard } from './guards.ts';
import type { Context, Hands } from './hands.ts';
import { enter, type Memory } from './memory.ts';
import { namedHands, notBegun } from './named.ts';
import { because } from './reasons.ts';
import type { Scene, View } from './scene.ts';
import { watchExport } from './watching.ts';

/**
 * The next step of an attempt. Pure: all it knows is in its arguments. Every phase has a deadline, so that a sequence of
 * decisions always ends in `finish` or `fail`.
 */
export function decide(scene: Scene, view: View, job: DriverJob, memory: Memory): Decision {
  const guarded = guard(scene, view, job, memory);
  const decision = 'decision' in guarded ? guarded.decision : inPhase({ scene, view, job, memory: guarded.memory });
  return sparePerson(decision, view, job, memory);
}

function inPhase(context: Context): Decision {
  const { scene, view, job, memory } = context;
  const { nowMs } = view;
  const hands = job.tier === 'named' ? namedHands : blindHands;
  const waited = nowMs - memory.phaseSinceMs;
  switch (memory.phase) {
    case 'home':
      return reachHome(context, hands);
    case 'open':
      // After a wrong draft the editor takes a moment to close.
      if (
        (scene.state === 'editor' || scene.state === 'export_dialog') &&
        !(memory.wrongDrafts > 0 && nowMs - memory.lastTryMs < 3_000)
      )
        return proceed(memory, 'dialog', nowMs, because.draftOpen);
      if (waited > job.deadlines.tileEvery * job.deadlines.tileTries * 3 + job.deadlines.home)
        return restartOrFail(job, memory, nowMs, 'JIANYING_TILE_NOT_FOUND', { name: job.draftName });
      return hands.open(context);
    case 'dialog':
      if (waited > job.deadlines.dialog)
        return fail(
          memory,
          'JIANYING_DIALOG_TIMEOUT',
          { seconds: seconds(job.deadlines.dialog) },
          { restartClient: true },
        );
      if (scene.state === 'export_dialog') return hands.readDialog(context);
      if (scene.state === 'editor') return hands.openDialog(context);
      return wait(memory, because.editorAwaited);
    case 'settings':
      if (scene.state !== 'export_dialog' && waited > job.deadlines.home)
        return fail(
          memory,
          'JIANYING_DIALOG_TIMEOUT',
          { seconds: seconds(job.deadlines.home) },
          { restartClient: true },
        );
      return hands.settings(context);
    case 'confirm':
      if (scene.state !== 'export_dialog' || view.output) return begun(context);
      if (waited > job.deadlines.confirmEvery * (job.deadlines.confirmRounds * 3 + 1) + job.deadlines.start)
        return notBegun([], memory);
      return hands.confirm(context);
    case 'export':
      return watchExport(context);
    case 'tidy':
      return tidy(context, hands);
  }
}

function begun({ view, memory }: Context): Decision {
  const { nowMs } = view;
  const next = enter({ ...memory, confirmedMs: memory.confirmedMs ?? nowMs, changedMs: nowMs }, 'export', nowMs);
  return wait(next, because.begun, 0);
}

const trayMs = 5_000;

/** Starts the client, or brings a running one to its home page. */
function reachHome(context: Context, hands: Hands): Decision {
  const { scene, view, job, memory } = context;
  const { nowMs } = view;
  const since = memory.launchedMs ?? memory.phaseSinceMs;
  // Something else that is open is ours to close only if the client is ours, or if the operator allowed it.
  const owned = job.ours || memory.launchedMs !== null || job.mayClose;
  const bare = job.tier === 'named' && isBare(scene);
  if (scene.state === 'home' && !bare) {
    if (!owned && job.tier === 'blind') return fail(memory, 'JIANYING_IN_USE');
    const { session } = view.look;
    if (!owned && session.foreground.pid === scene.main?.pid && session.idleMs < job.deadlines.personIdle)
      return waitForPerson(memory, view, job);
    return proceed(memory, 'open', nowMs, because.homeThere);
  }
  if (scene.state === 'not_running') {
    if (memory.launchedMs === null)
      return go({ do: 'launch' }, { ...memory, launchedMs: nowMs }, because.startingClient);
    // It may hand over to another process while it starts; gone for good is another thing.
    if (nowMs - since < (memory.seen ? 5_000 : job.deadlines.start / 2)) return wait(memory, because.clientStarts, 500);
    return restartOrFail(job, memory, nowMs, 'JIANYING_CRASHED');
  }
  if (scene.main?.minimised && nowMs - memory.lastTryMs > 1000)
    return go(
      { do: 'window', hwnd: scene.main.hwnd, change: 'restore' },
      { ...memory, lastTryMs: nowMs },
      because.minimised,
    );
  const limit = memory.launchedMs === null ? job.deadlines.home : job.deadlines.start;
  if (nowMs - since > limit)
    return restartOrFail(job, memory, nowMs, 'JIANYING_NOT_STARTING', { seconds: seconds(limit) });
  if (bare && nowMs - since > limit / 3)
    return restartOrFail(job, memory, nowMs, 'JIANYING_CALIBRATION_NEEDED', { version: job.version });
  // It sits in the tray, or only helpers are left of it: starting it again makes it show itself.
  if (view.look.windows.length === 0 && memory.launchedMs === null && nowMs - since > trayMs)
    return go({ do: 'launch' }, { ...memory, launchedMs: nowMs }, because.startingWindowless);
  if (bare || scene.state === 'starting' || scene.state === 'unknown') return wait(memory, because.homeAwaited);

  if (!owned) return fail(memory, 'JIANYING_IN_USE');
  if (scene.state === 'exporting') return wait(memory, because.otherExport, 1000);
  return hands.back(context);
}

/** A window whose tree was read and has nothing in it: the client hides its controls. */
function isBare({ mainTree }: Scene): boolean {
  return mainTree !== null && !isNamed(mainTree);
}

/** After an attempt: close what it left open. Gives up at its deadline; the next start copes with what remains. */
function tidy(context: Context, hands: Hands): Decision {
  const { scene, view, job, memory } = context;
  const { nowMs } = view;
  if (scene.state === 'home' && nowMs < memory.notBeforeMs) return wait(memory, because.mayStillOpen);
  if (scene.state === 'home' || scene.state === 'not_running')
    return go({ do: 'finish', file: null }, memory, because.homeReached);
  if (nowMs - memory.phaseSinceMs > job.deadlines.tidy)
    return fail(memory, 'JIANYING_HUNG', { seconds: seconds(job.deadlines.tidy) }, { restartClient: true });
  return hands.back(context);
}

const needDesk = new Set<Action['do']>(['real_click', 'keys', 'search']);

/** Mouse and keyboard belong to the person who is using them: the driver waits, and says so. */
function sparePerson(decision: Decision, view: View, job: DriverJob, before: Memory): Decision {
  const { memory, action } = decision;
  if (!needDesk.has(action.do)) return decision;
  if (view.look.session.idleMs >= job.deadlines.personIdle)
    return { ...decision, memory: { ...memory, personSinceMs: null } };
  return waitForPerson(before, view, job);
}

const personWaitMs = 1_000;

function waitForPerson(before: Memory, view: View, job: DriverJob): Decision {
  const since = before.personSinceMs ?? view.nowMs;
  if (view.nowMs - since > job.deadlines.person)
    return fail(before, 'JIANYING_DESK_BUSY', { seconds: seconds(job.deadlines.person) });
  // The phase's own clock stands still meanwhile.
  // Tidying does not wait for people: the next start copes with what is left.
  const paused = before.phase === 'tidy' ? 0 : personWaitMs;
  const memory = { ...before, personSinceMs: since, phaseSinceMs: before.phaseSinceMs + paused };
  return { ...wait(memory, because.somebodyThere, personWaitMs), attention: 'needs_desktop' };
}
