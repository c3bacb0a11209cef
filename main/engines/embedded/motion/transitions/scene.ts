import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import { scratch } from '../scratch.ts';

/** One moment of a transition. Pictures may be partly transparent; both are drawn at the full size. */
export interface Scene {
  readonly target: SKRSContext2D;
  readonly from: Canvas;
  readonly to: Canvas;
  /** 0..1, never at the very ends: those are plain pictures. */
  readonly progress: number;
  readonly width: number;
  readonly height: number;
}

export type DrawTransition = (scene: Scene) => void;

type Paint = (context: SKRSContext2D) => void;

/** Draws a picture over the full size. */
export function full(context: SKRSContext2D, picture: Canvas, { width, height }: Size): void {
  context.drawImage(picture, 0, 0, width, height);
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Place {
  /** Shift in pixels. */
  readonly x?: number;
  readonly y?: number;
  readonly scale?: number;
  readonly scaleX?: number;
  readonly scaleY?: number;
  /** Degrees, clockwise. */
  readonly rotation?: number;
}

/** Draws a picture moved, scaled and rotated around the middle. */
export function placed(context: SKRSContext2D, picture: Canvas, size: Size, place: Place): void {
  const { x = 0, y = 0, scale = 1, scaleX = 1, scaleY = 1, rotation = 0 } = place;
  context.save();
  context.translate(size.width / 2 + x, size.height / 2 + y);
  context.rotate((rotation * Math.PI) / 180);
  context.scale(scale * scaleX, scale * scaleY);
  context.drawImage(picture, -size.width / 2, -size.height / 2, size.width, size.height);
  context.restore();
}

/**
 * Blends two pictures as one layer: `share` of the second, the rest of the first; right for transparent parts too, and
 * for whatever lies on the target already.
 */
export function crossfade(scene: Scene, share: number, paintFrom: Paint, paintTo: Paint): void {
  const { target, width, height } = scene;
  if (share <= 0 || share >= 1) {
    (share <= 0 ? paintFrom : paintTo)(target);
    return;
  }
  const { canvas, context } = scratch('crossfade', width, height);
  context.globalAlpha = 1 - share;
  paintFrom(context);
  context.globalAlpha = share;
  context.globalCompositeOperation = 'lighter';
  paintTo(context);
  target.drawImage(canvas, 0, 0);
}

/**
 * Draws a transition on a blank layer and lays that on the target. What it paints of its own (lids, paper, ink, light)
 * belongs on what the layer shows of the clips, "source-atop": it covers no more than they do, and leaves alone what
 * lies below them.
 */
export const onLayer =
  (draw: DrawTransition): DrawTransition =>
  (scene) => {
    const { canvas, context } = scratch('layer', scene.width, scene.height);
    draw({ ...scene, target: context });
    scene.target.drawImage(canvas, 0, 0);
  };

/** Adds light to what a layer shows, mixed as `mode` says, without covering more. */
export function shine(layer: SKRSContext2D, mode: 'screen' | 'lighter', paint: Paint): void {
  const { canvas, context } = scratch('lit', layer.canvas.width, layer.canvas.height);
  context.drawImage(layer.canvas, 0, 0);
  context.globalCompositeOperation = mode;
  paint(context);
  layer.save();
  layer.globalCompositeOperation = 'source-atop';
  layer.drawImage(canvas, 0, 0);
  layer.restore();
}

/** Shows `to` where the mask is painted and `from` elsewhere; half-transparent mask pixels blend. */
export function reveal(scene: Scene, paintMask: Paint, paint: { from?: Paint; to?: Paint } = {}): void {
  const { target, width, height, from, to } = scene;
  const mask = scratch('mask', width, height);
  paintMask(mask.context);
  const coming = scratch('coming', width, height);
  (paint.to ?? ((context) => full(context, to, scene)))(coming.context);
  coming.context.globalCompositeOperation = 'destination-in';
  coming.context.drawImage(mask.canvas, 0, 0);
  const whole = scratch('whole', width, height);
  (paint.from ?? ((context) => full(context, from, scene)))(whole.context);
  whole.context.globalCompositeOperation = 'destination-out';
  whole.context.drawImage(mask.canvas, 0, 0);
  whole.context.globalCompositeOperation = 'lighter';
  whole.context.drawImage(coming.canvas, 0, 0);
  target.drawImage(whole.canvas, 0, 0);
}

/** Scale at which a rotated picture still covers the frame. */
export function coverScale({ width, height }: Size, degrees: number): number {
  const cos = Math.abs(Math.cos((degrees * Math.PI) / 180));
  const sin = Math.abs(Math.sin((degrees * Math.PI) / 180));
  return Math.max(cos + (sin * height) / width, cos + (sin * width) / height);
}

/** Draws a picture blurred by `x` and `y` pixels: shrunk, blurred there, enlarged. */
export function blurred(context: SKRSContext2D, picture: Canvas, size: Size, x: number, y: number): void {
  if (x < 0.75 && y < 0.75) {
    full(context, picture, size);
    return;
  }
  const w = Math.max(4, size.width / Math.max(1, x / 1.5));
  const h = Math.max(4, size.height / Math.max(1, y / 1.5));
  // The outermost pixels are repeated beyond the edge, so that the blur mixes nothing foreign in.
  const inner = scratch('blur inner', w, h);
  // "medium" shrinks through halved copies: every pixel counts.
  inner.context.imageSmoothingQuality = 'medium';
  inner.context.drawImage(picture, 0, 0, inner.canvas.width, inner.canvas.height);
  const small = scratch('blur', inner.canvas.width + 2 * PAD, inner.canvas.height + 2 * PAD);
  extend(small.context, inner.canvas);
  const soft = scratch('blur soft', small.canvas.width, small.canvas.height);
  soft.context.filter = `blur(${x > 0.75 && y > 0.75 ? 1.5 : 0.8}px)`;
  soft.context.drawImage(small.canvas, 0, 0);
  // Smooth up to a quarter of the size, from there the plain way: the picture has no detail left to lose.
  const middle = scratch('blur middle', Math.max(w, size.width / 4), Math.max(h, size.height / 4));
  middle.context.imageSmoothingQuality = 'high';
  const [innerWidth, innerHeight] = [inner.canvas.width, inner.canvas.height];
  middle.context.drawImage(
    soft.canvas,
    PAD,
    PAD,
    innerWidth,
    innerHeight,
    0,
    0,
    middle.canvas.width,
    middle.canvas.height,
  );
  full(context, middle.canvas, size);
}

const PAD = 5;

/** Draws a picture PAD pixels in, its edges repeated outwards. */
function extend(context: SKRSContext2D, picture: Canvas): void {
  const { width, height } = picture;
  const columns = [
    { from: 0, width: 1, at: 0, to: PAD },
    { from: 0, width, at: PAD, to: width },
    { from: width - 1, width: 1, at: PAD + width, to: PAD },
  ];
  const rows = [
    { from: 0, height: 1, at: 0, to: PAD },
    { from: 0, height, at: PAD, to: height },
    { from: height - 1, height: 1, at: PAD + height, to: PAD },
  ];
  for (const column of columns) {
    for (const row of rows) {
      context.drawImage(picture, column.from, row.from, column.width, row.height, column.at, row.at, column.to, row.to);
    }
  }
}
