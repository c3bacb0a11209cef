import type { Draft } from '../../drafts/model.ts';
import { StationError } from '../../shared/errors/index.ts';

/** Longest video, hours. */
const longestHours = 24;
const largestSide = 8192;
const smallestSide = 16;
const mostSegments = 200_000;

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
  for (const { content } of segments) if (content.type === 'compound') checkNested(content.draft, 1);
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
