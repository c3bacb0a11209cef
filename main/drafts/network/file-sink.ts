import { type FileHandle, open } from 'node:fs/promises';

/** Bytes kept in memory before the sender has to wait. */
const buffered = 4 << 20;

/** Writes a body to a file while the next pieces arrive; many small pieces go to disk in one call. */
export class FileSink {
  readonly #handle: FileHandle;
  #position: number;
  #pieces: Uint8Array[] = [];
  #waiting = 0;
  #writing: Promise<void> | null = null;
  #failure: unknown = null;

  private constructor(handle: FileHandle, position: number) {
    this.#handle = handle;
    this.#position = position;
  }

  /** Opens the file for writing at `position`; everything behind it is cut off. */
  static async open(file: string, position: number): Promise<FileSink> {
    const handle = await open(file, position === 0 ? 'w' : 'r+');
    if (position > 0) await handle.truncate(position);
    return new FileSink(handle, position);
  }

  /** Takes a piece; when it returns a promise, the sender waits for it. */
  write(piece: Uint8Array): Promise<void> | null {
    if (this.#failure !== null) throw this.#failure;
    this.#pieces.push(piece);
    this.#waiting += piece.byteLength;
    this.#writing ??= this.#drain();
    return this.#waiting > buffered ? this.#writing : null;
  }

  /** Everything is on its way to disk and the file is closed. */
  async close(): Promise<void> {
    try {
      await this.#writing;
      if (this.#failure !== null) throw this.#failure;
    } finally {
      await this.#handle.close();
    }
  }

  async #drain(): Promise<void> {
    try {
      while (this.#pieces.length > 0) {
        const pieces = this.#pieces;
        this.#pieces = [];
        const bytes = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
        await writeAll(this.#handle, pieces, this.#position);
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

/** A disk may take fewer bytes than it was given. */
async function writeAll(handle: FileHandle, pieces: Uint8Array[], position: number): Promise<void> {
  let left = pieces;
  let at = position;
  while (left.length > 0) {
    const { bytesWritten } = await handle.writev(left, at);
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
