import type { SKRSContext2D } from '@napi-rs/canvas';
import { freeMemory } from '../../../media/buffer-frame.ts';
import { type Mix, mixColors } from '../look/index.ts';
import { scratch } from '../motion/scratch.ts';
import type { Body } from './body.ts';
import { boundsOf } from './geometry.ts';

/** Softened edges reach this many standard deviations beyond the footprint. */
const blurReach = 3;

/**
 * A body that mixes with what is below it in a way that the canvas does not know. Where it is painted without any
 * mixing (as a blurred background), it is painted as it is.
 */
export function mixedBody(body: Body, mix: Mix): Body {
  return {
    ...body,
    opaque: false,
    picture: null,
    paint(target) {
      if (target.globalCompositeOperation === 'source-over') body.paint(target);
      else paintMixed(target, body, mix);
    },
  };
}

function paintMixed(target: SKRSContext2D, body: Body, mix: Mix): void {
  const box = deviceBox(target, body);
  if (box.width <= 0 || box.height <= 0) return;
  const { canvas: layer, context } = scratch('mixed body', box.width, box.height);
  const { a, b, c, d, e, f } = target.getTransform();
  context.setTransform(a, b, c, d, e - box.x, f - box.y);
  context.filter = target.filter;
  body.paint(context);
  const above = context.getImageData(0, 0, box.width, box.height);
  const below = target.getImageData(box.x, box.y, box.width, box.height);
  mixColors(above.data, below.data, mix);
  context.putImageData(above, 0, 0);
  for (const { data } of [above, below]) freeMemory(data);
  // Drawn, not put: the target may be clipped, and its opacity is kept for here, where no colour is rounded by it.
  target.save();
  target.resetTransform();
  target.filter = 'none';
  target.globalCompositeOperation = 'source-over';
  target.drawImage(layer, box.x, box.y);
  target.restore();
}

/** The pixels of the target that the body can reach. */
function deviceBox(target: SKRSContext2D, { left, top, width, height }: Body) {
  const matrix = target.getTransform();
  const bounds = boundsOf(
    [left, left + width].flatMap((x) =>
      [top, top + height].map((y) => ({
        x: matrix.a * x + matrix.c * y + matrix.e,
        y: matrix.b * x + matrix.d * y + matrix.f,
      })),
    ),
  );
  const blur = Number(/blur\(([\d.]+)px\)/u.exec(target.filter)?.[1] ?? 0);
  const beyond = 1 + blurReach * blur;
  const within = (value: number, most: number) => Math.min(most, Math.max(0, value));
  const x = within(Math.floor(bounds.left - beyond), target.canvas.width);
  const y = within(Math.floor(bounds.top - beyond), target.canvas.height);
  return {
    x,
    y,
    width: within(Math.ceil(bounds.right + beyond), target.canvas.width) - x,
    height: within(Math.ceil(bounds.bottom + beyond), target.canvas.height) - y,
  };
}
