import type { Point, Segment } from '../../../drafts/model.ts';
import { curveTravel } from './source-time.ts';

/**
 * One straight piece of a clip's time: between `startUs` and `endUs` (outer time) the inner time runs from `sourceUs`
 * at `rate` inner µs per outer µs; a negative rate plays backwards. Numbers may be fractions of a µs.
 */
export interface Stretch {
  readonly startUs: number;
  readonly endUs: number;
  readonly sourceUs: number;
  readonly rate: number;
}

/** Straight pieces that stand for a speed curve. */
const CURVE_PIECES = 200;
/** Speeds of nested clips multiply. */
const FASTEST_NESTED = 1000;
const MIN_SPEED = 0.005;
const MAX_SPEED = 200;

const clampSpeed = (speed: number): number =>
  Number.isFinite(speed) ? Math.min(MAX_SPEED, Math.max(MIN_SPEED, speed)) : 1;

/** How a segment's timeline time runs through its source. Empty when the segment has no length. */
export function segmentStretches(segment: Segment): Stretch[] {
  const { startUs, durationUs } = segment.target;
  if (!(durationUs > 0)) return [];
  const sourceStart = segment.source?.startUs ?? 0;
  const forward =
    segment.speedCurve !== null && segment.speedCurve.length > 1
      ? curveStretches(segment.speedCurve, durationUs, segment.source?.durationUs ?? durationUs)
      : [{ startUs: 0, endUs: durationUs, sourceUs: 0, rate: clampSpeed(segment.speed) }];
  const used = segment.source?.durationUs ?? forward.reduce((most, piece) => Math.max(most, sourceEnd(piece)), 0);
  return forward.map((piece) => ({
    startUs: startUs + piece.startUs,
    endUs: startUs + piece.endUs,
    // Played backwards, the clip begins at the end of the part that it uses. A copy that is reversed already counts
    // its source range in itself and runs forwards.
    sourceUs: playsBackwards(segment) ? sourceStart + used - piece.sourceUs : sourceStart + piece.sourceUs,
    rate: playsBackwards(segment) ? -piece.rate : piece.rate,
  }));
}

/** Whether the source itself has to be read from its end (there is no copy that is reversed already). */
export function playsBackwards(segment: Segment): boolean {
  if (!segment.reverse) return false;
  return segment.content.type !== 'media' || segment.content.media.reversePath === '';
}

export const sourceEnd = (piece: Stretch): number => piece.sourceUs + (piece.endUs - piece.startUs) * piece.rate;

/** A speed curve as straight pieces from 0, where the picture's own clock has it at each joint. */
function curveStretches(points: readonly Point[], durationUs: number, sourceUs: number): Stretch[] {
  const joint = (index: number): { at: number; source: number } => {
    const share = index / CURVE_PIECES;
    return { at: share * durationUs, source: curveTravel(points, share) * sourceUs };
  };
  return Array.from({ length: CURVE_PIECES }, (_, index) => {
    const [from, to] = [joint(index), joint(index + 1)];
    const rate = clampSpeed((to.source - from.source) / (to.at - from.at));
    return { startUs: from.at, endUs: to.at, sourceUs: from.source, rate };
  });
}

/** The inner pieces seen through the outer ones: what a nested clip does on the outermost timeline. */
export function compose(outer: readonly Stretch[], inner: readonly Stretch[]): Stretch[] {
  const found: Stretch[] = [];
  for (const far of outer) {
    const from = Math.min(far.sourceUs, sourceEnd(far));
    const to = Math.max(far.sourceUs, sourceEnd(far));
    for (const near of inner) {
      // Nothing can be made out at such speeds: silence.
      if (Math.abs(far.rate * near.rate) > FASTEST_NESTED) continue;
      const low = Math.max(from, near.startUs);
      const high = Math.min(to, near.endUs);
      if (!(high > low)) continue;
      const [begin, end] = far.rate > 0 ? [low, high] : [high, low];
      found.push({
        startUs: far.startUs + (begin - far.sourceUs) / far.rate,
        endUs: far.startUs + (end - far.sourceUs) / far.rate,
        sourceUs: near.sourceUs + (begin - near.startUs) * near.rate,
        rate: far.rate * near.rate,
      });
    }
  }
  return found.sort((a, b) => a.startUs - b.startUs);
}
