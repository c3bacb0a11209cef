import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEmbeddedEngine } from '../../../main/engines/embedded/index.ts';
import type { ExportJob } from '../../../main/engines/engine.ts';
import { probeMedia } from '../../../main/media/probe.ts';
import { StationError, sentence } from '../../../main/shared/errors/index.ts';
import { exportPresetSchema } from '../../../main/shared/settings.ts';
import { type SpawnWorker, spawnNodeWorker, type WorkerProcess } from '../../../main/workers/spawn.ts';
import { draftJson, type JsonClip } from '../../support/draft-json.ts';
import { aContext, codeOf, gone } from '../../support/exports.ts';
import { makeMovie, scratchFolder } from '../../support/media.ts';

const scratch = scratchFolder('engine');
let movie = '';
beforeAll(async () => {
  movie = await makeMovie(path.join(scratch.folder, 'movie.mp4'), { frames: 60 });
});
afterAll(() => scratch.remove());

let jobs = 0;
async function aJob(clips: readonly JsonClip[]): Promise<ExportJob> {
  jobs += 1;
  const folder = path.join(scratch.folder, `draft-${jobs}`);
  const workFolder = path.join(folder, 'work');
  mkdirSync(workFolder, { recursive: true });
  const contentFile = path.join(folder, 'draft_content.json');
  await writeFile(contentFile, JSON.stringify(draftJson(clips)));
  return {
    taskId: `task-${jobs}`,
    attempt: 1,
    draft: { folder, contentFile, name: 'test', durationUs: 0 },
    preset: exportPresetSchema.parse({}),
    outputFile: path.join(folder, 'out.mp4'),
    workFolder,
  };
}

/** The real child programs, remembered so that a test can harm them. */
function watched(): { spawn: SpawnWorker; children: WorkerProcess[] } {
  const children: WorkerProcess[] = [];
  return {
    children,
    spawn: (name) => {
      const child = spawnNodeWorker(name);
      children.push(child);
      return child;
    },
  };
}

/** Renders in one child program, on machines of any size. */
const engineWith = (spawn: SpawnWorker, stallMs?: number) =>
  createEmbeddedEngine({
    spawn,
    fontFolder: () => '',
    sharing: () => ({ parts: 1, lanes: 1 }),
    ...(stallMs === undefined ? {} : { stallMs }),
  });

/** A render that lasts long enough to be interrupted. */
const longDraft = (): JsonClip[] => [{ path: movie, durationUs: 3_600_000_000 }];

describe('the health of the engine', () => {
  test('names the encoders that made a picture here', async () => {
    const health = await engineWith(spawnNodeWorker).probe();
    expect(health).toMatchObject({ engine: 'embedded', state: 'ready' });
    expect(String(health.facts.encoders)).toContain('libx264');
  });

  test('says so when the child program does not start', async () => {
    const dying: SpawnWorker = (name) => {
      const child = spawnNodeWorker(name);
      child.kill();
      return child;
    };
    expect((await engineWith(dying).probe()).state).toBe('unavailable');
  });
});

describe('an export', () => {
  test('gives a checked file, measured progress and no leftovers', async () => {
    const job = await aJob([{ path: movie, durationUs: 1_000_000 }]);
    const progress: number[] = [];
    const result = await engineWith(spawnNodeWorker).export(
      job,
      aContext({ onProgress: (fraction) => progress.push(fraction) }),
    );
    expect(result).toEqual({ file: job.outputFile, warnings: [] });
    const facts = await probeMedia(job.outputFile);
    expect(facts).toMatchObject({ kind: 'video', width: 320, height: 180, fps: 30, videoCodec: 'h264' });
    expect(facts.durationUs).toBe(1_000_000);
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(readdirSync(job.workFolder)).toEqual([]);
  });

  test('tells what could not even be read as something to draw', async () => {
    const job = await aJob([{ path: movie, durationUs: 500_000 }]);
    const json = JSON.parse(readFileSync(job.draft.contentFile, 'utf8'));
    const frames = [0, 400_000].map((time_offset) => ({ time_offset, values: [time_offset] }));
    json.tracks[0].segments[0].common_keyframes = [{ property_type: 'KFTypeGlow', keyframe_list: frames }];
    json.tracks.push({ type: 'hologram', segments: [{ id: 'h' }] });
    await writeFile(job.draft.contentFile, JSON.stringify(json));
    const { warnings } = await engineWith(spawnNodeWorker).export(job, aContext());
    expect(warnings.map((warning) => sentence(warning, 'zh').split('。')[0])).toEqual([
      '关键帧“KFTypeGlow”无法画出，共 1 处',
      '轨道“hologram”无法画出，共 1 处',
    ]);
  });

  test('that is cancelled ends its child and leaves no file', async () => {
    const job = await aJob(longDraft());
    const { spawn, children } = watched();
    const stop = new AbortController();
    const running = engineWith(spawn).export(
      job,
      aContext({ signal: stop.signal, onProgress: () => stop.abort(new Error('cancelled by a person')) }),
    );
    expect(await codeOf(running)).toBe('Error: cancelled by a person');
    expect(readdirSync(job.workFolder)).toEqual([]);
    expect(existsSync(job.outputFile)).toBe(false);
    expect(children.map(({ pid }) => gone(pid))).toEqual([true]);
  });

  test('whose child dies costs one attempt and leaves no file', async () => {
    const job = await aJob(longDraft());
    const { spawn, children } = watched();
    const running = engineWith(spawn).export(job, aContext({ onProgress: () => children[0]?.kill() }));
    expect(await codeOf(running)).toBe('RENDER_CRASHED');
    expect(readdirSync(job.workFolder)).toEqual([]);
  });

  test('that stands still is given up', async () => {
    const job = await aJob(longDraft());
    // Stops the child in its tracks, as a driver or a disk that hangs would.
    const { spawn, children } = watched();
    const freeze = () => children[0]?.pid !== undefined && process.kill(children[0].pid, 'SIGSTOP');
    const running = engineWith(spawn, 1_500).export(job, aContext({ onProgress: freeze }));
    expect(await codeOf(running)).toBe('RENDER_STALLED');
    expect(children.map(({ pid }) => gone(pid))).toEqual([true]);
    expect(readdirSync(job.workFolder)).toEqual([]);
  });

  test('whose file vanished says so in the words of the contract', async () => {
    const job = await aJob([{ path: movie, durationUs: 1_000_000 }]);
    const running = engineWith(spawnNodeWorker).export(
      job,
      // The last word of a render comes before the file is put in place.
      aContext({ onProgress: (fraction) => void (fraction === 1 && rm(job.workFolder, { recursive: true })) }),
    );
    const error = await running.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StationError);
    if (error instanceof StationError) {
      expect(error.code).toBe('EXPORT_FILE_MISSING');
      expect(error.class).toBe('retry_now');
      expect(sentence(error.toRecord(), 'zh')).toBe(
        '导出草稿失败: 剪映导出结束但目标文件未生成，请检查磁盘空间或剪映版本',
      );
    }
  });
});
