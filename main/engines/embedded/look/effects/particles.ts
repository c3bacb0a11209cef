import { clamp01, hash, hump } from '../../motion/ease.ts';
import { base } from './lens.ts';
import { type DrawEffect, paintOver, type Stage } from './stage.ts';

/** Small things in the air. Each has its own fixed lane, so that any moment can be drawn by itself. */
interface Swarm {
  readonly count: number;
  /** Frame heights a second, +y down. */
  readonly speedX: number;
  readonly speedY: number;
  /** Share of the frame's height. */
  readonly size: number;
  readonly paint: (stage: Stage, piece: Piece) => void;
}

interface Piece {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  /** A number 0..1 of its own. */
  readonly own: number;
  readonly index: number;
}

export const swarm =
  (pieces: Swarm): DrawEffect =>
  (stage) => {
    base(stage);
    paintOver(stage, {}, (target) => paintAll(pieces, { ...stage, target }));
  };

function paintAll({ count, speedX, speedY, size, paint }: Swarm, stage: Stage): void {
  const { width, height, time } = stage;
  const wrap = (value: number): number => value - Math.floor(value);
  for (let index = 0; index < count; index += 1) {
    const own = hash(index, 3);
    const near = 0.5 + own;
    const sway = Math.sin(time * (0.6 + own) + index) * 0.02;
    paint(stage, {
      x: (wrap(hash(index, 1) + (speedX * near * time * height) / width + sway) * 1.2 - 0.1) * width,
      y: (wrap(hash(index, 2) + speedY * near * time) * 1.2 - 0.1) * height,
      size: size * near * height,
      own,
      index,
    });
  }
}

const dot =
  (color: string, twinkle: number): Swarm['paint'] =>
  ({ target, time, strength }, { x, y, size, own, index }) => {
    target.globalAlpha = clamp01(
      (0.35 + own * 0.6) * strength * (1 - twinkle * hump((time * (0.5 + own) + hash(index, 7)) % 1)),
    );
    target.fillStyle = color;
    target.beginPath();
    target.arc(x, y, size, 0, 2 * Math.PI);
    target.fill();
  };

const streak =
  (color: string, dx: number, dy: number): Swarm['paint'] =>
  ({ target, strength }, { x, y, size, own }) => {
    target.globalAlpha = clamp01((0.25 + own * 0.4) * strength);
    target.strokeStyle = color;
    target.lineWidth = Math.max(1, size * 0.06);
    target.beginPath();
    target.moveTo(x, y);
    target.lineTo(x - dx * size, y - dy * size);
    target.stroke();
  };

const flake =
  (hue: (own: number) => string): Swarm['paint'] =>
  ({ target, time, strength }, { x, y, size, own, index }) => {
    target.globalAlpha = clamp01(0.85 * strength);
    target.fillStyle = hue(own);
    target.save();
    target.translate(x, y);
    target.rotate(time * (1 + own * 3) + index);
    target.scale(1, Math.max(0.15, Math.abs(Math.cos(time * 3 * own + index))));
    target.fillRect(-size, -size * 0.6, size * 2, size * 1.2);
    target.restore();
  };

const glow =
  (color: string): Swarm['paint'] =>
  ({ target, time, strength }, { x, y, size, own, index }) => {
    const gradient = target.createRadialGradient(x, y, 0, x, y, Math.max(0.01, size));
    gradient.addColorStop(0, color);
    gradient.addColorStop(1, 'rgba(0,0,0,0)');
    target.globalCompositeOperation = 'screen';
    target.globalAlpha = clamp01(strength * (0.3 + 0.5 * hump((time * 0.3 * (0.5 + own) + hash(index, 9)) % 1)));
    target.fillStyle = gradient;
    target.fillRect(x - size, y - size, size * 2, size * 2);
  };

export const snow = swarm({ count: 120, speedX: 0.01, speedY: 0.16, size: 0.005, paint: dot('#fff', 0) });
export const rain = swarm({ count: 140, speedX: -0.12, speedY: 1.6, size: 0.06, paint: streak('#dfe8f2', -0.075, 1) });
export const dust = swarm({ count: 90, speedX: 0.015, speedY: 0.03, size: 0.004, paint: dot('#fff2d8', 0.7) });
export const goldDust = swarm({ count: 110, speedX: 0.01, speedY: 0.07, size: 0.005, paint: dot('#ffd36b', 0.8) });
export const stars = swarm({ count: 60, speedX: 0, speedY: 0, size: 0.006, paint: dot('#fffbe6', 1) });
export const confetti = swarm({
  count: 80,
  speedX: 0.02,
  speedY: 0.28,
  size: 0.011,
  paint: flake((own) => `hsl(${Math.round(own * 360)},85%,60%)`),
});
export const petals = swarm({
  count: 45,
  speedX: 0.07,
  speedY: 0.13,
  size: 0.012,
  paint: flake((own) => `hsl(${340 + Math.round(own * 15)},80%,82%)`),
});
export const leaves = swarm({
  count: 35,
  speedX: 0.06,
  speedY: 0.14,
  size: 0.015,
  paint: flake((own) => `hsl(${20 + Math.round(own * 30)},75%,50%)`),
});
export const meteors = swarm({
  count: 14,
  speedX: -0.7,
  speedY: 0.5,
  size: 0.22,
  paint: streak('#eaf2ff', -0.8, 0.57),
});
export const bokeh = swarm({ count: 26, speedX: 0.01, speedY: -0.02, size: 0.07, paint: glow('rgba(255,214,140,1)') });
export const bubbles = swarm({
  count: 36,
  speedX: 0.01,
  speedY: -0.12,
  size: 0.016,
  paint: ({ target, strength }, { x, y, size, own }) => {
    target.globalAlpha = clamp01((0.35 + own * 0.4) * strength);
    target.strokeStyle = '#ffffff';
    target.lineWidth = Math.max(1, size * 0.12);
    target.beginPath();
    target.arc(x, y, size, 0, 2 * Math.PI);
    target.stroke();
  },
});
