import type { Point, Segment } from '../../../drafts/model.ts';

type Timed = Pick<Segment, 'source' | 'target' | 'speed' | 'speedCurve' | 'reverse'>;

/** Just inside a range's end, so that its last frame is meant and not the first one after it. */
const insideEndUs = 1_500;

/**
 * Time in the source that belongs to an offset from the segment's start. Offsets before 0 and past the end (frames that
 * a transition borrows) go on at the speed of the nearer end; the decoder clamps what the file does not have.
 * @param playsBackwards whether the file itself must be read backwards (`reverse` without a reversed copy)
 */
export function sourceTimeUs(segment: Timed, offsetUs: number, playsBackwards = false): number {
  const start = segment.source?.startUs ?? 0;
  const length = segment.source?.durationUs ?? segment.target.durationUs * segment.speed;
  const travelled =
    segment.speedCurve === null
      ? offsetUs * segment.speed
      : curveTravel(segment.speedCurve, offsetUs / Math.max(1, segment.target.durationUs)) * length;
  return playsBackwards ? start + length - travelled - insideEndUs : start + travelled;
}

const slowest = 0.01;

/**
 * Share of the source that has been played after a share of the target. `curve` gives the speed by share of the source,
 * straight between its points; the time each piece takes is its integral of 1/speed, and all pieces together fill the
 * target exactly. Outside 0..1 it goes on at the mean speed.
 */
export function curveTravel(curve: readonly Point[], share: number): number {
  if (share <= 0 || share >= 1) return share;
  const pieces = curvePieces(curve);
  const total = pieces.reduce((sum, { time }) => sum + time, 0);
  let left = share * total;
  for (const { x, width, from, to, time } of pieces) {
    if (left > time) {
      left -= time;
      continue;
    }
    const bend = (to - from) / width;
    if (Math.abs(bend) < 1e-9) return x + left * from;
    return x + (from / bend) * Math.expm1(bend * left);
  }
  return 1;
}

interface CurvePiece {
  readonly x: number;
  readonly width: number;
  readonly from: number;
  readonly to: number;
  /** Time to play it, in shares of the source at speed 1. */
  readonly time: number;
}

function curvePieces(curve: readonly Point[]): CurvePiece[] {
  const points = curve
    .filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))
    .map(({ x, y }) => ({ x: Math.min(1, Math.max(0, x)), y: Math.max(slowest, y) }))
    .sort((a, b) => a.x - b.x);
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return [{ x: 0, width: 1, from: 1, to: 1, time: 1 }];
  const whole = [{ x: 0, y: first.y }, ...points, { x: 1, y: last.y }];
  const pieces: CurvePiece[] = [];
  for (const [index, to] of whole.entries()) {
    const from = whole[index - 1];
    if (from === undefined || to.x - from.x < 1e-9) continue;
    const width = to.x - from.x;
    const bend = (to.y - from.y) / width;
    const time = Math.abs(bend) < 1e-9 ? width / from.y : Math.log(to.y / from.y) / bend;
    pieces.push({ x: from.x, width, from: from.y, to: to.y, time });
  }
  return pieces;
}
