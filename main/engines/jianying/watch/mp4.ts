import type { Files } from '../files.ts';

/**
 * Whether a file has the three boxes of a finished MP4/MOV and ends exactly where its last box ends. Reads the box
 * headers only. A file that is still being written fails here, whatever the client's window says.
 */
export async function isCompleteMp4(files: Files, file: string, size: number): Promise<boolean> {
  const seen = new Set<string>();
  let at = 0;
  for (let boxes = 0; boxes < 1000 && at + 8 <= size; boxes++) {
    const head = await files.bytes(file, at, 16);
    if (head.length < 8) return false;
    const view = new DataView(head.buffer, head.byteOffset, head.length);
    const type = String.fromCharCode(...head.subarray(4, 8));
    if (!/^[\x20-\x7e]{4}$/.test(type)) return false;
    let length = view.getUint32(0);
    if (length === 1) {
      if (head.length < 16) return false;
      length = Number(view.getBigUint64(8));
    } else if (length === 0) {
      // "To the end of the file": cannot be told from a file that still grows, and only mdat uses it.
      length = size - at;
    }
    if (length < 8) return false;
    seen.add(type);
    at += length;
  }
  return at === size && seen.has('ftyp') && seen.has('moov') && seen.has('mdat');
}
