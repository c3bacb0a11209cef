import type { Draft, MediaMaterial, Segment } from '../../../../main/drafts/model.ts';
import { aDraft, aMedia, aSegment, type SegmentSpec, type TrackSpec } from '../../../support/drafts.ts';

/** Short words for small drafts that only sound. */

export function media(path: string, more: Partial<MediaMaterial> = {}): MediaMaterial {
  return aMedia('audio', path, more);
}

export function segment(
  content: Segment['content'] | MediaMaterial,
  startUs: number,
  durationUs: number,
  spec: SegmentSpec = {},
): Segment {
  return aSegment(content, { startUs, durationUs, ...spec });
}

export function track(segments: readonly Segment[], more: Partial<TrackSpec> = {}): TrackSpec {
  return { type: 'audio', segments, ...more };
}

export function draft(tracks: readonly TrackSpec[], durationUs?: number): Draft {
  return aDraft(tracks, durationUs === undefined ? {} : { durationUs });
}
