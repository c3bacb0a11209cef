import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEmbeddedEngine } from '../../../main/engines/embedded/index.ts';
import type { Job } from '../../../main/engines/embedded/protocol.ts';
import type { Engine } from '../../../main/engines/engine.ts';
import { stationPaths } from '../../../main/paths.ts';
import type { TaskRecord } from '../../../main/queue/task-record.ts';
import { defaultSettings } from '../../../main/shared/settings.ts';
import { stageWork, type WorkTools } from '../../../main/stage-work.ts';
import { spawnNodeWorker } from '../../../main/workers/spawn.ts';
import { draftJson } from '../../support/draft-json.ts';
import { aContext } from '../../support/exports.ts';
import { makeMovie, scratchFolder } from '../../support/media.ts';

/** Whatever is written to it meets a full disk. */
const fullDevice = '/dev/full';

const scratch = scratchFolder('full-disk');
let movie = '';
beforeAll(async () => {
  movie = await makeMovie(path.join(scratch.folder, 'movie.mp4'), { width: 160, height: 90, frames: 30, toneHz: 300 });
});
afterAll(() => scratch.remove());

describe.skipIf(!existsSync(fullDevice))('a disk that is full when the video is written', () => {
  test.each<[string, number, Job['type']]>([
    ['whole', 1, 'render'],
    ['as a part', 2, 'part'],
    ['as the sound beside the parts', 2, 'sound'],
    ['from its parts', 2, 'join'],
  ])('%s is told as what it is, for the queue to wait, and leaves nothing', async (_, parts, filling) => {
    const data = path.join(scratch.folder, `data-${filling}`);
    const paths = stationPaths(data);
    const task = { id: 'task', attempt: 1, draftUrl: '' } as TaskRecord;
    const folder = path.join(paths.task(task.id), 'draft');
    mkdirSync(folder, { recursive: true });
    const contentFile = path.join(folder, 'draft_content.json');
    const durationUs = 20_000_000;
    writeFileSync(contentFile, JSON.stringify(draftJson([{ path: movie, durationUs }])));
    const engine = createEmbeddedEngine({
      spawn(name) {
        const child = spawnNodeWorker(name);
        return {
          ...child,
          send(message) {
            const job = message as Job;
            if (job.type === filling && 'output' in job && !existsSync(job.output)) symlinkSync(fullDevice, job.output);
            child.send(job);
          },
        };
      },
      fontFolder: () => '',
      sharing: () => ({ parts, lanes: 1 }),
      machine: () => ({ cores: 2, freeBytes: 8e9 }),
    });
    const settings = { ...defaultSettings, minFreeDiskGb: 0 };
    const tools = { paths, settings: () => settings, engines: { embedded: engine as Engine } } as unknown as WorkTools;
    const local = { folder, contentFile, name: 'test', durationUs };
    const exported = stageWork(tools).export(task, { local, engine: 'embedded' }, aContext());
    await expect(exported).rejects.toMatchObject({ code: 'DISK_SHORT', class: 'operator' });
    expect(readdirSync(path.join(paths.task(task.id), 'work'))).toEqual([]);
  });
});
