import { rm } from 'node:fs/promises';
import path from 'node:path';
import { blackBelow } from '../../media/brightness.ts';
import type { ErrorRecord } from '../../shared/errors/index.ts';
import type { SpawnWorker } from '../../workers/spawn.ts';
import { requireSomething } from './decode/source-shelf.ts';
import type { Part } from './parts.ts';
import type { JobDraft, PartReport, RenderPlan } from './protocol.ts';
import { type JobContext, runJob } from './run-job.ts';
import { type NotedWarning, Warnings } from './warnings.ts';

export interface PartsJob {
  readonly draft: JobDraft;
  readonly plan: RenderPlan;
  readonly parts: readonly Part[];
  /** Parts drawn at once. */
  readonly workers: number;
  /** Cores of the machine that all of them share. */
  readonly cores: number;
  /** The file to write, and a folder for the parts. */
  readonly output: string;
  readonly folder: string;
}

/** What came of rendering in parts. */
export type InParts =
  | { readonly joined: true; readonly warnings: readonly ErrorRecord[] }
  /** The parts do not fit together: it has to be rendered whole. */
  | { readonly joined: false; readonly reason: string };

/**
 * Renders a draft in parts, several at once in a child program each, its sound in another one, and joins them. The first
 * failure ends all of them; no child and no part is left in any case.
 * @param joining told of the second half of the work, when everything is drawn
 * @throws StationError like a render of the whole
 */
export async function renderInParts(
  spawn: SpawnWorker,
  job: PartsJob,
  drawing: JobContext,
  joining: JobContext,
): Promise<InParts> {
  const { draft, plan, parts, workers, cores, folder } = job;
  const { container } = draft.preset;
  const fileOf = ({ from }: Part) => path.join(folder, `part-${from}.${container}`);
  const sound = path.join(folder, `sound.${container}`);
  const failed = new AbortController();
  const watched = { ...drawing, signal: AbortSignal.any([drawing.signal, failed.signal]) };
  const drawn = new Map<Part, number>();

  const renderPart = (part: Part): Promise<PartReport> =>
    runJob(
      spawn,
      { type: 'part', ...draft, ...part, cores: Math.max(1, Math.round(cores / workers)), output: fileOf(part) },
      {
        ...watched,
        onProgress(frames) {
          drawn.set(part, frames);
          const sum = [...drawn.values()].reduce((all, each) => all + each, 0);
          drawing.onProgress?.(sum, plan.frames);
        },
      },
    );
  let soundWarnings: readonly NotedWarning[] = [];
  const renderSound = async () => {
    soundWarnings = await runJob(spawn, { type: 'sound', ...draft, output: sound }, { ...watched, onProgress() {} });
  };
  const done = new Map<Part, PartReport>();
  const waiting = parts.values();
  // All workers take from the same line.
  const work = async () => {
    for (const part of waiting) done.set(part, await renderPart(part));
  };

  try {
    await together([renderSound, ...Array.from({ length: workers }, () => work)], failed);
    const reports = parts.flatMap((part) => done.get(part) ?? []);
    requireSomething(reports.map(({ opened }) => opened));
    const mismatch = await runJob(
      spawn,
      {
        type: 'join',
        parts: parts.map((part) => ({ file: fileOf(part), frames: part.to - part.from })),
        sound,
        shape: plan.shape,
        container,
        mayBeBlack: reports.every(({ brightest }) => brightest < blackBelow),
        output: job.output,
      },
      joining,
    );
    if (mismatch !== null) return { joined: false, reason: mismatch };
    const warnings = new Warnings();
    for (const noted of [...reports.map((report) => report.warnings), soundWarnings]) warnings.take(noted);
    return { joined: true, warnings: warnings.list() };
  } finally {
    await Promise.all([sound, ...parts.map(fileOf)].map((file) => rm(file, { force: true })));
  }
}

/** Does everything at once. When one fails the others are told to stop, and waited for. */
async function together(all: readonly (() => Promise<void>)[], failed: AbortController): Promise<void> {
  const fail = (error: unknown) => failed.abort(error);
  await Promise.all(all.map((start) => start().catch(fail)));
  failed.signal.throwIfAborted();
}
