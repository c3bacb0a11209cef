type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const objects = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

/**
 * Cuts a timeline to its first seconds, as a person would who drags the end of the film back: later segments go, the
 * ones across the cut get shorter, their part of the source too. Compound clips follow their segment.
 * @param timeline the draft's JSON without envelope; changed in place
 */
export function cutDraft(timeline: Json, seconds: number): void {
  const endUs = Math.round(seconds * 1e6);
  for (const track of objects(timeline.tracks)) {
    track.segments = objects(track.segments).filter((segment) => cutSegment(segment, endUs));
  }
  timeline.duration = Math.min(number(timeline.duration), endUs);
}

/** False when nothing of the segment is left. */
function cutSegment(segment: Json, endUs: number): boolean {
  const target = isObject(segment.target_timerange) ? segment.target_timerange : null;
  if (target === null) return true;
  const start = number(target.start);
  const length = number(target.duration);
  if (start >= endUs) return false;
  if (start + length <= endUs) return true;
  const left = endUs - start;
  const source = isObject(segment.source_timerange) ? segment.source_timerange : null;
  if (source !== null) source.duration = Math.round((number(source.duration) * left) / length);
  target.duration = left;
  return true;
}
