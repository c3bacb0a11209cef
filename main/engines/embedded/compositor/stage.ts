import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { TimedFrame } from '../../../media/frame-reader.ts';
import type { OutputShape } from '../encode/output.ts';
import type { SharedFrame } from '../encode/shared-frame.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { BlurredFrames } from './blurred-frames.ts';
import type { FrameOver } from './frame-over.ts';
import { type LaidFrame, LaidFrames } from './laid-frames.ts';
import { type Patch, PatchMaker } from './patch.ts';
import type { Ready } from './ready.ts';
import { Scene } from './scene.ts';
import type { Seen } from './seen.ts';
import { sharesCanvas, stillLayers } from './split.ts';
import type { Workshop } from './workshop.ts';

/** What is below the patches of a frame. Equal identities of consecutive grounds mean equal pictures. */
export type Ground =
  /** One opaque clip fills the frame: its decoded frame, to be scaled and encoded without being drawn. */
  | { readonly type: 'clip'; readonly frame: TimedFrame; readonly identity: string }
  /** A clip, enlarged and blurred, still small: to be stretched over the frame. Whoever takes a frame over lets it go. */
  | { readonly type: 'blurred'; readonly small: SharedFrame; readonly identity: string }
  /** The picture on the stage's canvas. */
  | { readonly type: 'canvas'; readonly identity: string };

/** What a frame of the video is made of. Equal identities of consecutive frames mean equal pictures. */
export interface Composed {
  readonly identity: string;
  readonly ground: Ground;
  /** Laid over the ground, back to front. Whoever takes a frame over lets them go. */
  readonly overlays: readonly (Patch | LaidFrame)[];
}

/** Composes one frame of the finished video after the other; what has to be drawn whole is drawn on its canvas. */
export class Stage {
  readonly canvas: Canvas;
  readonly scene: Scene;
  private readonly context: SKRSContext2D;
  private readonly factor: { readonly x: number; readonly y: number };
  private readonly workshop: Workshop;
  private readonly patches: PatchMaker;
  private readonly frames: LaidFrames;
  private readonly blurred = new BlurredFrames();
  private onCanvas: string | null = null;
  private before: readonly string[] = [];
  private last: Composed | null = null;

  constructor(timeline: Timeline, { width, height }: OutputShape, workshop: Workshop) {
    const { canvas } = timeline.draft;
    this.workshop = workshop;
    this.scene = new Scene(timeline, width / canvas.width, workshop);
    this.factor = { x: width / canvas.width, y: height / canvas.height };
    this.canvas = createCanvas(width, height);
    this.context = this.canvas.getContext('2d', { alpha: false });
    this.patches = new PatchMaker(width, height);
    this.frames = new LaidFrames(this.factor, Math.max(width, height));
  }

  /**
   * Makes a frame; the very same one as before while nothing changes. A clip that fills it is left as it was decoded,
   * and layers that do not move are drawn once: only what lies over them is drawn anew, each by itself.
   */
  async compose(frame: number): Promise<Composed> {
    const seen = await this.scene.seenAt(frame);
    if (seen.on === 'nothing') this.last = this.overCanvas(seen.layers);
    else this.last = this.overStill(seen) ?? this.whole(await seen.whole());
    this.before = seen.on === 'nothing' ? seen.layers.map(({ identity }) => identity) : [];
    this.frameDone();
    return this.last;
  }

  /** Draws a frame whole on the canvas, also one that could do with less. */
  async drawn(frame: number): Promise<void> {
    this.whole(await this.scene.readyAt(frame));
    this.frameDone();
  }

  /** Null when drawing the layers one by one would be more work than drawing all. */
  private overStill(seen: Undrawn): Composed | null {
    const { layers } = seen;
    if (!sharesCanvas(layers, this.scene.size)) return null;
    const below = belowOf(seen);
    const identity = [below, ...layers.map((layer) => layer.identity)].join('|');
    if (this.last?.identity === identity) return this.last;
    return { identity, ground: this.groundOf(seen), overlays: this.overlaysOf(layers) };
  }

  private groundOf(seen: Undrawn): Ground {
    switch (seen.on) {
      case 'clip':
        return { type: 'clip', ...seen.clip };
      case 'blur':
        return { type: 'blurred', small: this.blurred.of(seen.ground).hold(), identity: seen.ground.identity };
      case 'ground':
        return this.whole(seen.ground).ground;
    }
  }

  private overCanvas(layers: readonly Ready[]): Composed {
    const identity = identityOf(layers);
    if (this.last?.identity === identity) return this.last;
    const still = stillLayers(layers, this.before, this.scene.size);
    if (still === 0 || still === layers.length) return this.whole(layers);
    const ground = this.whole(layers.slice(0, still)).ground;
    return { identity, ground, overlays: this.overlaysOf(layers.slice(still)) };
  }

  private overlaysOf(layers: readonly (Ready | FrameOver)[]): (Patch | LaidFrame)[] {
    const overlays = layers.map((layer) =>
      'frame' in layer ? this.frames.of(layer) : this.patches.of(layer, this.factor),
    );
    this.patches.frameDone();
    this.frames.frameDone();
    this.blurred.frameDone();
    return overlays.filter((overlay) => overlay !== null);
  }

  private whole(layers: readonly Ready[]): Composed {
    const identity = identityOf(layers);
    if (identity !== this.onCanvas) {
      const { context, canvas, factor } = this;
      context.resetTransform();
      context.fillStyle = '#000';
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.scale(factor.x, factor.y);
      this.scene.paint(context, layers);
      this.onCanvas = identity;
    }
    return { identity, ground: { type: 'canvas', identity }, overlays: [] };
  }

  private frameDone(): void {
    for (const painter of this.workshop.painters) painter.frameDone();
  }

  async close(): Promise<void> {
    this.frames.close();
    this.blurred.close();
    await this.scene.close();
  }
}

/** A frame whose lowest clip need not be drawn. */
type Undrawn = Exclude<Seen, { on: 'nothing' }>;

function belowOf(seen: Undrawn): string {
  return seen.on === 'clip' ? seen.clip.identity : seen.on === 'blur' ? seen.ground.identity : identityOf(seen.ground);
}

function identityOf(layers: readonly Ready[]): string {
  return layers.map(({ identity }) => identity).join('|');
}
