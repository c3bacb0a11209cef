import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Timeline } from '../timeline/timeline.ts';
import type { Ready } from './ready.ts';
import type { Seen } from './seen.ts';

/** The frames of a compound clip. */
interface InnerScene {
  readonly timeline: Timeline;
  seenAt(frame: number): Promise<Seen>;
  readyAt(frame: number): Promise<Ready[]>;
  paint(context: SKRSContext2D, layers: readonly Ready[]): void;
  retire(before: number): Promise<void>;
}

/** Frames between two looks for what is over. */
const retireEvery = 30;

/** A compound clip's own timeline, drawn on a canvas of its own with nothing behind it. */
export class NestedPicture<Inner extends InnerScene> {
  readonly scene: Inner;
  private canvas: Canvas | null = null;
  private readonly factor: number;
  private drawn = '';

  /** @param factor output pixels per pixel of the clip's canvas */
  constructor(scene: Inner, factor: number) {
    this.scene = scene;
    this.factor = factor;
  }

  /** Its picture at a time of its own; held at both ends. */
  async pictureAt(timeUs: number): Promise<{ canvas: Canvas; identity: string }> {
    const frame = this.frameAt(timeUs);
    const layers = await this.scene.readyAt(frame);
    const identity = layers.map((layer) => layer.identity).join('|');
    const canvas = this.canvas ?? this.makeCanvas();
    if (identity !== this.drawn) {
      const context = canvas.getContext('2d');
      context.resetTransform();
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.scale(this.factor, this.factor);
      this.scene.paint(context, layers);
      this.drawn = identity;
    }
    await this.retire(frame);
    return { canvas, identity };
  }

  /** What is in it at a time of its own; held at both ends. */
  async seenAt(timeUs: number): Promise<Seen> {
    const frame = this.frameAt(timeUs);
    const seen = await this.scene.seenAt(frame);
    await this.retire(frame);
    return seen;
  }

  private frameAt(timeUs: number): number {
    const { rate, frames } = this.scene.timeline;
    return Math.min(frames - 1, Math.max(0, Math.floor((timeUs * rate.num) / (rate.den * 1e6) + 1e-3)));
  }

  private makeCanvas(): Canvas {
    const { width, height } = this.scene.timeline.draft.canvas;
    const side = (pixels: number) => Math.max(1, Math.round(pixels * this.factor));
    this.canvas = createCanvas(side(width), side(height));
    return this.canvas;
  }

  /** Played backwards nothing is over before it is gone: what is asked for again is opened again. */
  private async retire(frame: number): Promise<void> {
    if (frame % retireEvery === 0) await this.scene.retire(frame);
  }
}
