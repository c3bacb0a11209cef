import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { CanvasFill } from '../../../drafts/model.ts';
import { unreadable } from '../../../media/errors.ts';
import { StationError } from '../../../shared/errors/index.ts';
import { PhotoSource } from '../decode/photo-source.ts';
import type { Picture } from '../decode/picture-source.ts';
import { LruCache } from '../text/lru.ts';
import type { PlacedSegment } from '../timeline/timeline.ts';
import { blurredFill } from './blurred-fill.ts';
import type { Clip } from './clip.ts';
import { drawPicture } from './draw-picture.ts';
import { containFactor, type Size, wholePicture } from './geometry.ts';
import type { Workshop } from './workshop.ts';

/** Pictures kept for reuse: four of the largest, of which a frame needs two at most. */
const keptImageBytes = 4 * 4096 * 4096 * 4;

/** A fill that does not depend on the clip before it. */
export type StillFill = Exclude<CanvasFill, { type: 'blur' }>;
type ImageFill = Extract<CanvasFill, { type: 'image' }>;

/** What is behind the clips of the bottom track: a colour, the clip itself enlarged and blurred, or a picture. */
export class Background {
  private readonly size: Size;
  private readonly workshop: Workshop;
  private readonly images = new LruCache<{ picture: Picture; size: Size }>(keptImageBytes);
  /** Why pictures cannot be shown, by path. */
  private readonly lost = new Map<string, StationError>();
  private small: Canvas | null = null;

  constructor(size: Size, workshop: Workshop) {
    this.size = size;
    this.workshop = workshop;
  }

  /** Loads the picture behind a clip unless it is there already; one that cannot be shown is noted as a warning. */
  async prepare({ segment, usedAtUs, bottom }: PlacedSegment): Promise<void> {
    const fill = segment.extras.canvas;
    if (fill?.type !== 'image' || !bottom) return;
    const lost = this.lost.get(fill.path) ?? (this.images.get(fill.path) === undefined ? await this.load(fill) : null);
    if (lost === null) return;
    this.lost.set(fill.path, lost);
    this.workshop.warnings.addLost('MEDIA_NOT_DRAWN', baseName(fill.path), lost, usedAtUs, segment);
  }

  /** Loads a picture. @returns why it cannot be, or null */
  private async load({ path }: ImageFill): Promise<StationError | null> {
    try {
      const file = this.workshop.resolve(path);
      if (file === null) throw unreadable(path, 'the file is missing');
      const photo = await PhotoSource.open(file, () => Number.POSITIVE_INFINITY);
      const { width, height } = photo;
      const picture = await photo.pictureAt();
      this.images.set(path, { picture, size: { width, height } }, picture.image.width * picture.image.height * 4);
      return null;
    } catch (error) {
      return StationError.from(error);
    }
  }

  draw(context: SKRSContext2D, clip: Clip): void {
    const fill = clip.placed.segment.extras.canvas;
    if (fill?.type === 'blur') this.drawBlurred(context, clip, fill.blur);
    else if (fill !== null) this.drawStill(context, fill);
  }

  /** Draws a fill that is the same whatever its clip shows. */
  drawStill(context: SKRSContext2D, fill: StillFill): void {
    if (fill.type === 'color') this.drawColor(context, fill.color);
    else this.drawImage(context, fill.path);
  }

  private drawImage(context: SKRSContext2D, path: string): void {
    const image = this.images.get(path);
    if (image !== undefined)
      this.cover(context, image.size, (box) => drawPicture(context, image.picture, wholePicture, box));
  }

  private drawColor(context: SKRSContext2D, color: string): void {
    if (color === '') return;
    context.fillStyle = color;
    context.fillRect(0, 0, this.size.width, this.size.height);
  }

  private drawBlurred(context: SKRSContext2D, { body }: Clip, blur: number): void {
    const { small, picture, sigma } = blurredFill(blur, body, this.size);
    if (this.small?.width !== small.width || this.small.height !== small.height)
      this.small = createCanvas(small.width, small.height);
    const drawing = this.small.getContext('2d');
    drawing.resetTransform();
    drawing.clearRect(0, 0, small.width, small.height);
    drawing.save();
    drawing.translate(small.width / 2, small.height / 2);
    drawing.scale(picture.width / body.width, picture.height / body.height);
    drawing.filter = `blur(${sigma.toFixed(2)}px)`;
    body.paint(drawing);
    drawing.restore();
    // The blur makes edges transparent; over itself, a picture without holes becomes what it would be if it went on there.
    if (body.opaque) for (let time = 0; time < 2; time += 1) drawing.drawImage(this.small, 0, 0);
    drawing.save();
    drawing.globalCompositeOperation = 'destination-over';
    drawing.fillStyle = '#000';
    drawing.fillRect(0, 0, small.width, small.height);
    drawing.restore();
    context.save();
    context.imageSmoothingQuality = 'high';
    context.drawImage(this.small, 0, 0, this.size.width, this.size.height);
    context.restore();
  }

  private cover(context: SKRSContext2D, picture: Size, draw: (box: Size) => void): void {
    const contain = containFactor(picture, wholePicture, this.size);
    const fill = Math.max(this.size.width / picture.width, this.size.height / picture.height) / contain;
    context.save();
    context.beginPath();
    context.rect(0, 0, this.size.width, this.size.height);
    context.clip();
    context.translate(this.size.width / 2, this.size.height / 2);
    draw({ width: picture.width * contain * fill, height: picture.height * contain * fill });
    context.restore();
  }
}

function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
