import {
  AV_NOPTS_VALUE,
  AVDISCARD_ALL,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AVSEEK_FLAG_BACKWARD,
  CodecContext,
  Dictionary,
  Frame,
  Packet,
} from 'node-av';
import { AsShown } from './as-shown.ts';
import { unreadable } from './errors.ts';
import { avReason, type OpenMedia, openMedia } from './open.ts';
import { orientationOf } from './orientation.ts';

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

/** What a reader leaves out to be quicker. */
export type ReadingPace =
  /** Nothing. */
  | 'whole'
  /** Frames that no other frame needs, and smoothing: near enough to see that there is a picture. */
  | 'coarse'
  /** Everything but key frames. */
  | 'keys';

const leftOut: Readonly<Record<ReadingPace, Readonly<Record<string, string>>>> = {
  whole: {},
  coarse: { skip_frame: 'noref', skip_loop_filter: 'all' },
  keys: { skip_frame: 'nokey' },
};

interface ReadingOptions {
  /** Decoder threads, 0 = as many as there are cores. */
  readonly threads?: number;
  readonly pace?: ReadingPace;
  /** A photo: it may say itself how it must be turned (EXIF). */
  readonly photo?: boolean;
}
/** A jump forward of more than this looks for a key frame nearby instead of decoding everything between. */
const seekAheadUs = 1_500_000;
/**
 * Times from drafts are whole µs while frame times are not: a frame that begins this little after the wanted time is
 * meant by it.
 */
const toleranceUs = 1_000;

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
  private readonly packet = new Packet();
  private closed = false;
  readonly media: OpenMedia;
  private readonly streamIndex: number;
  private readonly codec: CodecContext;
  /** µs of one tick of the stream. */
  private readonly tickUs: number;
  private readonly originUs: number;
  private readonly readAhead: number;
  private readonly asShown: AsShown;

  private constructor(
    media: OpenMedia,
    streamIndex: number,
    codec: CodecContext,
    tickUs: number,
    originUs: number,
    readAhead: number,
    asShown: AsShown,
  ) {
    this.media = media;
    this.streamIndex = streamIndex;
    this.codec = codec;
    this.tickUs = tickUs;
    this.originUs = originUs;
    this.readAhead = readAhead;
    this.asShown = asShown;
    this.packet.alloc();
  }

  /**
   * Opens the picture stream of a file.
   * @throws StationError MEDIA_UNREADABLE
   */
  static async open(
    file: string,
    { threads = 0, pace = 'whole', photo = false }: ReadingOptions = {},
  ): Promise<FrameReader> {
    const media = await openMedia(file);
    try {
      if (media.video === null) throw unreadable(file, 'it has no picture');
      const { stream, decoder } = media.video;
      for (const other of media.format.streams) if (other.index !== stream.index) other.discard = AVDISCARD_ALL;
      const codec = new CodecContext();
      codec.allocContext3(decoder);
      codec.parametersToContext(stream.codecpar);
      codec.pktTimebase = stream.timeBase;
      codec.threadCount = threads;
      const opened = await codec.open2(decoder, Dictionary.fromObject({ ...leftOut[pace] }));
      if (opened < 0) throw unreadable(file, avReason(opened));
      const tickUs = (stream.timeBase.num * 1e6) / stream.timeBase.den;
      const start = media.format.startTime;
      const originUs = start === AV_NOPTS_VALUE ? 0 : Number(start);
      const ahead = pace === 'keys' ? 1 : usualReadAhead;
      return new FrameReader(
        media,
        stream.index,
        codec,
        tickUs,
        originUs,
        ahead,
        new AsShown(orientationOf(stream), photo),
      );
    } catch (error) {
      await media.close();
      throw error;
    }
  }

  /**
   * The frame that is on screen at a time of the file; the first one before it begins, the last one after its end. Null
   * only when the file has no frame at all.
   * @throws StationError MEDIA_UNREADABLE when not a single frame can be decoded there
   */
  async frameAt(timeUs: number): Promise<TimedFrame | null> {
    const wanted = Math.max(0, timeUs) + toleranceUs;
    if (this.mustSeek(wanted)) await this.seek(wanted);
    for (;;) {
      const next = this.queue[0];
      if (next !== undefined && (next.timeUs <= wanted || this.current === null)) {
        this.show(next);
        this.queue.shift();
        continue;
      }
      if (next !== undefined || this.ended) break;
      await this.pump();
    }
    void this.pump();
    if (this.current === null && this.failure !== null) throw this.failure;
    return this.current;
  }

  get file(): string {
    return this.media.file;
  }

  /** Time of the frame last shown; 0 before the first. */
  get positionUs(): number {
    return this.current?.timeUs ?? 0;
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
    const own = Number(last.frame.duration) * this.tickUs;
    return last.timeUs + (own > 0 ? own : 40_000);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.pumping;
    this.drop();
    this.packet.free();
    this.asShown.close();
    this.codec.freeContext();
    await this.media.close();
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
    if (newest === null) return !this.ended && this.serial === 0 && wanted > seekAheadUs;
    const oldest = this.current ?? newest;
    if (oldest.timeUs > wanted && oldest.serial > 1) return true;
    return !this.ended && wanted - newest.timeUs > seekAheadUs;
  }

  private async seek(wanted: number): Promise<void> {
    await this.pumping;
    this.drop();
    const target = BigInt(Math.max(0, Math.floor((wanted + this.originUs) / this.tickUs)));
    let sought = await this.media.format.seekFrame(this.streamIndex, target, AVSEEK_FLAG_BACKWARD);
    if (sought < 0) sought = await this.media.format.seekFrame(this.streamIndex, 0n, AVSEEK_FLAG_BACKWARD);
    this.codec.flushBuffers();
    // A file that cannot seek goes on from where it is; frames already gone are held by the next one.
    this.ended = false;
    this.skipBeforeUs = wanted - seekAheadUs;
    // After a seek serial 1 is no longer "the first frame of the file".
    this.serial = Math.max(this.serial, 1);
  }

  /** After a seek frames far before the wanted time are only decoded, not kept. */
  private skipBeforeUs = Number.NEGATIVE_INFINITY;

  /** Decodes until the queue is full or the file ends; one run at a time. */
  private pump(): Promise<void> {
    this.pumping ??= this.fill().finally(() => {
      this.pumping = null;
    });
    return this.pumping;
  }

  private async fill(): Promise<void> {
    while (!this.closed && !this.ended && this.queue.length < this.readAhead) {
      const frame = new Frame();
      frame.alloc();
      const received = await this.codec.receiveFrame(frame);
      if (received === 0) {
        this.enqueue(await this.asShown.of(frame));
        continue;
      }
      frame.free();
      if (received === AVERROR_EAGAIN) await this.feed();
      else {
        this.ended = true;
        if (received !== AVERROR_EOF) this.failure = unreadable(this.media.file, avReason(received));
      }
    }
    if (this.ended && this.serial === 0) this.failure ??= unreadable(this.media.file, 'no frame could be decoded');
  }

  private enqueue(frame: Frame): void {
    const stamp = frame.bestEffortTimestamp;
    const last = this.queue.at(-1) ?? this.current;
    const timeUs =
      stamp === AV_NOPTS_VALUE
        ? last === null
          ? 0
          : last.timeUs + 40_000
        : Number(stamp) * this.tickUs - this.originUs;
    this.serial += 1;
    const timed = { frame, timeUs, serial: this.serial };
    // Of the frames before the wanted time the last one may still be needed: keep one, the newest.
    const only = this.queue.length === 1 ? this.queue[0] : undefined;
    if (timeUs < this.skipBeforeUs && only !== undefined) {
      only.frame.free();
      this.queue[0] = timed;
    } else this.queue.push(timed);
  }

  /** Gives the decoder its next packet; damaged packets are passed over, as players do. */
  private async feed(): Promise<void> {
    for (;;) {
      const read = await this.media.format.readFrame(this.packet);
      if (read < 0) {
        await this.codec.sendPacket(null);
        return;
      }
      const ours = this.packet.streamIndex === this.streamIndex;
      if (ours) await this.codec.sendPacket(this.packet);
      this.packet.unref();
      if (ours) return;
    }
  }
}
