import { FrameReader } from '../../../media/frame-reader.ts';

/** Readers kept open although no segment needs them now. */
const idleKept = 3;
/** Reading on is cheaper than seeking up to this far ahead. */
const nearUs = 2_000_000;

/** More make no film quicker than it is drawn; each keeps a picture. */
const mostThreads = 6;

/** Hands one file's decoder from segment to segment: consecutive cuts of a file go on without opening or seeking. */
export class ReaderPool {
  private readonly idle: { readonly file: string; readonly reader: FrameReader }[] = [];

  private readonly threads: number;

  /** @param cores that one decoder may keep busy */
  constructor(cores: number) {
    // One more hands the pictures over.
    this.threads = Math.min(mostThreads, cores + 1);
  }

  /** A reader of the file, best one that stands shortly before the wanted time. @throws StationError MEDIA_UNREADABLE */
  async take(file: string, startUs: number): Promise<FrameReader> {
    const own = this.idle.filter((entry) => entry.file === file);
    const ahead = ({ reader }: { reader: FrameReader }) => startUs - reader.positionUs;
    const best = own.find((entry) => ahead(entry) >= -1 && ahead(entry) < nearUs) ?? own[0];
    if (best === undefined) return FrameReader.open(file, { threads: this.threads });
    this.idle.splice(this.idle.indexOf(best), 1);
    return best.reader;
  }

  /** Takes a reader back for the next segment of its file. */
  async give(reader: FrameReader): Promise<void> {
    reader.readUntil(Number.NEGATIVE_INFINITY);
    this.idle.push({ file: reader.file, reader });
    if (this.idle.length > idleKept) await this.idle.shift()?.reader.close();
  }

  async close(): Promise<void> {
    await Promise.all(this.idle.splice(0).map(({ reader }) => reader.close()));
  }
}
