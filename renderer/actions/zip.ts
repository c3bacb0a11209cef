/** One file of a dropped folder; `path` is relative to the folder, with `/`. */
export interface NamedFile {
  readonly path: string;
  readonly file: Blob;
}

const draftFiles = ['draft_content.json', 'draft_info.json'];

/** Whether this looks like a Jianying draft: its document lies at the top or one level below. */
export function isDraftFolder(files: readonly NamedFile[]): boolean {
  return files.some(({ path }) => {
    const parts = path.split('/');
    return parts.length <= 2 && draftFiles.includes(parts.at(-1) ?? '');
  });
}

const crcTable = new Uint32Array(256).map((_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 as zip files use it, continued from `crc` (start with 0). */
export function crc32(bytes: Uint8Array, crc = 0): number {
  let value = ~crc;
  for (const byte of bytes) value = (crcTable[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return ~value >>> 0;
}

/** Media is compressed already and drafts are small: files are stored as they are. */
const stored = 0;
/** Names are UTF-8. */
const utf8Names = 1 << 11;
/** 1980-01-01, the format's own beginning: the draft's real times are inside it. */
const dosDate = 0x21;
const largest = 0xffff_ffff;

/**
 * Packs files into a zip without holding their content in memory: the result refers to the files themselves.
 * Format: APPNOTE.TXT 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (end record).
 * @throws RangeError above 4 GB or 65,535 files, which this form of zip cannot hold
 */
export async function zipFiles(files: readonly NamedFile[]): Promise<Blob> {
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  if (total > largest - files.length * 1024 || files.length > 0xffff)
    throw new RangeError('The folder is larger than 4 GB');
  const parts: BlobPart[] = [];
  const directory: BlobPart[] = [];
  let offset = 0;
  let directorySize = 0;
  for (const { path, file } of files) {
    const name = new TextEncoder().encode(path);
    const crc = await crcOf(file);
    const local = record(30, [[4, 0x04034b50], [2, 20], ...entry(crc, file.size, name.length), [2, 0]]);
    const central = record(46, [
      [4, 0x02014b50],
      [2, 20],
      [2, 20],
      ...entry(crc, file.size, name.length),
      [2, 0],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, offset],
    ]);
    parts.push(local, name, file);
    directory.push(central, name);
    offset += local.length + name.length + file.size;
    directorySize += central.length + name.length;
  }
  const end = record(22, [
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, files.length],
    [2, files.length],
    [4, directorySize],
    [4, offset],
    [2, 0],
  ]);
  return new Blob([...parts, ...directory, end], { type: 'application/zip' });
}

type Field = readonly [bytes: 2 | 4, value: number];

/** What the local header and the directory say alike about a file. */
function entry(crc: number, size: number, nameLength: number): Field[] {
  return [
    [2, utf8Names],
    [2, stored],
    [2, 0],
    [2, dosDate],
    [4, crc],
    [4, size],
    [4, size],
    [2, nameLength],
  ];
}

function record(size: number, fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of fields) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
  return bytes;
}

async function crcOf(file: Blob): Promise<number> {
  let crc = 0;
  const reader = file.stream().getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) crc = crc32(read.value, crc);
  return crc;
}
