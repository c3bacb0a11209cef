import { bounce, type Easing, easeInOut, easeOut, overshoot, spring } from './easing.ts';
import { scatter, type UnitPlace, type UnitState } from './state.ts';

type Change = Partial<UnitState>;

/** A way in or out. Ways out are the ways in, run backwards, with the direction of travel kept. */
export interface Passage {
  /** What moves as one piece. */
  readonly by: 'block' | 'glyph';
  /** `p` 0 = not there yet, 1 = in place; `way` 1 coming in, -1 going out (turns directions round). */
  readonly move: (p: number, way: 1 | -1, place: UnitPlace) => Change;
  /** Share of the animation that one character's own move takes; 1 = all move together. */
  readonly share?: number;
  readonly order?: 'reading' | 'scattered' | 'from_middle';
  readonly easing?: Easing;
  /** What it has done stays done after the way in. */
  readonly lasting?: true;
}

/** Alpha that is full early, so that a moving text can be read. */
const soonVisible = (p: number) => Math.min(1, p * 2.5);

type Direction = 'up' | 'down' | 'left' | 'right';
const vectors: Record<Direction, { x: number; y: number }> = {
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
};

const travel = (direction: Direction, em: number) => (p: number, way: 1 | -1) => {
  const { x, y } = vectors[direction];
  return { dx: -x * way * em * (1 - p), dy: -y * way * em * (1 - p) };
};

/** A size that the name describes: 放大 grows when it comes and when it goes, 缩小 shrinks both times. */
const growing = (p: number, way: 1 | -1) => (way === 1 ? p : 1 + 1.5 * (1 - p));
const shrinking = (p: number, way: 1 | -1) => growing(p, way === 1 ? -1 : 1);
const sized = (size: number, p: number) => ({ scaleX: size, scaleY: size, alpha: soonVisible(p) });

/** Direction of travel: `up` comes from below; going out it leaves upwards. */
export const slide = (direction: Direction, em = 2): Passage => ({
  by: 'block',
  easing: easeOut,
  move: (p, way) => ({ ...travel(direction, em)(p, way), alpha: soonVisible(p) }),
});

export const flyByGlyph = (direction: Direction, easing: Easing = easeOut): Passage => ({
  by: 'glyph',
  share: 0.45,
  easing,
  move: (p, way) => ({ ...travel(direction, 1.5)(p, way), alpha: Math.min(1, Math.max(0, p) * 2.5) }),
});

/** The side that the edge of the shown part moves to. */
export const wipe = (to: Direction): Passage => ({
  by: 'block',
  move: (p, way) => {
    const [low, high] = way === 1 ? [0, p] : [1 - p, 1];
    const full = { left: 0, top: 0, right: 1, bottom: 1 };
    if (to === 'right') return { window: { ...full, left: low, right: high } };
    if (to === 'left') return { window: { ...full, left: 1 - high, right: 1 - low } };
    if (to === 'down') return { window: { ...full, top: low, bottom: high } };
    return { window: { ...full, top: 1 - high, bottom: 1 - low } };
  },
});

export const passages = {
  fade: { by: 'block', move: (p) => ({ alpha: p }) },
  typewriter: { by: 'glyph', share: 0, move: (p) => ({ alpha: p >= 1 ? 1 : 0 }) },
  typewriterFromMiddle: { by: 'glyph', share: 0, order: 'from_middle', move: (p) => ({ alpha: p >= 1 ? 1 : 0 }) },
  glyphFade: { by: 'glyph', share: 0.4, move: (p) => ({ alpha: p }) },
  glyphFadeScattered: { by: 'glyph', share: 0.4, order: 'scattered', move: (p) => ({ alpha: p }) },
  grow: { by: 'block', easing: easeOut, move: (p, way) => sized(growing(p, way), p) },
  shrink: { by: 'block', easing: easeOut, move: (p, way) => sized(shrinking(p, way), p) },
  growGlyphs: { by: 'glyph', share: 0.4, easing: easeOut, move: (p, way) => sized(growing(p, way), p) },
  shrinkGlyphs: { by: 'glyph', share: 0.4, easing: easeOut, move: (p, way) => sized(shrinking(p, way), p) },
  pop: {
    by: 'glyph',
    share: 0.45,
    easing: overshoot,
    move: (p) => ({ scaleX: p, scaleY: p, alpha: p > 0 ? 1 : 0 }),
  },
  popBlock: { by: 'block', easing: overshoot, move: (p) => ({ scaleX: p, scaleY: p, alpha: p > 0 ? 1 : 0 }) },
  spring: {
    by: 'block',
    easing: spring,
    move: (p, way) => ({ dy: -way * 1.5 * (1 - p), alpha: Math.min(1, Math.max(0, p) * 4) }),
  },
  stretch: {
    by: 'block',
    easing: spring,
    move: (p) => ({ scaleX: Math.max(0, p), scaleY: Math.min(1.6, Math.max(0, 2 - p)), alpha: p > 0 ? 1 : 0 }),
  },
  dropBounce: {
    by: 'glyph',
    share: 0.5,
    easing: bounce,
    move: (p, way) => ({ dy: -way * 2 * (1 - p), alpha: p > 0 ? 1 : 0 }),
  },
  dropScattered: {
    by: 'glyph',
    share: 0.5,
    order: 'scattered',
    easing: bounce,
    move: (p, way) => ({ dy: -way * 2 * (1 - p), alpha: p > 0 ? 1 : 0 }),
  },
  spin: {
    by: 'block',
    easing: easeOut,
    move: (p, way) => ({ rotation: -way * 360 * (1 - p), scaleX: p, scaleY: p, alpha: soonVisible(p) }),
  },
  spinGlyphs: {
    by: 'glyph',
    share: 0.45,
    easing: easeOut,
    move: (p, way) => ({ rotation: -way * 180 * (1 - p), scaleX: p, scaleY: p, alpha: soonVisible(p) }),
  },
  flip: { by: 'block', easing: easeOut, move: (p) => ({ scaleY: Math.sin((p * Math.PI) / 2), alpha: soonVisible(p) }) },
  flipGlyphs: {
    by: 'glyph',
    share: 0.45,
    easing: easeOut,
    move: (p) => ({ scaleX: Math.sin((p * Math.PI) / 2), alpha: soonVisible(p) }),
  },
  standUp: {
    by: 'glyph',
    share: 0.45,
    easing: overshoot,
    move: (p) => ({ scaleY: Math.max(0, p), pivotY: 0.5, alpha: p > 0 ? 1 : 0 }),
  },
  somersault: {
    by: 'glyph',
    share: 0.5,
    easing: easeOut,
    move: (p, way) => ({
      rotation: -way * 360 * (1 - p),
      dy: way * 1.2 * (1 - p) - Math.sin(p * Math.PI) * 0.5,
      alpha: soonVisible(p),
    }),
  },
  roll: {
    by: 'glyph',
    share: 0.5,
    easing: easeOut,
    move: (p, way) => ({ dx: -way * 2 * (1 - p), rotation: -way * 180 * (1 - p), alpha: soonVisible(p) }),
  },
  /** Each character comes up from behind its own base line. */
  sunrise: {
    by: 'glyph',
    share: 0.5,
    easing: easeOut,
    move: (p, _way, { heightEm }) => ({
      dy: (1 - p) * heightEm,
      alpha: soonVisible(p),
      window: { left: 0, top: 0, right: 1, bottom: p },
    }),
  },
  blur: { by: 'block', easing: easeOut, move: (p) => ({ blur: 0.4 * (1 - p), alpha: soonVisible(p) }) },
  blurGlyphs: {
    by: 'glyph',
    share: 0.5,
    easing: easeOut,
    move: (p) => ({ blur: 0.35 * (1 - p), scaleX: 1 + 0.4 * (1 - p), scaleY: 1 + 0.4 * (1 - p), alpha: p }),
  },
  curtain: {
    by: 'block',
    easing: easeInOut,
    move: (p) => ({ window: { left: 0.5 - p / 2, top: 0, right: 0.5 + p / 2, bottom: 1 } }),
  },
  gather: {
    by: 'glyph',
    share: 1,
    easing: easeOut,
    move: (p, _way, { offsetX, offsetY }) => ({ dx: offsetX * (1 - p), dy: offsetY * (1 - p), alpha: p }),
  },
  unfold: {
    by: 'glyph',
    share: 1,
    easing: easeOut,
    move: (p, _way, { offsetX }) => ({ dx: -offsetX * (1 - p), alpha: soonVisible(p) }),
  },
  flyScattered: {
    by: 'glyph',
    share: 0.7,
    easing: easeOut,
    order: 'scattered',
    move: (p, _way, { index }) => ({
      dx: (scatter(index) - 0.5) * 8 * (1 - p),
      dy: (scatter(index, 1) - 0.5) * 5 * (1 - p),
      rotation: (scatter(index, 2) - 0.5) * 180 * (1 - p),
      alpha: p,
    }),
  },
  flicker: {
    by: 'block',
    move: (p) => ({ alpha: p >= 1 ? 1 : Math.floor(p * 8) % 2 === 0 ? 0.15 : 0.5 + p / 2 }),
  },
  glitch: {
    by: 'block',
    move: (p) => {
      const step = Math.floor(p * 12);
      return {
        dx: p >= 1 ? 0 : (scatter(step) - 0.5) * 0.6,
        dy: p >= 1 ? 0 : (scatter(step, 1) - 0.5) * 0.2,
        alpha: p >= 1 ? 1 : 0.3 + 0.7 * scatter(step, 2),
      };
    },
  },
  fling: {
    by: 'block',
    easing: easeOut,
    move: (p, way) => ({ dx: -way * 6 * (1 - p), rotation: way * 25 * (1 - p), alpha: soonVisible(p) }),
  },
  karaoke: { by: 'glyph', share: 0, lasting: true, move: (p) => ({ highlight: p >= 1 ? 1 : 0 }) },
} as const satisfies Record<string, Passage>;
