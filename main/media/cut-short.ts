import { closeSync, openSync, readSync, statSync } from 'node:fs';

/** A file of some length that can be looked into. */
interface Bytes {
  readonly length: number;
  /** Fewer where the file ends. */
  at(position: number, count: number): Buffer;
}

/** Tells of a kind of container whether a file of it goes on to where it says. */
interface Container {
  /** The beginning of such files, one character a byte. */
  readonly mark: RegExp;
  isCutShort(bytes: Bytes): boolean;
}

const containers: readonly Container[] = [
  { mark: /^RIFF/, isCutShort: riff },
  { mark: /^.\x45\xdf\xa3/s, isCutShort: matroska },
  { mark: /^....(?:ftyp|moov|mdat|styp)/s, isCutShort: boxes },
  { mark: /^\x89PNG/, isCutShort: chunks },
  { mark: /^GIF8/, isCutShort: gif },
  { mark: /^OggS/, isCutShort: ogg },
  { mark: /^G.{187}G/s, isCutShort: ({ length }) => length % 188 !== 0 },
];
const markBytes = 189;

/**
 * Whether a file ends before its container is complete, as a download that was cut off does. Looks at sizes alone, which
 * says nothing of containers that carry none (MP3, AC-3, MPEG program streams, FLV). Never throws.
 */
export function isCutShort(file: string): boolean {
  let descriptor: number | null = null;
  try {
    const info = statSync(file);
    // Opening a pipe waits for whoever writes into it.
    if (!info.isFile()) return false;
    const opened = openSync(file, 'r');
    descriptor = opened;
    const bytes: Bytes = {
      length: info.size,
      at(position, count) {
        const buffer = Buffer.alloc(count);
        return buffer.subarray(0, readSync(opened, buffer, 0, count, position));
      },
    };
    const start = bytes.at(0, markBytes).toString('latin1');
    return containers.find(({ mark }) => mark.test(start))?.isCutShort(bytes) ?? false;
  } catch {
    return false;
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

/** Writers differ by the header's own eight bytes; those that could not know the size wrote none, or nearly all ones. */
function riff(bytes: Bytes): boolean {
  const written = bytes.at(4, 4).readUInt32LE();
  return written < 0x7fff_0000 && written > bytes.length + riffSlack;
}
const riffSlack = 64;

/** The header and the segment behind it; a segment that was written without going back says no size. */
function matroska(bytes: Bytes): boolean {
  const header = ebmlSize(bytes, 4);
  if (header === null) return false;
  const segment = header.next + header.size;
  if (bytes.at(segment, 4).toString('hex') !== '18538067') return false;
  const body = ebmlSize(bytes, segment + 4);
  return body !== null && body.next + body.size > bytes.length;
}

/** A size as EBML writes it, as many bytes as its first byte has leading zeros and one; null = not known. */
function ebmlSize(bytes: Bytes, position: number): { readonly size: number; readonly next: number } | null {
  const first = bytes.at(position, 1).readUInt8();
  const count = Math.clz32(first) - 23;
  if (count > 8) return null;
  const rest = bytes.at(position + 1, count - 1);
  const highest = 1 << (8 - count);
  const size = [...rest].reduce((sum, byte) => sum * 256 + byte, first - highest);
  const unknown = first === 2 * highest - 1 && rest.every((byte) => byte === 0xff);
  return unknown ? null : { size, next: position + count };
}

/** Boxes follow each other to the end; what is no box is something that was put behind them. */
function boxes(bytes: Bytes): boolean {
  let position = 0;
  while (position < bytes.length) {
    const head = bytes.at(position, 16);
    if (head.length < 8 || !/^[\w ©]{4}$/.test(head.toString('latin1', 4, 8))) return false;
    const short = head.readUInt32BE();
    const size = short === 1 && head.length === 16 ? Number(head.readBigUInt64BE(8)) : short;
    if (size < 8) return false;
    position += size;
  }
  return position > bytes.length;
}

/** Chunks follow each other up to the one that says that it is the last. */
function chunks(bytes: Bytes): boolean {
  for (let position = 8; ; ) {
    const head = bytes.at(position, 8);
    if (head.length < 8) return true;
    if (head.toString('latin1', 4) === 'IEND') return false;
    position += 12 + head.readUInt32BE();
  }
}

/** The last byte is a semicolon; some writers fill up behind it. */
function gif(bytes: Bytes): boolean {
  const tail = bytes.at(Math.max(0, bytes.length - 1024), 1024);
  return tail.findLast((byte) => byte !== 0 && byte !== 10 && byte !== 13 && byte !== 32) !== 0x3b;
}

/** The last page is whole. That it says it is the last one cannot be expected of a recorded broadcast. */
function ogg(bytes: Bytes): boolean {
  const tail = bytes.at(Math.max(0, bytes.length - longestPage), longestPage);
  const page = tail.lastIndexOf('OggS');
  const segments = tail[page + 26] ?? 0;
  const table = tail.subarray(page + 27, page + 27 + segments);
  return page >= 0 && page + 27 + segments + table.reduce((sum, size) => sum + size, 0) > tail.length;
}
const longestPage = 27 + 255 + 255 * 255;
