import type { SKRSContext2D } from '@napi-rs/canvas';
import type { MediaMaterial, TrackType } from '../../../drafts/model.ts';
import type { OpenSource } from '../decode/source-shelf.ts';
import { transformAt } from '../timeline/keyframes.ts';
import { sourceTimeUs } from '../timeline/source-time.ts';
import type { ClipLayer, Layer, PlacedSegment, Timeline, TransitionLayer } from '../timeline/timeline.ts';
import { Background } from './background.ts';
import { Bases } from './base.ts';
import type { Body } from './body.ts';
import { BodyMaker } from './body-maker.ts';
import { type Clip, clipBounds, clipIdentity, drawClip, motionOf } from './clip.ts';
import { Finish } from './finish.ts';
import type { FrameOver } from './frame-over.ts';
import { type Size, tameTransform } from './geometry.ts';
import { LayerEffect } from './layer-effect.ts';
import { NestedPicture } from './nested-picture.ts';
import type { Ready } from './ready.ts';
import { insideOf, type Seen, type Whole } from './seen.ts';
import { Transitions } from './transitions.ts';
import { Undrawn } from './undrawn.ts';
import { isUntouched } from './untouched.ts';
import type { Workshop } from './workshop.ts';

/** Tracks whose segments change what lies below them. */
const changesBelow: ReadonlySet<TrackType> = new Set(['effect', 'filter', 'adjust']);

/** Draws the frames of one timeline: the draft's own, or that of a compound clip. */
export class Scene {
  readonly timeline: Timeline;
  private readonly workshop: Workshop;
  private readonly bodies: BodyMaker;
  private readonly undrawn: Undrawn;
  private readonly background: Background;
  private readonly bases: Bases;
  private readonly transitions: Transitions;
  private readonly opened = new Set<PlacedSegment>();
  private readonly nested = new Map<PlacedSegment, NestedPicture<Scene>>();
  private readonly effects = new Map<PlacedSegment, LayerEffect>();
  private readonly finishes = new Map<PlacedSegment, Finish | null>();

  /** @param factor output pixels per pixel of this scene's canvas */
  constructor(timeline: Timeline, factor: number, workshop: Workshop) {
    this.timeline = timeline;
    this.workshop = workshop;
    this.bodies = new BodyMaker(timeline.draft.canvas, factor, workshop);
    const { rate, draft } = timeline;
    this.undrawn = new Undrawn(this.bodies, draft.canvas, (rate.den * 1e6) / rate.num, (placed, media) =>
      this.openNow(placed, media),
    );
    this.background = new Background(timeline.draft.canvas, workshop);
    this.bases = new Bases(this.undrawn, this.background, {
      ready: (layer) => this.ready(layer),
      clipOf: ({ placed, offsetUs }) => this.clipOf(placed, offsetUs),
      insideOf: (layer) => this.insideOf(layer),
    });
    this.transitions = new Transitions((context, clip) => this.drawWithBackground(context, clip));
  }

  get size(): Size {
    return this.timeline.draft.canvas;
  }

  /** Starts opening what will be on screen within the given frames. */
  prepare(from: number, to: number): void {
    for (const placed of this.timeline.shownWithin(from, to)) {
      const { content } = placed.segment;
      if (this.opened.has(placed)) continue;
      this.opened.add(placed);
      if (content.type === 'media' && !this.waitsForReader(placed)) void this.sourceOf(placed, content.media);
    }
  }

  /** Ends what is over before a frame. */
  async retire(before: number): Promise<void> {
    for (const placed of [...this.opened].filter(({ shownTo }) => shownTo <= before)) {
      this.opened.delete(placed);
      await this.nested.get(placed)?.scene.close();
      this.nested.delete(placed);
      this.effects.delete(placed);
      this.finishes.delete(placed);
      await this.workshop.shelf.release(placed);
    }
  }

  async close(): Promise<void> {
    await this.retire(Number.POSITIVE_INFINITY);
  }

  /** Makes a frame ready; clips that need not be drawn are left as they were decoded. */
  async seenAt(frame: number): Promise<Seen> {
    const seen = await this.layersSeen(frame);
    const [lowest, ...upper] = seen;
    if (lowest === undefined || !upper.every(floats)) return { on: 'nothing', layers: await this.allReady(seen) };
    const base = await this.bases.of(lowest);
    if (base === null) return { on: 'nothing', layers: await this.allReady(seen) };
    const { laid, ...below } = base;
    const { layers, whole } = await this.over(lowest, upper);
    // Where no clip is laid over what is drawn, more than that may be drawn once.
    const drawn = below.on === 'ground' && ![...laid, ...layers].some((layer) => 'frame' in layer);
    if (drawn) return { on: 'nothing', layers: await whole() };
    return { ...below, layers: [...laid, ...layers], whole };
  }

  /** Layers that lie over the lowest one; what need not be drawn is left as it was decoded. */
  private async over(lowest: Layer, upper: readonly Layer[]): Promise<Whole & { layers: (Ready | FrameOver)[] }> {
    const made = await Promise.all(
      upper.map(async (layer) => ({ layer, over: (await this.undrawn.frameOver(layer)) ?? (await this.ready(layer)) })),
    );
    return {
      layers: made.flatMap(({ over }) => over ?? []),
      whole: async () => {
        const drawn = made.map(({ layer, over }) => (over !== null && 'frame' in over ? this.ready(layer) : over));
        const ready = await Promise.all([this.ready(lowest), ...drawn]);
        return ready.filter((item) => item !== null);
      },
    };
  }

  /** Makes everything of a frame ready, back to front; layers that are wholly hidden are left out. */
  async readyAt(frame: number): Promise<Ready[]> {
    return this.allReady(await this.layersSeen(frame));
  }

  private async layersSeen(frame: number): Promise<Layer[]> {
    const layers = this.timeline.layersAt(frame);
    return layers.slice(await this.undrawn.firstSeen(layers));
  }

  private async allReady(layers: readonly Layer[]): Promise<Ready[]> {
    const ready = await Promise.all(layers.map((layer) => this.ready(layer)));
    return ready.filter((item) => item !== null);
  }

  /** Draws layers; the context's unit is a pixel of this scene's canvas. */
  paint(context: SKRSContext2D, layers: readonly Ready[]): void {
    for (const layer of layers) layer.draw(context);
  }

  private async ready(layer: Layer): Promise<Ready | null> {
    if (layer.type === 'transition') return this.readyTransition(layer);
    const { placed, offsetUs } = layer;
    if (changesBelow.has(placed.segment.trackType)) return this.readyEffect(placed, offsetUs);
    const clip = await this.clipOf(placed, offsetUs);
    if (clip === null) return null;
    return {
      identity: clipIdentity(clip),
      slot: placed,
      bounds: floats(layer) ? clipBounds(clip, this.size) : null,
      draw: (context) => this.drawWithBackground(context, clip),
    };
  }

  private readyEffect(placed: PlacedSegment, offsetUs: number): Ready {
    let effect = this.effects.get(placed);
    if (effect === undefined) {
      effect = new LayerEffect(placed.segment, this.workshop.tables.readerOf(placed));
      this.effects.set(placed, effect);
    }
    const layer = effect;
    const draw = (context: SKRSContext2D) => layer.draw(context, offsetUs);
    return { identity: layer.identity(offsetUs), slot: placed, bounds: null, draw };
  }

  private drawWithBackground(context: SKRSContext2D, clip: Clip): void {
    if (clip.placed.bottom) this.background.draw(context, clip);
    drawClip(context, clip, this.size);
  }

  private async clipOf(placed: PlacedSegment, offsetUs: number): Promise<Clip | null> {
    const { segment } = placed;
    const transform = tameTransform(transformAt(segment, offsetUs));
    const raw = await this.bodyOf(placed, offsetUs);
    if (raw === null) return null;
    const body = this.finishOf(placed)?.apply(raw, offsetUs) ?? raw;
    await this.background.prepare(placed);
    return { placed, transform, body, motion: motionOf(segment, offsetUs) };
  }

  private finishOf(placed: PlacedSegment): Finish | null {
    let finish = this.finishes.get(placed);
    if (finish === undefined) {
      finish = Finish.of(
        placed.segment,
        this.bodies.rasterScale(placed.segment),
        this.workshop.tables.readerOf(placed),
      );
      this.finishes.set(placed, finish);
    }
    return finish;
  }

  private async bodyOf(placed: PlacedSegment, offsetUs: number): Promise<Body | null> {
    const { segment, nested } = placed;
    const { content } = segment;
    switch (content.type) {
      case 'media': {
        const opened = await this.openNow(placed, content.media);
        return opened === null ? null : this.bodies.ofMedia(segment, content.media, opened, offsetUs);
      }
      case 'text':
        return this.bodies.ofText(segment, content.text, offsetUs);
      case 'text_template':
        return this.bodies.ofTemplate(segment, content.template, offsetUs);
      case 'compound':
        return nested === null ? null : this.ofCompound(placed, nested, offsetUs);
      default:
        return null;
    }
  }

  private async ofCompound(placed: PlacedSegment, timeline: Timeline, offsetUs: number): Promise<Body | null> {
    const picture = await this.nestedOf(placed, timeline).pictureAt(nestedTimeUs(placed, offsetUs));
    return this.bodies.ofNested(placed.segment, picture, timeline.draft.canvas);
  }

  /** What is inside a compound clip that fills the frame with nothing done to it; null for any other layer. */
  private async insideOf({ placed, offsetUs }: ClipLayer): Promise<Seen | null> {
    const { segment, nested } = placed;
    if (nested === null || segment.extras.canvas !== null || !isUntouched(segment)) return null;
    const { width, height } = nested.draft.canvas;
    if (width !== this.size.width || height !== this.size.height) return null;
    return insideOf(segment.id, await this.nestedOf(placed, nested).seenAt(nestedTimeUs(placed, offsetUs)));
  }

  private nestedOf(placed: PlacedSegment, timeline: Timeline): NestedPicture<Scene> {
    let inner = this.nested.get(placed);
    if (inner === undefined) {
      const factor = this.bodies.nestedFactor(placed.segment, timeline.draft.canvas);
      inner = new NestedPicture(new Scene(timeline, factor, this.workshop), factor);
      this.nested.set(placed, inner);
    }
    return inner;
  }

  private async readyTransition(layer: TransitionLayer): Promise<Ready | null> {
    const [from, to] = await Promise.all([
      this.clipOf(layer.from, layer.fromOffsetUs),
      this.clipOf(layer.to, layer.toOffsetUs),
    ]);
    return this.transitions.ready(layer, from, to);
  }

  private openNow(placed: PlacedSegment, media: MediaMaterial): Promise<OpenSource | null> {
    this.opened.add(placed);
    return this.sourceOf(placed, media);
  }

  private sourceOf(placed: PlacedSegment, media: MediaMaterial): Promise<OpenSource | null> {
    return this.workshop.shelf.sourceOf(placed, media, (width, height) =>
      this.bodies.textureFactor(placed.segment, media, { width, height }),
    );
  }

  /**
   * Whether another segment's decoder will come to stand just before this one's first frame: a cut that goes on in the
   * same file, or jumps a little ahead in it. Opening a second decoder would only decode the same frames twice.
   */
  private waitsForReader({ segment, firstFrame }: PlacedSegment): boolean {
    const { content } = segment;
    if (content.type !== 'media' || content.media.kind !== 'video' || segment.reverse) return false;
    const start = sourceTimeUs(segment, 0);
    return [...this.opened].some(({ segment: other, endFrame, shownTo }) => {
      if (other.content.type !== 'media' || other.content.media.path !== content.media.path || other.reverse)
        return false;
      const end = sourceTimeUs(other, other.target.durationUs);
      return endFrame === firstFrame && shownTo === endFrame && start - end > -100_000 && start - end < 2_000_000;
    });
  }
}

/** Time of a compound clip's own timeline, µs. */
function nestedTimeUs({ segment }: PlacedSegment, offsetUs: number): number {
  return sourceTimeUs(segment, offsetUs, segment.reverse);
}

/** Whether a layer only lies over what is below it, whatever that is. */
function floats(layer: Layer): boolean {
  if (layer.type !== 'clip') return false;
  const { trackType, extras } = layer.placed.segment;
  return !changesBelow.has(trackType) && extras.mixMode === null;
}
