import type { Canvas } from '@napi-rs/canvas';
import { scratch } from '../../motion/scratch.ts';
import { base } from './lens.ts';
import { type DrawEffect, paintOver, type Stage } from './stage.ts';

/** Edges are looked for at a share of the full size: fine grain is no outline. */
const shrink = 2;
/** How often differences are doubled, so that outlines stand out. */
const doublings = 2;

/** Bright lines on black where colours change. */
function outlines({ frame, width, height }: Stage): Canvas {
  const [w, h] = [Math.max(2, width / shrink), Math.max(2, height / shrink)];
  const step = Math.max(1, Math.round(h / 360));
  const lines = scratch('effect outlines', w, h);
  const across = scratch('effect outlines across', w, h);
  for (const [{ canvas, context }, x, y] of [
    [lines, step, 0],
    [across, 0, step],
  ] as const) {
    context.drawImage(frame, 0, 0, canvas.width, canvas.height);
    context.globalCompositeOperation = 'difference';
    context.drawImage(frame, x, y, canvas.width, canvas.height);
    // What the shifted picture leaves free is no edge.
    context.globalCompositeOperation = 'source-over';
    context.fillStyle = '#000';
    context.fillRect(0, 0, x, canvas.height);
    context.fillRect(0, 0, canvas.width, y);
  }
  lines.context.globalCompositeOperation = 'lighter';
  lines.context.drawImage(across.canvas, 0, 0);
  for (let time = 0; time < doublings; time += 1) lines.context.drawImage(lines.canvas, 0, 0);
  return lines.canvas;
}

/** Adds light in the shape of a picture: itself, and softly round it. */
function shine(stage: Stage, light: Canvas, amount: number): void {
  const { width, height } = stage;
  const soft = scratch('effect outlines soft', light.width, light.height);
  soft.context.filter = `blur(${Math.max(1, light.height / 120).toFixed(2)}px)`;
  soft.context.drawImage(light, 0, 0);
  for (const picture of [light, soft.canvas])
    paintOver(stage, { operation: 'screen', alpha: amount }, (context) =>
      context.drawImage(picture, 0, 0, width, height),
    );
}

/** 边缘发光: outlines shine in their own colours. */
export const edgeGlow: DrawEffect = (stage) => {
  base(stage);
  shine(stage, outlines(stage), 0.8 * stage.strength);
};

/** 霓虹: outlines as coloured tubes on a darker picture; the colours flow along. */
export const neon: DrawEffect = (stage) => {
  const { width, height, time, strength } = stage;
  base(stage);
  paintOver(stage, { alpha: 0.55 * strength }, (context) => {
    context.fillStyle = '#05010f';
    context.fillRect(0, 0, width, height);
  });
  const lines = outlines(stage);
  const context = lines.getContext('2d');
  context.globalCompositeOperation = 'saturation';
  context.fillStyle = '#808080';
  context.fillRect(0, 0, lines.width, lines.height);
  context.globalCompositeOperation = 'multiply';
  const flow = (time * 0.35) % 1;
  const gradient = context.createLinearGradient(0, 0, lines.width, lines.height * 0.6);
  for (let stop = 0; stop <= 8; stop += 1) {
    const hue = 180 + 150 * Math.abs(((((stop / 4 - flow) % 1) + 1) % 1) * 2 - 1);
    gradient.addColorStop(stop / 8, `hsl(${hue.toFixed(1)} 100% 60%)`);
  }
  context.fillStyle = gradient;
  context.fillRect(0, 0, lines.width, lines.height);
  shine(stage, lines, strength);
};
