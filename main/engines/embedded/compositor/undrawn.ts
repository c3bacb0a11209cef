import type { CanvasFill, MediaMaterial, Segment } from '../../../drafts/model.ts';
import type { TimedFrame } from '../../../media/frame-reader.ts';
import type { OpenSource } from '../decode/source-shelf.ts';
import { largestScale, transformAt } from '../timeline/keyframes.ts';
import { sourceTimeUs } from '../timeline/source-time.ts';
import type { ClipLayer, Layer, PlacedSegment } from '../timeline/timeline.ts';
import { blurredFill } from './blurred-fill.ts';
import type { BlurredFrame } from './blurred-frames.ts';
import type { BodyMaker } from './body-maker.ts';
import { coversCanvas, motionOf } from './clip.ts';
import { Finish } from './finish.ts';
import { type FrameOver, frameOver } from './frame-over.ts';
import { containSize, cropRegion, type Size, tameTransform, wholePicture } from './geometry.ts';
import { isUnmasked, isUntouched } from './untouched.ts';

/** One opaque clip that fills the frame as it is: it can be encoded without being drawn. */
export interface PlainClip {
  readonly frame: TimedFrame;
  readonly identity: string;
}

type Open = (placed: PlacedSegment, media: MediaMaterial) => Promise<OpenSource | null>;

/** A frame scaled for its largest size is not sampled well at less than this share of it. */
const smallestShare = 0.6;
/** Pixels; smaller frames are scaled from this. */
const smallestSide = 16;

/** Finds what of a frame need not be drawn. */
export class Undrawn {
  private readonly bodies: BodyMaker;
  private readonly size: Size;
  private readonly frameUs: number;
  private readonly open: Open;

  /**
   * @param size of the scene's canvas
   * @param frameUs from one frame to the next
   */
  constructor(bodies: BodyMaker, size: Size, frameUs: number, open: Open) {
    this.bodies = bodies;
    this.size = size;
    this.frameUs = frameUs;
    this.open = open;
  }

  /** Index of the uppermost layer that hides everything below it; 0 when none does. */
  async firstSeen(layers: readonly Layer[]): Promise<number> {
    for (let index = layers.length - 1; index > 0; index -= 1) {
      const layer = layers[index];
      if (layer?.type !== 'clip') continue;
      const { segment } = layer.placed;
      const { content } = segment;
      if (content.type !== 'media' || !isUnmasked(segment)) continue;
      const opened = await this.open(layer.placed, content.media);
      if (opened?.source.opaque !== true) continue;
      const transform = tameTransform(transformAt(segment, layer.offsetUs));
      if (coversCanvas(transform, this.bodies.fittedSize(content.media, opened), this.size)) return index;
    }
    return 0;
  }

  /** The decoded frame of a layer that is a whole, opaque, untouched film filling the frame; else null. A photo is drawn once. */
  async plainClip(layer: Layer): Promise<PlainClip | null> {
    if (layer.type !== 'clip') return null;
    const { segment } = layer.placed;
    if (segment.content.type !== 'media' || segment.content.media.crop !== null || !isUntouched(segment)) return null;
    const opened = await this.open(layer.placed, segment.content.media);
    if (opened === null || opened.source.single) return null;
    const fitted = containSize(opened.source, wholePicture, this.size);
    if (this.size.width - fitted.width > 1 || this.size.height - fitted.height > 1) return null;
    const frame = await opened.source.frameAt(sourceTimeUs(segment, layer.offsetUs, opened.backwards));
    return frame === null ? null : { frame, identity: `${segment.id}:${frame.serial}` };
  }

  /**
   * The decoded frame of the lowest layer when it is an opaque clip with nothing done to it but its place, on a ground that
   * does not change; else null.
   */
  async lowestFrame(layer: Layer): Promise<{ layer: ClipLayer; fill: CanvasFill | null; over: FrameOver } | null> {
    if (layer.type !== 'clip') return null;
    const { bottom, segment } = layer.placed;
    const fill = bottom ? segment.extras.canvas : null;
    const over = await this.placedFrame(layer);
    if (over === null || (fill?.type === 'blur' && !over.single)) return null;
    return { layer, fill, over };
  }

  /** Whether a clip is a photo that stays where it is for now: drawn once, it does for many frames. */
  async isRestingPhoto({ placed, offsetUs }: ClipLayer): Promise<boolean> {
    const { segment } = placed;
    if (segment.content.type !== 'media') return false;
    const opened = await this.open(placed, segment.content.media);
    return opened?.source.single === true && staysFor(segment, offsetUs, this.frameUs);
  }

  /**
   * The decoded frame of the lowest layer when it is an opaque film with nothing done to it but its place, on a canvas that it
   * fills itself, enlarged and blurred; else null. The blur of a photo is drawn once.
   */
  async frameOnBlur(layer: Layer): Promise<{ ground: BlurredFrame; over: FrameOver } | null> {
    if (layer.type !== 'clip' || !layer.placed.bottom) return null;
    const { content, extras } = layer.placed.segment;
    if (extras.canvas?.type !== 'blur' || content.type !== 'media') return null;
    const opened = await this.open(layer.placed, content.media);
    if (opened === null || opened.source.single || content.media.crop !== null) return null;
    const over = await this.placedFrame(layer);
    if (over === null) return null;
    const fill = blurredFill(extras.canvas.blur, this.bodies.fittedSize(content.media, opened), this.size);
    const { frame, slot } = over;
    return { ground: { identity: `blur:${layer.placed.segment.id}:${frame.serial}`, slot, frame, fill }, over };
  }

  /** The decoded frame of a layer that is an opaque clip with nothing done to it but its place; else null. */
  async frameOver(layer: Layer): Promise<FrameOver | null> {
    if (layer.type !== 'clip') return null;
    const hasFill = layer.placed.bottom && layer.placed.segment.extras.canvas !== null;
    return hasFill ? null : this.placedFrame(layer);
  }

  /** The same when the clip hides everything below it. */
  async coveringFrame(layer: ClipLayer): Promise<FrameOver | null> {
    const { segment } = layer.placed;
    if (segment.content.type !== 'media' || motionOf(segment, layer.offsetUs) !== null) return null;
    const opened = await this.open(layer.placed, segment.content.media);
    if (opened === null) return null;
    const transform = tameTransform(transformAt(segment, layer.offsetUs));
    const covers = coversCanvas(transform, this.bodies.fittedSize(segment.content.media, opened), this.size);
    return covers ? this.placedFrame(layer) : null;
  }

  private async placedFrame(layer: ClipLayer): Promise<FrameOver | null> {
    const { placed, offsetUs } = layer;
    const { segment } = placed;
    if (segment.content.type !== 'media' || segment.extras.mixMode !== null || Finish.changes(segment)) return null;
    const motion = motionOf(segment, offsetUs);
    if (motion !== null && (motion.blur > 0 || motion.clip !== null)) return null;
    const transform = tameTransform(transformAt(segment, offsetUs));
    const scale = Math.min(
      Math.abs(transform.scaleX * (motion?.scaleX ?? 1)),
      Math.abs(transform.scaleY * (motion?.scaleY ?? 1)),
    );
    if (scale <= 0 || scale < smallestShare * largestScale(segment)) return null;
    const { media } = segment.content;
    const opened = await this.open(placed, media);
    if (opened === null) return null;
    const region = cropRegion(media.crop, opened.source);
    if (region.turn !== 0) return null;
    const frame = await opened.source.frameAt(sourceTimeUs(segment, offsetUs, opened.backwards));
    if (frame === null) return null;
    const factor = this.bodies.textureFactor(segment, media, opened.source);
    const even = (own: number, shown: number) =>
      Math.max(smallestSide, 2 * Math.round(Math.min(own, shown * factor) / 2));
    const scaled = {
      width: even(frame.frame.width, opened.source.width),
      height: even(frame.frame.height, opened.source.height),
    };
    const fitted = this.bodies.fittedSize(media, opened);
    return frameOver(placed, transform, motion, frame, opened.source.single, region, fitted, scaled, this.size);
  }
}

/** Whether a clip is in the same place at a moment and a while later. */
function staysFor(segment: Segment, offsetUs: number, whileUs: number): boolean {
  const placeAt = (at: number) => JSON.stringify([transformAt(segment, at), motionOf(segment, at)]);
  return placeAt(offsetUs) === placeAt(offsetUs + whileUs);
}
