import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Frame } from 'node-av';
import { RgbaFrame } from '../../../media/rgba-frame.ts';

/** Pixels that Skia can draw from, filled from decoded frames. */
export class Texture {
  readonly canvas: Canvas;
  readonly width: number;
  readonly height: number;
  private readonly context: SKRSContext2D;
  private readonly pixels: RgbaFrame;

  constructor(width: number, height: number, opaque: boolean) {
    this.width = width;
    this.height = height;
    this.canvas = createCanvas(width, height);
    // Without an alpha channel nothing needs premultiplying: six times faster to fill.
    this.context = this.canvas.getContext('2d', { alpha: !opaque });
    this.pixels = new RgbaFrame(width, height);
  }

  /** Scales and converts a frame into the canvas. */
  async load(frame: Frame): Promise<void> {
    await this.pixels.load(frame);
    this.context.putImageData(this.pixels.image, 0, 0);
  }

  close(): void {
    this.pixels.close();
  }
}
