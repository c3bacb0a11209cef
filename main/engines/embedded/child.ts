/** The renderer's child program: one draft, one file, then it ends. It may be killed at any moment. */
import { readFile } from 'node:fs/promises';
import { AV_LOG_ERROR, Log } from 'node-av';
import { localMediaPath } from '../../drafts/media-path.ts';
import { parseDraftFile, readDraft } from '../../drafts/read/index.ts';
import { StationError } from '../../shared/errors/index.ts';
import { parentPort } from '../../workers/parent.ts';
import { workingEncoders } from './encode/video-context.ts';
import type { EncoderQuestion, RenderJob, RenderMessage } from './protocol.ts';
import { renderDraft } from './render.ts';

/** At most this often, ms. */
const progressEveryMs = 100;

const port = parentPort();
const tell = (message: RenderMessage) => port.send(message);

async function render(job: RenderJob): Promise<void> {
  const draft = readDraft(parseDraftFile(await readFile(job.contentFile)));
  const started = performance.now();
  let told = 0;
  const warnings = await renderDraft(draft, {
    preset: job.preset,
    output: job.output,
    resolve: (written) => localMediaPath(written, job.folder),
    fontFolder: job.fontFolder,
    onProgress(done, total) {
      const now = performance.now();
      if (now - told < progressEveryMs && done < total) return;
      told = now;
      const renderedMs = ((done / total) * draft.durationUs) / 1000;
      tell({ type: 'progress', done, total, speed: renderedMs / Math.max(1, now - started) });
    },
  });
  tell({ type: 'done', warnings });
}

Log.setLevel(AV_LOG_ERROR);
// SVT-AV1 has a log of its own; 1 = errors.
process.env.SVT_LOG = '1';
port.onMessage((message) => {
  const job = message as RenderJob | EncoderQuestion;
  const work =
    job.type === 'render' ? render(job) : workingEncoders().then((names) => tell({ type: 'encoders', names }));
  work
    .catch((error: unknown) => {
      const failure = error instanceof StationError ? error : renderFailure(error);
      tell({ type: 'failed', error: failure.toRecord() });
    })
    .finally(() => port.close());
});

function renderFailure(error: unknown): StationError {
  const reason = error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error);
  return new StationError('RENDER_FAILED', { reason: reason.slice(0, 2000) }, { cause: error });
}
