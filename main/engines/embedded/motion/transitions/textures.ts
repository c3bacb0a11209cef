import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import { clamp01, hash, hump, ramp } from '../ease.ts';
import { cloudNoise, grainNoise, NOISE_HEIGHT, NOISE_WIDTH } from '../noise.ts';
import { scratch } from '../scratch.ts';
import { dissolve } from './fades.ts';
import { crossfade, type DrawTransition, full, onLayer, placed, reveal, type Size, shine } from './scene.ts';

/** The places where the noise is under the threshold, as a small mask; `band` leaves only its edge. */
function noiseMask(noise: Float32Array, threshold: number, soft: number, band: boolean): Canvas {
  const { canvas, context } = scratch(band ? 'noise band' : 'noise', NOISE_WIDTH, NOISE_HEIGHT);
  const image = context.createImageData(NOISE_WIDTH, NOISE_HEIGHT);
  for (const [index, value] of noise.entries()) {
    const share = clamp01((threshold - value) / soft);
    image.data[index * 4 + 3] = 255 * (band ? 4 * share * (1 - share) : share);
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** 水墨, 云朵, 烟雾, 火焰: the new picture spreads like ink; `rim` colours its edge. */
export const spread = (rim: string | null): DrawTransition =>
  onLayer((scene) => {
    const { width, height, target } = scene;
    const soft = 0.12;
    const threshold = scene.progress * (1 + soft);
    const mask = noiseMask(cloudNoise(), threshold, soft, false);
    reveal(scene, (context) => {
      context.drawImage(mask, 0, 0, width, height);
    });
    if (rim === null) return;
    const glow = scratch('glow', width, height);
    glow.context.drawImage(noiseMask(cloudNoise(), threshold, soft * 1.6, true), 0, 0, width, height);
    glow.context.globalCompositeOperation = 'source-in';
    glow.context.fillStyle = rim;
    glow.context.fillRect(0, 0, width, height);
    target.globalCompositeOperation = 'source-atop';
    target.globalAlpha = Math.min(1, hump(scene.progress) * 2) * 0.9;
    target.drawImage(glow.canvas, 0, 0);
  });

/** 粒子, 雪花: grain by grain. */
export const grains: DrawTransition = (scene) => {
  reveal(scene, (context) => {
    context.imageSmoothingEnabled = false;
    context.drawImage(noiseMask(grainNoise(), scene.progress * 1.15, 0.15, false), 0, 0, scene.width, scene.height);
  });
};

/** One colour channel of a picture, moved sideways within the picture's outline, added to what is there. */
function channel(context: SKRSContext2D, picture: Canvas, scene: Size, color: string, x: number): void {
  const tint = scratch(`channel`, scene.width, scene.height);
  // Where the moved picture has nothing, the channel stays as it was: without it the others would make a dark fringe.
  full(tint.context, picture, scene);
  placed(tint.context, picture, scene, { x });
  tint.context.globalCompositeOperation = 'multiply';
  tint.context.fillStyle = color;
  tint.context.fillRect(0, 0, scene.width, scene.height);
  tint.context.globalCompositeOperation = 'destination-in';
  full(tint.context, picture, scene);
  context.globalCompositeOperation = 'lighter';
  context.drawImage(tint.canvas, 0, 0);
  context.globalCompositeOperation = 'source-over';
}

/** A picture with its colours apart by `shift` pixels and some of its bands thrown sideways. */
export function glitched(context: SKRSContext2D, picture: Canvas, scene: Size, force: number, step: number): void {
  const shift = force * scene.width * 0.02;
  const apart = scratch('apart', scene.width, scene.height);
  channel(apart.context, picture, scene, '#f00', -shift);
  channel(apart.context, picture, scene, '#0ff', shift);
  context.drawImage(apart.canvas, 0, 0);
  const bands = Math.round(force * 9);
  for (let band = 0; band < bands; band += 1) {
    const y = hash(band, step) * scene.height;
    const height = (0.01 + hash(band + 50, step) * 0.07) * scene.height;
    const x = (hash(band + 99, step) - 0.5) * scene.width * 0.25 * force;
    context.drawImage(apart.canvas, 0, y, scene.width, height, x, y, scene.width, height);
  }
}

/** 故障, 色差: a bad signal around the cut. */
export const glitch: DrawTransition = (scene) => {
  const force = hump(scene.progress);
  const step = Math.floor(scene.progress * 14);
  // The picture jumps over and back before it stays.
  const ahead = scene.progress > 0.6 || (scene.progress > 0.35 && hash(step, 3) > 0.5);
  glitched(scene.target, ahead ? scene.to : scene.from, scene, force, step);
};

const ROWS = 90;

/** 水波, 波动: rows swing sideways while one picture melts into the other. */
export const waves: DrawTransition = (scene) => {
  const { width, height } = scene;
  const mixed = scratch('mixed', width, height);
  dissolve({ ...scene, target: mixed.context, progress: ramp(0.2, 0.8, scene.progress) });
  const force = hump(scene.progress) * width * 0.05;
  const wide = 1 + hump(scene.progress) * 0.12;
  for (let row = 0; row < ROWS; row += 1) {
    const y = (row / ROWS) * height;
    const x = Math.sin((row / ROWS) * 4 * Math.PI + scene.progress * 9) * force;
    const size = height / ROWS;
    scene.target.drawImage(mixed.canvas, 0, y, width, size, x - (width * (wide - 1)) / 2, y, width * wide, size + 0.6);
  }
};

/** 扫光, 炫光, 漏光: light passes over the cut; `spots` of it, in that colour. */
export const light = (color: string, kind: 'beam' | 'leak' | 'spots'): DrawTransition =>
  onLayer((scene) => {
    const { target, width, height, progress } = scene;
    crossfade(
      scene,
      ramp(0.3, 0.7, progress),
      (context) => full(context, scene.from, scene),
      (context) => full(context, scene.to, scene),
    );
    // Light is soft: a quarter of the size is enough.
    const [w, h] = [width / 4, height / 4];
    const layer = scratch('light', w, h);
    const glow = (x: number, y: number, radius: number, alpha: number): void => {
      const gradient = layer.context.createRadialGradient(x, y, 0, x, y, Math.max(0.01, radius));
      gradient.addColorStop(0, color);
      gradient.addColorStop(1, 'rgba(0,0,0,0)');
      layer.context.globalAlpha = clamp01(alpha);
      layer.context.fillStyle = gradient;
      layer.context.fillRect(0, 0, w, h);
    };
    if (kind === 'beam') {
      layer.context.translate(w * (progress * 2 - 0.5), h / 2);
      layer.context.rotate(0.35);
      layer.context.scale(0.22, 3);
      layer.context.translate(-w / 2, -h / 2);
      glow(w / 2, h / 2, w / 2, hump(progress) * 1.4);
    } else if (kind === 'leak') {
      glow(w * (0.1 + progress * 0.8), h * 0.3, w * 0.75, hump(progress) * 1.2);
      glow(w * (0.9 - progress * 0.5), h * 0.8, w * 0.5, hump(progress));
    } else {
      for (let spot = 0; spot < 14; spot += 1) {
        const drift = (progress - 0.5) * (hash(spot, 5) - 0.3) * w * 0.5;
        glow(hash(spot, 1) * w + drift, hash(spot, 2) * h, (0.05 + hash(spot, 3) * 0.12) * w, hump(progress) * 0.8);
      }
    }
    layer.context.setTransform(1, 0, 0, 1, 0, 0);
    layer.context.globalAlpha = 1;
    shine(target, 'screen', (context) => full(context, layer.canvas, scene));
  });

/** 光束, 发光变焦: a zoom that glares in the middle. */
export const glare: DrawTransition = onLayer((scene) => {
  const force = hump(scene.progress);
  const share = ramp(0.35, 0.65, scene.progress);
  crossfade(
    scene,
    share,
    (context) => placed(context, scene.from, scene, { scale: 1 + force * 0.5 }),
    (context) => placed(context, scene.to, scene, { scale: 1 + force * 0.5 }),
  );
  shine(scene.target, 'lighter', (context) => {
    for (const [picture, weight] of [
      [scene.from, 1 - share],
      [scene.to, share],
    ] as const) {
      context.globalAlpha = force * 0.6 * weight;
      placed(context, picture, scene, { scale: 1 + force });
    }
  });
});
