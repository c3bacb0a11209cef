import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StationError } from '../shared/errors/index.ts';
import type { SpawnWorker } from '../workers/spawn.ts';
import { sampleDraft, sampleFiles } from './draft.ts';

/**
 * The sample as a draft folder that any station can render; made on first use, in a child program, in some seconds.
 * @returns the folder, which is a draft link
 * @throws the signal's reason; then nothing half made stays
 */
export async function sampleFolder(
  folder: string,
  spawn: SpawnWorker,
  signal: AbortSignal = new AbortController().signal,
): Promise<string> {
  if (existsSync(path.join(folder, 'draft_content.json'))) return folder;
  const partial = `${folder}.part`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  try {
    await makeMedia(partial, spawn, signal);
  } catch (error) {
    await rm(partial, { recursive: true, force: true, maxRetries: 3 });
    throw error;
  }
  const media = Object.fromEntries(Object.entries(sampleFiles).map(([name, file]) => [name, `./${file}`]));
  const draft = sampleDraft(media as { [Name in keyof typeof sampleFiles]: string });
  await writeFile(path.join(partial, 'draft_content.json'), JSON.stringify(draft, null, 1));
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
  return folder;
}

function makeMedia(folder: string, spawn: SpawnWorker, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const worker = spawn('sample');
    const onAbort = () => worker.kill();
    signal.addEventListener('abort', onAbort, { once: true });
    worker.onMessage((message) => {
      const answer = message as { ok: boolean; reason?: string };
      if (answer.ok) resolve();
      else reject(new StationError('INTERNAL', { reason: answer.reason ?? 'no sample' }));
      worker.kill();
    });
    // Only when it has ended are its files nobody's.
    worker.onExit(({ stderr }) => {
      signal.removeEventListener('abort', onAbort);
      reject(
        signal.aborted ? signal.reason : new StationError('INTERNAL', { reason: `sample: ${stderr.slice(-300)}` }),
      );
    });
    worker.send({ folder });
  });
}
