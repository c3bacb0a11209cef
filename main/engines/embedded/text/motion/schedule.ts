import type { ClipAnimation, TextMaterial } from '../../../../drafts/model.ts';
import { loopSpan } from '../../timeline/loop-span.ts';
import { resolveTextAnimation } from '../animations.ts';
import { highlightOf } from './captions.ts';
import { easeOut } from './easing.ts';
import type { Passage } from './passages.ts';
import { atRest, scatter, type UnitPlace, type UnitState } from './state.ts';

/** One moving piece of a text with the part of the text it stands for. */
export interface TimedUnit extends UnitPlace {
  /** UTF-16 range. */
  readonly start: number;
  readonly end: number;
}

/** What moves at one moment: the characters, the block as a whole, both or nothing. */
export interface MotionFrame {
  readonly glyphs: ((unit: TimedUnit) => UnitState) | null;
  readonly block: UnitState | null;
}

type Part =
  | { readonly by: 'block'; readonly state: UnitState }
  | { readonly by: 'glyph'; readonly state: (unit: TimedUnit) => UnitState };

const still: MotionFrame = { glyphs: null, block: null };
const blockPlace: UnitPlace = { index: 0, count: 1, offsetX: 0, offsetY: 0, heightEm: 1 };
/** A period shorter than this is a mistake of the draft's writer. */
const MIN_PERIOD_US = 50_000;

/**
 * The motion of a text at `timeUs` from its segment's start. Ways in count from their own start, ways out end with the
 * segment whatever their stored start is, loops fill the time between, captions run all along.
 */
export function motionAt(
  text: TextMaterial,
  animations: readonly ClipAnimation[],
  timeUs: number,
  durationUs: number,
): MotionFrame {
  if (animations.length === 0) return still;
  const usable = animations.filter(
    ({ kind, startUs, durationUs: length }) => kind === 'caption' || (Number.isFinite(startUs) && length > 0),
  );
  const parts = usable.flatMap((animation) => partAt(text, animation, usable, timeUs, durationUs) ?? []);
  const blocks = parts.flatMap((part) => (part.by === 'block' ? [part.state] : []));
  const glyphs = parts.flatMap((part) => (part.by === 'glyph' ? [part.state] : []));
  return {
    block: blocks.length === 0 ? null : blocks.reduce(combine),
    glyphs: glyphs.length === 0 ? null : (unit) => glyphs.map((state) => state(unit)).reduce(combine, atRest),
  };
}

function partAt(
  text: TextMaterial,
  animation: ClipAnimation,
  all: readonly ClipAnimation[],
  timeUs: number,
  durationUs: number,
): Part | null {
  const { passage, loop, karaoke } = resolveTextAnimation(animation);
  if (karaoke)
    return { by: 'glyph', state: (unit) => ({ ...atRest, highlight: highlightOf(text, unit, timeUs, durationUs) }) };
  const lengthUs = Math.min(animation.durationUs, Math.max(0, durationUs));
  if (loop !== null) {
    const { fromUs, toUs } = loopSpan(animation, all, durationUs);
    if (timeUs < fromUs || timeUs >= toUs) return null;
    const phase = ((timeUs - fromUs) / Math.max(MIN_PERIOD_US, animation.durationUs)) % 1;
    return loop.by === 'block'
      ? { by: 'block', state: { ...atRest, ...loop.move(phase, blockPlace) } }
      : { by: 'glyph', state: (unit) => ({ ...atRest, ...loop.move(phase, unit) }) };
  }
  if (passage === null || lengthUs === 0) return null;
  if (animation.kind === 'out') {
    const progress = (timeUs - (durationUs - lengthUs)) / lengthUs;
    return progress <= 0 ? null : passagePart(passage, Math.min(1, progress), -1);
  }
  const progress = (timeUs - Math.max(0, animation.startUs)) / lengthUs;
  if (progress >= 1 && passage.lasting !== true) return null;
  return passagePart(passage, Math.min(1, Math.max(0, progress)), 1);
}

function passagePart(passage: Passage, progress: number, way: 1 | -1): Part {
  const easing = passage.easing ?? ((p: number) => p);
  if (passage.by === 'block') {
    const p = way === 1 ? easing(progress) : 1 - leaving(easing)(progress);
    return { by: 'block', state: { ...atRest, ...passage.move(p, way, blockPlace) } };
  }
  return {
    by: 'glyph',
    state: (unit) => {
      const own = ownProgress(passage, progress, unit, way);
      const p = way === 1 ? easing(own) : 1 - leaving(easing)(own);
      return { ...atRest, ...passage.move(p, way, unit) };
    },
  };
}

/** Things leave the way they came, gathering speed; a bouncing way in leaves without bouncing. */
const leaving =
  (easing: (p: number) => number) =>
  (p: number): number =>
    easing === easeOut ? p ** 3 : p;

/** When one character's own move begins and ends within the whole. */
function ownProgress(passage: Passage, progress: number, unit: UnitPlace, way: 1 | -1): number {
  const share = passage.share ?? 1;
  const rank = rankOf(passage, unit);
  if (share === 0) {
    // One after another, at once: typed in reading order, and deleted from the end.
    if (way === 1) return progress >= rank ? 1 : 0;
    return progress > 1 - rank - 1 / unit.count + 1e-9 ? 1 : 0;
  }
  const start = rank * (1 - share);
  return Math.min(1, Math.max(0, (progress - start) / share));
}

/** 0 = first to move; below 1. */
function rankOf(passage: Passage, { index, count }: UnitPlace): number {
  if (passage.order === 'scattered') return scatter(index, 12);
  if (passage.order === 'from_middle') return Math.min(1, Math.abs(index - (count - 1) / 2) / Math.max(1, count / 2));
  return index / Math.max(1, count);
}

function combine(a: UnitState, b: UnitState): UnitState {
  return {
    dx: a.dx + b.dx,
    dy: a.dy + b.dy,
    scaleX: a.scaleX * b.scaleX,
    scaleY: a.scaleY * b.scaleY,
    rotation: a.rotation + b.rotation,
    pivotX: a.pivotX + b.pivotX,
    pivotY: a.pivotY + b.pivotY,
    alpha: a.alpha * b.alpha,
    blur: a.blur + b.blur,
    window: a.window ?? b.window,
    highlight: Math.max(a.highlight, b.highlight),
  };
}
