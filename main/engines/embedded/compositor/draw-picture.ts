import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Picture } from '../decode/picture-source.ts';
import type { Region, Size } from './geometry.ts';

/** Pictures drawn at less than this share of their size are averaged first: single samples of them would flicker. */
const sharpDownTo = 0.6;

/** Draws a region of a picture into a box of the given size around the context's origin. */
export function drawPicture(context: SKRSContext2D, picture: Picture, region: Region, box: Size): void {
  const { a, b } = context.getTransform();
  const share = (Math.hypot(a, b) * box.width) / (region.width * picture.image.width);
  context.save();
  context.imageSmoothingQuality = share < sharpDownTo ? 'medium' : 'low';
  if (region.turn !== 0) drawTurnedRegion(context, picture, region, box);
  else drawStraightRegion(context, picture, region, box);
  context.restore();
}

function drawStraightRegion(context: SKRSContext2D, { image }: Picture, region: Region, box: Size): void {
  context.drawImage(
    image,
    region.x * image.width,
    region.y * image.height,
    region.width * image.width,
    region.height * image.height,
    -box.width / 2,
    -box.height / 2,
    box.width,
    box.height,
  );
}

/** A crop that was turned in the app: the whole picture is laid under the box so that the region fills it. */
function drawTurnedRegion(context: SKRSContext2D, { image }: Picture, region: Region, box: Size): void {
  context.beginPath();
  context.rect(-box.width / 2, -box.height / 2, box.width, box.height);
  context.clip();
  context.translate(-box.width / 2, -box.height / 2);
  context.rotate((-region.turn * Math.PI) / 180);
  // At the size that it is shown in: its own pixels need not be square.
  const [width, height] = [box.width / region.width, box.height / region.height];
  context.drawImage(image, -region.x * width, -region.y * height, width, height);
}
