import {
  AV_NOPTS_VALUE,
  AVDISCARD_ALL,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AVERROR_INVALIDDATA,
  AVSEEK_FLAG_BACKWARD,
  CodecContext,
  Dictionary,
  Frame,
  Packet,
} from 'node-av';
import { AsShown } from './as-shown.ts';
import { DamageWatch } from './damage.ts';
import { unreadable } from './errors.ts';
import { avReason, type OpenMedia, openMedia, promisedEndUs } from './open.ts';
import { orientationOf } from './orientation.ts';
import { hasPassableFrames, PassingOver, type Span } from './passing-over.ts';

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

export interface ReadingOptions {
  /** Decoder threads, 0 = as many as there are cores. */
  readonly threads?: number;
  readonly pace?: ReadingPace;
  /** A photo: it may say itself how it must be turned (EXIF). */
  readonly photo?: boolean;
  /** Refuses a JPEG some of which is missing, instead of filling it up. */
  readonly strict?: boolean;
}

/** A frame's length where nothing tells it, µs. */
export const usualFrameUs = 40_000;

/** After so many in a row nothing more is expected of a file. */
const mostBadPackets = 200;

/** Decoding begins at earlier times than showing. */
const wellBeforeStartUs = -1_000_000;

/** Decodes the pictures of one video file in their order, as a player shows them; can go on elsewhere. */
export class FrameDecoder {
  readonly media: OpenMedia;
  private readonly streamIndex: number;
  private readonly codec: CodecContext;
  /** µs of one tick of the stream. */
  private readonly tickUs: number;
  private readonly originUs: number;
  private readonly asShown: AsShown;
  readonly damage = new DamageWatch();
  /** Knows the frames that need not be decoded. */
  readonly passing = new PassingOver();
  private leavesOut = false;
  private readonly packet = new Packet();
  /** Packets in a row that could not be decoded. */
  private bad = 0;
  private readonly promisedUs: number;
  /** Decoded and not yet given out. */
  private readonly ready: Frame[] = [];
  private ended = false;
  /** Where the frame last given out ends; null where the next frame must tell its time itself. */
  private nextUs: number | null = 0;

  private constructor(
    media: OpenMedia,
    streamIndex: number,
    codec: CodecContext,
    tickUs: number,
    originUs: number,
    asShown: AsShown,
  ) {
    this.media = media;
    this.streamIndex = streamIndex;
    this.codec = codec;
    this.tickUs = tickUs;
    this.originUs = originUs;
    this.asShown = asShown;
    const stream = media.video?.stream;
    this.promisedUs = stream === undefined ? 0 : promisedEndUs(stream) - originUs;
    this.packet.alloc();
  }

  /**
   * Opens the picture stream of a file.
   * @throws StationError MEDIA_UNREADABLE
   */
  static async open(
    file: string,
    { threads = 0, pace = 'whole', photo = false, strict = false }: ReadingOptions,
  ): Promise<FrameDecoder> {
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
      const opened = await codec.open2(
        decoder,
        Dictionary.fromObject({
          ...leftOut[pace],
          ...(strict && decoder.name === 'mjpeg' ? { err_detect: 'explode' } : {}),
        }),
      );
      if (opened < 0) throw unreadable(file, avReason(opened));
      const tickUs = (stream.timeBase.num * 1e6) / stream.timeBase.den;
      const start = media.format.startTime;
      const originUs = start === AV_NOPTS_VALUE ? 0 : Number(start);
      const asShown = new AsShown(orientationOf(stream), photo);
      const made = new FrameDecoder(media, stream.index, codec, tickUs, originUs, asShown);
      if (pace !== 'whole' || !hasPassableFrames(stream.codecpar)) made.passing.stop();
      return made;
    } catch (error) {
      await media.close();
      throw error;
    }
  }

  /**
   * The next frame, now the caller's, and when it begins, µs from the start of the file; null at the end.
   * @throws StationError MEDIA_UNREADABLE where nothing can be decoded any more
   */
  async next(): Promise<{ frame: Frame; timeUs: number } | null> {
    for (;;) {
      const frame = this.ready.shift();
      if (frame !== undefined) {
        const timeUs = this.timeOf(frame);
        if (timeUs !== null) {
          this.nextUs = timeUs + (this.lengthUs(frame) || usualFrameUs);
          this.passing.came(timeUs);
          return { frame, timeUs };
        }
        frame.free();
      } else if (this.ended) return null;
      else await this.decode();
    }
  }

  /** How long a frame says that it is shown, µs; 0 when it does not. */
  lengthUs(frame: Frame): number {
    return Number(frame.duration) * this.tickUs;
  }

  /**
   * Goes on from somewhere near a time, where the container believes that a key frame is.
   * @param timeUs null = from the start of the file
   * @returns whether it is elsewhere now; a file that cannot seek goes on from where it is
   */
  async seek(timeUs: number | null): Promise<boolean> {
    const target = BigInt(Math.floor(((timeUs ?? wellBeforeStartUs) + this.originUs) / this.tickUs));
    let sought = await this.media.format.seekFrame(this.streamIndex, target, AVSEEK_FLAG_BACKWARD);
    if (sought < 0) sought = await this.media.format.seekFrame(this.streamIndex, 0n, AVSEEK_FLAG_BACKWARD);
    this.codec.flushBuffers();
    this.asShown.jump(timeUs === null);
    for (const frame of this.ready.splice(0)) frame.free();
    this.ended = false;
    this.nextUs = null;
    this.damage.jumped();
    this.passing.jumped();
    this.bad = 0;
    return sought >= 0;
  }

  async close(): Promise<void> {
    for (const frame of this.ready.splice(0)) frame.free();
    this.packet.free();
    this.asShown.close();
    this.codec.freeContext();
    await this.media.close();
  }

  /** Some frames of MPEG streams carry no stamp and follow the one before; where there is none their place is unknown. */
  private timeOf({ bestEffortTimestamp: stamp }: Frame): number | null {
    return stamp === AV_NOPTS_VALUE ? this.nextUs : Number(stamp) * this.tickUs - this.originUs;
  }

  /** One step: a decoded frame if there is one, else another packet into the decoder. */
  private async decode(): Promise<void> {
    const frame = new Frame();
    frame.alloc();
    const received = await this.codec.receiveFrame(frame);
    if (received === 0) {
      this.bad = 0;
      this.damage.decoded();
      this.ready.push(...(await this.asShown.of(frame)));
      return;
    }
    frame.free();
    if (received === AVERROR_EAGAIN) await this.feed();
    else if (received === AVERROR_EOF) await this.end();
    else await this.pass(received);
  }

  private async end(): Promise<void> {
    this.ended = true;
    this.ready.push(...(await this.asShown.rest()));
    const lastUs = this.ready.reduce(
      (sum, frame) => sum + this.lengthUs(frame),
      this.nextUs ?? Number.POSITIVE_INFINITY,
    );
    this.damage.ended(this.media.file, Math.max(lastUs, this.passing.endUs), this.promisedUs);
  }

  /** Damaged packets are passed over, as players do. */
  private async pass(reason: number): Promise<void> {
    this.bad += 1;
    this.damage.failed();
    if (this.bad <= mostBadPackets) return;
    await this.end();
    throw unreadable(this.media.file, avReason(reason));
  }

  /** Gives the decoder its next packet. */
  private async feed(): Promise<void> {
    for (;;) {
      const read = await this.media.format.readFrame(this.packet);
      if (read < 0) {
        await this.codec.sendPacket(null);
        return;
      }
      const ours = this.packet.streamIndex === this.streamIndex;
      if (ours) this.passOver();
      const sent = ours ? await this.codec.sendPacket(this.packet) : 0;
      this.packet.unref();
      if (sent === AVERROR_INVALIDDATA) this.damage.failed();
      if (ours) return;
    }
  }

  /** Has the decoder leave out the packet's frame where nobody wants it, unless other frames need it. */
  private passOver(): void {
    const span = this.asShown.looksAtNeighbours ? null : this.spanOf(this.packet);
    const leavesOut = span !== null && this.passing.canPass(span);
    if (leavesOut !== this.leavesOut) this.codec.setOption('skip_frame', leavesOut ? 'noref' : 'default');
    this.leavesOut = leavesOut;
    if (leavesOut) this.passing.passed(span);
  }

  /** Null where the container does not say. */
  private spanOf({ pts, duration }: Packet): Span | null {
    if (pts === AV_NOPTS_VALUE) return null;
    const startUs = Number(pts) * this.tickUs - this.originUs;
    return { startUs, endUs: startUs + (Number(duration) * this.tickUs || usualFrameUs) };
  }
}
