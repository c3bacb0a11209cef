import type { Point, TimeRange } from '../model.ts';
import { type Fields, fields, finite, isFields, list, longestUs, micros } from './fields.ts';
import type { Material } from './materials.ts';
import type { Tell } from './problems.ts';

const slowest = 0.01;
const fastest = 100;
/** Source ranges of healthy drafts agree with target x speed to one frame. */
const oneFrameUs = 50_000;

/** Which part of its source a segment plays, and how fast. */
export interface Playback {
  readonly source: TimeRange | null;
  readonly speed: number;
  readonly speedCurve: readonly Point[] | null;
}

/** For what has no source: text, effects, broken references. */
export const standingStill: Playback = Object.freeze({ source: null, speed: 1, speedCurve: null });

/** Null when there is none, or it ends before it starts or lies beyond all time. */
export function readRange(value: unknown): TimeRange | null {
  if (!isFields(value)) return null;
  const durationUs = finite(value.duration);
  if (durationUs === null || durationUs < 0 || (finite(value.start) ?? 0) >= longestUs) return null;
  const startUs = micros(value.start);
  return { startUs, durationUs: Math.min(micros(durationUs), longestUs - startUs) };
}

/**
 * @param extras the materials that the segment refers to besides its content
 * @param endless the content has no length that could run out: a photo
 */
export function readPlayback(
  segment: Fields,
  target: TimeRange,
  extras: readonly Material[],
  endless: boolean,
  tell: Tell,
): Playback {
  const written = readRange(segment.source_timerange);
  const speeds = extras.find(({ list }) => list === 'speeds');
  const speed = readSpeed(segment, finite(speeds?.fields.speed), written, target, tell);
  const speedCurve = speeds?.as(readSpeedCurve) ?? null;
  const wantedUs = Math.round(target.durationUs * speed);
  if (written === null) return { source: { startUs: 0, durationUs: wantedUs }, speed, speedCurve };
  const differs = Math.abs(written.durationUs - wantedUs) > oneFrameUs * speed;
  if (differs && speedCurve === null && !endless) tell('source_range_mismatch');
  const source = written.durationUs === 0 ? { startUs: written.startUs, durationUs: wantedUs } : written;
  return { source, speed, speedCurve };
}

/** The segment's own speed counts; where it is none, that of its `speeds` material, then the two ranges tell. */
function readSpeed(
  segment: Fields,
  fallback: number | null,
  source: TimeRange | null,
  target: TimeRange,
  tell: Tell,
): number {
  const possible = (value: number | null) => value !== null && value >= slowest && value <= fastest;
  const written = finite(segment.speed);
  if (!possible(written) && segment.speed !== undefined && segment.speed !== null) tell('speed_invalid');
  const ratio = source === null || source.durationUs === 0 ? null : source.durationUs / target.durationUs;
  return [written, fallback, ratio].find(possible) ?? 1;
}

/** `speed_points`: x is the share of the source range, y the speed there; two points make a curve. */
function readSpeedCurve(speeds: Fields): readonly Point[] | null {
  if (finite(speeds.mode) !== 1) return null;
  const curve = fields(speeds.curve_speed);
  const points = list(curve.speed_points ?? curve.curve_points ?? curve.points)
    .slice(0, 1000)
    .flatMap((point) => {
      const [x, y] = Array.isArray(point) ? [point[0], point[1]] : [fields(point).x, fields(point).y];
      const [share, speed] = [finite(x), finite(y)];
      if (share === null || speed === null) return [];
      return [{ x: Math.min(1, Math.max(0, share)), y: Math.min(fastest, Math.max(slowest, speed)) }];
    })
    .sort((a, b) => a.x - b.x);
  return points.length < 2 ? null : points;
}
