import type { ClipTransform, Point, Segment, SegmentContent, TimeRange, TrackType } from '../model.ts';
import { readExtras } from './extras.ts';
import { type Fields, fields, finite, flag, id, isFields, list, longestUs, micros, number } from './fields.ts';
import { readKeyframes } from './keyframes.ts';
import type { Material, MaterialIndex } from './materials.ts';
import type { ProblemLog } from './problems.ts';

/** More references than this on one segment is damage. */
const mostReferences = 200;

const slowest = 0.01;
const fastest = 100;
/** Source ranges of healthy drafts agree with target x speed to one frame. */
const oneFrameUs = 50_000;

export interface SegmentPlace {
  readonly trackIndex: number;
  readonly trackType: TrackType;
}

/** Turns a material into what the segment shows; `extras` are the materials it refers to besides. */
export type ContentReader = (
  material: Material | null,
  extras: readonly Material[],
  place: SegmentPlace,
  target: TimeRange,
  materialId: string,
) => SegmentContent;

/** One entry of a track; null when it has no time to be in. */
export function readSegment(
  segment: Fields,
  place: SegmentPlace,
  materials: MaterialIndex,
  readContent: ContentReader,
  log: ProblemLog,
): Segment | null {
  const target = readRange(segment.target_timerange);
  if (target === null || target.durationUs === 0) {
    log.add('segment_without_time', place.trackType, target?.startUs ?? null);
    return null;
  }
  const materialId = id(segment.material_id);
  const material = materials.get(materialId) ?? null;
  const extras = referred(segment, materials, place, target, log);
  const content = readContent(material, extras, place, target, materialId);
  if (material === null && content.type === 'unresolved') log.add('material_dangling', place.trackType, target.startUs);
  const plays = content.type === 'media' || content.type === 'compound';
  const still = content.type === 'media' && (content.media.kind === 'photo' || content.media.kind === 'sticker');
  const written = plays && place.trackType !== 'sticker' ? readRange(segment.source_timerange) : null;
  const speeds = extras.find(({ list }) => list === 'speeds')?.fields ?? fields(null);
  const speed = plays ? readSpeed(segment, speeds, written, target, place, log) : 1;
  const speedCurve = plays ? readSpeedCurve(speeds) : null;
  const source = plays && place.trackType !== 'sticker' ? sourceRange(written, target, speed) : null;
  const wantedUs = target.durationUs * speed;
  if (
    written !== null &&
    speedCurve === null &&
    !still &&
    Math.abs(written.durationUs - wantedUs) > oneFrameUs * speed
  ) {
    log.add('source_range_mismatch', place.trackType, target.startUs);
  }
  const { transform, uniformScale } = readTransform(segment, place, target, log);
  return {
    id: id(segment.id),
    ...place,
    target,
    source,
    speed,
    speedCurve,
    keepPitch: !flag(segment.is_tone_modify, false),
    volume: readVolume(segment, place, target, log),
    reverse: plays && flag(segment.reverse, false),
    visible: flag(segment.visible, true),
    renderIndex: Math.round(number(segment.render_index, 0, -1e9, 1e9)),
    transform,
    uniformScale,
    keyframes: list(segment.common_keyframes).length === 0 ? {} : readKeyframes(segment, target, source, speed, log),
    content,
    extras: readExtras(segment, material?.fields ?? fields(null), extras),
  };
}

/** Null when there is none or it ends before it starts or lies beyond all time. */
function readRange(value: unknown): TimeRange | null {
  if (!isFields(value)) return null;
  const durationUs = finite(value.duration);
  if (durationUs === null || durationUs < 0 || (finite(value.start) ?? 0) >= longestUs) return null;
  const startUs = micros(value.start);
  return { startUs, durationUs: Math.min(micros(durationUs), longestUs - startUs) };
}

function referred(
  segment: Fields,
  materials: MaterialIndex,
  place: SegmentPlace,
  target: TimeRange,
  log: ProblemLog,
): Material[] {
  const found: Material[] = [];
  for (const reference of new Set(list(segment.extra_material_refs).slice(0, mostReferences).map(id))) {
    const material = materials.get(reference);
    if (material !== undefined) found.push(material);
    else log.add('reference_dangling', place.trackType, target.startUs);
  }
  return found;
}

/** The segment's own speed counts; where it is none, the `speeds` material, then the two ranges tell. */
function readSpeed(
  segment: Fields,
  speeds: Fields,
  source: TimeRange | null,
  target: TimeRange,
  place: SegmentPlace,
  log: ProblemLog,
): number {
  const written = finite(segment.speed);
  if (written !== null && written >= slowest && written <= fastest) return written;
  if (segment.speed !== undefined && segment.speed !== null) log.add('speed_invalid', place.trackType, target.startUs);
  const ratio = source === null || source.durationUs === 0 ? null : source.durationUs / target.durationUs;
  const candidates = [finite(speeds.speed), ratio];
  return candidates.find((value) => value !== null && value >= slowest && value <= fastest) ?? 1;
}

/** `speed_points`: x is the share of the source range, y the speed there. Only curves of two points and more are any. */
function readSpeedCurve(speeds: Fields): readonly Point[] | null {
  if (finite(speeds.mode) !== 1) return null;
  const curve = fields(speeds.curve_speed);
  const points = list(curve.speed_points ?? curve.curve_points ?? curve.points)
    .slice(0, 1000)
    .flatMap((point) => {
      const [x, y] = Array.isArray(point) ? [finite(point[0]), finite(point[1])] : xy(point);
      return x === null || y === null || x === undefined || y === undefined
        ? []
        : [{ x: Math.min(1, Math.max(0, x)), y: Math.min(fastest, Math.max(slowest, y)) }];
    })
    .sort((a, b) => a.x - b.x);
  return points.length < 2 ? null : points;
}

function xy(point: unknown): [number | null, number | null] {
  const value = fields(point);
  return [finite(value.x), finite(value.y)];
}

function sourceRange(written: TimeRange | null, target: TimeRange, speed: number): TimeRange {
  const durationUs = Math.round(target.durationUs * speed);
  if (written === null) return { startUs: 0, durationUs };
  return written.durationUs === 0 ? { startUs: written.startUs, durationUs } : written;
}

function readVolume(segment: Fields, place: SegmentPlace, target: TimeRange, log: ProblemLog): number {
  const written = finite(segment.volume) ?? 1;
  if (written < 0 || written > 10) log.add('value_far_outside', `${place.trackType} volume`, target.startUs);
  return Math.min(10, Math.max(0, written));
}

function readTransform(
  segment: Fields,
  place: SegmentPlace,
  target: TimeRange,
  log: ProblemLog,
): { transform: ClipTransform; uniformScale: boolean } {
  const transform = readClip(segment.clip);
  if (Math.abs(transform.x) > 10 || Math.abs(transform.y) > 10) {
    log.add('value_far_outside', `${place.trackType} position`, target.startUs);
  }
  const uniform = fields(segment.uniform_scale);
  const uniformScale = typeof uniform.on === 'boolean' ? uniform.on : transform.scaleX === transform.scaleY;
  return { transform: uniformScale ? { ...transform, scaleY: transform.scaleX } : transform, uniformScale };
}

/** A `clip` block; audio and effects have none. */
export function readClip(value: unknown): ClipTransform {
  const clip = fields(value);
  const flip = fields(clip.flip);
  const scale = fields(clip.scale);
  const position = fields(clip.transform);
  return {
    alpha: number(clip.alpha, 1, 0, 1),
    flipX: flag(flip.horizontal, false),
    flipY: flag(flip.vertical, false),
    rotation: number(clip.rotation, 0, -360_000, 360_000),
    scaleX: number(scale.x, 1, 0, 1000),
    scaleY: number(scale.y, 1, 0, 1000),
    x: number(position.x, 0, -1000, 1000),
    y: number(position.y, 0, -1000, 1000),
  };
}
