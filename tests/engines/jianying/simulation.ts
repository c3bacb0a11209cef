import path from 'node:path';
import type { ExportJob, ExportResult, StageContext } from '../../../main/engines/engine.ts';
import { createJianyingEngine, type JianyingEngine } from '../../../main/engines/jianying/index.ts';
import { winePaths } from '../../../main/engines/jianying/paths.ts';
import type { Behaviour } from '../../../main/engines/jianying/simulated/behaviour.ts';
import { SimulatedJianying } from '../../../main/engines/jianying/simulated/client.ts';
import { SimulatedClock, SimulatedFiles } from '../../../main/engines/jianying/simulated/world.ts';
import type { MediaFacts, MediaInspector } from '../../../main/media/facts.ts';
import { StationError } from '../../../main/shared/errors/index.ts';
import { defaultSettings, type Settings } from '../../../main/shared/settings.ts';

/** A station's engine beside a simulated client, everything in memory and in simulated time. */
export interface Simulation {
  readonly clock: SimulatedClock;
  readonly files: SimulatedFiles;
  readonly client: SimulatedJianying;
  readonly engine: JianyingEngine;
  readonly attention: string[];
  /** Another engine over the same files: the station was restarted. */
  restartStation(settings?: Partial<Settings>): JianyingEngine;
}

export const dataFolder = '/sim/data';

export function simulate(behaviour: Partial<Behaviour> = {}, settings: Partial<Settings> = {}): Simulation {
  const clock = new SimulatedClock();
  const files = new SimulatedFiles(clock);
  const client = new SimulatedJianying(clock, files, behaviour);
  const attention: string[] = [];
  const make = (own: Partial<Settings>) =>
    createJianyingEngine({
      spawn: () => {
        throw new Error('a simulation starts no process');
      },
      settings: () => ({ ...defaultSettings, ...settings, ...own }),
      media: inspector(files),
      dataFolder,
      platform: 'win32',
      clock,
      files,
      paths: winePaths,
      ui: client,
      onAttention: (state) => attention.push(state),
    });
  return { clock, files, client, engine: make({}), attention, restartStation: (own = {}) => make(own) };
}

/** Opens simulated videos the way the real inspector opens real ones. */
function inspector(files: SimulatedFiles): MediaInspector {
  const open = (file: string): MediaFacts => {
    const video = files.video(file);
    if (!video || video.bytes !== video.fullBytes) throw new StationError('EXPORT_FILE_MISSING');
    const draft = JSON.parse(video.source) as { canvas_config: { width: number; height: number }; duration: number };
    return {
      kind: 'video',
      width: draft.canvas_config.width,
      height: draft.canvas_config.height,
      durationUs: draft.duration,
      fps: 30,
      hasAudio: true,
      videoCodec: 'h264',
      audioCodec: 'aac',
      bytes: video.bytes,
    };
  };
  return {
    probe: async (file) => open(file),
    verify: async (file, expected, options) => {
      const facts = open(file);
      if (Math.abs(facts.durationUs - expected.durationUs) > (options?.toleranceUs ?? 0))
        throw new StationError('EXPORT_FILE_MISSING');
      return facts;
    },
    cover: async () => {},
    close: () => {},
  };
}

let jobs = 0;

/** A fetched draft and a job for it; the title is what the video must show in the end. */
export function makeJob(
  sim: Simulation,
  title = `draft ${jobs}`,
  change: { missingMedia?: boolean; taskId?: string } = {},
): ExportJob {
  const n = jobs++;
  const folder = `/sim/fetched/${n}`;
  const draft = {
    id: `id-${n}`,
    title,
    duration: 10_000_000,
    fps: 30,
    canvas_config: { width: 1920, height: 1080, ratio: '16:9' },
    tracks: [{ type: 'video', segments: [] }],
    materials: {
      videos: [
        {
          id: `m${n}`,
          type: 'video',
          material_name: '片段.mp4',
          duration: 10_000_000,
          width: 1920,
          height: 1080,
          path: `${folder}/media/clip.mp4`,
        },
      ],
      audios: [],
    },
  };
  sim.files.put(`${folder}/draft_content.json`, JSON.stringify(draft));
  if (!change.missingMedia) sim.files.put(`${folder}/media/clip.mp4`, 'media');
  return {
    taskId: change.taskId ?? `task-${n}`,
    attempt: 1,
    draft: { folder, contentFile: `${folder}/draft_content.json`, name: title, durationUs: 10_000_000 },
    preset: defaultSettings.preset,
    outputFile: `/sim/out/${n}.mp4`,
    workFolder: `/sim/work/${n}`,
  };
}

export interface Told {
  readonly progress: number[];
  readonly lines: string[];
  readonly context: StageContext;
}

export function listen(signal: AbortSignal = new AbortController().signal): Told {
  const progress: number[] = [];
  const lines: string[] = [];
  return {
    progress,
    lines,
    context: {
      signal,
      onProgress: (fraction) => progress.push(fraction),
      log: (_level, message) => lines.push(message),
    },
  };
}

export type Ending = { readonly result: ExportResult } | { readonly error: StationError };

/** One attempt, its failure as a value. */
export async function attempt(engine: JianyingEngine, job: ExportJob, context = listen().context): Promise<Ending> {
  try {
    return { result: await engine.export(job, context) };
  } catch (error) {
    return { error: StationError.from(error) };
  }
}

/** What the queue does: up to three attempts while the failure is worth another one. */
export async function asQueue(
  engine: JianyingEngine,
  job: ExportJob,
  attempts = 3,
): Promise<{ ending: Ending; attempts: number }> {
  let ending: Ending = { error: new StationError('INTERNAL') };
  for (let n = 1; n <= attempts; n++) {
    ending = await attempt(engine, { ...job, attempt: n });
    if ('result' in ending || ending.error.class === 'never' || ending.error.class === 'operator')
      return { ending, attempts: n };
  }
  return { ending, attempts };
}

/** Title of the draft that a finished video shows; null when it is no finished video. */
export function shownTitle(sim: Simulation, file: string): string | null {
  const video = sim.files.video(file);
  if (!video || video.bytes !== video.fullBytes) return null;
  return (JSON.parse(video.source) as { title: string }).title;
}

/** Our own leftovers in the client's drafts folder. */
export function leftovers(sim: Simulation): string[] {
  return sim.files.namesIn(sim.client.root).filter((name) => name.startsWith('q-'));
}

export const evidenceFolder = (job: ExportJob) => path.posix.join(job.workFolder, 'evidence');

/** Paths in the client's drafts folder that are not ours and that the station changed all the same. */
export function foreignTouched(sim: Simulation): string[] {
  return sim.files.touched.filter((file) => {
    if (!file.startsWith(`${sim.client.root}/`)) return false;
    const name = file.slice(sim.client.root.length + 1).split('/')[0] ?? '';
    return !/^q-[0-9a-f]{6}(\.tmp)?$/.test(name) && !/^root_meta_info\.json(\.station-backup)?$/.test(name);
  });
}
