import type { ClipTransform, Crop } from '../../../drafts/model.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** An upright box; `bottom` and `right` are beyond it. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The box around points. */
export function boundsOf(points: readonly { readonly x: number; readonly y: number }[]): Rect {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

/** The part of a picture that is used, as shares of its displayed size, y down. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Degrees, clockwise, about the region's own upper left corner. */
  readonly turn: number;
}

export const wholePicture: Region = { x: 0, y: 0, width: 1, height: 1, turn: 0 };
const smallest = 1e-4;

/** The region that a draft's four crop corners mean on a picture of a displayed size. */
export function cropRegion(crop: Crop | null, picture: Size): Region {
  if (crop === null) return wholePicture;
  const { upperLeft, upperRight, lowerLeft, lowerRight } = crop;
  const along = { x: (upperRight.x - upperLeft.x) * picture.width, y: (upperRight.y - upperLeft.y) * picture.height };
  const down = { x: (lowerLeft.x - upperLeft.x) * picture.width, y: (lowerLeft.y - upperLeft.y) * picture.height };
  const turn = (Math.atan2(along.y, along.x) * 180) / Math.PI;
  if (Math.abs(turn) > 0.05) {
    const width = Math.hypot(along.x, along.y) / picture.width;
    const height = Math.hypot(down.x, down.y) / picture.height;
    return width > smallest && height > smallest
      ? { x: upperLeft.x, y: upperLeft.y, width, height, turn }
      : wholePicture;
  }
  const within = (value: number) => Math.min(1, Math.max(0, value));
  const xs = [upperLeft.x, lowerLeft.x, upperRight.x, lowerRight.x].map(within);
  const ys = [upperLeft.y, upperRight.y, lowerLeft.y, lowerRight.y].map(within);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - x, Math.max(...ys) - y];
  return width > smallest && height > smallest ? { x, y, width, height, turn: 0 } : wholePicture;
}

/** Size at which a picture region just fits inside the canvas, before scale. */
export function containSize(picture: Size, region: Region, canvas: Size): Size {
  const width = picture.width * region.width;
  const height = picture.height * region.height;
  const factor = Math.min(canvas.width / width, canvas.height / height);
  return { width: width * factor, height: height * factor };
}

/** Factor from displayed source pixels to canvas pixels when contained and scaled. */
export function containFactor(picture: Size, region: Region, canvas: Size): number {
  return containSize(picture, region, canvas).width / (picture.width * region.width);
}

/** Beyond this nothing of a clip can be seen that is not one flat colour; it keeps numbers finite. */
const largestScale = 1000;

/** A clip's place with every number usable: absurd scales and places are brought back to something that can be drawn. */
export function tameTransform(transform: ClipTransform): ClipTransform {
  const finite = (value: number, otherwise: number, limit: number) =>
    Number.isFinite(value) ? Math.min(limit, Math.max(-limit, value)) : otherwise;
  return {
    ...transform,
    alpha: finite(transform.alpha, 1, 1),
    rotation: finite(transform.rotation % 360, 0, 360),
    scaleX: finite(transform.scaleX, 1, largestScale),
    scaleY: finite(transform.scaleY, 1, largestScale),
    x: finite(transform.x, 0, 10_000),
    y: finite(transform.y, 0, 10_000),
  };
}

/** Where a clip's centre lies, canvas pixels. */
export function centreOf({ x, y }: Pick<ClipTransform, 'x' | 'y'>, canvas: Size): { x: number; y: number } {
  return { x: (canvas.width / 2) * (1 + x), y: (canvas.height / 2) * (1 - y) };
}

/** Whole pixels on one axis. */
interface Pixels {
  readonly start: number;
  readonly length: number;
}

/** Pictures enlarged beyond this many times the video are not scaled whole. */
const largestStill = 2;
const smallestSide = 16;

/**
 * The whole pixels that an upright picture that stands still is put on, around the same middle and at most a pixel off, so
 * that it can be scaled once and then only be copied; null for one that is far larger than the video.
 * @param videoSide the longer side of the video, pixels
 */
export function wholePixels(left: number, top: number, { width, height }: Size, videoSide: number) {
  if (Math.max(width, height) > largestStill * videoSide) return null;
  return { x: nearest(left, width), y: nearest(top, height) };
}

/** An even number of them: colours of videos come in pairs. */
function nearest(start: number, length: number): Pixels {
  const even = Math.max(smallestSide, 2 * Math.round(length / 2));
  return { start: Math.round(start + (length - even) / 2), length: even };
}
