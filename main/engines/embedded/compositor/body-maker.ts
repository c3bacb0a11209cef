import type { Canvas } from '@napi-rs/canvas';
import type {
  ClipTransform,
  MediaMaterial,
  Segment,
  TemplateText,
  TextMaterial,
  TextTemplate,
} from '../../../drafts/model.ts';
import type { OpenSource } from '../decode/source-shelf.ts';
import { createTextPainter, type TextPainter } from '../text/index.ts';
import { largestScale, transformAt } from '../timeline/keyframes.ts';
import { sourceTimeUs } from '../timeline/source-time.ts';
import { type Body, groupBody, pictureBody, textBody } from './body.ts';
import { containFactor, containSize, cropRegion, type Size, tameTransform, wholePicture } from './geometry.ts';
import { applyTransform } from './place.ts';
import type { Workshop } from './workshop.ts';

/** Sticker pictures are made for a canvas whose shorter side has this many pixels. */
const stickerCanvas = 1080;
const smallestFactor = 0.01;

/** When a text of a template is shown, from its segment's start. */
function spanOf({ startUs, durationUs }: TemplateText, segmentUs: number) {
  const left = Math.max(0, segmentUs - startUs);
  // What lasts until its segment ends is on the last frame, too, which may begin a little later.
  if (durationUs === null || durationUs >= left) return { startUs, durationUs: left, endUs: Number.POSITIVE_INFINITY };
  return { startUs, durationUs, endUs: startUs + durationUs };
}

/** Makes what segments look like before they are put in their places. */
export class BodyMaker {
  private readonly canvas: Size;
  /** Output pixels per canvas pixel. */
  private readonly factor: number;
  private readonly painter: TextPainter;

  constructor(canvas: Size, factor: number, workshop: Workshop) {
    this.canvas = canvas;
    this.factor = factor;
    this.painter = createTextPainter({ canvas, fonts: workshop.fonts });
    workshop.painters.push(this.painter);
  }

  /** Factor from displayed source pixels to output pixels at the largest scale that the segment reaches. */
  textureFactor(segment: Segment, media: MediaMaterial, picture: Size): number {
    const region = cropRegion(media.crop, picture);
    return this.fitFactor(media, picture, region) * this.largest(segment) * this.factor;
  }

  /** Size of a media segment on the canvas at scale 1. */
  fittedSize(media: MediaMaterial, { source }: OpenSource): Size {
    const region = cropRegion(media.crop, source);
    const factor = this.fitFactor(media, source, region);
    return { width: source.width * region.width * factor, height: source.height * region.height * factor };
  }

  async ofMedia(segment: Segment, media: MediaMaterial, opened: OpenSource, offsetUs: number): Promise<Body | null> {
    const picture = await opened.source.pictureAt(sourceTimeUs(segment, offsetUs, opened.backwards));
    return picture === null
      ? null
      : pictureBody(picture, cropRegion(media.crop, opened.source), this.fittedSize(media, opened));
  }

  ofText(segment: Segment, text: TextMaterial, offsetUs: number): Body {
    return textBody(
      this.painter.paint(text, {
        rasterScale: this.textScale(segment, offsetUs),
        timeUs: offsetUs,
        durationUs: segment.target.durationUs,
        animations: segment.extras.animations,
        effects: segment.extras.effects,
      }),
    );
  }

  ofTemplate(segment: Segment, template: TextTemplate, offsetUs: number): Body {
    const scale = this.textScale(segment, offsetUs);
    const { durationUs } = segment.target;
    const members = template.texts.flatMap((member, index) => {
      const own = spanOf(member, durationUs);
      if (offsetUs < own.startUs || offsetUs >= own.endUs) return [];
      const { text, transform, animations } = member;
      const inner = tameTransform(transform);
      const clock = animations.length > 0 ? own : { startUs: 0, durationUs };
      const picture = this.painter.paint(text, {
        rasterScale: scale * Math.max(smallestFactor, Math.abs(inner.scaleX)),
        timeUs: offsetUs - clock.startUs,
        durationUs: clock.durationUs,
        animations: animations.length > 0 ? animations : segment.extras.animations,
        effects: segment.extras.effects,
      });
      const body = textBody(picture);
      return [{ body: { ...body, identity: `${index}:${body.identity}` }, place: this.placeWithin(inner) }];
    });
    return groupBody(members, this.canvas);
  }

  /** Output pixels per canvas pixel of a segment's own picture at the largest scale it reaches. */
  rasterScale(segment: Segment): number {
    return this.largest(segment) * this.factor;
  }

  /** Output pixels per pixel of a compound clip's own canvas. */
  nestedFactor(segment: Segment, nested: Size): number {
    const factor = containFactor(nested, wholePicture, this.canvas) * this.largest(segment) * this.factor;
    return Math.min(factor, 4096 / Math.max(nested.width, nested.height));
  }

  ofNested(segment: Segment, { canvas, identity }: { canvas: Canvas; identity: string }, nested: Size): Body {
    const picture = { image: canvas, pixels: null, opaque: false, serial: 0 };
    const body = pictureBody(picture, wholePicture, containSize(nested, wholePicture, this.canvas));
    return { ...body, identity: `${segment.id}(${identity})` };
  }

  private fitFactor(media: MediaMaterial, picture: Size, region: ReturnType<typeof cropRegion>): number {
    return media.kind === 'sticker'
      ? Math.min(this.canvas.width, this.canvas.height) / stickerCanvas
      : containFactor(picture, region, this.canvas);
  }

  private largest(segment: Segment): number {
    const scale = tameTransform({ ...segment.transform, scaleX: largestScale(segment) }).scaleX;
    return Math.max(smallestFactor, scale);
  }

  /** Texts keep one raster size while their scale is animated. */
  private textScale(segment: Segment, offsetUs: number): number {
    const { scaleX, scaleY, scale } = segment.keyframes;
    const moving = [scaleX, scaleY, scale].some((list) => list !== undefined && list.length > 1);
    const { scaleX: still } = tameTransform(transformAt(segment, offsetUs));
    return this.factor * (moving ? this.largest(segment) : Math.max(smallestFactor, Math.abs(still)));
  }

  /** Puts a text of a template at its place: half canvas units from the template's centre. */
  private placeWithin(transform: ClipTransform) {
    return (context: Parameters<typeof applyTransform>[0]) => {
      context.translate(-this.canvas.width / 2, -this.canvas.height / 2);
      context.globalAlpha *= Math.max(0, transform.alpha);
      applyTransform(context, transform, this.canvas);
    };
  }
}
