import { easeBounce, easeInOut, hump, mix, ramp } from '../ease.ts';
import { blurred, crossfade, type DrawTransition, full, placed } from './scene.ts';

export interface Direction {
  readonly x: number;
  readonly y: number;
}

/** 左移, 右移 ...: the new picture pushes the old one out; `direction` is the way both move. */
export const push =
  (direction: Direction, ease: (t: number) => number = easeInOut): DrawTransition =>
  (scene) => {
    const { target, from, to, width, height } = scene;
    const moved = ease(scene.progress);
    placed(target, from, scene, { x: direction.x * width * moved, y: direction.y * height * moved });
    placed(target, to, scene, { x: direction.x * width * (moved - 1), y: direction.y * height * (moved - 1) });
  };

export const bouncePush = (direction: Direction): DrawTransition => push(direction, easeBounce);

/** The new picture slides over the old one, which drifts a little the same way. */
export const cover =
  (direction: Direction): DrawTransition =>
  (scene) => {
    const { target, from, to, width, height } = scene;
    const moved = easeInOut(scene.progress);
    placed(target, from, scene, { x: direction.x * width * moved * 0.3, y: direction.y * height * moved * 0.3 });
    placed(target, to, scene, { x: direction.x * width * (moved - 1), y: direction.y * height * (moved - 1) });
  };

/** The old picture slides away and uncovers the new one. */
export const uncover =
  (direction: Direction): DrawTransition =>
  (scene) => {
    const moved = easeInOut(scene.progress);
    full(scene.target, scene.to, scene);
    placed(scene.target, scene.from, scene, {
      x: direction.x * scene.width * moved,
      y: direction.y * scene.height * moved,
    });
  };

/** 胶卷, 卷动: the film runs through fast, three pictures on, smeared along its way. */
export const roll =
  (direction: Direction): DrawTransition =>
  (scene) => {
    const { target, width, height } = scene;
    const travelled = easeInOut(scene.progress) * 3;
    const smear = hump(scene.progress) * height * 0.04;
    for (let frame = Math.floor(travelled); frame <= Math.ceil(travelled); frame += 1) {
      const picture = frame % 2 === 0 ? scene.from : scene.to;
      target.save();
      target.translate(direction.x * (travelled - frame) * width, direction.y * (travelled - frame) * height);
      blurred(target, picture, scene, smear * Math.abs(direction.x), smear * Math.abs(direction.y));
      target.restore();
    }
  };

/** 三屏, 分屏: bands of the new picture come in from alternate sides. */
export const bands =
  (count: number, vertical: boolean): DrawTransition =>
  (scene) => {
    const { target, from, to, width, height } = scene;
    full(target, from, scene);
    for (let band = 0; band < count; band += 1) {
      const late = (band / count) * 0.3;
      const moved = easeInOut(Math.min(1, Math.max(0, (scene.progress - late) / 0.7)));
      const away = (band % 2 === 0 ? 1 : -1) * (1 - moved);
      const size = (vertical ? width : height) / count;
      target.save();
      target.beginPath();
      if (vertical) target.rect(band * size, 0, size, height);
      else target.rect(0, band * size, width, size);
      target.clip();
      placed(target, to, scene, vertical ? { y: away * height } : { x: away * width });
      target.restore();
    }
  };

/** 拉伸: pulled long along the direction, and the new picture springs back from it. */
export const stretch =
  (direction: Direction): DrawTransition =>
  (scene) => {
    const out = 1 + easeInOut(Math.min(1, scene.progress * 1.4)) * 3;
    const back = 1 + (1 - easeInOut(Math.max(0, scene.progress * 1.4 - 0.4))) * 3;
    const along = (factor: number, side: number) => ({
      scaleX: direction.x === 0 ? 1 : factor,
      scaleY: direction.y === 0 ? 1 : factor,
      x: (side * direction.x * scene.width * (factor - 1)) / 2,
      y: (side * direction.y * scene.height * (factor - 1)) / 2,
    });
    crossfade(
      scene,
      ramp(0.35, 0.65, scene.progress),
      (context) => placed(context, scene.from, scene, along(out, 1)),
      (context) => placed(context, scene.to, scene, along(back, -1)),
    );
  };

/** 压缩: the old picture is squeezed against one side by the new one unfolding from the other. */
export const squeeze =
  (direction: Direction): DrawTransition =>
  (scene) => {
    const { target, from, to, width, height } = scene;
    const share = easeInOut(scene.progress);
    const horizontal = direction.x !== 0;
    const forward = (horizontal ? direction.x : direction.y) > 0;
    const [size, cross] = horizontal ? [width, height] : [height, width];
    const put = (picture: typeof from, start: number, length: number): void => {
      if (length <= 0) return;
      if (horizontal) target.drawImage(picture, start, 0, length, cross);
      else target.drawImage(picture, 0, start, cross, length);
    };
    put(to, forward ? 0 : size * (1 - share), size * share);
    put(from, forward ? size * share : 0, size * (1 - share));
  };

/** 抖动, 震动: both pictures shake hard around the cut. */
export const shake: DrawTransition = (scene) => {
  const force = hump(scene.progress);
  const angle = scene.progress * 2 * Math.PI;
  const place = {
    x: Math.sin(angle * 6) * scene.width * 0.05 * force,
    y: Math.cos(angle * 7.3) * scene.height * 0.05 * force,
    rotation: Math.sin(angle * 5.1) * 2.5 * force,
    scale: mix(1, 1.16, force),
  };
  crossfade(
    scene,
    ramp(0.42, 0.58, scene.progress),
    (context) => placed(context, scene.from, scene, place),
    (context) => placed(context, scene.to, scene, place),
  );
};
