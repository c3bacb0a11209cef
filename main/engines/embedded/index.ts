import { rename, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { type ErrorRecord, StationError } from '../../shared/errors/index.ts';
import { note } from '../../shared/log-notes.ts';
import type { SpawnWorker } from '../../workers/spawn.ts';
import type { Engine, EngineHealth, ExportJob, ExportResult, StageContext } from '../engine.ts';
import { keyFrameSeconds } from './encode/key-frames.ts';
import { type Machine, partsOf, type Sharing, workersFor } from './parts.ts';
import { renderInParts } from './render-parts.ts';
import { type JobContext, runJob } from './run-job.ts';

export interface EmbeddedEngineDeps {
  readonly spawn: SpawnWorker;
  /** Folder with fonts; empty = bundled fonts only. Asked at every export. */
  readonly fontFolder: () => string;
  /** How the machine is shared among renders, asked at every export; absent = one draft at a time, as many parts as go. */
  readonly sharing?: () => Sharing;
  /** Absent = this one. */
  readonly machine?: () => Machine;
  /** How long a child program may stand still before it is given up, ms. */
  readonly stallMs?: number;
}

/** Opening a huge file on a slow disk may take a while; frames themselves take milliseconds. */
const usualStallMs = 180_000;

/** The trial of the encoders; drivers may take seconds to wake. */
const probeMs = 20_000;

/** The station's own renderer: draws the draft frame by frame in a child program. Works on every system. */
export function createEmbeddedEngine(deps: EmbeddedEngineDeps): Engine {
  // Encoders do not come and go while the station runs: one trial serves, unless it failed.
  let encoders: Promise<readonly string[] | null> | null = null;
  const parting: Parting = { fits: true, failed: new Set() };
  return {
    id: 'embedded',
    async probe(): Promise<EngineHealth> {
      encoders ??= askForEncoders(deps.spawn);
      const working = await encoders;
      if (working === null) encoders = null;
      return health(working);
    },
    export: (job, context) => exportDraft(deps, parting, job, context),
  };
}

function health(working: readonly string[] | null): EngineHealth {
  const facts = { system: process.platform, arch: process.arch };
  if (working === null || working.length === 0)
    return {
      engine: 'embedded',
      state: 'unavailable',
      notes: [
        {
          zh: '内置渲染器无法启动或没有可用的编码器。请重新安装渲染站，或查看日志。',
          en: 'The embedded renderer does not start or has no working encoder. Install the station again or look at the log.',
        },
      ],
      facts,
    };
  const hardware = working.filter((name) => name !== 'libx264');
  const list = working.join(', ');
  return {
    engine: 'embedded',
    state: 'ready',
    notes: [
      {
        zh: `内置渲染器可用，编码器：${list}${hardware.length === 0 ? '（未发现可用的硬件编码器）' : ''}。`,
        en: `The embedded renderer works; encoders: ${list}${hardware.length === 0 ? ' (no working hardware encoder found)' : ''}.`,
      },
    ],
    facts: { ...facts, encoders: list },
  };
}

/** Null when the child program does not answer. */
async function askForEncoders(spawn: SpawnWorker): Promise<readonly string[] | null> {
  const context = { signal: new AbortController().signal, stallMs: probeMs, log: () => {} };
  return runJob(spawn, { type: 'encoders' }, context).catch(() => null);
}

async function exportDraft(
  deps: EmbeddedEngineDeps,
  parting: Parting,
  job: ExportJob,
  context: StageContext,
): Promise<ExportResult> {
  context.signal.throwIfAborted();
  const output = path.join(job.workFolder, `render-${job.attempt}.part.${job.preset.container}`);
  try {
    const warnings = await render(deps, parting, job, output, context);
    context.signal.throwIfAborted();
    await rename(output, job.outputFile).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? new StationError('EXPORT_FILE_MISSING') : error;
    });
    return { file: job.outputFile, warnings };
  } finally {
    await rm(output, { force: true });
  }
}

/** Runs child programs to their end; what they wrote is checked by them. */
async function render(
  deps: EmbeddedEngineDeps,
  parting: Parting,
  job: ExportJob,
  output: string,
  context: StageContext,
): Promise<readonly ErrorRecord[]> {
  const { spawn } = deps;
  const { contentFile, folder } = job.draft;
  const draft = { contentFile, folder, preset: job.preset, fontFolder: deps.fontFolder() };
  const started = performance.now();
  // Only more than ever before counts as progress: whatever comes after something else takes up where that stopped.
  const within = (from: number, to: number): JobContext => ({
    signal: context.signal,
    stallMs: deps.stallMs ?? usualStallMs,
    onProgress(done, total) {
      const share = from + (to - from) * (done / total);
      const renderedMs = (share * job.draft.durationUs) / 1000;
      const speed = renderedMs / Math.max(1, performance.now() - started);
      context.onProgress(share, { done, total, speed });
    },
    log: context.log,
  });
  const sharing = deps.sharing?.() ?? alone;
  const machine = deps.machine?.() ?? thisMachine();
  let from = 0;
  const isLong = partsOf(Math.ceil(job.draft.durationUs / 1e6), keyFrameSeconds, fewestWorkers).length > 1;
  const isShared = workersFor(machine, sharing, smallestFrame) >= fewestWorkers;
  if (!parting.failed.delete(job.taskId) && parting.fits && isLong && isShared) {
    const plan = await runJob(spawn, { type: 'plan', ...draft }, within(0, 0));
    const workers = workersFor(machine, sharing, plan.shape.width * plan.shape.height);
    const parts = partsOf(plan.frames, plan.keyFrameEvery, workers);
    if (parts.length > 1) {
      const counts = { parts: parts.length, workers: Math.min(workers, parts.length) };
      context.log('info', ...note('RENDERED_IN_PARTS', counts));
      const inParts = { draft, plan, parts, workers, cores: machine.cores, output, folder: job.workFolder };
      const drawing = within(0, drawnShare);
      const done = await renderInParts(spawn, inParts, drawing, within(drawnShare, 1)).catch((error: unknown) => {
        if (!context.signal.aborted) parting.failed.add(job.taskId);
        throw error;
      });
      if (done.joined) return done.warnings;
      context.log('warn', ...note('RENDERED_WHOLE', { reason: done.reason }));
      parting.fits = false;
      from = drawnShare;
    }
  }
  return runJob(spawn, { type: 'render', ...draft, output }, within(from, 1));
}

/** What is known of rendering in parts on this machine. */
interface Parting {
  /** False once parts came out that did not fit together: it would happen again. */
  fits: boolean;
  /** Tasks that failed in parts, for lack of memory say: they get their next chance as a whole. */
  readonly failed: Set<string>;
}

/** Of the progress of a render in parts; the rest is for joining. */
const drawnShare = 0.9;
const alone: Sharing = { parts: 0, lanes: 1 };
/** Pixels; whatever a machine cannot share at this size it need not be asked again. */
const smallestFrame = 256;
const fewestWorkers = 2;

function thisMachine(): Machine {
  return { cores: availableParallelism(), freeBytes: process.availableMemory() };
}
