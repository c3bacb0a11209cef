import type { StageContext } from '../../engines/engine.ts';

const speedWindowMs = 3000;
const reportEveryMs = 100;
/** What a file of unknown size is taken for when nothing better is known. */
const guessedBytes = 5_000_000;

interface FileProgress {
  bytes: number;
  /** Null until the server says. */
  expected: number | null;
  isDone: boolean;
}

/**
 * How far a transfer of several files is, by bytes. Sizes become known on the way, so the whole is an estimate that may
 * grow: every byte moves the bar by its share of what is left to do at that moment. So the bar never falls, and never
 * stands while bytes arrive.
 */
export class TransferProgress {
  readonly #files: FileProgress[];
  readonly #tell: StageContext['onProgress'];
  readonly #now: () => number;
  #fraction = 0;
  /** Bytes on disk. */
  #total = 0;
  /** Bytes on disk when last told. */
  #toldTotal = 0;
  /** Bytes that came over the network. */
  #moved = 0;
  #samples: { readonly atMs: number; readonly moved: number }[] = [];

  constructor(count: number, tell: StageContext['onProgress'], now: () => number = () => performance.now()) {
    this.#files = Array.from({ length: count }, () => ({ bytes: 0, expected: null, isDone: false }));
    this.#tell = tell;
    this.#now = now;
  }

  /** Bytes on disk of all files together. */
  get total(): number {
    return this.#total;
  }

  bytes(index: number, bytes: number, expected: number | null): void {
    const file = this.#files[index];
    if (file === undefined) return;
    this.#moved += Math.max(0, bytes - file.bytes);
    this.#total += bytes - file.bytes;
    file.bytes = bytes;
    file.expected = expected;
    this.#report(false);
  }

  /** The whole file is on disk, downloaded or from the cache. */
  have(index: number, bytes: number): void {
    const file = this.#files[index];
    if (file === undefined) return;
    this.#total += bytes - file.bytes;
    file.bytes = bytes;
    file.expected = bytes;
  }

  /** The file is there, or will not come. */
  done(index: number): void {
    const file = this.#files[index];
    if (file === undefined) return;
    file.isDone = true;
    file.expected = file.bytes;
    this.#report(this.#files.every(({ isDone }) => isDone));
  }

  /** The sums over all files are taken ten times a second at most: there may be many files and small pieces. */
  #report(always: boolean): void {
    const atMs = this.#now();
    const last = this.#samples.at(-1);
    if (!always && last !== undefined && atMs - last.atMs < reportEveryMs) return;
    this.#samples = [
      ...this.#samples.filter((sample) => atMs - sample.atMs <= speedWindowMs),
      { atMs, moved: this.#moved },
    ];
    const [first] = this.#samples;
    const seconds = first === undefined ? 0 : (atMs - first.atMs) / 1000;
    const done = this.#files.filter(({ isDone }) => isDone).length;
    const isComplete = done === this.#files.length;
    this.#fraction = isComplete ? 1 : this.#advanced();
    this.#tell(this.#fraction, {
      done,
      total: this.#files.length,
      bytes: this.#total,
      ...(this.#files.every(({ expected }) => expected !== null) ? { totalBytes: this.#expectedBytes() } : {}),
      ...(seconds > 0 && first !== undefined ? { bytesPerSecond: (this.#moved - first.moved) / seconds } : {}),
    });
  }

  #advanced(): number {
    const news = this.#total - this.#toldTotal;
    this.#toldTotal = this.#total;
    const left = Math.max(0, this.#expectedBytes() - this.#total);
    return news <= 0 ? this.#fraction : this.#fraction + ((1 - this.#fraction) * news) / (news + left);
  }

  /** Of all files: as announced, else like the average one, and always a little more than has come. */
  #expectedBytes(): number {
    const known = this.#files.flatMap(({ expected }) => expected ?? []);
    const average = known.length === 0 ? guessedBytes : known.reduce((sum, bytes) => sum + bytes, 0) / known.length;
    return this.#files.reduce(
      (sum, { bytes, expected }) => sum + (expected ?? bytes + Math.max(average, bytes / 4)),
      0,
    );
  }
}
