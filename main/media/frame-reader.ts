import { AV_NOPTS_VALUE, type Frame } from 'node-av';
import type { Damage } from './damage.ts';
import { unreadable } from './errors.ts';
import { FrameDecoder, type ReadingOptions, usualFrameUs } from './frame-decoder.ts';
import type { OpenMedia } from './open.ts';

/** A decoded frame, as a player shows it, with its place in the file. Owned by the reader: valid until the next call of `frameAt`. */
export interface TimedFrame {
  readonly frame: Frame;
  /** µs from the start of the file. */
  readonly timeUs: number;
  /** Counts the frames that this reader ever decoded: two equal serials are the same picture. */
  readonly serial: number;
}

/** Frames decoded ahead of the one that is shown. */
const usualReadAhead = 4;

/** A jump forward of more than this looks for a key frame nearby instead of decoding everything between. */
const seekAheadUs = 1_500_000;
/**
 * Times from drafts are whole µs while frame times are not: a frame that begins this little after the wanted time is
 * meant by it.
 */
const toleranceUs = 1_000;
/** Where a seek has ended too late it is tried again from this long before, then from twice as long, and so on. */
const firstRunUpUs = 1_000_000;

/**
 * Reads one video file forwards, decoding ahead while the caller draws. Asking for an earlier time, or one far ahead,
 * seeks to the key frame before it.
 */
export class FrameReader {
  private readonly queue: TimedFrame[] = [];
  private current: TimedFrame | null = null;
  private ended = false;
  private serial = 0;
  private pumping: Promise<void> | null = null;
  private failure: Error | null = null;
  private closed = false;
  private readonly decoder: FrameDecoder;
  private readonly readAhead: number;
  /** The next frame is the first one of the file. */
  private atStart = true;
  /** When the first frame of the file begins; null until it has been read. */
  private firstUs: number | null = null;
  /** After a seek frames far before the wanted time are only decoded, not kept. */
  private skipBeforeUs = Number.NEGATIVE_INFINITY;

  private constructor(decoder: FrameDecoder, readAhead: number) {
    this.decoder = decoder;
    this.readAhead = readAhead;
  }

  /**
   * Opens the picture stream of a file.
   * @throws StationError MEDIA_UNREADABLE
   */
  static async open(file: string, options: ReadingOptions = {}): Promise<FrameReader> {
    const decoder = await FrameDecoder.open(file, options);
    return new FrameReader(decoder, options.pace === 'keys' ? 1 : usualReadAhead);
  }

  /**
   * The frame that is on screen at a time of the file; the first one before it begins, the last one after its end. Null
   * only when the file has no frame at all.
   * @throws StationError MEDIA_UNREADABLE when not a single frame can be decoded there
   */
  async frameAt(timeUs: number): Promise<TimedFrame | null> {
    const wanted = Math.max(0, timeUs) + toleranceUs;
    const { passing } = this.decoder;
    passing.ask(wanted);
    if (this.mustSeek(wanted)) await this.seek(wanted);
    await this.advance(wanted);
    if (this.current !== null && passing.lacks(this.current.timeUs, wanted)) {
      // Frames of this file are longer than it says.
      passing.stop();
      await this.seek(wanted);
      await this.advance(wanted);
    }
    void this.pump();
    if (this.current === null && this.failure !== null) throw this.failure;
    return this.current;
  }

  /** Shows the last of the frames that have begun. */
  private async advance(wanted: number): Promise<void> {
    for (;;) {
      const next = this.queue[0];
      if (next !== undefined && (next.timeUs <= wanted || this.current === null)) {
        this.show(next);
        this.queue.shift();
        continue;
      }
      if (next !== undefined || this.ended) return;
      await this.pump();
    }
  }

  get media(): OpenMedia {
    return this.decoder.media;
  }

  /** What is wrong with what has been read since it was last asked; null = nothing. */
  takeDamage(): Damage | null {
    return this.decoder.damage.take();
  }

  get file(): string {
    return this.media.file;
  }

  /** Time of the frame last shown; 0 before the first. */
  get positionUs(): number {
    return this.current?.timeUs ?? 0;
  }

  /**
   * From now on frames are asked for up to a time, in equal steps if the last ones were: what lies between need not be
   * decoded. @param untilUs -Infinity = nothing is known of what will be asked for
   */
  readUntil(untilUs: number): void {
    this.decoder.passing.goOnUntil(untilUs);
  }

  /** Begins the frame after the one last shown; null at the end of the file. Call it after `frameAt`. */
  async nextTimeUs(): Promise<number | null> {
    while (this.queue.length === 0 && !this.ended) await this.pump();
    return this.queue[0]?.timeUs ?? null;
  }

  /** Where the last frame ends; null until the file has been read to its end. */
  get lengthUs(): number | null {
    const last = this.queue.at(-1) ?? this.current;
    if (!this.ended || last === null) return null;
    return last.timeUs + (this.decoder.lengthUs(last.frame) || usualFrameUs);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.pumping;
    this.drop();
    await this.decoder.close();
  }

  private show(next: TimedFrame): void {
    this.current?.frame.free();
    this.current = next;
  }

  private drop(): void {
    this.current?.frame.free();
    this.current = null;
    for (const { frame } of this.queue.splice(0)) frame.free();
  }

  private mustSeek(wanted: number): boolean {
    const newest = this.queue.at(-1) ?? this.current;
    // Nothing read yet: the start of the file is where the reader already stands.
    if (newest === null) return !this.ended && this.atStart && wanted > seekAheadUs;
    const oldest = this.current ?? newest;
    if (oldest.timeUs > wanted && oldest.timeUs !== this.firstUs) return true;
    return !this.ended && wanted - newest.timeUs > seekAheadUs;
  }

  /**
   * Reads on from the key frame before a time. Containers without an index lead to somewhere near it only, and the frames
   * just before a key frame may need the one before that: what begins too late is tried again from further back.
   */
  private async seek(wanted: number): Promise<void> {
    await this.pumping;
    const { duration } = this.media.format;
    const latest = duration > 0n && duration !== AV_NOPTS_VALUE ? Math.min(wanted, Number(duration)) : wanted;
    for (let runUpUs = 0; ; runUpUs = runUpUs * 2 || firstRunUpUs) {
      this.drop();
      const from = runUpUs > latest ? null : latest - runUpUs;
      const moved = await this.decoder.seek(from);
      const last = from === null || !moved;
      this.atStart = last;
      this.ended = false;
      this.skipBeforeUs = wanted - seekAheadUs;
      await this.pump();
      const first = this.queue[0];
      if (last || (first !== undefined && first.timeUs <= wanted)) return;
    }
  }

  /** Decodes until the queue is full or the file ends; one run at a time. */
  private pump(): Promise<void> {
    this.pumping ??= this.fill().finally(() => {
      this.pumping = null;
    });
    return this.pumping;
  }

  private async fill(): Promise<void> {
    while (!this.closed && !this.ended && this.queue.length < this.readAhead) {
      try {
        const next = await this.decoder.next();
        if (next === null) this.ended = true;
        else this.enqueue(next.frame, next.timeUs);
      } catch (error) {
        this.ended = true;
        this.failure = error as Error;
      }
    }
    if (this.ended && this.serial === 0) this.failure ??= unreadable(this.file, 'no frame could be decoded');
  }

  private enqueue(frame: Frame, timeUs: number): void {
    if (this.atStart) this.firstUs = timeUs;
    this.atStart = false;
    this.serial += 1;
    const timed = { frame, timeUs, serial: this.serial };
    // Of the frames before the wanted time the last one may still be needed: keep one, the newest.
    const only = this.queue.length === 1 ? this.queue[0] : undefined;
    if (timeUs < this.skipBeforeUs && only !== undefined) {
      only.frame.free();
      this.queue[0] = timed;
    } else this.queue.push(timed);
  }
}
