/** A frame rate as a fraction, e.g. 30000/1001. */
export interface FrameRate {
  readonly num: number;
  readonly den: number;
}

/** Rates that drafts write as decimals although they are fractions. */
const fractions: readonly FrameRate[] = [
  { num: 24_000, den: 1001 },
  { num: 30_000, den: 1001 },
  { num: 60_000, den: 1001 },
  { num: 120_000, den: 1001 },
];
const lowest = 1;
const highest = 240;
const usual = 30;

/** The exact rate that a draft's `fps` means; 30 when it is no usable number. */
export function frameRate(fps: number): FrameRate {
  if (!Number.isFinite(fps) || fps <= 0) return { num: usual, den: 1 };
  const ntsc = fractions.find(({ num, den }) => Math.abs(fps - num / den) < 0.004);
  if (ntsc !== undefined) return ntsc;
  const clamped = Math.min(highest, Math.max(lowest, fps));
  return Number.isInteger(clamped) ? { num: clamped, den: 1 } : { num: Math.round(clamped * 1000), den: 1000 };
}

/** Cuts fall on frames: drafts round times to whole µs, so that much of a frame is forgiven. */
const slack = 1e-3;

/**
 * First frame at or after a time: where the app moves a cut to (it rounds up). A time within rounding of a frame is
 * that frame.
 */
export function frameAtOrAfter(timeUs: number, rate: FrameRate): number {
  return Math.max(0, Math.ceil((timeUs * rate.num) / (rate.den * 1e6) - slack));
}

/** Frames of a whole draft; at least one. */
export function frameCount(durationUs: number, rate: FrameRate): number {
  return Math.max(1, frameAtOrAfter(durationUs, rate));
}

/** Time of a frame, µs (not rounded). */
export function frameTimeUs(frame: number, rate: FrameRate): number {
  return (frame * rate.den * 1e6) / rate.num;
}

/** Seconds and hundredths as people read them: `1:02.50`. */
export function clock(timeUs: number): string {
  const hundredths = Math.round(Math.max(0, timeUs) / 1e4);
  const minutes = Math.floor(hundredths / 6000);
  return `${minutes}:${((hundredths % 6000) / 100).toFixed(2).padStart(5, '0')}`;
}
