import type { Draft, EffectMaterial, MediaMaterial, Segment } from '../../../drafts/model.ts';
import { compose, type Stretch, segmentStretches } from '../timeline/stretches.ts';
import { soundEffectFidelity } from './effects/index.ts';
import { type GainLine, liftGain, segmentGains } from './gain.ts';

/** One stretch of one file that sounds. */
export interface SoundClip {
  readonly segmentId: string;
  readonly media: MediaMaterial;
  /** Play the file's copy that is reversed already (`media.reversePath`). */
  readonly reversedCopy: boolean;
  /** Silence is to be expected: a video file may well have no sound. */
  readonly optional: boolean;
  /** By time; all rates have the same sign. */
  readonly stretches: readonly Stretch[];
  readonly keepPitch: boolean;
  /** Multiplied with each other. */
  readonly gains: readonly GainLine[];
  /** What is done to its sound before that, one after the other; all of them can be built. */
  readonly effects: readonly EffectMaterial[];
}

/** A file or an effect, where it is used. */
export interface SoundPlace {
  /** The file's or effect's. */
  readonly name: string;
  readonly segmentId: string;
  /** In the video, µs. */
  readonly atUs: number;
}

export interface SoundPlan {
  readonly durationUs: number;
  /** By start. */
  readonly clips: readonly SoundClip[];
  /** Effects on sound that are left out. */
  readonly skippedEffects: readonly SoundPlace[];
}

/** Effects on one clip, at most. */
const MOST_EFFECTS = 8;
/** Compound clips inside compound clips, at most; deeper ones are silent. */
const MAX_DEPTH = 16;

interface Outer {
  readonly stretches: readonly Stretch[];
  readonly gains: readonly GainLine[];
  readonly keepPitch: boolean;
  readonly depth: number;
}

/**
 * Which part of which file sounds when, and how loud. Muted tracks, clips that are switched off (`visible` false: the
 * app's "disable clip" takes a clip out of picture and sound alike) and clips of volume 0 are left out. Sound ends at
 * the cut: transitions do not lengthen it. Pictures and stickers have none.
 */
export function planSound(draft: Draft): SoundPlan {
  const clips: SoundClip[] = [];
  const skipped: SoundPlace[] = [];
  const whole: Outer = {
    stretches: [{ startUs: 0, endUs: draft.durationUs, sourceUs: 0, rate: 1 }],
    gains: [],
    keepPitch: true,
    depth: 0,
  };
  collect(draft, whole, clips, skipped);
  clips.sort((a, b) => (a.stretches[0]?.startUs ?? 0) - (b.stretches[0]?.startUs ?? 0));
  return { durationUs: draft.durationUs, clips, skippedEffects: skipped };
}

function collect(draft: Draft, outer: Outer, clips: SoundClip[], skipped: SoundPlace[]): void {
  if (outer.depth > MAX_DEPTH) return;
  for (const track of draft.tracks) {
    if (track.muted || (track.type !== 'audio' && track.type !== 'video')) continue;
    for (const segment of track.segments) {
      if (!segment.visible) continue;
      const own = segmentGains(segment);
      if (own.some((line) => line.every(({ gain }) => gain === 0))) continue;
      const stretches = compose(outer.stretches, segmentStretches(segment));
      if (stretches.length === 0) continue;
      const lifted = outer.depth === 0 ? own : own.map((line) => liftGain(line, outer.stretches));
      const inner: Outer = {
        stretches,
        gains: [...outer.gains, ...lifted],
        keepPitch: outer.keepPitch && (segment.keepPitch || isPlain(segment)),
        depth: outer.depth + 1,
      };
      add(segment, inner, clips, skipped);
    }
  }
}

function add(segment: Segment, inner: Outer, clips: SoundClip[], skipped: SoundPlace[]): void {
  const { content, id: segmentId } = segment;
  const { audioEffects } = segment.extras;
  const atUs = inner.stretches[0]?.startUs ?? 0;
  if (content.type === 'compound') {
    // They would have to be heard on the sum of what is inside.
    for (const { name } of audioEffects) skipped.push({ name, segmentId, atUs });
    collect(content.draft, inner, clips, skipped);
    return;
  }
  if (content.type !== 'media' || (content.media.kind !== 'video' && content.media.kind !== 'audio')) return;
  const heard = audioEffects.filter((effect) => soundEffectFidelity(effect) !== 'not_drawn').slice(0, MOST_EFFECTS);
  for (const effect of audioEffects) if (!heard.includes(effect)) skipped.push({ name: effect.name, segmentId, atUs });
  clips.push({
    segmentId,
    media: content.media,
    reversedCopy: segment.reverse && content.media.reversePath !== '',
    optional: content.media.kind === 'video',
    stretches: inner.stretches,
    keepPitch: inner.keepPitch,
    gains: inner.gains,
    effects: heard,
  });
}

const isPlain = (segment: Segment): boolean => segment.speed === 1 && segment.speedCurve === null;
