import {
  AV_CHANNEL_ORDER_NATIVE,
  AV_NOPTS_VALUE,
  AV_SAMPLE_FMT_FLTP,
  AVDISCARD_ALL,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AVERROR_INVALIDDATA,
  type AVSampleFormat,
  AVSEEK_FLAG_BACKWARD,
  CodecContext,
  type FormatContext,
  Frame,
  Packet,
  SoftwareResampleContext,
  type Stream,
} from 'node-av';
import { type Damage, DamageWatch } from '../../../media/damage.ts';
import { reasonOf } from '../../../media/errors.ts';
import { type OpenMedia, openMedia, promisedEndUs } from '../../../media/open.ts';
import { channelMask, stereoMatrix } from './downmix.ts';
import { SampleQueue } from './sample-queue.ts';

/** A run of stereo samples at the mixer's rate, read in order. Reading never fails: what is not there is silence. */
export interface SoundSource {
  /** Fills `count` samples from sample `position` on; cheapest when positions follow each other. */
  read(position: number, count: number, left: Float32Array, right: Float32Array): void;
  close(): void;
}

export class UnreadableSound extends Error {
  readonly reason: 'unreadable' | 'no-audio';
  constructor(reason: UnreadableSound['reason'], detail: string) {
    super(detail);
    this.reason = reason;
  }
}

/** Decoders of overlapping blocks need a run-up after a seek (MP3's bit reservoir is the longest). */
const RUN_UP_SECONDS = 0.5;
/** A forward jump shorter than this is decoded through instead of sought. */
const NEAR_SECONDS = 2;
/** Time stamps this far from the running count are believed; smaller steps are rounding. */
const GAP_SECONDS = 0.03;
/** Damaged packets in a row after which the rest of a file counts as silence. */
const MAX_BAD_PACKETS = 200;

/**
 * The best audio stream of a file as stereo float samples at `sampleRate`. Position 0 is the start of the container, so
 * that sound keeps its place against the picture; encoder priming (AAC, MP3, Opus) is cut off by FFmpeg from the
 * container's own figures. Memory is a few frames, whatever the length.
 */
export class SoundFile implements SoundSource {
  readonly #file: string;
  readonly #format: FormatContext;
  readonly #stream: Stream;
  readonly #codec: CodecContext;
  readonly #sampleRate: number;
  readonly #timeBase: number;
  readonly #originSeconds: number;
  readonly #packet = new Packet();
  readonly #frame = new Frame();
  readonly #queue = new SampleQueue();
  #resampler: SoftwareResampleContext | null = null;
  #shape = '';
  #sourceRate = 0;
  /** Source samples handed to the resampler since the last seek, counted on the file's clock; null before the first. */
  #nextSource: number | null = null;
  /** Everything before this position has been given out or passed over. */
  #cursor = 0;
  readonly #damage = new DamageWatch();
  #badPackets = 0;
  #sought = false;
  #draining = false;
  #ended = false;
  #closed = false;

  /** @throws UnreadableSound */
  static async open(file: string, sampleRate: number): Promise<SoundFile> {
    const media = await openMedia(file).catch((error: unknown) => {
      throw new UnreadableSound('unreadable', reasonOf(error));
    });
    try {
      if (media.audio === null) throw new UnreadableSound('no-audio', 'it has no sound');
      const { stream, decoder } = media.audio;
      const codec = new CodecContext();
      codec.allocContext3(decoder);
      codec.parametersToContext(stream.codecpar);
      codec.pktTimebase = stream.timeBase;
      codec.threadCount = 1;
      if ((await codec.open2(decoder)) < 0) throw new UnreadableSound('unreadable', 'it cannot be decoded');
      for (const other of media.format.streams) if (other.index !== stream.index) other.discard = AVDISCARD_ALL;
      return new SoundFile(media, stream, codec, sampleRate);
    } catch (error) {
      await media.close();
      throw error;
    }
  }

  private constructor({ file, format }: OpenMedia, stream: Stream, codec: CodecContext, sampleRate: number) {
    this.#file = file;
    this.#format = format;
    this.#stream = stream;
    this.#codec = codec;
    this.#sampleRate = sampleRate;
    this.#timeBase = stream.timeBase.num / stream.timeBase.den;
    this.#originSeconds = format.startTime === AV_NOPTS_VALUE ? 0 : Number(format.startTime) / 1e6;
    this.#packet.alloc();
    this.#frame.alloc();
  }

  read(position: number, count: number, left: Float32Array, right: Float32Array): void {
    left.fill(0, 0, count);
    right.fill(0, 0, count);
    const from = Math.max(0, position);
    const wanted = position + count - from;
    if (wanted <= 0 || this.#closed) return;
    const offset = from - position;
    const near = Math.max(this.#cursor, this.#queue.end) + NEAR_SECONDS * this.#sampleRate;
    if (from < this.#cursor || from > near) this.#seek(from);
    this.#cursor = from;
    while (this.#queue.end < from + wanted && !this.#ended) {
      this.#queue.dropBefore(from);
      this.#advance();
    }
    this.#queue.copy(from, wanted, left, right, offset);
  }

  /** What is wrong with what has been read since it was last asked; null = nothing. */
  takeDamage(): Damage | null {
    return this.#damage.take();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#resampler?.free();
    this.#codec.freeContext();
    this.#frame.free();
    this.#packet.free();
    this.#format.closeInputSync();
    this.#queue.reset(0);
  }

  #seek(position: number): void {
    const place = position / this.#sampleRate + this.#originSeconds;
    // The run-up may reach before the first packet (priming); formats that refuse that are sent to the very start.
    const found =
      this.#seekTo(place - RUN_UP_SECONDS) || this.#seekTo(Math.max(place - RUN_UP_SECONDS, this.#originSeconds));
    this.#sought = true;
    this.#damage.jumped();
    this.#codec.flushBuffers();
    this.#dropResampler();
    this.#nextSource = null;
    this.#draining = false;
    this.#badPackets = 0;
    // What cannot be sought can only be read on.
    this.#ended = !found && position < this.#cursor;
    this.#queue.reset(position);
  }

  #seekTo(seconds: number): boolean {
    const stamp = BigInt(Math.floor(seconds / this.#timeBase));
    return this.#format.seekFrameSync(this.#stream.index, stamp, AVSEEK_FLAG_BACKWARD) >= 0;
  }

  /** One step: a decoded frame if there is one, else another packet into the decoder. */
  #advance(): void {
    const received = this.#codec.receiveFrameSync(this.#frame);
    if (received >= 0) {
      this.#damage.decoded();
      this.#take();
      this.#frame.unref();
      return;
    }
    if (received === AVERROR_INVALIDDATA) this.#damage.failed();
    if (received === AVERROR_EOF || this.#draining) {
      this.#finish();
      return;
    }
    if (this.#format.readFrameSync(this.#packet) < 0) {
      this.#draining = true;
      this.#codec.sendPacketSync(null);
      return;
    }
    if (this.#packet.streamIndex === this.#stream.index) {
      const sent = this.#codec.sendPacketSync(this.#packet);
      if (sent === AVERROR_INVALIDDATA) this.#damage.failed();
      this.#badPackets = sent < 0 && sent !== AVERROR_EAGAIN ? this.#badPackets + 1 : 0;
    }
    this.#packet.unref();
    if (this.#badPackets > MAX_BAD_PACKETS) this.#finish();
  }

  /** Puts one decoded frame in its place on the file's clock and through the resampler. */
  #take(): void {
    const frame = this.#frame;
    const count = frame.nbSamples;
    const planes = frame.extendedData ?? frame.data;
    if (count <= 0 || planes === null || frame.sampleRate <= 0) return;
    this.#prepare(frame);
    const stamp = frame.bestEffortTimestamp;
    const stamped =
      stamp === AV_NOPTS_VALUE
        ? null
        : Math.round((Number(stamp) * this.#timeBase - this.#originSeconds) * this.#sourceRate);
    if (this.#nextSource === null) {
      this.#nextSource = stamped ?? 0;
      this.#queue.moveTo(Math.round((this.#nextSource / this.#sourceRate) * this.#sampleRate));
    } else if (stamped !== null && Math.abs(stamped - this.#nextSource) > GAP_SECONDS * this.#sourceRate) {
      // A hole or a jump in the stream: end what there was, go on at the new place.
      this.#flushResampler();
      this.#dropResampler();
      this.#prepare(frame);
      this.#nextSource = stamped;
      this.#queue.moveTo(Math.round((stamped / this.#sourceRate) * this.#sampleRate));
    }
    this.#nextSource += count;
    this.#convert(planes, count);
  }

  #prepare(frame: Frame): void {
    const { channels, sampleRate } = frame;
    const shape = `${channels} ${frame.format} ${sampleRate} ${frame.channelLayout.mask}`;
    if (this.#resampler !== null && shape === this.#shape) return;
    if (this.#resampler !== null) {
      this.#flushResampler();
      this.#dropResampler();
      this.#nextSource = null;
    }
    this.#shape = shape;
    this.#sourceRate = sampleRate;
    const resampler = new SoftwareResampleContext();
    const native = (nbChannels: number, mask: bigint) => ({ nbChannels, order: AV_CHANNEL_ORDER_NATIVE, mask });
    const mask = channelMask(channels, frame.channelLayout.mask);
    resampler.allocSetOpts2(
      native(2, 3n),
      AV_SAMPLE_FMT_FLTP,
      this.#sampleRate,
      native(channels, mask),
      frame.format as AVSampleFormat,
      sampleRate,
    );
    const { left, right } = stereoMatrix(channels, mask);
    resampler.setMatrix([...left, ...right], channels);
    if (resampler.init() >= 0) this.#resampler = resampler;
  }

  #convert(planes: Buffer[] | null, count: number): void {
    const resampler = this.#resampler;
    if (resampler === null) return;
    const room = Math.max(64, resampler.getOutSamples(count) + 32);
    const { left, right } = this.#queue.room(room);
    const made = resampler.convertSync(
      [Buffer.from(left.buffer, left.byteOffset, room * 4), Buffer.from(right.buffer, right.byteOffset, room * 4)],
      room,
      planes,
      count,
    );
    if (made > 0) this.#queue.added(made);
  }

  #flushResampler(): void {
    this.#convert(null, 0);
  }

  #dropResampler(): void {
    this.#resampler?.free();
    this.#resampler = null;
  }

  #finish(): void {
    if (!this.#ended) {
      this.#flushResampler();
      this.#compareLength();
    }
    this.#ended = true;
  }

  #compareLength(): void {
    const promisedUs = promisedEndUs(this.#stream) - this.#originSeconds * 1e6;
    if (this.#nextSource !== null)
      this.#damage.ended(this.#file, (this.#nextSource * 1e6) / this.#sourceRate, promisedUs);
    else if (!this.#sought) this.#damage.ended(this.#file, 0, Number.POSITIVE_INFINITY);
  }
}
