import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** Everything that helps to understand a task, as a zip: its data, log and evidence; no media, no settings. */
export function supportArchive(detail: object, taskFolder: string): Readable {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(JSON.stringify(detail, null, 2)), 'task.json');
  for (const name of ['log.jsonl', 'cover.jpg', 'draft/draft_content.json']) {
    const file = path.join(taskFolder, name);
    if (existsSync(file)) zip.addFile(file, name);
  }
  const evidence = path.join(taskFolder, 'evidence');
  for (const name of listFiles(evidence)) zip.addFile(path.join(evidence, name), `evidence/${name}`);
  zip.end();
  return zip.outputStream as Readable;
}

/** Plain files of a folder; empty when there is no such folder. */
export function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => statSync(path.join(folder, name)).isFile());
}
