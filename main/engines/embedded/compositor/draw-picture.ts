import type { SKRSContext2D } from '@napi-rs/canvas';
import { isUpright, type Orientation, swapsSides } from '../../../media/open.ts';
import type { Picture } from '../decode/sources.ts';
import type { Region, Size } from './geometry.ts';

/** Draws a region of a picture into a box of the given size around the context's origin. */
export function drawPicture(context: SKRSContext2D, picture: Picture, region: Region, box: Size): void {
  if (region.turn !== 0) drawTurnedRegion(context, picture, region, box);
  else drawStraightRegion(context, picture, region, box);
}

function drawStraightRegion(context: SKRSContext2D, picture: Picture, region: Region, box: Size): void {
  const { image, orientation } = picture;
  const raw = rawRegion(region, orientation);
  const turned = swapsSides(orientation);
  const [width, height] = turned ? [box.height, box.width] : [box.width, box.height];
  context.save();
  if (!isUpright(orientation)) context.transform(orientation.a, orientation.b, orientation.c, orientation.d, 0, 0);
  context.drawImage(
    image,
    raw.x * image.width,
    raw.y * image.height,
    raw.width * image.width,
    raw.height * image.height,
    -width / 2,
    -height / 2,
    width,
    height,
  );
  context.restore();
}

/** The part of the stored picture that shows as `region` once it has been turned. */
function rawRegion(region: Region, { a, b, c, d }: Orientation): Omit<Region, 'turn'> {
  const toRaw = (u: number, v: number) => ({
    x: 0.5 + a * (u - 0.5) + b * (v - 0.5),
    y: 0.5 + c * (u - 0.5) + d * (v - 0.5),
  });
  const one = toRaw(region.x, region.y);
  const other = toRaw(region.x + region.width, region.y + region.height);
  return {
    x: Math.min(one.x, other.x),
    y: Math.min(one.y, other.y),
    width: Math.abs(one.x - other.x),
    height: Math.abs(one.y - other.y),
  };
}

/** A crop that was turned in the app: the whole picture is laid under the box so that the region fills it. */
function drawTurnedRegion(context: SKRSContext2D, picture: Picture, region: Region, box: Size): void {
  const { image, orientation } = picture;
  const [shownWidth, shownHeight] = swapsSides(orientation) ? [image.height, image.width] : [image.width, image.height];
  context.save();
  context.beginPath();
  context.rect(-box.width / 2, -box.height / 2, box.width, box.height);
  context.clip();
  context.translate(-box.width / 2, -box.height / 2);
  context.scale(box.width / (region.width * shownWidth), box.height / (region.height * shownHeight));
  context.rotate((-region.turn * Math.PI) / 180);
  context.translate((0.5 - region.x) * shownWidth, (0.5 - region.y) * shownHeight);
  context.transform(orientation.a, orientation.b, orientation.c, orientation.d, 0, 0);
  context.drawImage(image, -image.width / 2, -image.height / 2);
  context.restore();
}
