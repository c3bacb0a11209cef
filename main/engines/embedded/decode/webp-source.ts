import { type FileHandle, open } from 'node:fs/promises';
import { type Canvas, createCanvas, type Image, loadImage, type SKRSContext2D } from '@napi-rs/canvas';
import { unreadable } from '../../../media/errors.ts';
import { readWebpAnimation, stillOf, type WebpAnimation, type WebpFrame } from '../../../media/webp-animation.ts';
import type { Picture, PictureSource } from './picture-source.ts';

/** A frame that begins this little after the wanted time is meant by it: times of drafts are whole µs. */
const toleranceUs = 1_000;

/**
 * An animated WebP that starts again when it ends, composed frame by frame: FFmpeg reads only the first one. Its
 * count of repetitions is not kept, as with gifs: a sticker moves as long as it is shown.
 */
export class WebpSource implements PictureSource {
  readonly width: number;
  readonly height: number;
  readonly opaque = false;
  readonly single = false;
  private readonly name: string;
  private readonly file: FileHandle;
  private readonly frames: readonly WebpFrame[];
  /** When each frame begins, and at the end when the last one is over, µs. */
  private readonly starts: readonly number[];
  private readonly canvas: Canvas;
  private readonly context: SKRSContext2D;
  /** Which frame is on the canvas; -1 = none. */
  private shown = -1;

  private constructor(name: string, file: FileHandle, { width, height, frames }: WebpAnimation) {
    this.name = name;
    this.file = file;
    this.width = width;
    this.height = height;
    this.frames = frames;
    const starts = [0];
    for (const { durationUs } of frames) starts.push((starts.at(-1) ?? 0) + durationUs);
    this.starts = starts;
    this.canvas = createCanvas(width, height);
    this.context = this.canvas.getContext('2d');
  }

  /**
   * @param still only its first picture, for what the draft calls a photo
   * @throws StationError MEDIA_UNREADABLE
   */
  static async open(name: string, still = false): Promise<WebpSource> {
    const file = await open(name);
    try {
      const animation = await readWebpAnimation(file, name);
      const source = new WebpSource(
        name,
        file,
        still ? { ...animation, frames: animation.frames.slice(0, 1) } : animation,
      );
      await source.showUpTo(0);
      return source;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async pictureAt(timeUs: number): Promise<Picture> {
    const index = this.indexAt(timeUs);
    await this.showUpTo(index);
    return { image: this.canvas, pixels: null, opaque: false, serial: index };
  }

  async frameAt(): Promise<null> {
    return null;
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private indexAt(timeUs: number): number {
    const length = this.starts.at(-1) ?? 1;
    const within = (Math.max(0, timeUs) + toleranceUs) % length;
    let low = 0;
    let high = this.frames.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.starts[middle] ?? 0) <= within) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Brings a frame onto the canvas; every frame but those that cover everything needs the ones before it. */
  private async showUpTo(index: number): Promise<void> {
    if (index === this.shown) return;
    const fresh = this.lastFresh(index);
    let from = this.shown + 1;
    if (index < this.shown || fresh > this.shown) {
      this.context.clearRect(0, 0, this.width, this.height);
      this.shown = -1;
      from = fresh;
    }
    for (let next = from; next <= index; next += 1) await this.show(next);
  }

  /** The last frame up to the given one before which the canvas does not matter. */
  private lastFresh(index: number): number {
    const coversAll = ({ width, height }: WebpFrame) => width === this.width && height === this.height;
    for (let at = index; at > 0; at -= 1) {
      const [before, frame] = [this.frames[at - 1], this.frames[at]];
      if (frame !== undefined && coversAll(frame) && !frame.blend) return at;
      if (before?.clears === true && coversAll(before)) return at;
    }
    return 0;
  }

  private async show(index: number): Promise<void> {
    const frame = this.frames[index];
    if (frame === undefined) return;
    const before = this.frames[this.shown];
    if (before?.clears === true) this.clear(before);
    const image = await this.decode(frame);
    // A damaged frame leaves the picture as it is, as in any player; without any picture there is nothing to show.
    if (image === null && index === 0) throw unreadable(this.name, 'its first frame cannot be decoded');
    if (image !== null) {
      if (!frame.blend) this.clear(frame);
      this.context.drawImage(image, frame.x, frame.y);
    }
    this.shown = index;
  }

  private clear({ x, y, width, height }: WebpFrame): void {
    this.context.clearRect(x, y, width, height);
  }

  private async decode(frame: WebpFrame): Promise<Image | null> {
    const still = await stillOf(this.file, frame);
    return still === null ? null : loadImage(still).catch(() => null);
  }
}
