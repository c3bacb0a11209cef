import type { Keyframe, KeyframeProperty, KeyframeTracks, Point, TimeRange } from '../model.ts';
import { type Fields, fields, finite, list, longestUs, number, records, text } from './fields.ts';
import type { Tell } from './problems.ts';

/** Property names of the file, the same as a clip's own fields. */
const properties: ReadonlyMap<string, KeyframeProperty> = new Map([
  ['KFTypePositionX', 'x'],
  ['KFTypePositionY', 'y'],
  ['KFTypeRotation', 'rotation'],
  ['KFTypeScaleX', 'scaleX'],
  ['KFTypeScaleY', 'scaleY'],
  ['KFTypeScale', 'scale'],
  ['UNIFORM_SCALE', 'scale'],
  ['KFTypeAlpha', 'alpha'],
  ['KFTypeGlobalAlpha', 'alpha'],
  ['KFTypeVolume', 'volume'],
  ['KFTypeSaturation', 'saturation'],
  ['KFTypeContrast', 'contrast'],
  ['KFTypeBrightness', 'brightness'],
]);

/** Beyond these a value is damage; positions are half canvases. */
const bounds: Readonly<Record<KeyframeProperty, readonly [min: number, max: number]>> = {
  x: [-1000, 1000],
  y: [-1000, 1000],
  rotation: [-360_000, 360_000],
  scale: [0, 1000],
  scaleX: [0, 1000],
  scaleY: [0, 1000],
  alpha: [0, 1],
  volume: [0, 100],
  saturation: [-100, 100],
  contrast: [-100, 100],
  brightness: [-100, 100],
};

/** Of two clocks that explain the keyframes equally well, half a frame decides nothing. */
const toleranceUs = 20_000;

interface Stored {
  readonly timeUs: number;
  readonly value: number;
  readonly curve: string;
  readonly left: Point;
  readonly right: Point;
}

/**
 * `common_keyframes` of a segment, in timeline time from the segment's start. The application counts in the source's
 * time, generators often in the segment's: the clock under which more keyframes fall inside the segment is taken, the
 * source's when both do equally well on a trimmed source (docs/draft-format.md, "Keyframes").
 */
export function readKeyframes(
  segment: Fields,
  target: TimeRange,
  source: TimeRange | null,
  speed: number,
  tell: Tell,
): KeyframeTracks {
  const tracks: { [P in KeyframeProperty]?: readonly Keyframe[] } = {};
  const stored = new Map<KeyframeProperty, Stored[]>();
  for (const entry of records(segment.common_keyframes).slice(0, 100)) {
    const property = properties.get(text(entry.property_type));
    if (property === undefined) {
      if (list(entry.keyframe_list).length > 1) tell('keyframe_unknown', text(entry.property_type) || '?');
      continue;
    }
    const points = records(entry.keyframe_list).slice(0, 20_000);
    if (property === 'scale' && points.some((point) => differing(list(point.values)))) {
      stored.set(
        'scaleX',
        points.flatMap((point) => readPoint(point, 0, 'scaleX', tell)),
      );
      stored.set(
        'scaleY',
        points.flatMap((point) => readPoint(point, 1, 'scaleY', tell)),
      );
    } else {
      stored.set(
        property,
        points.flatMap((point) => readPoint(point, 0, property, tell)),
      );
    }
  }
  const clock = chooseClock([...stored.values()].flat(), target, source, speed);
  for (const [property, points] of stored) {
    if (points.length > 0) tracks[property] = joined(points, clock);
  }
  return tracks;
}

function differing(values: readonly unknown[]): boolean {
  return values.length > 1 && Math.abs((finite(values[0]) ?? 0) - (finite(values[1]) ?? 0)) > 1e-9;
}

function readPoint(point: Fields, index: number, property: KeyframeProperty, tell: Tell): Stored[] {
  const values = list(point.values);
  const value = finite(values[index] ?? values[0]);
  const timeUs = finite(point.time_offset);
  if (value === null || timeUs === null) return [];
  const [min, max] = bounds[property];
  if (value < min || value > max || ((property === 'x' || property === 'y') && Math.abs(value) > 10)) {
    tell('value_far_outside', `keyframe ${property}`);
  }
  return [
    {
      timeUs: Math.round(Math.min(longestUs, Math.max(-longestUs, timeUs))),
      // What a negative scale mirrors is the clip's own to say; it is as large as a positive one.
      value: Math.min(max, Math.max(min, /^scale/.test(property) ? Math.abs(value) : value)),
      curve: text(point.curveType, 'Line'),
      left: control(point.left_control),
      right: control(point.right_control),
    },
  ];
}

/** x: µs, y: value, both counted from the control's own keyframe. */
function control(value: unknown): Point {
  const point = fields(value);
  return { x: number(point.x, 0, -longestUs, longestUs), y: number(point.y, 0, -1e6, 1e6) };
}

interface Clock {
  readonly startUs: number;
  readonly speed: number;
}

function chooseClock(points: readonly Stored[], target: TimeRange, source: TimeRange | null, speed: number): Clock {
  const segmentClock: Clock = { startUs: 0, speed: 1 };
  if (source === null) return segmentClock;
  const fitting = (startUs: number, durationUs: number) =>
    points.filter(({ timeUs }) => timeUs >= startUs - toleranceUs && timeUs <= startUs + durationUs + toleranceUs)
      .length;
  const bySource = fitting(source.startUs, source.durationUs);
  const bySegment = fitting(0, target.durationUs);
  const sourceClock = bySource > bySegment || (bySource === bySegment && source.startUs > toleranceUs);
  return sourceClock ? { startUs: source.startUs, speed } : segmentClock;
}

const straight: Point = { x: 0, y: 0 };

/** `FreeCurveOut` bends after its keyframe, `FreeCurveIn` before it, `FreeCurveInOut` on both sides. */
function joined(points: readonly Stored[], clock: Clock): Keyframe[] {
  const sorted = [...points].sort((a, b) => a.timeUs - b.timeUs);
  // Of two keyframes at one time the later written one holds.
  const distinct = sorted.filter((point, index) => point.timeUs !== sorted[index + 1]?.timeUs);
  return distinct.map((point, index) => {
    const next = distinct[index + 1];
    const right = /^FreeCurve(Out|InOut)$/i.test(point.curve) ? point.right : straight;
    const left = next !== undefined && /^FreeCurve(In|InOut)$/i.test(next.curve) ? next.left : straight;
    const bends = next !== undefined && (right.x !== 0 || right.y !== 0 || left.x !== 0 || left.y !== 0);
    const holds = /hold|step|const/i.test(point.curve);
    return {
      offsetUs: Math.round((point.timeUs - clock.startUs) / clock.speed),
      value: point.value,
      curve: holds ? 'hold' : bends ? 'bezier' : 'line',
      rightControl: bends && !holds ? { x: right.x / clock.speed, y: right.y } : null,
      leftControl: bends && !holds ? { x: left.x / clock.speed, y: left.y } : null,
    };
  });
}
