import { scatter, type UnitPlace, type UnitState } from './state.ts';

/** A motion that repeats; `phase` 0..1 of one period, 0 and 1 the same. */
export interface Loop {
  readonly by: 'block' | 'glyph';
  readonly move: (phase: number, place: UnitPlace) => Partial<UnitState>;
}

const turn = 2 * Math.PI;

/** 0, up, 0 over one period, sharply at the ground. */
const hop = (phase: number) => Math.abs(Math.sin(phase * Math.PI));
/** A character's own phase: a wave that runs along the text. */
const running = (phase: number, { index, count }: UnitPlace) => phase - index / Math.max(6, count);

export const loops = {
  wave: { by: 'glyph', move: (phase, place) => ({ dy: -0.2 * Math.sin(turn * running(phase, place)) }) },
  jump: {
    by: 'glyph',
    move: (phase, place) => {
      const own = (((running(phase, place) % 1) + 1) % 1) * 3;
      return { dy: own < 1 ? -0.45 * hop(own) : 0 };
    },
  },
  hop: { by: 'block', move: (phase) => ({ dy: -0.3 * hop(phase) }) },
  blink: { by: 'block', move: (phase) => ({ alpha: 0.5 + 0.5 * Math.cos(turn * phase) }) },
  blinkHard: { by: 'block', move: (phase) => ({ alpha: phase < 0.5 ? 1 : 0.1 }) },
  swing: { by: 'block', move: (phase) => ({ rotation: 8 * Math.sin(turn * phase) }) },
  pendulum: { by: 'block', move: (phase) => ({ rotation: 12 * Math.sin(turn * phase), pivotY: -0.5 }) },
  wiper: { by: 'block', move: (phase) => ({ rotation: 15 * Math.sin(turn * phase), pivotY: 0.5 }) },
  heartbeat: {
    by: 'block',
    move: (phase) => {
      const beat = phase < 0.3 ? hop(phase / 0.3) : phase < 0.55 ? 0.6 * hop((phase - 0.3) / 0.25) : 0;
      return { scaleX: 1 + 0.15 * beat, scaleY: 1 + 0.15 * beat };
    },
  },
  pulse: {
    by: 'block',
    move: (phase) => ({ scaleX: 1 + 0.06 * Math.sin(turn * phase), scaleY: 1 + 0.06 * Math.sin(turn * phase) }),
  },
  pulseGlyphs: {
    by: 'glyph',
    move: (phase, place) => {
      const own = (((running(phase, place) % 1) + 1) % 1) * 3;
      const size = own < 1 ? 1 + 0.35 * hop(own) : 1;
      return { scaleX: size, scaleY: size };
    },
  },
  shake: {
    by: 'block',
    move: (phase) => {
      const step = Math.floor(phase * 12) % 12;
      return {
        dx: (scatter(step, 3) - 0.5) * 0.16,
        dy: (scatter(step, 4) - 0.5) * 0.16,
        rotation: (scatter(step, 5) - 0.5) * 4,
      };
    },
  },
  tremble: {
    by: 'glyph',
    move: (phase, { index }) => {
      const step = (Math.floor(phase * 10) % 10) + index * 16;
      return {
        dx: (scatter(step, 6) - 0.5) * 0.12,
        dy: (scatter(step, 7) - 0.5) * 0.12,
        rotation: (scatter(step, 8) - 0.5) * 10,
      };
    },
  },
  jiggle: {
    by: 'glyph',
    move: (phase, { index }) => ({ rotation: 8 * Math.sin(turn * phase) * (index % 2 === 0 ? 1 : -1) }),
  },
  float: { by: 'block', move: (phase) => ({ dy: -0.12 * Math.sin(turn * phase) }) },
  rotate: { by: 'block', move: (phase) => ({ rotation: 360 * phase }) },
  rotateGlyphs: { by: 'glyph', move: (phase) => ({ rotation: 360 * phase }) },
  flip: { by: 'block', move: (phase) => ({ scaleX: Math.cos(turn * phase) }) },
  flipGlyphs: { by: 'glyph', move: (phase, place) => ({ scaleX: Math.cos(turn * running(phase, place)) }) },
  glitch: {
    by: 'block',
    move: (phase) => {
      const step = Math.floor(phase * 10) % 10;
      return scatter(step, 9) > 0.55
        ? { dx: (scatter(step, 10) - 0.5) * 0.4, alpha: 0.6 + 0.4 * scatter(step, 11) }
        : {};
    },
  },
} as const satisfies Record<string, Loop>;
