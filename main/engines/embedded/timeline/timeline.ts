import type { Draft, Segment, Track, Transition } from '../../../drafts/model.ts';
import { type FrameRate, frameAtOrAfter, frameCount, frameTimeUs } from './frame-grid.ts';
import { compose, type Stretch, segmentStretches } from './stretches.ts';
import { type Span, type TransitionWindow, transitionWindows } from './transition-windows.ts';

/** A segment that is seen, with the frames it covers. */
export interface PlacedSegment {
  readonly segment: Segment;
  /** First frame of its own, and the first one after it. */
  readonly firstFrame: number;
  readonly endFrame: number;
  /** The frames in which it is drawn, with what transitions borrow at either side. */
  readonly shownFrom: number;
  readonly shownTo: number;
  /** Offset from the segment's start at which it is first drawn, µs; below 0 when a transition borrows from it. */
  readonly leadUs: number;
  /** When it is first on screen, µs of the whole video, in a compound clip too. */
  readonly usedAtUs: number;
  /** On the bottom video track, where the canvas background is drawn behind the clip. */
  readonly bottom: boolean;
  /** The nested timeline of a compound clip. */
  readonly nested: Timeline | null;
}

/** A segment to draw. Offsets count from the segment's start, µs; they may lie outside the segment. */
export interface ClipLayer {
  readonly type: 'clip';
  readonly placed: PlacedSegment;
  readonly offsetUs: number;
}

/** A cut that two segments share. */
export interface TransitionLayer {
  readonly type: 'transition';
  readonly transition: Transition;
  readonly from: PlacedSegment;
  readonly fromOffsetUs: number;
  readonly to: PlacedSegment;
  readonly toOffsetUs: number;
  /** 0 = only `from`, 1 = only `to`. */
  readonly progress: number;
}

/** One thing to draw, back to front. */
export type Layer = ClipLayer | TransitionLayer;

/** What is on screen at every frame of a draft. Pure: built once, asked per frame. */
export interface Timeline {
  readonly draft: Draft;
  readonly rate: FrameRate;
  readonly frames: number;
  readonly placed: readonly PlacedSegment[];
  readonly transitions: readonly PlacedTransition[];
  /** Back to front. */
  layersAt(frame: number): Layer[];
  /** What is drawn in any of the frames `from` to `to` (excluded). */
  shownWithin(from: number, to: number): PlacedSegment[];
}

export interface PlacedTransition extends TransitionWindow {
  readonly from: PlacedSegment;
  readonly to: PlacedSegment;
}

const seen: ReadonlySet<Track['type']> = new Set(['video', 'text', 'sticker', 'effect', 'filter', 'adjust']);
/** Among equal render indices: pictures, then what changes them, then stickers and texts. */
const ranks: Readonly<Record<Track['type'], number>> = {
  audio: 0,
  video: 0,
  effect: 1,
  filter: 1,
  adjust: 1,
  sticker: 2,
  text: 2,
};
/** Compound clips deeper than this are not followed: real drafts have two levels, a loop has no end. */
const deepest = 8;
const bucketFrames = 64;

/** A compound clip that a timeline lies in. */
interface Outer {
  /** How the video's time runs through the clip's own. */
  readonly stretches: readonly Stretch[];
  /** 1 = it lies in no other one. */
  readonly depth: number;
}

/** Lays a draft out on the frame grid. */
export function buildTimeline(draft: Draft, rate: FrameRate): Timeline {
  return timelineOf(draft, rate, null);
}

function timelineOf(draft: Draft, rate: FrameRate, outer: Outer | null): Timeline {
  const bottomTrack = draft.tracks.find(({ type, segments }) => type === 'video' && segments.length > 0);
  const placed: PlacedSegment[] = [];
  const transitions: PlacedTransition[] = [];
  for (const track of draft.tracks) {
    if (!seen.has(track.type)) continue;
    const bottom = track === bottomTrack;
    const own = track.segments
      .map((segment) => spanOf(segment, rate))
      .filter(({ segment, firstFrame, endFrame }) => segment.visible && endFrame > firstFrame);
    const windows = transitionWindows(own, rate);
    const items = own.map((span, index): PlacedSegment => {
      const before = windows[index - 1];
      const after = windows[index];
      const shownFrom = Math.min(span.firstFrame, before?.firstFrame ?? span.firstFrame);
      return {
        ...span,
        shownFrom,
        leadUs: frameTimeUs(shownFrom, rate) - span.segment.target.startUs,
        shownTo: Math.max(span.endFrame, after?.endFrame ?? span.endFrame),
        bottom,
        usedAtUs: usedAtUs(span.segment, outer),
        nested: nestedTimeline(span.segment, rate, outer),
      };
    });
    placed.push(...items);
    for (const [index, window] of windows.entries()) {
      const [from, to] = [items[index], items[index + 1]];
      if (window !== null && from !== undefined && to !== undefined) transitions.push({ ...window, from, to });
    }
  }
  const ordered = placed.map((item) => item).sort(byDepth);
  const order = new Map(ordered.map((item, index) => [item, index]));
  const buckets = bucketed(ordered);
  const leaving = new Map(transitions.map((transition) => [transition.from, transition]));
  const entering = new Map(transitions.map((transition) => [transition.to, transition]));

  const offset = (item: PlacedSegment, timeUs: number) => timeUs - item.segment.target.startUs;

  function layerOf(item: PlacedSegment, frame: number, timeUs: number): Layer | null {
    const leave = leaving.get(item);
    if (leave !== undefined && covers(leave, frame))
      return {
        type: 'transition',
        transition: leave.transition,
        from: item,
        fromOffsetUs: offset(item, timeUs),
        to: leave.to,
        toOffsetUs: offset(leave.to, timeUs),
        progress: (frame + 0.5 - leave.firstFrame) / (leave.endFrame - leave.firstFrame),
      };
    // The transition into this segment is drawn once, at its predecessor's place.
    const enter = entering.get(item);
    if (enter !== undefined && covers(enter, frame)) return null;
    const own = frame >= item.firstFrame && frame < item.endFrame;
    return own ? { type: 'clip', placed: item, offsetUs: offset(item, timeUs) } : null;
  }

  return {
    draft,
    rate,
    frames: frameCount(draft.durationUs, rate),
    placed: ordered,
    transitions,
    layersAt(frame) {
      const timeUs = frameTimeUs(frame, rate);
      const layers: Layer[] = [];
      for (const item of buckets[Math.floor(frame / bucketFrames)] ?? []) {
        const layer = layerOf(item, frame, timeUs);
        if (layer !== null) layers.push(layer);
      }
      return layers;
    },
    shownWithin(from, to) {
      const found = new Set<PlacedSegment>();
      for (let bucket = Math.floor(from / bucketFrames); bucket * bucketFrames < to; bucket += 1)
        for (const item of buckets[bucket] ?? []) if (item.shownFrom < to && item.shownTo > from) found.add(item);
      return [...found].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
    },
  };
}

function covers(window: { firstFrame: number; endFrame: number }, frame: number): boolean {
  return frame >= window.firstFrame && frame < window.endFrame;
}

function spanOf(segment: Segment, rate: FrameRate): Span {
  const { startUs, durationUs } = segment.target;
  return {
    segment,
    firstFrame: frameAtOrAfter(startUs, rate),
    endFrame: frameAtOrAfter(startUs + durationUs, rate),
  };
}

function nestedTimeline(segment: Segment, rate: FrameRate, outer: Outer | null): Timeline | null {
  const depth = 1 + (outer?.depth ?? 0);
  if (segment.content.type !== 'compound' || depth > deepest) return null;
  const own = segmentStretches(segment);
  const stretches = outer === null ? own : compose(outer.stretches, own);
  return timelineOf(segment.content.draft, rate, { stretches, depth });
}

/** Its start, or that of the compound clip when nothing of it is in the part that the clip shows. */
function usedAtUs({ target: { startUs, durationUs } }: Segment, outer: Outer | null): number {
  if (outer === null) return startUs;
  const own = { startUs, endUs: startUs + durationUs, sourceUs: 0, rate: 1 };
  return (compose(outer.stretches, [own])[0] ?? outer.stretches[0])?.startUs ?? 0;
}

function byDepth(a: PlacedSegment, b: PlacedSegment): number {
  return (
    a.segment.renderIndex - b.segment.renderIndex ||
    ranks[a.segment.trackType] - ranks[b.segment.trackType] ||
    a.segment.trackIndex - b.segment.trackIndex ||
    a.firstFrame - b.firstFrame
  );
}

function bucketed(items: readonly PlacedSegment[]): PlacedSegment[][] {
  const buckets: PlacedSegment[][] = [];
  for (const item of items)
    for (let bucket = Math.floor(item.shownFrom / bucketFrames); bucket * bucketFrames < item.shownTo; bucket += 1) {
      const list = buckets[bucket];
      if (list === undefined) buckets[bucket] = [item];
      else list.push(item);
    }
  return buckets;
}
