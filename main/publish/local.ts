import { constants } from 'node:fs';
import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { StationError } from '../shared/errors/index.ts';

/** A video where callers can get it. */
export interface PlacedVideo {
  readonly file: string;
  /** Public name, as in `/v1/videos/<name>`; unguessable because the task id is. */
  readonly name: string;
  readonly bytes: number;
}

/** Public name of a task's video. Attempts of one task share it: publishing twice has the effect of once. */
export function videoName(taskId: string, extension: string): string {
  return `video_${taskId}${extension}`;
}

/** The task id in a public name; null when it is none of ours. */
export function taskOfVideoName(name: string): string | null {
  return /^video_([0-9a-z]{18})\.(mp4|mov)$/.exec(name)?.[1] ?? null;
}

/**
 * Moves an exported file into the output folder; a reader never sees half a file.
 * @throws StationError OUTPUT_NOT_WRITABLE
 */
export async function placeVideo(exported: string, taskId: string, outputFolder: string): Promise<PlacedVideo> {
  const name = videoName(taskId, path.extname(exported));
  const file = path.join(outputFolder, name);
  try {
    await mkdir(outputFolder, { recursive: true });
    await moveFile(exported, file);
    return { file, name, bytes: (await stat(file)).size };
  } catch (error) {
    throw new StationError('OUTPUT_NOT_WRITABLE', { folder: outputFolder, reason: String(error) }, { cause: error });
  }
}

/** Renames, or copies under a temporary name first when the target is on another disk. */
async function moveFile(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
    const partial = `${to}.part`;
    try {
      await copyFile(from, partial, constants.COPYFILE_FICLONE);
      await rename(partial, to);
    } finally {
      await rm(partial, { force: true });
    }
    await rm(from, { force: true });
  }
}
