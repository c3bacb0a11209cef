import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { StationError } from '../../shared/errors/index.ts';
import type { SpawnWorker } from '../../workers/spawn.ts';
import type { Engine, EngineHealth, ExportJob, ExportResult, StageContext } from '../engine.ts';
import type { EncoderQuestion, RenderJob, RenderMessage } from './protocol.ts';

export interface EmbeddedEngineDeps {
  readonly spawn: SpawnWorker;
  /** Folder with fonts; empty = bundled fonts only. Asked at every export. */
  readonly fontFolder: () => string;
  /** How long a render may stand still before it is given up, ms. */
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
  return {
    id: 'embedded',
    async probe(): Promise<EngineHealth> {
      encoders ??= askForEncoders(deps.spawn);
      const working = await encoders;
      if (working === null) encoders = null;
      return health(working);
    },
    export: (job, context) => exportDraft(deps, job, context),
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
function askForEncoders(spawn: SpawnWorker): Promise<readonly string[] | null> {
  return new Promise((resolve) => {
    const child = spawn('embedded');
    const deadline = setTimeout(() => child.kill(), probeMs);
    child.onExit(() => {
      clearTimeout(deadline);
      resolve(null);
    });
    child.onMessage((raw) => {
      const message = raw as RenderMessage;
      if (message.type === 'encoders') resolve(message.names);
    });
    child.send({ type: 'encoders' } satisfies EncoderQuestion);
  });
}

async function exportDraft(deps: EmbeddedEngineDeps, job: ExportJob, context: StageContext): Promise<ExportResult> {
  context.signal.throwIfAborted();
  const part = path.join(job.workFolder, `render-${job.attempt}.part.${job.preset.container}`);
  try {
    const warnings = await render(deps, job, part, context);
    context.signal.throwIfAborted();
    await rename(part, job.outputFile).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? new StationError('EXPORT_FILE_MISSING') : error;
    });
    return { file: job.outputFile, warnings };
  } finally {
    await rm(part, { force: true });
  }
}

/** Runs the child program to its end; what it wrote is checked by it. */
function render(deps: EmbeddedEngineDeps, job: ExportJob, output: string, context: StageContext) {
  return new Promise<ExportResult['warnings']>((resolve, reject) => {
    const child = deps.spawn('embedded');
    let settled = false;
    let outcome: (() => void) | null = null;
    const stallMs = deps.stallMs ?? usualStallMs;
    let stall: NodeJS.Timeout | undefined;

    // The caller goes on only when the child has ended: until then it may still write its file.
    const finish = (next: () => void) => {
      outcome ??= next;
      clearTimeout(stall);
      if (settled) return;
      settled = true;
      child.kill();
    };
    const watch = () => {
      clearTimeout(stall);
      if (settled) return;
      stall = setTimeout(
        () => finish(() => reject(new StationError('RENDER_STALLED', { seconds: stallMs / 1000 }))),
        stallMs,
      );
    };
    const abort = () => finish(() => reject(context.signal.reason));
    context.signal.addEventListener('abort', abort, { once: true });

    child.onExit(({ code, signal, stderr }) => {
      context.signal.removeEventListener('abort', abort);
      clearTimeout(stall);
      settled = true;
      if (outcome !== null) return outcome();
      if (stderr.trim() !== '') context.log('error', 'The renderer ended unexpectedly.', { stderr });
      reject(new StationError('RENDER_CRASHED', { how: signal ?? `exit ${code}` }));
    });
    let lastDone = -1;
    child.onMessage((raw) => {
      const message = raw as RenderMessage;
      switch (message.type) {
        case 'progress':
          if (message.done > lastDone) watch();
          lastDone = message.done;
          context.onProgress(message.done / message.total, {
            done: message.done,
            total: message.total,
            speed: message.speed,
          });
          return;
        case 'log':
          return context.log(message.level, message.message, message.data);
        case 'done':
          return finish(() => resolve(message.warnings));
        case 'failed':
          return finish(() => reject(new StationError(message.error.code, message.error.params)));
      }
    });
    watch();
    child.send({
      type: 'render',
      contentFile: job.draft.contentFile,
      folder: job.draft.folder,
      preset: job.preset,
      output,
      fontFolder: deps.fontFolder(),
    } satisfies RenderJob);
  });
}
