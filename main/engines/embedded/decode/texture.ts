import { type Canvas, createCanvas, type ImageData, type SKRSContext2D } from '@napi-rs/canvas';
import type { AVPixelFormat, Frame } from 'node-av';
import { referenceTo } from '../../../media/buffer-frame.ts';
import { FrameFilter } from '../../../media/frame-filter.ts';
import { hasAlpha, RgbaFrame } from '../../../media/rgba-frame.ts';
import type { Picture } from './picture-source.ts';

/** Pixels that Skia can draw from, filled from decoded frames. */
export class Texture {
  readonly width: number;
  readonly height: number;
  private readonly stored: Canvas;
  private readonly context: SKRSContext2D;
  private readonly rgba: RgbaFrame;
  /** Null = pictures have no transparent parts. */
  private readonly shrinker: FrameFilter | null;
  private stale = false;

  constructor(width: number, height: number, opaque: boolean) {
    this.width = width;
    this.height = height;
    this.stored = createCanvas(width, height);
    // Without an alpha channel nothing needs premultiplying: six times faster to fill.
    this.context = this.stored.getContext('2d', { alpha: !opaque });
    this.rgba = new RgbaFrame(width, height);
    this.shrinker = opaque ? null : new FrameFilter(shrinking(width, height));
  }

  /** Scales and converts a frame into the texture. */
  async load(frame: Frame): Promise<void> {
    const { shrinker, width, height } = this;
    if (shrinker === null || (frame.width <= width && frame.height <= height)) await this.rgba.load(frame);
    else {
      const shrunk = await shrinker.map(referenceTo(frame));
      await this.rgba.load(shrunk);
      shrunk.free();
    }
    this.stale = true;
  }

  /** The pixels last loaded; the next load overwrites them. */
  get pixels(): ImageData {
    return this.rgba.image;
  }

  /** Whether nothing of what was last loaded lets anything through. */
  get opaque(): boolean {
    const { data } = this.rgba.image;
    const pixels = new Int32Array(data.buffer, data.byteOffset, data.byteLength / 4);
    for (let index = 0; index < pixels.length; index += 1) if ((pixels[index] as number) >>> 24 !== 255) return false;
    return true;
  }

  /** The same as a canvas to draw from. */
  get canvas(): Canvas {
    if (this.stale) this.context.putImageData(this.rgba.image, 0, 0);
    this.stale = false;
    return this.stored;
  }

  close(): void {
    this.shrinker?.close();
    this.rgba.close();
  }
}

/** Scales colours times alpha: what cannot be seen lends no colour to what is beside it. */
function shrinking(width: number, height: number): string {
  return `format=gbrap,premultiply=inplace=1,scale=${width}:${height}:flags=bicubic,unpremultiply=inplace=1`;
}

/** Pixels; pictures larger than that on the canvas are drawn from fewer. */
const largestTexture = 4096;

/** A texture for pictures of a source. @param factor from displayed pixels to output pixels */
export function textureFor(
  frame: Frame,
  factor: number,
  displayed: { width: number; height: number },
  alpha = hasAlpha(frame.format as AVPixelFormat),
) {
  const limit = Math.min(1, largestTexture / Math.max(frame.width, frame.height));
  const side = (own: number, shown: number) => Math.max(1, Math.min(Math.ceil(own * limit), even(shown * factor)));
  return new Texture(side(frame.width, displayed.width), side(frame.height, displayed.height), !alpha);
}

/** Pixels of a clip that stands still come in pairs. */
function even(pixels: number): number {
  return Math.max(1, 2 * Math.round(pixels / 2));
}

/** What is in a texture now. */
export function texturePicture(texture: Texture, opaque: boolean, serial: number): Picture {
  return {
    get image() {
      return texture.canvas;
    },
    pixels: texture.pixels,
    opaque,
    serial,
  };
}
