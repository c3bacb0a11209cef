import { open } from 'node:fs/promises';

/** FFmpeg's names of the containers that begin with some bytes; a dot stands for any. */
const marks: readonly (readonly [mark: RegExp, name: string])[] = [
  [/^(?:RIFF|RF64)....WAVE/s, 'wav'],
  [/^RIFF....AVI /s, 'avi'],
  [/^riff\x2e\x91\xcf/s, 'w64'],
  [/^fLaC/s, 'flac'],
  [/^OggS/s, 'ogg'],
  [/^....ftyp/s, 'mov'],
  [/^.\x45\xdf\xa3/s, 'matroska'],
];
const markBytes = 12;

/**
 * The container of a file whose first bytes leave no doubt, by FFmpeg's name; null where they do. FFmpeg itself weighs
 * everything that it finds: a tone that repeats every 192 bytes is a broadcast to it.
 */
export async function markedContainer(file: string): Promise<string | null> {
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(markBytes), 0, markBytes, 0);
    const start = buffer.toString('latin1', 0, bytesRead);
    return marks.find(([mark]) => mark.test(start))?.[1] ?? null;
  } finally {
    await handle.close();
  }
}
