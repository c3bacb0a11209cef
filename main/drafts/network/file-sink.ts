import fs from 'node:fs';
import { promisify } from 'node:util';

// File descriptors instead of FileHandles: with many small files their upkeep is a good part of all work.
const openFile = promisify(fs.open);
const closeFile = promisify(fs.close);
const truncateFile = promisify(fs.ftruncate);
const writePieces = promisify(fs.writev);

/** Pieces up to this size together wait for more before a disk thread is bothered. */
const batchBytes = 1 << 20;
/** Bytes kept in memory before the sender has to wait. */
const bufferedBytes = 4 << 20;

/** Writes a body to a file while the next pieces arrive; many small pieces go to disk in one call. */
export class FileSink {
  readonly #fd: number;
  #position: number;
  #pieces: Uint8Array[] = [];
  #waiting = 0;
  #writing: Promise<void> | null = null;
  #failure: unknown = null;

  private constructor(fd: number, position: number) {
    this.#fd = fd;
    this.#position = position;
  }

  /** Opens the file for writing at `position`; everything behind it is cut off. */
  static async open(file: string, position: number): Promise<FileSink> {
    const fd = await openFile(file, position === 0 ? 'w' : 'r+');
    const sink = new FileSink(fd, position);
    try {
      if (position > 0) await truncateFile(fd, position);
    } catch (error) {
      await closeFile(fd);
      throw error;
    }
    return sink;
  }

  /** Takes a piece and owns it from then on; when it returns a promise, the sender waits for it. */
  write(piece: Uint8Array): Promise<void> | null {
    if (this.#failure !== null) throw this.#failure;
    this.#pieces.push(piece);
    this.#waiting += piece.byteLength;
    if (this.#waiting >= batchBytes) this.#writing ??= this.#drain();
    return this.#waiting > bufferedBytes ? this.#writing : null;
  }

  /** Everything is with the system and the file is closed. */
  async close(): Promise<void> {
    try {
      await this.#writing;
      if (this.#failure === null && this.#pieces.length > 0) await this.#drain();
      if (this.#failure !== null) throw this.#failure;
    } finally {
      await closeFile(this.#fd);
    }
  }

  async #drain(): Promise<void> {
    try {
      while (this.#pieces.length > 0) {
        const pieces = this.#pieces;
        this.#pieces = [];
        const bytes = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
        await writeAll(this.#fd, pieces, this.#position);
        pieces.forEach(giveBack);
        this.#position += bytes;
        this.#waiting -= bytes;
      }
    } catch (error) {
      this.#failure = error;
      this.#pieces = [];
      this.#waiting = 0;
    } finally {
      this.#writing = null;
    }
  }
}

/**
 * Frees a written piece's memory now instead of at some garbage collection. A fast download fills so much memory outside
 * the heap that collecting it costs more than all the rest of the download. Only where the piece is the whole of its
 * memory: nobody else can be reading from it then.
 */
function giveBack({ buffer, byteOffset, byteLength }: Uint8Array): void {
  if (byteOffset === 0 && byteLength === buffer.byteLength && buffer instanceof ArrayBuffer) buffer.transfer(0);
}

/** A disk may take fewer bytes than it was given. */
async function writeAll(fd: number, pieces: Uint8Array[], position: number): Promise<void> {
  let left = pieces;
  let at = position;
  while (left.length > 0) {
    const { bytesWritten } = await writePieces(fd, left, at);
    at += bytesWritten;
    left = behind(left, bytesWritten);
  }
}

function behind(pieces: readonly Uint8Array[], written: number): Uint8Array[] {
  let skip = written;
  return pieces.flatMap((piece) => {
    const cut = Math.min(skip, piece.byteLength);
    skip -= cut;
    return cut === piece.byteLength ? [] : [piece.subarray(cut)];
  });
}
