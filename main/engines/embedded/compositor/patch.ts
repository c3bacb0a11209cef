import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { freeMemory } from '../../../media/buffer-frame.ts';
import { Shared } from '../shared.ts';
import type { Rect } from './geometry.ts';
import { Kept } from './kept.ts';
import type { Ready } from './ready.ts';

/** Where a patch lies, video pixels; all four are even, and all of it is on the video. */
interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The picture of a layer and where it lies on the video; its pixels are Skia's own, colours already times alpha. */
export class Patch extends Shared implements Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** One number a pixel: alpha, blue, green, red from the highest byte down. */
  readonly pixels: Int32Array;
  /** Pixels from one row to the next. */
  readonly stride: number;

  constructor({ left, top, width, height }: Place, pixels: Int32Array, stride: number) {
    super();
    this.left = left;
    this.top = top;
    this.width = width;
    this.height = height;
    this.pixels = pixels;
    this.stride = stride;
  }

  protected free(): void {
    freeMemory(this.pixels);
  }
}

interface Drawn {
  readonly identity: string;
  readonly canvas: Canvas | null;
  readonly patch: Patch | null;
}

/** Canvases are a little larger than needed, so that a picture that grows or turns does not need a new one each time. */
const canvasStep = 64;

/** Draws layers by themselves and keeps the pictures of those that do not change. */
export class PatchMaker {
  private readonly width: number;
  private readonly height: number;
  private readonly drawn = new Kept<Drawn>(({ patch }) => patch?.release());

  /** @param width of the video, pixels */
  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
  }

  /** The patch of a layer, to be let go by whoever lays it; null when nothing of it is on screen. @param factor video pixels per canvas pixel */
  of(layer: Ready, factor: { readonly x: number; readonly y: number }): Patch | null {
    const before = this.drawn.last(layer.slot);
    const now = before?.identity === layer.identity ? before : this.make(layer, factor, before?.canvas ?? null);
    this.drawn.use(layer.slot, now);
    return now.patch?.hold() ?? null;
  }

  /** Forgets what the frame just made did not use. */
  frameDone(): void {
    this.drawn.frameDone();
  }

  private make(layer: Ready, factor: { readonly x: number; readonly y: number }, used: Canvas | null): Drawn {
    const place = layer.bounds === null ? null : this.onVideo(layer.bounds, factor);
    if (place === null) return { identity: layer.identity, canvas: used, patch: null };
    const { left, top, width, height } = place;
    const canvas = used !== null && used.width >= width && used.height >= height ? used : roomyCanvas(width, height);
    const context = canvas.getContext('2d');
    context.resetTransform();
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.setTransform(factor.x, 0, 0, factor.y, -left, -top);
    layer.draw(context);
    return { identity: layer.identity, canvas, patch: new Patch(place, words(canvas.data()), canvas.width) };
  }

  /** Whole pairs of pixels, as the colours of a video come; null when nothing lies on it. */
  private onVideo({ left, top, right, bottom }: Rect, factor: { readonly x: number; readonly y: number }) {
    const from = (edge: number) => 2 * Math.floor(Math.max(0, edge) / 2);
    const to = (edge: number, end: number) => 2 * Math.ceil(Math.min(end, edge) / 2);
    const x = from(left * factor.x - edgePx);
    const y = from(top * factor.y - edgePx);
    const width = to(right * factor.x + edgePx, this.width) - x;
    const height = to(bottom * factor.y + edgePx, this.height) - y;
    return width > 0 && height > 0 ? { left: x, top: y, width, height } : null;
  }
}

/** Edges are smoothed over this many pixels outside them. */
const edgePx = 1;

function roomyCanvas(width: number, height: number): Canvas {
  const roomy = (side: number) => Math.ceil((side + canvasStep / 4) / canvasStep) * canvasStep;
  return createCanvas(roomy(width), roomy(height));
}

function words(bytes: Buffer): Int32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  return new Int32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
}
