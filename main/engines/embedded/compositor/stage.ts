import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { TimedFrame } from '../../../media/frame-reader.ts';
import type { OutputShape } from '../encode/output.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { Scene } from './scene.ts';
import type { Workshop } from './workshop.ts';

/** What a frame of the video is made of. Equal identities of consecutive frames mean equal pictures. */
export type Composed =
  /** One opaque clip fills the frame: its decoded frame, to be scaled and encoded without being drawn. */
  | { readonly type: 'clip'; readonly frame: TimedFrame; readonly identity: string }
  /** The picture is on the stage's canvas. */
  | { readonly type: 'drawn'; readonly identity: string };

/** The canvas of the finished video: composes one frame after the other on it. */
export class Stage {
  readonly canvas: Canvas;
  readonly scene: Scene;
  private readonly context: SKRSContext2D;
  private readonly shape: OutputShape;
  private readonly workshop: Workshop;
  private onCanvas: string | null = null;

  constructor(timeline: Timeline, shape: OutputShape, workshop: Workshop) {
    this.shape = shape;
    this.workshop = workshop;
    this.scene = new Scene(timeline, shape.width / timeline.draft.canvas.width, workshop);
    this.canvas = createCanvas(shape.width, shape.height);
    this.context = this.canvas.getContext('2d', { alpha: false });
  }

  async compose(frame: number): Promise<Composed> {
    const plain = await this.scene.plainClipAt(frame);
    return plain === null ? this.drawn(frame) : { type: 'clip', ...plain };
  }

  /** Draws a frame on the canvas, also one that could do without. */
  async drawn(frame: number): Promise<Extract<Composed, { type: 'drawn' }>> {
    const layers = await this.scene.readyAt(frame);
    const identity = layers.map((layer) => layer.identity).join('|');
    if (identity !== this.onCanvas) {
      const { context, shape } = this;
      const { width, height } = this.scene.size;
      context.resetTransform();
      context.fillStyle = '#000';
      context.fillRect(0, 0, shape.width, shape.height);
      context.scale(shape.width / width, shape.height / height);
      this.scene.paint(context, layers);
      this.onCanvas = identity;
    }
    for (const painter of this.workshop.painters) painter.frameDone();
    return { type: 'drawn', identity };
  }
}
