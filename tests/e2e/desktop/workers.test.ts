import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEmbeddedEngine } from '../../../main/engines/embedded/index.ts';
import type { ExportJob } from '../../../main/engines/engine.ts';
import { defaultSettings } from '../../../main/shared/settings.ts';
import { spawnNodeWorker } from '../../../main/workers/spawn.ts';
import { buildApp, buildTestApp, copyApp, type Screen, startApp, startScreen } from '../../support/electron.ts';
import { missing } from '../../support/environment.ts';
import { framesOf, makeMovie, scratchFolder } from '../../support/media.ts';
import { smallDraftJson } from '../../support/small-draft.ts';
import { tempFolder } from '../../support/temp.ts';
import type { TestWorkers } from '../../support/worker-app.ts';

/** The globals of tests/support/worker-app.ts. */
interface Globals {
  readonly workers: TestWorkers;
}

/** Whether two pictures differ by more than encoding does. */
function differs(one: Uint8ClampedArray, other: Uint8ClampedArray = new Uint8ClampedArray()): boolean {
  return one.length !== other.length || one.some((value, index) => Math.abs(value - (other[index] ?? 0)) > 12);
}

/** The same draft with its film once more, small, turned and on its way across the frame. */
function withMovingFilm(draft: ReturnType<typeof smallDraftJson>): object {
  const [bottom] = draft.tracks;
  const segments = bottom?.segments.map((segment) => ({
    ...segment,
    id: 'over',
    volume: 0,
    clip: { scale: { x: 0.5, y: 0.5 }, transform: { x: -0.3, y: 0.3 }, alpha: 0.8, rotation: 20 },
    common_keyframes: [
      {
        property_type: 'KFTypePositionX',
        keyframe_list: [
          { time_offset: 0, values: [-0.3], curveType: 'Line' },
          { time_offset: 1_000_000, values: [0.3], curveType: 'Line' },
        ],
      },
    ],
  }));
  return { ...draft, tracks: [...draft.tracks, { type: 'video', segments }] };
}

describe.skipIf(missing('electron', 'xvfb'))("heavy work in Electron's utility processes", () => {
  const scratch = scratchFolder('worker-app');
  const appFolder = path.join(scratch.folder, 'app');
  let screen: Screen;
  beforeAll(async () => {
    buildApp();
    copyApp(appFolder);
    await buildTestApp(appFolder, 'tests/support/worker-app.ts');
    screen = await startScreen();
  });
  afterAll(async () => {
    await screen?.close();
    scratch.remove();
  });

  async function started(): Promise<ElectronApplication> {
    const app = await startApp([], { screen, app: appFolder });
    await expect.poll(() => app.evaluate(() => 'workers' in globalThis), { timeout: 20_000 }).toBe(true);
    return app;
  }

  async function aJob(seconds: number): Promise<ExportJob> {
    const folder = tempFolder();
    const film = path.join(folder, 'film.mp4');
    await makeMovie(film, { width: 160, height: 90, frames: seconds * 30, toneHz: 440 });
    const contentFile = path.join(folder, 'draft_content.json');
    writeFileSync(contentFile, JSON.stringify(withMovingFilm(smallDraftJson('工具进程', film, seconds))));
    const workFolder = path.join(folder, 'work');
    mkdirSync(workFolder);
    return {
      taskId: 'a',
      attempt: 1,
      draft: { folder, contentFile, name: '工具进程', durationUs: seconds * 1_000_000 },
      preset: defaultSettings.preset,
      outputFile: path.join(folder, 'video.mp4'),
      workFolder,
    };
  }

  test('a draft is exported, the same picture as outside Electron, probed and given a cover', async () => {
    const app = await started();
    const job = await aJob(1);
    const exported = await app.evaluate((_e, job) => (globalThis as unknown as Globals).workers.export(job), job);
    expect(exported).toMatchObject({ file: job.outputFile, warnings: 0 });
    expect(exported.steps).toBeGreaterThan(0);
    const facts = await app.evaluate(
      (_e, file) => (globalThis as unknown as Globals).workers.probe(file),
      job.outputFile,
    );
    expect(facts).toMatchObject({ kind: 'video', width: 160, height: 90, durationUs: 1_000_000 });
    const elsewhere = { ...job, outputFile: path.join(job.draft.folder, 'node.mp4') };
    const inNode = createEmbeddedEngine({ spawn: spawnNodeWorker, fontFolder: () => '' });
    await inNode.export(elsewhere, { signal: new AbortController().signal, onProgress: () => {}, log: () => {} });
    const [drawn, wanted] = await Promise.all([framesOf(job.outputFile), framesOf(elsewhere.outputFile)]);
    expect(drawn).toHaveLength(wanted.length);
    expect(drawn.findIndex(({ data }, frame) => differs(data, wanted[frame]?.data))).toBe(-1);
    const cover = path.join(job.draft.folder, 'cover.jpg');
    await app.evaluate((_e, { file, cover }) => (globalThis as unknown as Globals).workers.cover(file, cover), {
      file: job.outputFile,
      cover,
    });
    expect(existsSync(cover)).toBe(true);
  });

  test('the sample, in high definition, is drawn and encoded', async () => {
    const app = await started();
    const folder = path.join(tempFolder(), 'sample');
    await app.evaluate((_e, folder) => (globalThis as unknown as Globals).workers.sample(folder), folder);
    expect(readdirSync(folder)).toContain('draft_content.json');
  });

  test('a file that is no media costs its child an answer, not the app', async () => {
    const app = await started();
    const refused = await app.evaluate(
      (_e, file) =>
        (globalThis as unknown as Globals).workers.probe(file).then(
          () => 'read',
          (error: Error) => error.name,
        ),
      import.meta.filename,
    );
    expect(refused).toBe('StationError');
  });

  test('a cancelled export leaves no process and no file', async () => {
    const app = await started();
    const job = await aJob(20);
    const ended = await app.evaluate((_e, job) => (globalThis as unknown as Globals).workers.cancelled(job), job);
    expect(ended).toEqual({ reason: 'enough', alive: 0 });
    expect(readdirSync(job.workFolder)).toEqual([]);
    expect(existsSync(job.outputFile)).toBe(false);
  });
});
