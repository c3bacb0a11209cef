import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import { easeIn, easeInOut, easeOut, hump, mix, ramp } from '../ease.ts';
import { scratch } from '../scratch.ts';
import { blurred, coverScale, crossfade, type DrawTransition, full, onLayer, placed, type Size } from './scene.ts';
import type { Direction } from './slides.ts';
import { swirl } from './swirl.ts';

const TAPS = 4;

/** A picture smeared along the zoom: several copies of growing size, averaged. */
function zoomed(context: SKRSContext2D, picture: Canvas, size: Size, scale: number, smear: number): void {
  if (smear < 0.005) {
    placed(context, picture, size, { scale });
    return;
  }
  // Smeared pictures lose nothing at half size.
  const half = { width: size.width / 2, height: size.height / 2 };
  const small = scratch('zoomed source', half.width, half.height);
  full(small.context, picture, half);
  const sum = scratch('zoomed sum', half.width, half.height);
  sum.context.globalCompositeOperation = 'lighter';
  sum.context.globalAlpha = 1 / TAPS;
  for (let tap = 0; tap < TAPS; tap += 1) {
    placed(sum.context, small.canvas, half, { scale: scale * (1 + (smear * tap) / TAPS) });
  }
  full(context, sum.canvas, size);
}

/** 推近: the camera flies into the old picture and arrives in the new one. */
export const zoomIn: DrawTransition = (scene) => {
  const smear = hump(scene.progress) * 0.12;
  crossfade(
    scene,
    ramp(0.3, 0.65, scene.progress),
    (context) => zoomed(context, scene.from, scene, 1 + easeIn(scene.progress) * 3, smear),
    (context) => zoomed(context, scene.to, scene, mix(0.7, 1, easeOut(scene.progress)), smear),
  );
};

/** 拉远: the old picture shrinks away and the new one settles from nearer. */
export const zoomOut: DrawTransition = (scene) => {
  const smear = hump(scene.progress) * 0.12;
  crossfade(
    scene,
    ramp(0.3, 0.65, scene.progress),
    (context) => zoomed(context, scene.from, scene, mix(1, 0.55, easeIn(scene.progress)), smear),
    (context) => zoomed(context, scene.to, scene, mix(2.6, 1, easeOut(scene.progress)), smear),
  );
};

/** 顺时针旋转: a quarter turn out of one picture into the other. */
export const rotate =
  (sign: number): DrawTransition =>
  (scene) => {
    const turn = easeInOut(scene.progress) * 90;
    const near = 1 + hump(scene.progress) * 0.25;
    crossfade(
      scene,
      ramp(0.4, 0.6, scene.progress),
      (context) => placed(context, scene.from, scene, { rotation: sign * turn, scale: coverScale(scene, turn) * near }),
      (context) =>
        placed(context, scene.to, scene, { rotation: sign * (turn - 90), scale: coverScale(scene, 90 - turn) * near }),
    );
  };

/** 漩涡: spun and drawn into the middle, the new picture comes out of it. */
export const vortex: DrawTransition = (scene) => {
  const { progress } = scene;
  crossfade(
    scene,
    ramp(0.42, 0.58, progress),
    (context) => swirl(context, scene.from, scene, easeIn(Math.min(1, progress * 1.6)) * 300),
    (context) => swirl(context, scene.to, scene, -easeIn(Math.min(1, (1 - progress) * 1.6)) * 300),
  );
};

/** 翻转: the picture turns over like a card. */
export const flip =
  (vertical: boolean): DrawTransition =>
  (scene) => {
    const angle = easeInOut(scene.progress) * Math.PI;
    const across = Math.max(0.004, Math.abs(Math.cos(angle)));
    const size = 1 - 0.18 * Math.sin(angle);
    placed(scene.target, scene.progress < 0.5 ? scene.from : scene.to, scene, {
      scaleX: (vertical ? 1 : across) * size,
      scaleY: (vertical ? across : 1) * size,
    });
  };

/** Pixels of a strip: wider ones would show steps. */
const STRIP = 8;
const EYE = 2.2;

/** 立方体: two faces of a cube that turns; drawn in strips, so that the far edge is smaller. */
export const cube =
  (direction: Direction): DrawTransition =>
  (scene) => {
    const { target, width, height } = scene;
    const upright = direction.x !== 0;
    const sign = (upright ? direction.x : direction.y) < 0 ? -1 : 1;
    const angle = easeInOut(scene.progress) * 90;
    target.save();
    const faces = [
      { picture: scene.from, turn: sign * angle },
      { picture: scene.to, turn: sign * (angle - 90) },
    ].sort((a, b) => Math.abs(b.turn) - Math.abs(a.turn));
    for (const { picture, turn } of faces) face(target, picture, width, height, turn, upright);
    target.restore();
  };

function face(
  target: SKRSContext2D,
  picture: Canvas,
  width: number,
  height: number,
  degrees: number,
  upright: boolean,
): void {
  const angle = (degrees * Math.PI) / 180;
  const [length, cross] = upright ? [width, height] : [height, width];
  // The cube's face stands half a width in front of its axis.
  const project = (u: number): { at: number; size: number } => {
    const x = u * Math.cos(angle) + Math.sin(angle);
    const depth = 1 + u * Math.sin(angle) - Math.cos(angle);
    const size = EYE / (EYE + depth);
    return { at: length / 2 + (x * size * length) / 2, size };
  };
  const [near, far] = [project(-1), project(1)];
  if (far.at <= near.at) return;
  target.save();
  // The edges of perspective are straight: cut along them, so that the strips' ends do not show.
  target.beginPath();
  for (const [{ at, size }, side] of [
    [near, -1],
    [far, -1],
    [far, 1],
    [near, 1],
  ] as const) {
    const across = (cross * (1 + side * size)) / 2;
    // A little beyond, so that no seam shows where the faces meet.
    const along = at === near.at ? at - 1 : at + 1;
    target.lineTo(upright ? along : across, upright ? across : along);
  }
  target.clip();
  const source = upright ? picture.width : picture.height;
  const strips = Math.max(1, Math.round(length / STRIP));
  for (let strip = 0; strip < strips; strip += 1) {
    const from = project((strip / strips) * 2 - 1);
    const to = project(((strip + 1) / strips) * 2 - 1);
    if (to.at <= from.at) continue;
    const size = cross * ((from.size + to.size) / 2) + 2;
    const start = (source * strip) / strips;
    const width_ = to.at - from.at + 1;
    if (upright) {
      target.drawImage(picture, start, 0, source / strips, picture.height, from.at, (cross - size) / 2, width_, size);
    } else {
      target.drawImage(picture, 0, start, picture.width, source / strips, (cross - size) / 2, from.at, size, width_);
    }
  }
  target.restore();
}

/** 翻页: the old picture is turned over like a sheet, its pale back showing. */
export const pageTurn = (direction: Direction): DrawTransition =>
  onLayer((scene) => {
    const { target, from, to, width, height } = scene;
    const vertical = direction.x === 0;
    // Other ways are the same sheet, lying on its side or seen in a mirror.
    if (vertical) target.transform(...quarterTurn(scene, direction.y < 0 ? 1 : -1));
    else if (direction.x > 0) target.transform(-1, 0, 0, 1, width, 0);
    const upright = target.getTransform().inverse();
    const draw = (context: SKRSContext2D, picture: Canvas): void => {
      context.save();
      context.transform(upright.a, upright.b, upright.c, upright.d, upright.e, upright.f);
      full(context, picture, scene);
      context.restore();
    };
    const [w, h] = vertical ? [height, width] : [width, height];
    const fold = w * (1 - easeInOut(scene.progress));
    draw(target, to);
    target.globalCompositeOperation = 'source-atop';
    shade(target, fold, fold + w * 0.12, h, 0.45 * hump(scene.progress) + 0.05);
    target.globalCompositeOperation = 'source-over';
    target.beginPath();
    target.rect(0, 0, fold, h);
    target.clip();
    draw(target, from);
    const back = Math.min(fold, (w - fold) * 0.9);
    const sheet = scratch('sheet', width, height);
    sheet.context.setTransform(target.getTransform());
    sheet.context.save();
    sheet.context.beginPath();
    sheet.context.rect(fold - back, 0, back, h);
    sheet.context.clip();
    sheet.context.transform(-1, 0, 0, 1, 2 * fold, 0);
    draw(sheet.context, from);
    sheet.context.restore();
    sheet.context.globalCompositeOperation = 'source-atop';
    sheet.context.fillStyle = 'rgba(242,239,233,0.72)';
    sheet.context.fillRect(fold - back, 0, back, h);
    shade(sheet.context, fold, fold - Math.max(1, back), h, 0.4);
    target.resetTransform();
    target.drawImage(sheet.canvas, 0, 0);
  });

/** The transform that lays a sheet of the frame's height and width on its side, to fill the frame. */
function quarterTurn({ width, height }: Size, sign: 1 | -1): [number, number, number, number, number, number] {
  return sign > 0 ? [0, 1, -1, 0, width, 0] : [0, -1, 1, 0, 0, height];
}

function shade(target: SKRSContext2D, from: number, to: number, height: number, alpha: number): void {
  const gradient = target.createLinearGradient(from, 0, to, 0);
  gradient.addColorStop(0, `rgba(0,0,0,${alpha})`);
  gradient.addColorStop(1, 'rgba(0,0,0,0)');
  target.fillStyle = gradient;
  target.fillRect(Math.min(from, to), 0, Math.abs(to - from), height);
}

/** 穿越, 冲刺 along one axis: pushed away fast, smeared by its speed. */
export const whip =
  (direction: Direction): DrawTransition =>
  (scene) => {
    const { target, width, height } = scene;
    const moved = easeInOut(scene.progress);
    const smear = hump(scene.progress) * height * 0.12;
    const draw = (picture: Canvas, share: number): void => {
      target.save();
      target.translate(direction.x * width * share, direction.y * height * share);
      blurred(target, picture, scene, smear * Math.abs(direction.x), smear * Math.abs(direction.y));
      target.restore();
    };
    draw(scene.from, moved);
    draw(scene.to, moved - 1);
  };
