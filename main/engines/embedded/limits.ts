import type { Draft, Segment, TimeRange } from '../../drafts/model.ts';
import { StationError } from '../../shared/errors/index.ts';

/** Longest video, hours. */
const longestHours = 24;
const largestSide = 8192;
const smallestSide = 16;
const mostSegments = 200_000;
/** Videos on screen at one moment: each keeps a decoder with its pictures, some 45 MB at 1080p. */
const mostVideosAtOnce = 64;
/** Sounds at one moment, the clips' own among them: each keeps a decoder, some 0.4 MB. */
const mostSoundsAtOnce = 1000;

/**
 * Refuses drafts that could only fill the disk or the memory.
 * @throws StationError RENDER_LIMIT, RENDER_NOTHING_TO_DRAW
 */
export function checkLimits(draft: Draft): void {
  const { width, height } = draft.canvas;
  const within = (what: string, value: number, limit: number) => {
    if (!Number.isFinite(value) || value > limit)
      throw new StationError('RENDER_LIMIT', { what, value: String(value), limit: String(limit) });
  };
  within('canvas width (px)', width, largestSide);
  within('canvas height (px)', height, largestSide);
  if (!(width >= smallestSide) || !(height >= smallestSide))
    throw new StationError('RENDER_NOTHING_TO_DRAW', { reason: `the canvas is ${width}x${height}` });
  within('duration (hours)', draft.durationUs / 3.6e9, longestHours);
  const segments = draft.tracks.flatMap(({ segments }) => segments);
  if (segments.length === 0) throw new StationError('RENDER_NOTHING_TO_DRAW', { reason: 'it has no segment' });
  within('segments', segments.length, mostSegments);
  if (!(draft.durationUs > 0)) throw new StationError('RENDER_NOTHING_TO_DRAW', { reason: 'its duration is 0' });
  const own = segments.flatMap((segment) =>
    segment.content.type === 'media' ? [{ segment, ...segment.content }] : [],
  );
  const videos = own.filter(({ segment, media }) => segment.visible && media.kind === 'video');
  const sounds = own.filter(
    ({ segment, media }) => media.kind === 'audio' || (media.kind === 'video' && isHeard(segment)),
  );
  within('videos on screen at once', mostAtOnce(videos.map(({ segment }) => segment.target)), mostVideosAtOnce);
  within('sounds at once', mostAtOnce(sounds.map(({ segment }) => segment.target)), mostSoundsAtOnce);
  for (const { content } of segments) if (content.type === 'compound') checkNested(content.draft, 1);
}

const isHeard = ({ volume, keyframes }: Segment): boolean => volume > 0 || keyframes.volume !== undefined;

/** How many of these times share a moment; one that ends where another begins does not share it. */
function mostAtOnce(times: readonly TimeRange[]): number {
  const turns = times
    .filter(({ durationUs }) => durationUs > 0)
    .flatMap(({ startUs, durationUs }) => [
      { atUs: startUs, change: 1 },
      { atUs: startUs + durationUs, change: -1 },
    ])
    .sort((a, b) => a.atUs - b.atUs || a.change - b.change);
  let [now, most] = [0, 0];
  for (const { change } of turns) {
    now += change;
    most = Math.max(most, now);
  }
  return most;
}

function checkNested(draft: Draft, depth: number): void {
  if (depth > 8) throw new StationError('RENDER_LIMIT', { what: 'nesting of compound clips', value: depth, limit: 8 });
  for (const { segments } of draft.tracks)
    for (const { content, target } of segments) {
      if (target.startUs + target.durationUs > longestHours * 3.6e9)
        throw new StationError('RENDER_LIMIT', {
          what: 'duration of a compound clip (hours)',
          value: 'more',
          limit: longestHours,
        });
      if (content.type === 'compound') checkNested(content.draft, depth + 1);
    }
}
