import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Rgba } from '../../../drafts/model.ts';
import { prepareText } from './measure.ts';
import { within } from './runs.ts';

/** Pixels of the draft canvas, from the block's upper left corner. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A canvas that shows `box` at `scale`. */
export interface Sheet {
  readonly canvas: Canvas;
  readonly context: SKRSContext2D;
  readonly box: Box;
  readonly scale: number;
}

/** Larger sheets are drawn at a lower scale: 48 MB, and what the drawing library can address. */
const MAX_PIXELS = 12_000_000;
const MAX_SIDE = 32_000;

export function createSheet(box: Box, scale: number): Sheet {
  const width = Math.max(1, Math.round((box.right - box.left) * scale));
  const height = Math.max(1, Math.round((box.bottom - box.top) * scale));
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  prepareText(context);
  context.setTransform(scale, 0, 0, scale, -box.left * scale, -box.top * scale);
  return { canvas, context, box, scale };
}

/**
 * Gives a sheet's memory back at once: the garbage collector does not see how much a canvas holds. What has been drawn
 * with it stays drawn.
 */
export function release({ canvas }: Sheet): void {
  canvas.width = 1;
  canvas.height = 1;
}

export const sheetBytes = ({ canvas }: Sheet): number => canvas.width * canvas.height * 4;

export const cssColor = (color: Rgba): string => {
  const byte = (value: number) => Math.round(within(value, 0, 1) * 255);
  return `rgba(${byte(color.r)},${byte(color.g)},${byte(color.b)},${within(color.a, 0, 1)})`;
};

export function union(a: Box, b: Box): Box {
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

/**
 * A sheet for `box`, its edges moved out so that the block's centre is a corner of raster pixels: a picture placed on
 * whole pixels then stays crisp. The scale is lowered where the sheet would be enormous.
 */
export function createTextSheet(
  box: Box,
  wanted: number,
  block: { readonly width: number; readonly height: number },
): Sheet {
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const scale = Math.min(
    wanted,
    Math.sqrt(MAX_PIXELS / Math.max(1, width * height)),
    MAX_SIDE / Math.max(1, width),
    MAX_SIDE / Math.max(1, height),
  );
  const [centreX, centreY] = [block.width / 2, block.height / 2];
  const out = (distance: number) => Math.ceil(distance * scale) / scale;
  return createSheet(
    {
      left: centreX - out(centreX - box.left),
      top: centreY - out(centreY - box.top),
      right: centreX + out(box.right - centreX),
      bottom: centreY + out(box.bottom - centreY),
    },
    scale,
  );
}

/** Makes everything on a sheet see-through together. */
export function fade({ context, canvas }: Sheet, alpha: number): void {
  const opacity = within(alpha, 0, 1);
  if (opacity === 1) return;
  context.save();
  context.resetTransform();
  context.globalCompositeOperation = 'destination-in';
  context.fillStyle = `rgba(0,0,0,${opacity})`;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.restore();
}

/** Gives everything on a sheet one colour. */
export function tint({ context, canvas }: Sheet, color: Rgba): void {
  context.save();
  context.resetTransform();
  context.globalCompositeOperation = 'source-in';
  context.fillStyle = cssColor(color);
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.restore();
}

/** Draws a sheet over another of the same box and scale. */
export function copy(to: Sheet, from: Sheet): void {
  to.context.save();
  to.context.resetTransform();
  to.context.drawImage(from.canvas, 0, 0);
  to.context.restore();
}
