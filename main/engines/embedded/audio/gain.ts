import type { Keyframe, Segment } from '../../../drafts/model.ts';
import { valueAt } from '../timeline/keyframes.ts';
import type { Stretch } from '../timeline/stretches.ts';

/** A gain over time: straight between its points, held before the first and after the last. */
export type GainLine = readonly GainPoint[];

export interface GainPoint {
  readonly us: number;
  readonly gain: number;
}

/** Straight steps that stand for one curved span between two keyframes. */
const CURVE_STEPS = 16;
const MAX_GAIN = 100;

const sane = (gain: number): number => (Number.isFinite(gain) ? Math.min(MAX_GAIN, Math.max(0, gain)) : 1);

/** Every gain of a segment, in timeline time; their product is what it sounds at. */
export function segmentGains(segment: Segment): GainLine[] {
  const { startUs, durationUs } = segment.target;
  const lines: GainLine[] = [];
  // Volume keyframes replace the segment's own volume, as the keyframes of scale replace its scale.
  const keyframes = segment.keyframes.volume ?? [];
  const volume =
    keyframes.length > 0 ? keyframeLine(keyframes, startUs) : [{ us: startUs, gain: sane(segment.volume) }];
  if (volume.some((point) => point.gain !== 1)) lines.push(volume);
  const fade = segment.extras.fade;
  if (fade !== null) {
    const endUs = startUs + durationUs;
    const inUs = Math.min(fade.inUs, durationUs);
    const outUs = Math.min(fade.outUs, durationUs);
    if (inUs > 0) lines.push([point(startUs, 0), point(startUs + inUs, 1)]);
    if (outUs > 0) lines.push([point(endUs - outUs, 1), point(endUs, 0)]);
  }
  return lines;
}

const point = (us: number, gain: number): GainPoint => ({ us, gain });

function keyframeLine(keyframes: readonly Keyframe[], startUs: number): GainPoint[] {
  const line: GainPoint[] = [];
  for (const [index, from] of keyframes.entries()) {
    line.push(point(startUs + from.offsetUs, sane(from.value)));
    const to = keyframes[index + 1];
    if (to === undefined || from.curve === 'line') continue;
    if (from.curve === 'hold') {
      line.push(point(startUs + to.offsetUs, sane(from.value)));
      continue;
    }
    for (let step = 1; step < CURVE_STEPS; step += 1) {
      const offsetUs = from.offsetUs + ((to.offsetUs - from.offsetUs) * step) / CURVE_STEPS;
      line.push(point(startUs + offsetUs, sane(valueAt(keyframes, offsetUs) ?? from.value)));
    }
  }
  return line;
}

/** The gain of a line at a moment. */
export function gainAt(line: GainLine, us: number): number {
  const first = line[0];
  if (first === undefined) return 1;
  if (us <= first.us) return first.gain;
  let previous = first;
  for (const next of line) {
    if (us < next.us)
      return previous.gain + ((next.gain - previous.gain) * (us - previous.us)) / (next.us - previous.us);
    previous = next;
  }
  return previous.gain;
}

/** An inner line seen through the outer pieces of a nested clip. */
export function liftGain(line: GainLine, outer: readonly Stretch[]): GainLine {
  const lifted: GainPoint[] = [];
  for (const far of outer) {
    const inner = (us: number): number => far.sourceUs + (us - far.startUs) * far.rate;
    const within = line
      .map(({ us, gain }) => point(far.startUs + (us - far.sourceUs) / far.rate, gain))
      .filter(({ us }) => us > far.startUs && us < far.endUs);
    if (far.rate < 0) within.reverse();
    lifted.push(
      point(far.startUs, gainAt(line, inner(far.startUs))),
      ...within,
      point(far.endUs, gainAt(line, inner(far.endUs))),
    );
  }
  return lifted;
}

/** Multiplies `count` samples from sample `start` of the timeline on by the line. */
export function applyGain(
  line: GainLine,
  sampleRate: number,
  start: number,
  count: number,
  left: Float32Array,
  right: Float32Array,
): void {
  const usPerSample = 1e6 / sampleRate;
  let done = 0;
  while (done < count) {
    const us = (start + done) * usPerSample;
    const next = line.find((candidate) => candidate.us > us);
    const until = next === undefined ? count : Math.min(count, Math.ceil(next.us / usPerSample) - start);
    const end = Math.max(done + 1, until);
    const gain = gainAt(line, us);
    const slope = (gainAt(line, (start + end) * usPerSample - 1e-6) - gain) / (end - done);
    for (let index = done; index < end; index += 1) {
      const factor = gain + slope * (index - done);
      left[index] = (left[index] ?? 0) * factor;
      right[index] = (right[index] ?? 0) * factor;
    }
    done = end;
  }
}
