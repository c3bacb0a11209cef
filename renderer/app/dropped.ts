import { linksIn } from '../actions/links.ts';
import type { Upload } from '../actions/upload.ts';
import type { NamedFile } from '../actions/zip.ts';

/** What somebody let go over the window. */
export interface Dropped {
  readonly links: readonly string[];
  readonly uploads: readonly Upload[];
}

/** Reads a drop: links as text, files, folders with everything below them. Call it inside the drop event. */
export async function readDrop(data: DataTransfer): Promise<Dropped> {
  // The transfer is emptied when the event is over: take everything out before waiting for anything.
  const items = [...data.items]
    .filter((item) => item.kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const text = data.getData('text/uri-list') || data.getData('text/plain');
  const uploads: Upload[] = [];
  for (const { entry, file } of items) {
    if (entry !== null && isDirectory(entry)) uploads.push({ name: entry.name, files: await filesBelow(entry, '') });
    else if (file !== null && /\.(zip|json)$/i.test(file.name)) uploads.push({ name: file.name, file });
  }
  return { links: items.length === 0 ? linksIn(text) : [], uploads };
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

async function filesBelow(folder: FileSystemDirectoryEntry, prefix: string): Promise<NamedFile[]> {
  const reader = folder.createReader();
  const files: NamedFile[] = [];
  // One call answers at most a hundred entries; an empty answer is the end.
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return files;
    for (const entry of batch) {
      const path = `${prefix}${entry.name}`;
      if (isDirectory(entry)) files.push(...(await filesBelow(entry, `${path}/`)));
      else if (isFile(entry)) files.push({ path, file: await fileOf(entry) });
    }
  }
}
