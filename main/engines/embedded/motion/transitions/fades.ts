import { hump, ramp } from '../ease.ts';
import { scratch } from '../scratch.ts';
import { blurred, crossfade, type DrawTransition, full } from './scene.ts';

/** 叠化: one picture melts into the other. */
export const dissolve: DrawTransition = (scene) => {
  crossfade(
    scene,
    scene.progress,
    (context) => full(context, scene.from, scene),
    (context) => full(context, scene.to, scene),
  );
};

/** 闪黑, 闪白: to a colour and out of it. */
export const dip =
  (color: string): DrawTransition =>
  (scene) => {
    const first = scene.progress < 0.5;
    tinted(scene, first ? 'from' : 'to', color, first ? scene.progress * 2 : 2 - scene.progress * 2);
  };

/** 闪光: a short flash at the cut, `times` of them. */
export const flash =
  (color: string, times: number): DrawTransition =>
  (scene) => {
    const phase = scene.progress * times;
    const light = hump(phase - Math.floor(phase)) ** 2 * hump(scene.progress);
    tinted(scene, scene.progress < 0.5 ? 'from' : 'to', color, Math.min(1, light * 1.2));
  };

function tinted(scene: Parameters<DrawTransition>[0], which: 'from' | 'to', color: string, alpha: number): void {
  const { canvas, context } = scratch('tint', scene.width, scene.height);
  full(context, scene[which], scene);
  context.globalCompositeOperation = 'source-atop';
  context.globalAlpha = alpha;
  context.fillStyle = color;
  context.fillRect(0, 0, scene.width, scene.height);
  scene.target.drawImage(canvas, 0, 0);
}

/** 叠加: both are seen on top of each other, brighter, in the middle. */
export const overlay: DrawTransition = (scene) => {
  dissolve(scene);
  const both = scratch('both', scene.width, scene.height);
  full(both.context, scene.from, scene);
  both.context.globalCompositeOperation = 'screen';
  full(both.context, scene.to, scene);
  scene.target.save();
  scene.target.globalAlpha = 0.5 * hump(scene.progress) ** 2;
  scene.target.drawImage(both.canvas, 0, 0);
  scene.target.restore();
};

/** 模糊: out of focus and into focus; along one axis for 横向 and 竖向. */
export const blur =
  (x: number, y: number): DrawTransition =>
  (scene) => {
    const radius = hump(scene.progress) * scene.height * 0.06;
    crossfade(
      scene,
      ramp(0.3, 0.7, scene.progress),
      (context) => blurred(context, scene.from, scene, radius * x, radius * y),
      (context) => blurred(context, scene.to, scene, radius * x, radius * y),
    );
  };

/** 负片: colours turn over, and back again after the cut. */
export const negative: DrawTransition = (scene) => {
  const { canvas, context } = scratch('tint', scene.width, scene.height);
  dissolve({ ...scene, target: context, progress: ramp(0.4, 0.6, scene.progress) });
  const copy = scratch('copy', scene.width, scene.height);
  copy.context.drawImage(canvas, 0, 0);
  copy.context.globalCompositeOperation = 'source-in';
  copy.context.fillStyle = '#fff';
  copy.context.fillRect(0, 0, scene.width, scene.height);
  context.globalCompositeOperation = 'difference';
  context.globalAlpha = ramp(0.05, 0.3, scene.progress) * (1 - ramp(0.7, 0.95, scene.progress));
  context.drawImage(copy.canvas, 0, 0);
  scene.target.drawImage(canvas, 0, 0);
};

/** 马赛克: blocks grow and shrink again. */
export const mosaic: DrawTransition = (scene) => {
  const block = Math.max(1, hump(scene.progress) * scene.height * 0.09);
  const pixelated = (picture: typeof scene.from) => (context: typeof scene.target) => {
    const small = scratch('mosaic', scene.width / block, scene.height / block);
    small.context.drawImage(picture, 0, 0, small.canvas.width, small.canvas.height);
    context.save();
    context.imageSmoothingEnabled = false;
    context.drawImage(small.canvas, 0, 0, scene.width, scene.height);
    context.restore();
  };
  crossfade(scene, ramp(0.4, 0.6, scene.progress), pixelated(scene.from), pixelated(scene.to));
};
