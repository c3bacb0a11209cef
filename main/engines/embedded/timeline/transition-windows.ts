import type { Segment, Transition } from '../../../drafts/model.ts';
import type { FrameRate } from './frame-grid.ts';

/** A segment with the frames it covers. */
export interface Span {
  readonly segment: Segment;
  readonly firstFrame: number;
  readonly endFrame: number;
}

/** The frames in which one segment goes over into the next. */
export interface TransitionWindow {
  readonly transition: Transition;
  readonly firstFrame: number;
  readonly endFrame: number;
}

/**
 * The transitions out of the segments of one track, each at the place of the segment that it leaves: centred on the cut,
 * within the two segments, and two of them share the segment between them. Where segments really overlap (CapCut 1.5),
 * the overlap itself. Null where there is none or the next segment does not touch.
 */
export function transitionWindows(spans: readonly Span[], rate: FrameRate): (TransitionWindow | null)[] {
  const wanted = spans.map((from, index) => wantedWindow(from, spans[index + 1], rate));
  return wanted.map((window, index) => {
    const [from, to] = [spans[index], spans[index + 1]];
    if (window === null || from === undefined || to === undefined || overlap(from, to)) return window;
    const [earlier, later] = [wanted[index - 1] ?? null, wanted[index + 1] ?? null];
    return centred(
      window.transition,
      to.firstFrame,
      window.endFrame - window.firstFrame,
      Math.min(
        share(from, earlier === null ? 0 : earlier.endFrame - from.firstFrame),
        share(to, later === null ? 0 : to.endFrame - later.firstFrame),
      ),
    );
  });
}

/** What a transition would take if it were the only one. */
function wantedWindow(from: Span, to: Span | undefined, rate: FrameRate): TransitionWindow | null {
  const { transition } = from.segment.extras;
  if (transition === null || to === undefined || transition.durationUs <= 0) return null;
  if (to.firstFrame > from.endFrame + 1) return null;
  if (overlap(from, to)) return { transition, firstFrame: to.firstFrame, endFrame: from.endFrame };
  const frames = Math.max(1, Math.round((transition.durationUs * rate.num) / (rate.den * 1e6)));
  return centred(transition, to.firstFrame, frames, Math.min(lengthOf(from), lengthOf(to)));
}

/** A window around the cut that reaches no further than `most` to either side; null when nothing is left of it. */
function centred(transition: Transition, cut: number, frames: number, most: number): TransitionWindow | null {
  const before = Math.min(Math.floor(frames / 2), most);
  const after = Math.min(Math.ceil(frames / 2), most);
  return before + after === 0 ? null : { transition, firstFrame: cut - before, endFrame: cut + after };
}

/** How much of a segment a transition may take when the one at its other end wants `other`: the rest, at least half. */
const share = (span: Span, other: number): number => Math.max(Math.floor(lengthOf(span) / 2), lengthOf(span) - other);

const lengthOf = ({ firstFrame, endFrame }: Span): number => endFrame - firstFrame;

const overlap = (from: Span, to: Span): boolean => to.firstFrame < from.endFrame;
