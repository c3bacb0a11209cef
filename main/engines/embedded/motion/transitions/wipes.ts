import type { SKRSContext2D } from '@napi-rs/canvas';
import { easeInOut, hash, hump, smooth } from '../ease.ts';
import { scratch } from '../scratch.ts';
import { type DrawTransition, full, onLayer, placed, reveal } from './scene.ts';
import { COVER, type Shape, trace } from './shapes.ts';
import type { Direction } from './slides.ts';

/** 擦除: an edge runs over the picture; `soft` is its width as a share of the way. */
export const wipe =
  (direction: Direction, soft: number): DrawTransition =>
  (scene) => {
    const { width, height } = scene;
    const reach = (Math.abs(direction.x) * width + Math.abs(direction.y) * height) / 2;
    const length = Math.hypot(direction.x, direction.y) || 1;
    const edge = (soft > 0 ? scene.progress : smooth(scene.progress)) * (1 + soft) - soft;
    reveal(scene, (context) => {
      const along = (share: number): [number, number] => [
        width / 2 + (direction.x / length ** 2) * reach * (2 * share - 1),
        height / 2 + (direction.y / length ** 2) * reach * (2 * share - 1),
      ];
      const gradient = context.createLinearGradient(...along(edge), ...along(edge + Math.max(soft, 0.002)));
      gradient.addColorStop(0, 'rgba(0,0,0,1)');
      gradient.addColorStop(1, 'rgba(0,0,0,0)');
      context.fillStyle = gradient;
      context.fillRect(0, 0, width, height);
    });
  };

/** 圆形, 爱心, 星星 ...: the new picture grows out of a shape. */
export const iris =
  (shape: Shape): DrawTransition =>
  (scene) => {
    const { width, height } = scene;
    const size = (Math.hypot(width, height) / 2) * COVER[shape] * easeInOut(scene.progress);
    reveal(scene, (context) => {
      context.translate(width / 2, height / 2);
      trace(context, shape, Math.max(0.01, size), width / height);
      context.fill();
    });
  };

/** 百叶窗: slats turn over. */
export const blinds =
  (count: number, vertical: boolean): DrawTransition =>
  (scene) => {
    const { width, height } = scene;
    reveal(scene, (context) => {
      const size = (vertical ? width : height) / count;
      for (let slat = 0; slat < count; slat += 1) {
        const open = size * smooth(scene.progress);
        if (vertical) context.fillRect(slat * size, 0, open, height);
        else context.fillRect(0, slat * size, width, open);
      }
    });
  };

/** 雨刷, 扫描, 风车: sectors open like a clock's hand. */
export const sectors =
  (count: number, counterClockwise: boolean): DrawTransition =>
  (scene) => {
    const { width, height } = scene;
    reveal(scene, (context) => {
      context.translate(width / 2, height / 2);
      if (counterClockwise) context.scale(-1, 1);
      const sweep = (2 * Math.PI * scene.progress) / count;
      for (let sector = 0; sector < count; sector += 1) {
        const start = (2 * Math.PI * sector) / count - Math.PI / 2;
        context.beginPath();
        context.moveTo(0, 0);
        context.arc(0, 0, Math.hypot(width, height), start, start + sweep);
        context.fill();
      }
    });
  };

/** 窗格, 矩形分割, 方片: tiles appear, each a little later than its neighbour. */
export const tiles =
  (columns: number, rows: number, order: 'random' | 'diagonal'): DrawTransition =>
  (scene) => {
    const { width, height } = scene;
    const [w, h] = [width / columns, height / rows];
    reveal(scene, (context) => {
      for (let row = 0; row < rows; row += 1) {
        for (let column = 0; column < columns; column += 1) {
          const turn = order === 'random' ? hash(column, row) : (column + row) / (columns + rows - 2);
          const share = Math.min(1, Math.max(0, (scene.progress - turn * 0.65) / 0.35));
          context.fillRect(
            column * w + (w * (1 - share)) / 2,
            row * h + (h * (1 - share)) / 2,
            w * share + (share === 1 ? 1 : 0),
            h * share + (share === 1 ? 1 : 0),
          );
        }
      }
    });
  };

/** How far out of the picture its halves go: their edges may be torn. Share of its height. */
const beyond = 0.04;

/** 分割, 开幕: the old picture is cut in two and its halves part; `degrees` is the cut's direction (90 = upright). */
export const split =
  (degrees: number, torn = false): DrawTransition =>
  (scene) => {
    const { target, from, to, width, height } = scene;
    full(target, to, scene);
    const away = easeInOut(scene.progress) * (Math.hypot(width, height) / 2 + height * beyond);
    const angle = (degrees * Math.PI) / 180;
    const normal = { x: Math.sin(angle), y: -Math.cos(angle) };
    for (const side of [-1, 1]) {
      const half = scratch('half', width, height);
      full(half.context, from, scene);
      half.context.globalCompositeOperation = 'destination-in';
      half.context.translate(width / 2, height / 2);
      half.context.rotate(angle);
      cutHalf(half.context, Math.hypot(width, height), side, torn ? height * 0.02 : 0);
      if (torn) {
        half.context.globalCompositeOperation = 'source-atop';
        half.context.strokeStyle = '#f4f1ea';
        half.context.lineWidth = height * 0.014;
        half.context.stroke();
      }
      placed(target, half.canvas, scene, { x: normal.x * away * -side, y: normal.y * away * -side });
    }
  };

function cutHalf(context: SKRSContext2D, reach: number, side: number, jag: number): void {
  context.beginPath();
  context.moveTo(-reach, side * reach);
  for (let step = 0; step <= 60; step += 1) {
    context.lineTo(-reach + (2 * reach * step) / 60, jag * (hash(step, 7) - 0.5) * 2);
  }
  context.lineTo(reach, side * reach);
  context.closePath();
  context.fill();
}

/** 开幕 from the middle: the new picture opens as a growing slit. */
export const slit =
  (vertical: boolean): DrawTransition =>
  (scene) => {
    const { width, height } = scene;
    const share = easeInOut(scene.progress);
    reveal(scene, (context) => {
      if (vertical) context.fillRect((width * (1 - share)) / 2, 0, width * share, height);
      else context.fillRect(0, (height * (1 - share)) / 2, width, height * share);
    });
  };

/** 眨眼: two lids close over the old picture and open on the new one. */
export const blink: DrawTransition = onLayer((scene) => {
  const { target, width, height } = scene;
  full(target, scene.progress < 0.5 ? scene.from : scene.to, scene);
  const closed = hump(scene.progress);
  target.globalCompositeOperation = 'source-atop';
  target.fillStyle = '#000';
  target.beginPath();
  target.rect(-1, -1, width + 2, height + 2);
  target.ellipse(
    width / 2,
    height / 2,
    width * 0.8,
    Math.max(0.01, height * 0.85 * (1 - closed) ** 1.2),
    0,
    0,
    2 * Math.PI,
  );
  target.fill('evenodd');
});
