import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Upload } from './api/station-port.ts';

/** Keeps a draft that was dropped on the window; answers the path, which is a draft link of its own. */
export async function keepUpload(upload: Upload, inbox: string): Promise<string> {
  // A name of our own: the uploaded one is for people and never becomes a path.
  const file = path.join(inbox, `upload-${Date.now()}-${randomBytes(6).toString('hex')}.${upload.kind}`);
  const partial = `${file}.part`;
  try {
    await pipeline(upload.content, createWriteStream(partial));
    await rename(partial, file);
    return file;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
