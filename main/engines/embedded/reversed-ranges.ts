import type { Draft, MediaMaterial, Segment } from '../../drafts/model.ts';

/** Declared lengths are rounded to frames. */
const toleranceUs = 50_000;

/**
 * The draft with the ranges of reversed segments counted in the original file wherever the application's reversed copy
 * is not to be had. A segment with such a copy counts its range in it, from the end of the original; picture and sound
 * then play the mirrored part of the original backwards. A segment without any copy plays its own range backwards.
 * @param isThere whether the file that a written path leads to exists
 */
export function withoutLostCopies(draft: Draft, isThere: (written: string) => boolean): Draft {
  const known = new Map<string, boolean>();
  const isLost = (written: string): boolean => {
    const there = known.get(written) ?? isThere(written);
    known.set(written, there);
    return !there;
  };
  return settled(draft, isLost);
}

function settled(draft: Draft, isLost: (written: string) => boolean): Draft {
  let changed = false;
  const tracks = draft.tracks.map((track) => {
    const segments = track.segments.map((segment) => {
      const own = settledSegment(segment, isLost);
      changed ||= own !== segment;
      return own;
    });
    return { ...track, segments };
  });
  return changed ? { ...draft, tracks } : draft;
}

function settledSegment(segment: Segment, isLost: (written: string) => boolean): Segment {
  const { content } = segment;
  if (content.type === 'compound') {
    const inner = settled(content.draft, isLost);
    return inner === content.draft ? segment : { ...segment, content: { ...content, draft: inner } };
  }
  if (content.type !== 'media' || !segment.reverse || content.media.reversePath === '') return segment;
  if (!isLost(content.media.reversePath)) return segment;
  const media: MediaMaterial = { ...content.media, reversePath: '' };
  return { ...segment, content: { type: 'media', media }, source: mirrored(segment.source, media.durationUs) };
}

/** Where a range of the reversed copy lies in the original; as it is when the original's length cannot be right. */
function mirrored(source: Segment['source'], lengthUs: number): Segment['source'] {
  if (source === null) return null;
  const startUs = lengthUs - source.startUs - source.durationUs;
  return startUs < -toleranceUs ? source : { ...source, startUs: Math.max(0, startUs) };
}
