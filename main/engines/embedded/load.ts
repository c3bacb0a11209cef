import type { Draft, Segment } from '../../drafts/model.ts';

/** What rendering a draft asks of the machine; compound clips count as often as they are shown. */
export interface Load {
  readonly segments: number;
  /** Most videos at one moment, and sounds within a tenth of a second. Upper bounds: a compound clip counts with its own busiest moment. */
  readonly videosAtOnce: number;
  readonly soundsAtOnce: number;
  /** Compound clips inside compound clips; 0 = none at all. */
  readonly nesting: number;
  /** Where the last segment of any compound clip ends, µs of its own. */
  readonly nestedUs: number;
}

/**
 * Measures a draft. Each nested draft is measured once, however often it is shown: a small file may show a clip that
 * shows a clip many times over, and mean billions of segments.
 */
export function loadOf(draft: Draft, known = new Map<Draft, Load>()): Load {
  const before = known.get(draft);
  if (before !== undefined) return before;
  const all = draft.tracks.flatMap(({ segments }) => segments);
  const parts = all.map((segment) => ({ segment, ...partOf(segment, known) }));
  const load = {
    segments: parts.reduce((sum, { inner }) => sum + 1 + (inner?.segments ?? 0), 0),
    videosAtOnce: mostAtOnce(parts.map(({ segment, videos }) => ({ segment, count: videos }))),
    soundsAtOnce: mostAtOnce(
      parts.map(({ segment, sounds }) => ({ segment, count: sounds })),
      soundBlockUs,
    ),
    nesting: largest(parts.map(({ inner }) => (inner === null ? 0 : 1 + inner.nesting))),
    nestedUs: largest(parts.map(({ inner, innerUs }) => Math.max(innerUs, inner?.nestedUs ?? 0))),
  };
  known.set(draft, load);
  return load;
}

/** What one segment adds while it is on screen. */
function partOf({ content, visible, volume, keyframes }: Segment, known: Map<Draft, Load>) {
  const none = { videos: 0, sounds: 0, inner: null, innerUs: 0 };
  if (content.type === 'compound') {
    const inner = loadOf(content.draft, known);
    const innerUs = largest(content.draft.tracks.flatMap(({ segments }) => segments.map(endOf)));
    return { videos: visible ? inner.videosAtOnce : 0, sounds: visible ? inner.soundsAtOnce : 0, inner, innerUs };
  }
  if (content.type !== 'media' || !visible) return none;
  const { kind } = content.media;
  const isHeard = volume > 0 || keyframes.volume !== undefined;
  if (kind === 'video') return { ...none, videos: 1, sounds: isHeard ? 1 : 0 };
  return kind === 'audio' ? { ...none, sounds: 1 } : none;
}

const endOf = ({ target }: Segment): number => target.startUs + target.durationUs;

const largest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0);

/** Sound is mixed in blocks about this long: what plays in one of them is open together, however short it is. */
const soundBlockUs = 100_000;

/**
 * The largest sum of counts at one moment; a segment that ends where another begins does not share it.
 * @param grainUs how long a moment is
 */
function mostAtOnce(parts: readonly { readonly segment: Segment; readonly count: number }[], grainUs = 1): number {
  const turns = parts
    .filter(({ segment, count }) => count > 0 && segment.target.durationUs > 0)
    .flatMap(({ segment, count }) => [
      { atUs: grainUs * Math.floor(segment.target.startUs / grainUs), change: count },
      { atUs: grainUs * Math.ceil(endOf(segment) / grainUs), change: -count },
    ])
    .sort((a, b) => a.atUs - b.atUs || a.change - b.change);
  let now = 0;
  return largest(
    turns.map(({ change }) => {
      now += change;
      return now;
    }),
  );
}
