import { closeSync, openSync, readSync } from 'node:fs';

/** What the renderer has to know of a font file before it draws with it. */
export interface FontFacts {
  readonly file: string;
  /** Every family, full and PostScript name the file carries, in every language. */
  readonly names: readonly string[];
  /** Em above and below the baseline, from `hhea`: these make the line pitch. */
  readonly ascent: number;
  readonly descent: number;
  /** 100..900. */
  readonly weight: number;
  readonly italic: boolean;
  /** Draws its glyphs in its own colours (emoji). */
  readonly color: boolean;
  covers(codePoint: number): boolean;
}

/** Marks, joiners and variation selectors: a font need not carry them to draw the cluster. */
const ignorable = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/u;

/** Whether a font has all that it takes to draw a grapheme cluster. */
export function coversCluster(font: Pick<FontFacts, 'covers'>, cluster: string): boolean {
  for (const character of cluster)
    if (!ignorable.test(character) && !font.covers(character.codePointAt(0) ?? 0)) return false;
  return true;
}

/** Sorted, non-overlapping [first, last] pairs, flat. */
type Ranges = Uint32Array;

const MAX_TABLE_BYTES = 16 << 20;

/**
 * Reads the header tables of a TrueType or OpenType file (of a collection: its first face).
 * Returns null for anything that is not a readable font.
 */
export function readFontFacts(file: string): FontFacts | null {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch {
    return null;
  }
  try {
    return parse(file, (offset, length) => readPart(handle, offset, length));
  } catch {
    // Reading past a table's end: a damaged file is no font.
    return null;
  } finally {
    closeSync(handle);
  }
}

function readPart(handle: number, offset: number, length: number): Buffer {
  if (length > MAX_TABLE_BYTES) throw new RangeError('font table too large');
  const buffer = Buffer.alloc(length);
  if (readSync(handle, buffer, 0, length, offset) < length) throw new RangeError('font file ends early');
  return buffer;
}

function parse(file: string, read: (offset: number, length: number) => Buffer): FontFacts | null {
  const start = read(0, 16);
  const faceAt = start.toString('latin1', 0, 4) === 'ttcf' ? start.readUInt32BE(12) : 0;
  const header = read(faceAt, 12);
  const kind = header.toString('latin1', 0, 4);
  if (kind !== 'OTTO' && kind !== 'true' && header.readUInt32BE(0) !== 0x00010000) return null;
  const tables = readDirectory(read(faceAt + 12, header.readUInt16BE(4) * 16));
  const table = (tag: string): Buffer | null => {
    const entry = tables.get(tag);
    return entry === undefined ? null : read(entry.offset, entry.length);
  };

  const head = table('head');
  const hhea = table('hhea');
  const cmap = table('cmap');
  if (head === null || hhea === null || cmap === null) return null;
  const unitsPerEm = head.readUInt16BE(18) || 1000;
  const os2 = table('OS/2');
  const names = table('name');
  const ranges = readCmap(cmap);
  return {
    file,
    names: names === null ? [] : readNames(names),
    ascent: hhea.readInt16BE(4) / unitsPerEm,
    descent: -hhea.readInt16BE(6) / unitsPerEm,
    weight: os2 === null ? 400 : os2.readUInt16BE(4),
    italic: os2 !== null && (os2.readUInt16BE(62) & 1) !== 0,
    color: tables.has('COLR') || tables.has('CBDT') || tables.has('sbix'),
    covers: (codePoint) => contains(ranges, codePoint),
  };
}

function readDirectory(directory: Buffer): Map<string, { offset: number; length: number }> {
  const tables = new Map<string, { offset: number; length: number }>();
  for (let at = 0; at < directory.length; at += 16)
    tables.set(directory.toString('latin1', at, at + 4), {
      offset: directory.readUInt32BE(at + 8),
      length: directory.readUInt32BE(at + 12),
    });
  return tables;
}

/** Family (1), full (4), PostScript (6) and typographic family (16) names. */
const NAME_IDS = new Set([1, 4, 6, 16]);

function readNames(name: Buffer): string[] {
  const count = name.readUInt16BE(2);
  const storage = name.readUInt16BE(4);
  const found = new Set<string>();
  for (let i = 0; i < count; i++) {
    const at = 6 + i * 12;
    if (!NAME_IDS.has(name.readUInt16BE(at + 6))) continue;
    const platform = name.readUInt16BE(at);
    const from = storage + name.readUInt16BE(at + 10);
    const bytes = name.subarray(from, from + name.readUInt16BE(at + 8));
    found.add(platform === 1 ? bytes.toString('latin1') : utf16BigEndian(bytes));
  }
  found.delete('');
  return [...found];
}

function utf16BigEndian(bytes: Buffer): string {
  const even = bytes.subarray(0, bytes.length & ~1);
  return Buffer.from(even).swap16().toString('utf16le');
}

function readCmap(cmap: Buffer): Ranges {
  let best = -1;
  let bestRank = 0;
  for (let i = 0; i < cmap.readUInt16BE(2); i++) {
    const offset = cmap.readUInt32BE(8 + i * 8);
    const format = cmap.readUInt16BE(offset);
    const rank = format === 12 ? 2 : format === 4 ? 1 : 0;
    if (rank > bestRank) {
      best = offset;
      bestRank = rank;
    }
  }
  if (bestRank === 2) return mergeRanges(readFormat12(cmap.subarray(best)));
  return bestRank === 1 ? mergeRanges(readFormat4(cmap.subarray(best))) : new Uint32Array(0);
}

function readFormat12(table: Buffer): [number, number][] {
  const ranges: [number, number][] = [];
  const groups = Math.min(table.readUInt32BE(12), (table.length - 16) / 12);
  for (let i = 0; i < groups; i++) ranges.push([table.readUInt32BE(16 + i * 12), table.readUInt32BE(20 + i * 12)]);
  return ranges;
}

function readFormat4(table: Buffer): [number, number][] {
  const segments = table.readUInt16BE(6) / 2;
  const ranges: [number, number][] = [];
  for (let i = 0; i < segments; i++) {
    const last = table.readUInt16BE(14 + i * 2);
    const first = table.readUInt16BE(16 + segments * 2 + i * 2);
    if (first <= last && first !== 0xffff) ranges.push([first, last]);
  }
  return ranges;
}

function mergeRanges(ranges: [number, number][]): Ranges {
  const merged: number[] = [];
  for (const [first, last] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const end = merged.at(-1);
    if (end !== undefined && first <= end + 1) merged[merged.length - 1] = Math.max(end, last);
    else merged.push(first, last);
  }
  return Uint32Array.from(merged);
}

function contains(ranges: Ranges, codePoint: number): boolean {
  let low = 0;
  let high = ranges.length / 2 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (codePoint < (ranges[middle * 2] ?? 0)) high = middle - 1;
    else if (codePoint > (ranges[middle * 2 + 1] ?? 0)) low = middle + 1;
    else return true;
  }
  return false;
}
