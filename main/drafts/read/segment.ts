import { keyedAdjustments } from '../adjustments.ts';
import type { KeyframeTracks, Segment, SegmentContent, TimeRange, TrackType } from '../model.ts';
import { readTransform, readVolume } from './clip.ts';
import { isAdjustOn, readExtras } from './extras.ts';
import { type Fields, fields, flag, id, list, number } from './fields.ts';
import { isGlow } from './glow.ts';
import { readKeyframes } from './keyframes.ts';
import type { Material, MaterialIndex } from './materials.ts';
import { type Playback, readPlayback, readRange, standingStill } from './playback.ts';
import type { ProblemLog, Tell } from './problems.ts';

/** More references than this on one segment is damage. */
export const mostReferences = 200;

export interface SegmentPlace {
  readonly trackIndex: number;
  readonly trackType: TrackType;
}

/** What the reader of contents has to go by. */
export interface ContentQuestion {
  readonly materialId: string;
  readonly material: Material | null;
  /** What the segment refers to besides. */
  readonly extras: readonly Material[];
  readonly trackType: TrackType;
  readonly durationUs: number;
  readonly tell: Tell;
}

/** Turns materials into what a segment shows. */
export type ContentReader = (question: ContentQuestion) => SegmentContent;

/** One entry of a track; null when it has no time to be in. */
export function readSegment(
  segment: Fields,
  place: SegmentPlace,
  materials: MaterialIndex,
  readContent: ContentReader,
  log: ProblemLog,
): Segment | null {
  const { trackType } = place;
  const target = readRange(segment.target_timerange);
  const tell: Tell = (kind, subject = trackType) => log.add(kind, subject, target?.startUs ?? null);
  if (target === null || target.durationUs === 0) {
    tell('segment_without_time');
    return null;
  }
  const materialId = id(segment.material_id);
  const material = materials.get(materialId) ?? null;
  const extras = referred(segment, materials, tell);
  const content = readContent({ materialId, material, extras, trackType, durationUs: target.durationUs, tell });
  if (material === null && content.type === 'unresolved') tell('material_dangling');
  const plays = trackType !== 'sticker' && (content.type === 'media' || content.type === 'compound');
  const endless = content.type === 'media' && content.media.kind === 'photo';
  const playback = plays ? readPlayback(segment, target, extras, endless, tell) : standingStill;
  return {
    id: id(segment.id),
    ...place,
    target,
    ...playback,
    keepPitch: !flag(segment.is_tone_modify, false),
    volume: readVolume(segment, tell),
    reverse: plays && flag(segment.reverse, false),
    visible: flag(segment.visible, true),
    renderIndex: Math.round(number(segment.render_index, 0, -1e9, 1e9)),
    ...readTransform(segment, tell),
    keyframes: readMotion(segment, target, playback, tell),
    content,
    // The light around letters is the text's own.
    extras: readExtras(
      segment,
      material?.fields ?? fields(null),
      content.type === 'text' ? extras.filter((extra) => !isGlow(extra)) : extras,
    ),
  };
}

function readMotion(segment: Fields, target: TimeRange, { source, speed }: Playback, tell: Tell): KeyframeTracks {
  if (list(segment.common_keyframes).length === 0) return {};
  const tracks = { ...readKeyframes(segment, target, source, speed, tell) };
  if (!isAdjustOn(segment)) for (const property of keyedAdjustments) delete tracks[property];
  return tracks;
}

function referred(segment: Fields, materials: MaterialIndex, tell: Tell): Material[] {
  const found: Material[] = [];
  for (const reference of new Set(list(segment.extra_material_refs).slice(0, mostReferences).map(id))) {
    const material = materials.get(reference);
    if (material !== undefined) found.push(material);
    else tell('reference_dangling');
  }
  return found;
}
