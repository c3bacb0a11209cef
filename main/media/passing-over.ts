import {
  AV_CODEC_ID_H264,
  AV_CODEC_ID_HEVC,
  AV_CODEC_ID_MPEG1VIDEO,
  AV_CODEC_ID_MPEG2VIDEO,
  AV_CODEC_ID_MPEG4,
  type AVCodecID,
  type CodecParameters,
} from 'node-av';

/** A stretch of a film, µs from its start. */
export interface Span {
  readonly startUs: number;
  readonly endUs: number;
}

/** Frames that end less than this before the wanted time are decoded: not every container knows how long they are. */
const marginUs = 250_000;
/** How far times that should be equal may be apart: what is asked for, and when a frame is said to begin. */
const looseUs = 900;
/** Steps are told in whole µs. */
const sameStepUs = 5;

/**
 * Knows which frames of a film nobody is going to ask for: those before the time that is wanted, after a jump, and those
 * between the times that are asked for in equal steps, where a clip is played quicker than it was filmed. A decoder may
 * leave out those of them that no other frame needs. Remembers what was left out, in case it was wanted after all.
 */
export class PassingOver {
  private wantedUs = Number.NEGATIVE_INFINITY;
  /** Between the last two times that were asked for; 0 = not known. */
  private stepUs = 0;
  private steady = false;
  private untilUs = Number.NEGATIVE_INFINITY;
  private readonly startsUs = new Set<number>();
  private lastEndUs = Number.NEGATIVE_INFINITY;
  private stopped = false;

  /** A frame is asked for. @param wantedUs the one that is on screen then */
  ask(wantedUs: number): void {
    const stepUs = wantedUs - this.wantedUs;
    this.steady = stepUs > 0 && Math.abs(stepUs - this.stepUs) <= sameStepUs;
    this.stepUs = stepUs;
    this.wantedUs = wantedUs;
  }

  /** Equal steps go on up to a time, µs; nothing is known of what is asked for from there on. */
  goOnUntil(untilUs: number): void {
    this.untilUs = untilUs;
  }

  /** Whether nobody will ask for a frame, as far as can be known. */
  canPass({ startUs, endUs }: Span): boolean {
    const { wantedUs, stepUs } = this;
    if (this.stopped) return false;
    if (endUs <= wantedUs - marginUs) return true;
    if (!this.steady || startUs <= wantedUs || endUs > this.untilUs) return false;
    const next = wantedUs + stepUs * Math.ceil((startUs - looseUs - wantedUs) / stepUs);
    return next >= endUs + looseUs;
  }

  /** A frame may be left out by the decoder. */
  passed({ startUs, endUs }: Span): void {
    this.startsUs.add(startUs);
    this.lastEndUs = Math.max(this.lastEndUs, endUs);
  }

  /** A frame was decoded. */
  came(startUs: number): void {
    this.startsUs.delete(startUs);
  }

  /** Whether a frame that begins later than the one that is shown, and is on screen at the wanted time, was left out. */
  lacks(shownUs: number, wantedUs: number): boolean {
    for (const startUs of this.startsUs) {
      if (startUs > wantedUs) continue;
      if (startUs > shownUs) return true;
      this.startsUs.delete(startUs);
    }
    return false;
  }

  /** Where the last of what was left out ends, µs; -Infinity = nothing was. */
  get endUs(): number {
    return this.lastEndUs;
  }

  /** From now on every frame is wanted. */
  stop(): void {
    this.stopped = true;
  }

  /** Reading goes on elsewhere: all that was left out is behind. */
  jumped(): void {
    this.startsUs.clear();
    this.lastEndUs = Number.NEGATIVE_INFINITY;
  }
}

const withPassableFrames: ReadonlySet<AVCodecID> = new Set([
  AV_CODEC_ID_H264,
  AV_CODEC_ID_MPEG1VIDEO,
  AV_CODEC_ID_MPEG2VIDEO,
  AV_CODEC_ID_MPEG4,
]);

/**
 * Whether FFmpeg's decoder, told to skip frames that are no reference (`skip_frame=noref`), leaves out only such as no
 * other frame needs. In HEVC a frame says so only of its own temporal layer (ITU-T H.265, 7.4.2.2): there must be one,
 * which MP4 and Matroska tell (ISO/IEC 14496-15, 8.3.3.1).
 */
export function hasPassableFrames({ codecId, extradata }: Pick<CodecParameters, 'codecId' | 'extradata'>): boolean {
  if (codecId === AV_CODEC_ID_HEVC) return temporalLayers(extradata) === 1;
  return withPassableFrames.has(codecId);
}

/** What an HEVC stream's record says; 0 where there is none, or it does not say. */
function temporalLayers(record: Uint8Array | null): number {
  const [version, counts = 0] = [record?.[0], record?.[21]];
  return version === 1 ? (counts >> 3) & 7 : 0;
}
