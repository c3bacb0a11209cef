import type { Point, Segment } from '../../../drafts/model.ts';

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

/** Pieces that a speed curve is cut into between two of its points. */
const PIECES_PER_SPAN = 24;
/** Two points of a curve closer than this are one. */
const LEAST_SPAN_US = 1;
const MIN_SPEED = 0.05;
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
  const used = forward.reduce((most, piece) => Math.max(most, sourceEnd(piece)), 0);
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

/**
 * A speed curve (x = share of the source, y = speed there, straight between the points) as straight pieces from 0. The
 * time that the curve takes is fitted to the segment's own length, which is what the cut was made with.
 */
function curveStretches(points: readonly Point[], durationUs: number, sourceUs: number): Stretch[] {
  const sorted = [...points].sort((a, b) => a.x - b.x);
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return [];
  const whole = [{ x: 0, y: first.y }, ...sorted, { x: 1, y: last.y }];
  const raw: { length: number; source: number; used: number }[] = [];
  let total = 0;
  for (const [index, from] of whole.entries()) {
    const to = whole[index + 1];
    if (to === undefined || (to.x - from.x) * sourceUs < LEAST_SPAN_US) continue;
    const step = (to.x - from.x) / PIECES_PER_SPAN;
    for (let part = 0; part < PIECES_PER_SPAN; part += 1) {
      const speed = clampSpeed(from.y + ((to.y - from.y) * (part + 0.5)) / PIECES_PER_SPAN);
      const used = step * sourceUs;
      raw.push({ length: used / speed, source: (from.x + part * step) * sourceUs, used });
      total += used / speed;
    }
  }
  if (!(total > 0)) return [{ startUs: 0, endUs: durationUs, sourceUs: 0, rate: 1 }];
  const fit = durationUs / total;
  let at = 0;
  return raw.map(({ length, source, used }) => {
    const startUs = at;
    at += length * fit;
    return { startUs, endUs: at, sourceUs: source, rate: used / (length * fit) };
  });
}

/** The inner pieces seen through the outer ones: what a nested clip does on the outermost timeline. */
export function compose(outer: readonly Stretch[], inner: readonly Stretch[]): Stretch[] {
  const found: Stretch[] = [];
  for (const far of outer) {
    const from = Math.min(far.sourceUs, sourceEnd(far));
    const to = Math.max(far.sourceUs, sourceEnd(far));
    for (const near of inner) {
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
