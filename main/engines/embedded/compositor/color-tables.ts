import { readFileSync, statSync } from 'node:fs';
import type { EffectMaterial } from '../../../drafts/model.ts';
import { unreadable } from '../../../media/errors.ts';
import { StationError } from '../../../shared/errors/index.ts';
import type { ResolvePath } from '../decode/source-shelf.ts';
import { type ColorOp, parseCube, type ReadTable } from '../look/index.ts';
import { LruCache } from '../text/lru.ts';
import type { PlacedSegment } from '../timeline/timeline.ts';
import type { Warnings } from '../warnings.ts';

/** A colour table is text of a few MB at most. */
const largestBytes = 64 << 20;
/** Of files, for the tables that are kept. */
const keptBytes = 2 * largestBytes;

/** The colour tables that a draft names, each read once. */
export class ColorTables {
  private readonly resolve: ResolvePath;
  private readonly warnings: Warnings;
  private readonly tables = new LruCache<ColorOp>(keptBytes);
  private readonly lost = new Map<string, StationError>();

  constructor(resolve: ResolvePath, warnings: Warnings) {
    this.resolve = resolve;
    this.warnings = warnings;
  }

  /** What reads the tables of a segment; one that cannot be had is noted as a warning. */
  readerOf({ segment, usedAtUs }: PlacedSegment): ReadTable {
    return (lut) => {
      const table = this.tableOf(lut);
      if (!(table instanceof StationError)) return table;
      const name = lut.path.split(/[\\/]/).at(-1) || lut.name;
      this.warnings.addLost('MEDIA_NOT_DRAWN', name, table, usedAtUs, segment);
      return null;
    };
  }

  private tableOf({ path }: EffectMaterial): ColorOp | StationError {
    const known = this.tables.get(path) ?? this.lost.get(path);
    if (known !== undefined) return known;
    try {
      const { table, bytes } = load(path, this.resolve(path));
      this.tables.set(path, table, bytes);
      return table;
    } catch (error) {
      const reason = StationError.from(error);
      this.lost.set(path, reason);
      return reason;
    }
  }
}

/** @throws StationError MEDIA_UNREADABLE */
function load(written: string, file: string | null): { readonly table: ColorOp; readonly bytes: number } {
  if (written === '') throw unreadable(written, 'the draft does not say where it is');
  const info = file === null ? undefined : statSync(file, { throwIfNoEntry: false });
  if (file === null || info === undefined) throw unreadable(written, 'the file is missing');
  // Reading a pipe or a device might never end.
  if (!info.isFile()) throw unreadable(written, 'it is not a file');
  if (!/\.cube$/i.test(file)) throw unreadable(written, 'it is no .cube file');
  if (info.size > largestBytes) throw unreadable(written, 'it is too large for a colour table');
  return { table: parseCube(written, readFileSync(file, 'utf8')), bytes: info.size };
}
