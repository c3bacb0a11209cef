import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { CanvasFill, MediaMaterial, Segment } from '../../../drafts/model.ts';
import type { TimedFrame } from '../../../media/frame-reader.ts';
import type { OpenSource, SourceShelf } from '../decode/source-shelf.ts';
import type { Picture } from '../decode/sources.ts';
import type { OutputShape } from '../encode/output.ts';
import { largestScale, transformAt } from '../timeline/keyframes.ts';
import { sourceTimeUs } from '../timeline/source-time.ts';
import type { Layer, PlacedSegment, Timeline } from '../timeline/timeline.ts';
import { drawPicture } from './draw-picture.ts';
import { centreOf, containFactor, containSize, cropRegion, type Region, type Size, tameTransform } from './geometry.ts';

/** What a frame of the video is made of. */
export type Composed =
  /** One opaque clip fills the frame: its decoded frame, to be scaled and encoded without being drawn. */
  | { readonly type: 'clip'; readonly frame: TimedFrame; readonly identity: string }
  | { readonly type: 'drawn'; readonly identity: string };

/** A clip with everything that drawing it needs, at one moment. */
interface ReadyClip {
  readonly placed: PlacedSegment;
  readonly picture: Picture;
  readonly size: Size;
  readonly region: Region;
  readonly offsetUs: number;
}

/** Composes frames of one timeline on a canvas of the output's size. */
export class Stage {
  readonly canvas: Canvas;
  private readonly context: SKRSContext2D;
  private readonly timeline: Timeline;
  private readonly shelf: SourceShelf;
  private readonly shape: OutputShape;
  private readonly opened = new Set<PlacedSegment>();
  private drawn = '';

  constructor(timeline: Timeline, shape: OutputShape, shelf: SourceShelf) {
    this.timeline = timeline;
    this.shape = shape;
    this.shelf = shelf;
    this.canvas = createCanvas(shape.width, shape.height);
    this.context = this.canvas.getContext('2d', { alpha: false });
  }

  /** Starts opening what will be on screen within the given frames, and closes what is over. */
  async prepare(from: number, to: number): Promise<void> {
    for (const placed of this.timeline.shownWithin(from, to)) {
      const { content } = placed.segment;
      if (content.type !== 'media' || this.opened.has(placed)) continue;
      this.opened.add(placed);
      void this.sourceOf(placed.segment, content.media);
    }
  }

  /** Composes a frame; equal identities of consecutive frames mean equal pictures. */
  async compose(frame: number): Promise<Composed> {
    const layers = this.timeline.layersAt(frame);
    const plain = await this.plainClip(layers);
    if (plain !== null) return plain;
    const clips = (await Promise.all(layers.map((layer) => this.ready(layer)))).filter((clip) => clip !== null);
    const identity = clips.map(identityOf).join('|');
    if (identity === this.drawn) return { type: 'drawn', identity };
    this.draw(clips);
    this.drawn = identity;
    return { type: 'drawn', identity };
  }

  /** Ends the sources of segments that are over before a frame. */
  async retire(before: number): Promise<void> {
    const over = [...this.opened].filter(({ shownTo }) => shownTo <= before);
    for (const placed of over) {
      this.opened.delete(placed);
      await this.shelf.release(placed.segment);
    }
  }

  private get size(): Size {
    return this.timeline.draft.canvas;
  }

  private sourceOf(segment: Segment, media: MediaMaterial): Promise<OpenSource | null> {
    return this.shelf.sourceOf(segment, media, (width, height) => {
      const picture = { width, height };
      const region = cropRegion(media.crop, picture);
      const perCanvasPixel = this.shape.width / this.size.width;
      const scale = Math.max(0.01, tameTransform({ ...segment.transform, scaleX: largestScale(segment) }).scaleX);
      return containFactor(picture, region, this.size) * scale * perCanvasPixel;
    });
  }

  /** The decoded frame when the picture is nothing but one whole, opaque, unmoved clip; else null. */
  private async plainClip(layers: readonly Layer[]): Promise<Composed | null> {
    const [layer] = layers;
    if (layer === undefined || layers.length !== 1 || layer.type !== 'clip') return null;
    const { segment } = layer.placed;
    if (segment.content.type !== 'media' || !isUntouched(segment)) return null;
    const { media } = segment.content;
    const opened = await this.sourceOf(segment, media);
    if (opened === null || media.crop !== null) return null;
    const fitted = containSize(opened.source, cropRegion(null, opened.source), this.size);
    if (this.size.width - fitted.width > 1 || this.size.height - fitted.height > 1) return null;
    const frame = await opened.source.frameAt(sourceTimeUs(segment, layer.offsetUs, opened.backwards));
    return frame === null ? null : { type: 'clip', frame, identity: `${segment.id}:${frame.serial}` };
  }

  private async ready(layer: Layer): Promise<ReadyClip | null> {
    if (layer.type !== 'clip') return null;
    const { placed, offsetUs } = layer;
    const { content } = placed.segment;
    if (content.type !== 'media') return null;
    const opened = await this.sourceOf(placed.segment, content.media);
    if (opened === null) return null;
    const picture = await opened.source.pictureAt(sourceTimeUs(placed.segment, offsetUs, opened.backwards));
    if (picture === null) return null;
    const { width, height } = opened.source;
    const region = cropRegion(content.media.crop, { width, height });
    return { placed, picture, size: { width, height }, region, offsetUs };
  }

  private draw(clips: readonly ReadyClip[]): void {
    const { context, shape } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1;
    context.fillStyle = '#000';
    context.fillRect(0, 0, shape.width, shape.height);
    context.setTransform(shape.width / this.size.width, 0, 0, shape.height / this.size.height, 0, 0);
    for (const clip of clips) this.drawClip(clip);
  }

  private drawClip(clip: ReadyClip): void {
    const { segment, bottom } = clip.placed;
    if (bottom && segment.extras.canvas !== null) this.drawBackground(segment.extras.canvas);
    const transform = tameTransform(transformAt(segment, clip.offsetUs));
    if (transform.alpha <= 0 || transform.scaleX === 0 || transform.scaleY === 0) return;
    const fitted = containSize(clip.size, clip.region, this.size);
    const box = {
      width: fitted.width * Math.abs(transform.scaleX),
      height: fitted.height * Math.abs(transform.scaleY),
    };
    const centre = centreOf(transform, this.size);
    const { context } = this;
    context.save();
    context.globalAlpha = transform.alpha;
    context.translate(centre.x, centre.y);
    context.rotate((transform.rotation * Math.PI) / 180);
    const mirrorX = transform.flipX !== transform.scaleX < 0;
    const mirrorY = transform.flipY !== transform.scaleY < 0;
    context.scale(mirrorX ? -1 : 1, mirrorY ? -1 : 1);
    drawPicture(context, clip.picture, clip.region, box);
    context.restore();
  }

  private drawBackground(fill: CanvasFill): void {
    if (fill.type !== 'color' || fill.color === '') return;
    this.context.fillStyle = fill.color;
    this.context.fillRect(0, 0, this.size.width, this.size.height);
  }
}

/** Nothing about the segment changes its picture. */
function isUntouched({ transform, keyframes, extras, ...segment }: Segment): boolean {
  const still = transform.x === 0 && transform.y === 0 && transform.rotation % 360 === 0 && transform.alpha >= 1;
  const scaleY = segment.uniformScale ? transform.scaleX : transform.scaleY;
  const unscaled = transform.scaleX === 1 && scaleY === 1 && !transform.flipX && !transform.flipY;
  const { volume: _, ...drawnKeyframes } = keyframes;
  return (
    still &&
    unscaled &&
    Object.keys(drawnKeyframes).length === 0 &&
    extras.animations.length === 0 &&
    extras.masks.length === 0 &&
    extras.chroma === null &&
    extras.mixMode === null &&
    extras.effects.length === 0 &&
    extras.hsl.length === 0
  );
}

function identityOf({ placed, picture, offsetUs }: ReadyClip): string {
  const { segment } = placed;
  const { x, y, scaleX, scaleY, rotation, alpha } = transformAt(segment, offsetUs);
  return [segment.id, picture.serial, x, y, scaleX, scaleY, rotation, alpha].join(',');
}
