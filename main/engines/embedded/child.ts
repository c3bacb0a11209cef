/** The renderer's child program: one job, then it ends. It may be killed at any moment. */
import { readFile } from 'node:fs/promises';
import * as modules from 'node:module';
import { AV_LOG_ERROR, Log } from 'node-av';
import { localMediaPath } from '../../drafts/media-path.ts';
import { parseDraftFile, readDraftWithProblems } from '../../drafts/read/index.ts';
import { StationError, systemCode } from '../../shared/errors/index.ts';
import { keepHeapRoom } from '../../workers/heap-room.ts';
import { parentPort } from '../../workers/parent.ts';
import { giveBackSpareMemory } from '../../workers/spare-memory.ts';
import { checkVideo } from './encode/check-video.ts';
import { joinParts } from './encode/join.ts';
import { keyFrameEvery } from './encode/key-frames.ts';
import { workingEncoders } from './encode/video-context.ts';
import { layOut } from './lay-out.ts';
import type { Answers, Job, JobDraft, JoinJob, RenderMessage } from './protocol.ts';
import { renderDraft, renderPart, renderSound } from './render.ts';

/** At most this often, ms. */
const progressEveryMs = 100;

const port = parentPort();
const tell = (message: RenderMessage) => port.send(message);

let toldAt = 0;
function onProgress(done: number, total: number): void {
  const now = performance.now();
  if (now - toldAt < progressEveryMs && done < total) return;
  toldAt = now;
  tell({ type: 'progress', done, total });
}

async function answer(job: Job): Promise<Answers[keyof Answers]> {
  switch (job.type) {
    case 'render': {
      const { draft, options } = await read(job);
      return renderDraft(draft, { ...options, output: job.output });
    }
    case 'plan':
      return plan(job);
    case 'part': {
      const { draft, options } = await read(job);
      return renderPart(draft, job, { ...options, cores: job.cores, output: job.output });
    }
    case 'sound': {
      const { draft, options } = await read(job);
      return renderSound(draft, { ...options, output: job.output });
    }
    case 'join':
      return join(job);
    case 'encoders':
      return workingEncoders();
  }
}

async function read({ contentFile, preset, folder, fontFolder }: JobDraft) {
  const { draft, problems } = readDraftWithProblems(parseDraftFile(await readFile(contentFile)));
  // The draft stays to the end: what the heap may grow by is counted from here.
  keepHeapRoom();
  const resolve = (written: string) => localMediaPath(written, folder);
  return { draft, options: { preset, resolve, fontFolder, problems, onProgress } };
}

async function plan(job: JobDraft): Promise<Answers['plan']> {
  const { draft, options } = await read(job);
  const { shape, timeline } = layOut(draft, options);
  return { shape, frames: timeline.frames, keyFrameEvery: keyFrameEvery(shape.rate) };
}

async function join(job: JoinJob): Promise<Answers['join']> {
  const mismatch = await joinParts(job, onProgress);
  if (mismatch !== null) return mismatch;
  const frames = job.parts.reduce((sum, part) => sum + part.frames, 0);
  await checkVideo(job.output, job.shape, frames, job.mayBeBlack);
  return null;
}

Log.setLevel(AV_LOG_ERROR);
// SVT-AV1 has a log of its own; 1 = errors.
process.env.SVT_LOG = '1';
giveBackSpareMemory();
// It is killed as soon as it has answered: what was compiled, if that is kept, must be kept before (Node 22 and later).
modules.flushCompileCache?.();
port.onMessage((message) => {
  answer(message as Job)
    .then((given) => tell({ type: 'done', answer: given }))
    .catch((error: unknown) => {
      const failure = error instanceof StationError ? error : renderFailure(error);
      tell({ type: 'failed', error: failure.toRecord(), systemCode: systemCode(failure) });
    })
    .finally(() => port.close());
});

function renderFailure(error: unknown): StationError {
  const reason = error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error);
  return new StationError('RENDER_FAILED', { reason: reason.slice(0, 2000) }, { cause: error });
}
