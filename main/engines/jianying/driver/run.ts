import { StationError } from '../../../shared/errors/index.ts';
import { note } from '../../../shared/log-notes.ts';
import type { LogLevel } from '../../engine.ts';
import type { Client } from '../client.ts';
import type { Clock } from '../clock.ts';
import type { Files } from '../files.ts';
import type { PathMap } from '../paths.ts';
import { type Outcome, type Tree, type UiBackend, UiFailure, type UiFailureKind } from '../ui/backend.ts';
import { findOutput } from '../watch/output.ts';
import type { Action, Decision, DriverJob } from './action.ts';
import { decide } from './decide.ts';
import { freshMemory, type Memory, type Phase } from './memory.ts';
import { openDraftOf } from './open-draft.ts';
import { progressOf } from './progress.ts';
import { stepLine } from './reasons.ts';
import { observe, type Scene, type View, windowsToRead } from './scene.ts';
import type { StepLog } from './steps.ts';

export interface RunTools {
  readonly ui: UiBackend;
  readonly client: Client;
  readonly files: Files;
  readonly clock: Clock;
  readonly paths: PathMap;
  /** Drafts folder of the client. */
  readonly root: string;
  /** Where a video may appear when the dialog does not say. */
  readonly outputFolders: readonly string[];
  readonly steps: StepLog;
  rescan(): Promise<void>;
  log(level: LogLevel, message: string, data?: Record<string, unknown>): void;
  onProgress(fraction: number): void;
  /** Every new memory: what a failed attempt still knows. */
  onMemory(memory: Memory): void;
  /** `needs_desktop` while a person or a lock is in the way, then `free`. */
  onAttention(state: 'needs_desktop' | 'free'): void;
}

export interface RunResult {
  readonly file: string | null;
  readonly memory: Memory;
}

/** A decision of the driver to give up; the engine decides what happens to the client. */
export class DriveFailure extends StationError {
  readonly restartClient: boolean;
  constructor(action: Extract<Action, { do: 'fail' }>) {
    super(action.code, action.params);
    this.restartClient = action.restartClient;
  }
}

/**
 * Looks, decides, acts, until the goal of `phase` is reached. All knowledge is in `decide`; this only carries it out.
 * @throws DriveFailure, or the signal's reason
 */
export async function drive(
  job: DriverJob,
  tools: RunTools,
  signal: AbortSignal,
  phase: Phase = 'home',
  notBeforeMs = 0,
): Promise<RunResult> {
  const { clock, steps } = tools;
  let memory: Memory = { ...freshMemory(clock.now(), phase), notBeforeMs };
  let attention = false;
  try {
    for (;;) {
      signal.throwIfAborted();
      const view = await see(job, tools, memory);
      const { scene, phase, decision } = settle(view, job, memory);
      const { action, memory: next, because, attention: wanted } = decision;
      if ((wanted !== undefined) !== attention) {
        attention = wanted !== undefined;
        tools.onAttention(attention ? 'needs_desktop' : 'free');
      }
      if (action.do !== 'wait')
        tools.log('debug', ...note('JIANYING_STEP', { ...stepLine(because, phase, scene.state) }));
      const done = await act(action, tools, job, signal);
      steps.add({ atMs: view.nowMs, phase, state: scene.state, action, because, outcome: done });
      memory = next;
      tools.onMemory(memory);
      tools.onProgress(progressOf(memory, scene, job));
      if (action.do === 'fail') throw new DriveFailure(action);
      if (action.do === 'finish') return { file: action.file, memory };
    }
  } finally {
    if (attention) tools.onAttention('free');
  }
}

const sameLook = 12;

/**
 * Decisions that only move on to the next phase cost nothing: they are made on the same look, unless the next phase needs
 * windows that this look has not read.
 */
function settle(view: View, job: DriverJob, before: Memory): { scene: Scene; phase: Phase; decision: Decision } {
  let memory = before;
  for (let n = 0; ; n++) {
    const scene = observe(view, memory.phase, job.tier);
    const decision = decide(scene, view, job, memory);
    const { action } = decision;
    const free = action.do === 'wait' && action.ms === 0 && decision.attention === undefined;
    if (!free || n >= sameLook || !covers(view, job, memory.phase, decision.memory.phase))
      return { scene, phase: memory.phase, decision };
    memory = decision.memory;
  }
}

const watches = (phase: Phase) => phase === 'settings' || phase === 'confirm' || phase === 'export';

/** Whether a look made for one phase shows what another one needs. */
function covers(view: View, job: DriverJob, from: Phase, to: Phase): boolean {
  const needed = windowsToRead(view.look.windows, to);
  return (
    needed.every((window) => view.trees.has(window.hwnd)) &&
    (watches(from) || !watches(to)) &&
    (wantsOpenDraft(job, from) || !wantsOpenDraft(job, to))
  );
}

/** One look at everything that this phase needs. */
async function see(job: DriverJob, tools: RunTools, memory: Memory): Promise<View> {
  const { client, files, paths, root, clock, ui } = tools;
  const trees = new Map<number, Tree | UiFailureKind>();
  let look = await client.look().catch(async (error: unknown) => {
    if (!(error instanceof UiFailure)) throw error;
    // The child was replaced: the next look comes from a new one.
    await clock.sleep(500);
    return client.look();
  });
  for (const window of windowsToRead(look.windows, memory.phase)) {
    try {
      trees.set(window.hwnd, await ui.tree(window.hwnd));
    } catch (error) {
      if (!(error instanceof UiFailure)) throw error;
      // A window that closed while it was read was not there.
      if (error.kind === 'gone') look = { ...look, windows: look.windows.filter((entry) => entry !== window) };
      else trees.set(window.hwnd, error.kind);
    }
  }
  const watching = watches(memory.phase);
  const exportPath = memory.exportPath === null ? null : paths.fromClient(memory.exportPath);
  return {
    nowMs: clock.now(),
    look,
    trees,
    openDraft: wantsOpenDraft(job, memory.phase) ? await openDraftOf(files, root) : null,
    output: watching ? await findOutput(files, job.draftName, exportPath, tools.outputFolders) : null,
    freeBytes: watching ? await files.freeBytes(root) : Number.POSITIVE_INFINITY,
  };
}

/** Hundreds of drafts may have to be asked: only where the answer is used. */
function wantsOpenDraft(job: DriverJob, phase: Phase): boolean {
  return job.tier === 'blind' ? phase !== 'export' : phase === 'dialog';
}

/** Carries out one action. Passing trouble is not an error here: the next look shows what came of it. */
async function act(action: Action, tools: RunTools, job: DriverJob, signal: AbortSignal): Promise<Outcome | 'failed'> {
  const { ui, client, clock, files, paths } = tools;
  try {
    switch (action.do) {
      case 'wait':
        if (action.ms > 0) await clock.sleep(action.ms, signal);
        return 'done';
      case 'launch':
        await client.launch();
        return 'done';
      case 'stop_client':
        await client.stop(job.deadlines.cancelStop);
        return 'done';
      case 'window':
        await ui.window(action.hwnd, action.change);
        return 'done';
      case 'invoke': {
        const outcome = await ui.invoke(action.tree, action.index);
        return outcome === 'unsupported' ? ui.postClick(action.hwnd, action.at, 1) : outcome;
      }
      case 'posted_click':
        return await ui.postClick(action.hwnd, action.at, action.times);
      case 'real_click':
        return await ui.realClick(action.hwnd, action.at, action.times);
      case 'keys':
        return await ui.keys(action.hwnd, action.key);
      case 'search': {
        const clicked = await ui.realClick(action.hwnd, action.at, 1);
        if (clicked !== 'done') return clicked;
        await clock.sleep(300, signal);
        const selected = await ui.keys(action.hwnd, 'ctrl+a');
        return selected === 'done' ? await ui.typeText(action.hwnd, action.text) : selected;
      }
      case 'rescan':
        await tools.rescan();
        return 'done';
      case 'clear_output':
        await files.remove(paths.fromClient(action.clientPath));
        return 'done';
      case 'finish':
      case 'fail':
        return 'done';
    }
  } catch (error) {
    if (signal.aborted) throw error;
    if (!(error instanceof UiFailure)) throw error;
    tools.log('debug', ...note('JIANYING_STEP_FAILED', { action: action.do, reason: error.message }));
    // A broken connection must not turn into a busy loop.
    await clock.sleep(250, signal);
    return 'failed';
  }
}
