import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ExportJob, StageContext } from '../../../main/engines/engine.ts';
import { createJianyingEngine, type JianyingEngine } from '../../../main/engines/jianying/index.ts';
import { winePaths } from '../../../main/engines/jianying/paths.ts';
import { placeholder } from '../../../main/engines/jianying/place/content.ts';
import type { MediaInspector } from '../../../main/media/facts.ts';
import { createMediaInspector } from '../../../main/media/index.ts';
import { defaultSettings, type Settings } from '../../../main/shared/settings.ts';
import { spawnNodeWorker } from '../../../main/workers/spawn.ts';
import { makeMovie } from '../../support/media.ts';
import { smallDraftJson } from '../../support/small-draft.ts';
import { endFakeClients, type FakeClient, freshFolder, installFakeClient, wineSpawner } from './wine.ts';

const width = 480;
const height = 480;

/** The engine with its real Windows child under Wine, beside a fake client that is installed in a scratch folder. */
export interface WineRig {
  readonly folder: string;
  readonly client: FakeClient;
  readonly engine: JianyingEngine;
  readonly media: MediaInspector;
  /** Windows children started so far. */
  childrenStarted(): number;
  /** A fetched draft (one second of film, a title of its own) and a job for it. */
  job(title: string, seconds?: number): ExportJob;
  close(): void;
}

export async function startWineRig(folder: string, change: Partial<Settings> = {}): Promise<WineRig> {
  const rig = await makeWineRig(folder, change);
  // A Wine that was just started is still starting services of its own and may stand still for a while. It is warm when
  // two exports in a row went through without a hitch; from then on everything has to work at once.
  let smooth = 0;
  for (let attempt = 1; smooth < 2; attempt++) {
    const children = rig.childrenStarted();
    const worked = await rig.engine.export(rig.job(`warm-up ${attempt}`), listening().context).then(
      () => true,
      () => false,
    );
    smooth = worked && (attempt === 1 || rig.childrenStarted() === children) ? smooth + 1 : 0;
    if (attempt === warmUpAttempts && smooth < 2) {
      rig.close();
      throw new Error(`Wine does not get going: no two exports in a row within ${warmUpAttempts}.`);
    }
  }
  return rig;
}

const warmUpAttempts = 10;

async function makeWineRig(folder: string, change: Partial<Settings>): Promise<WineRig> {
  // One that a killed run left behind would be taken for ours.
  endFakeClients();
  freshFolder(folder);
  const client = installFakeClient(folder);
  const film = path.join(folder, 'film.mp4');
  await makeMovie(film, { width, height, frames: 30, toneHz: 440 });
  client.behave({ video: film, loadMs: 200, exportMs: 300 });
  const windows = wineSpawner(folder);
  const media = createMediaInspector(spawnNodeWorker);
  const settings: Settings = {
    ...defaultSettings,
    jianyingExe: client.exe,
    jianyingDrafts: winePaths.toClient(client.draftsFolder),
    minFreeDiskGb: 0,
    ...change,
  };
  const engine = createJianyingEngine({
    spawn: windows.spawn,
    settings: () => settings,
    media,
    dataFolder: path.join(folder, 'data'),
    platform: 'win32',
    paths: winePaths,
  });
  let jobs = 0;
  return {
    folder,
    client,
    engine,
    media,
    childrenStarted: windows.started,
    job(title, seconds = 1) {
      const own = path.join(folder, 'tasks', String(jobs++));
      const fetched = path.join(own, 'draft');
      mkdirSync(fetched, { recursive: true });
      mkdirSync(path.join(own, 'work'), { recursive: true });
      const contentFile = path.join(fetched, 'draft_content.json');
      writeFileSync(
        contentFile,
        JSON.stringify(smallDraftJson(title, `${placeholder}/film.mp4`, seconds, width, height)),
      );
      return {
        taskId: title,
        attempt: 1,
        draft: { folder: fetched, contentFile, name: title, durationUs: seconds * 1_000_000 },
        preset: settings.preset,
        outputFile: path.join(own, 'video.mp4'),
        workFolder: path.join(own, 'work'),
      };
    },
    close() {
      engine.close();
      media.close();
      windows.close();
      endFakeClients();
    },
  };
}

/** A context that keeps what it was told. */
export function listening(): { context: StageContext; lines: string[]; progress: number[] } {
  const lines: string[] = [];
  const progress: number[] = [];
  const context: StageContext = {
    signal: new AbortController().signal,
    onProgress: (fraction) => progress.push(fraction),
    log: (_level, message) => lines.push(message),
  };
  return { context, lines, progress };
}
