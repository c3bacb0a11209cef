import type { Finding } from '../../shared/inspection.ts';
import type { Draft, Track } from '../model.ts';
import type { ReadProblem } from '../read/index.ts';
import { everyDraft } from '../walk.ts';
import { finding } from './words.ts';

/** What the timeline itself tells: emptiness, overlaps, sizes, and what the reader had to mend. */
export function inspectTimeline(draft: Draft, problems: readonly ReadProblem[]): Finding[] {
  const found: Finding[] = [];
  if (draft.durationUs === 0) found.push(finding('no_segments', draft.name));
  for (const [trackType, count] of overlaps(draft)) found.push(finding('track_overlap', trackType, count));
  const { width, height } = draft.canvas;
  if (width % 2 === 1 || height % 2 === 1) found.push(finding('canvas_odd', `${width}x${height}`));
  if (durationDiffers(draft))
    found.push(finding('duration_mismatch', `${(draft.declaredDurationUs / 1e6).toFixed(1)} s`));
  for (const name of membershipOf(draft)) found.push(finding('membership', name));
  return [...found, ...problems.map(({ kind, subject, count }) => finding(kind, subject, count))];
}

export function membershipOf(draft: Draft): string[] {
  return [...new Set(everyDraft(draft).flatMap((each) => each.membership ?? []))];
}

/** Frames are rounded in many ways: half a second or a hundredth of the length is no lie. */
function durationDiffers({ durationUs, declaredDurationUs }: Draft): boolean {
  return Math.abs(durationUs - declaredDurationUs) > Math.max(500_000, durationUs / 100);
}

function overlaps(draft: Draft): Map<string, number> {
  const frameUs = 1e6 / draft.fps;
  const counts = new Map<string, number>();
  for (const each of everyDraft(draft)) {
    for (const track of each.tracks) {
      const count = overlapsOn(track, frameUs);
      if (count > 0) counts.set(track.type, (counts.get(track.type) ?? 0) + count);
    }
  }
  return counts;
}

/** Old versions let a transition's two segments overlap by its length: that is no mistake. */
function overlapsOn(track: Track, frameUs: number): number {
  let count = 0;
  let endUs = 0;
  let allowedUs = 0;
  for (const { target, extras } of track.segments) {
    if (target.startUs < endUs - allowedUs - frameUs) count += 1;
    if (target.startUs + target.durationUs >= endUs) {
      endUs = target.startUs + target.durationUs;
      allowedUs = extras.transition?.durationUs ?? 0;
    }
  }
  return count;
}
