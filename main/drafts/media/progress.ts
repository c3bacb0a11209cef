import type { StageContext } from '../../engines/engine.ts';

const speedWindowMs = 3000;

interface FileProgress {
  bytes: number;
  expected: number | null;
  isDone: boolean;
}

/** How far a transfer of several files is, by bytes; a file whose size is not known yet counts like the average one. */
export class TransferProgress {
  readonly #files: FileProgress[];
  readonly #tell: StageContext['onProgress'];
  readonly #now: () => number;
  /** Bytes moved at a time, for the speed. */
  #samples: { atMs: number; moved: number }[] = [];
  #moved = 0;
  #total = 0;

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
    this.#report();
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
  #report(always = false): void {
    const atMs = this.#now();
    const last = this.#samples.at(-1);
    if (!always && last !== undefined && atMs - last.atMs < 100) return;
    this.#samples.push({ atMs, moved: this.#moved });
    this.#samples = this.#samples.filter((sample) => atMs - sample.atMs <= speedWindowMs);
    const first = this.#samples[0];
    const seconds = first === undefined ? 0 : (atMs - first.atMs) / 1000;

    const known = this.#files.filter(({ expected }) => expected !== null);
    const knownBytes = known.reduce((sum, file) => sum + (file.expected ?? 0), 0);
    const average = known.length === 0 ? 0 : knownBytes / known.length;
    const all = knownBytes + average * (this.#files.length - known.length);
    const done = this.#files.filter(({ isDone }) => isDone).length;
    const fraction = all > 0 ? Math.min(1, this.#total / all) : done / Math.max(1, this.#files.length);
    this.#tell(done === this.#files.length ? 1 : fraction, {
      done,
      total: this.#files.length,
      bytes: this.#total,
      ...(known.length === this.#files.length ? { totalBytes: knownBytes } : {}),
      ...(seconds > 0 && first !== undefined ? { bytesPerSecond: (this.#moved - first.moved) / seconds } : {}),
    });
  }
}
