import { clamp01, easeInOut, hash, hump, mix } from '../../motion/ease.ts';
import { scratch } from '../../motion/scratch.ts';
import { blurred, full, placed } from '../../motion/transitions/scene.ts';
import { type DrawEffect, passed, type Stage } from './stage.ts';

/** 模糊: out of focus, along one axis for 纵向, 横向 and 动感. */
export const blur =
  (x: number, y: number): DrawEffect =>
  (stage) => {
    const radius = stage.strength * stage.height * 0.035;
    blurred(stage.target, stage.frame, stage, radius * x, radius * y);
  };

/** 变清晰, 模糊开幕: out of focus at first. `opening` false: towards the end (模糊闭幕). */
export const focusPull =
  (opening: boolean): DrawEffect =>
  (stage) => {
    const share = passed(stage);
    const radius = easeInOut(opening ? 1 - share : share) * stage.height * 0.05 * stage.strength;
    blurred(stage.target, stage.frame, stage, radius, radius);
  };

/** 瞬间模糊: a moment of it, again and again. */
export const blurPulse: DrawEffect = (stage) => {
  const radius = hump(stage.time % 1) ** 3 * stage.height * 0.05 * stage.strength;
  blurred(stage.target, stage.frame, stage, radius, radius);
};

/** 抖动, 震动: a hand that cannot hold still; `rate` moves a second. */
export const shake =
  (rate: number, reach: number): DrawEffect =>
  (stage) => {
    const step = Math.floor(stage.time * rate);
    const share = stage.time * rate - step;
    const at = (channel: number): number => mix(hash(step, channel), hash(step + 1, channel), share) * 2 - 1;
    const far = reach * stage.strength;
    placed(stage.target, stage.frame, stage, {
      x: at(1) * far * stage.width,
      y: at(2) * far * stage.height,
      rotation: at(3) * far * 40,
      scale: 1 + far * 2.6,
    });
  };

/** 摇摆: swings to and fro. */
export const sway: DrawEffect = (stage) => {
  const swing = Math.sin(stage.time * Math.PI * 1.5) * stage.strength;
  placed(stage.target, stage.frame, stage, {
    rotation: swing * 4,
    x: swing * stage.width * 0.02,
    scale: 1 + 0.16 * stage.strength,
  });
};

/** 心跳, 动感变焦: beats towards the viewer. */
export const beat =
  (perSecond: number): DrawEffect =>
  (stage) => {
    const share = (stage.time * perSecond) % 1;
    const close = Math.exp(-share * 5) * (1 - Math.exp(-share * 60));
    placed(stage.target, stage.frame, stage, { scale: 1 + 0.22 * stage.strength * close });
    if (close < 0.02) return;
    stage.target.save();
    stage.target.globalAlpha = 0.3 * close * stage.strength;
    placed(stage.target, stage.frame, stage, { scale: 1 + 0.4 * stage.strength * close });
    stage.target.restore();
  };

/** 渐渐放大, 变焦推镜: slowly nearer over its whole length. */
export const pushIn: DrawEffect = (stage) => {
  placed(stage.target, stage.frame, stage, { scale: 1 + 0.35 * stage.strength * easeInOut(passed(stage)) });
};

/** 运镜: the camera travels round in a slow figure. */
export const travel: DrawEffect = (stage) => {
  const angle = stage.time * 0.9;
  const far = 0.05 * stage.strength;
  placed(stage.target, stage.frame, stage, {
    x: Math.sin(angle) * far * stage.width,
    y: Math.sin(angle * 2) * far * 0.6 * stage.height,
    rotation: Math.sin(angle * 0.7) * 1.5 * stage.strength,
    scale: 1 + far * 2.6,
  });
};

/** 镜像: the left half and its reflection. */
export const mirror: DrawEffect = ({ target, frame, width, height }) => {
  const half = frame.width / 2;
  target.drawImage(frame, 0, 0, half, frame.height, 0, 0, width / 2, height);
  target.save();
  target.translate(width, 0);
  target.scale(-1, 1);
  target.drawImage(frame, 0, 0, half, frame.height, 0, 0, width / 2, height);
  target.restore();
};

/** 两屏 ... 九屏: the same picture in every field. */
export const screens =
  (columns: number, rows: number): DrawEffect =>
  ({ target, frame, width, height }) => {
    const [w, h] = [width / columns, height / rows];
    // Every field shows the middle of the picture at the field's own shape.
    const scale = Math.min(frame.width / w, frame.height / h);
    const [sw, sh] = [w * scale, h * scale];
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        target.drawImage(frame, (frame.width - sw) / 2, (frame.height - sh) / 2, sw, sh, column * w, row * h, w, h);
      }
    }
  };

/** 马赛克, 低像素: coarse blocks. */
export const pixelate: DrawEffect = ({ target, frame, width, height, strength }) => {
  const block = Math.max(1, strength * height * 0.03);
  const small = scratch('effect pixels', width / block, height / block);
  small.context.drawImage(frame, 0, 0, small.canvas.width, small.canvas.height);
  target.save();
  target.imageSmoothingEnabled = false;
  target.drawImage(small.canvas, 0, 0, width, height);
  target.restore();
};

const ROWS = 120;

/** 水波纹, 荡漾: rows of the picture move like water. */
export const ripple: DrawEffect = ({ target, frame, width, height, time, strength }) => {
  const far = 0.012 * strength * width;
  for (let row = 0; row < ROWS; row += 1) {
    const y = (row / ROWS) * height;
    const x = Math.sin((row / ROWS) * 22 + time * 5) * far * (0.4 + (0.6 * row) / ROWS);
    const source = (row / ROWS) * frame.height;
    target.drawImage(
      frame,
      0,
      source,
      frame.width,
      frame.height / ROWS,
      x - far,
      y,
      width + 2 * far,
      height / ROWS + 0.6,
    );
  }
};

/** 灵魂出窍, 幻影: a pale copy leaves the picture, growing. */
export const ghost: DrawEffect = (stage) => {
  full(stage.target, stage.frame, stage);
  const share = (stage.time * 1.2) % 1;
  stage.target.save();
  stage.target.globalAlpha = 0.45 * (1 - share) * clamp01(stage.strength);
  placed(stage.target, stage.frame, stage, { scale: 1 + share * 0.5 });
  stage.target.restore();
};

/** The whole frame unchanged; effects that only add something begin with it. */
export const base = (stage: Stage): void => full(stage.target, stage.frame, stage);
