import { type Canvas, createCanvas, ImageData } from '@napi-rs/canvas';
import { adjustmentOf, keyedAdjustments } from '../../../drafts/adjustments.ts';
import type { EffectMaterial, Segment } from '../../../drafts/model.ts';
import { freeMemory } from '../../../media/buffer-frame.ts';
import {
  blendMode,
  type ColorLook,
  chromaKey,
  colorLook,
  type EffectDrawing,
  findEffect,
  type Mix,
  type ReadTable,
} from '../look/index.ts';
import { applyMask } from '../motion/index.ts';
import { valueAt } from '../timeline/keyframes.ts';
import type { Body } from './body.ts';
import { mixedBody } from './mixed-body.ts';

/** Finished pictures larger than this are made at a lower scale. */
const largestSide = 4096;

/** Effects of a segment that change its colours, and those that redraw its picture. */
export function splitEffects(effects: readonly EffectMaterial[]): {
  colors: EffectMaterial[];
  scenes: { effect: EffectMaterial; drawing: EffectDrawing }[];
} {
  const scenes: { effect: EffectMaterial; drawing: EffectDrawing }[] = [];
  const colors: EffectMaterial[] = [];
  for (const effect of effects) {
    const drawing = /effect/.test(effect.type) && !effect.type.startsWith('text_') ? findEffect(effect) : null;
    if (drawing === null) colors.push(effect);
    else scenes.push({ effect, drawing });
  }
  return { colors, scenes };
}

/** Values of adjustments that keyframes move, in place of those that the effects themselves have. */
export function keyedEffects(segment: Segment, effects: readonly EffectMaterial[], offsetUs: number): EffectMaterial[] {
  let keyed = [...effects];
  for (const property of keyedAdjustments) {
    const value = valueAt(segment.keyframes[property] ?? [], offsetUs);
    if (value === null) continue;
    const known = keyed.find(({ type }) => adjustmentOf(type) === property);
    const moved: EffectMaterial = {
      ...(known ?? { id: property, name: property, resourceId: '', path: '', applyTarget: 0, params: [] }),
      type: property,
      value,
    };
    keyed = known === undefined ? [...keyed, moved] : keyed.map((effect) => (effect === known ? moved : effect));
  }
  return keyed;
}

const isText = ({ content }: Segment): boolean => content.type === 'text' || content.type === 'text_template';

function mixOf({ extras }: Segment): Mix | null {
  return extras.mixMode === null ? null : blendMode(extras.mixMode.name).mix;
}

/** Remembers the colour change of a segment from frame to frame: it is only built anew when its values move. */
export class LookOf {
  private key = '';
  private look: ColorLook | null = null;
  private readonly readTable: ReadTable;

  constructor(readTable: ReadTable) {
    this.readTable = readTable;
  }

  at(effects: readonly EffectMaterial[], hsl: Segment['extras']['hsl']): { look: ColorLook | null; key: string } {
    const key = JSON.stringify([effects.map(({ type, name, value, path }) => [type, name, value, path]), hsl]);
    if (key !== this.key) {
      this.key = key;
      this.look = colorLook(effects, hsl, this.readTable);
    }
    return { look: this.look, key };
  }
}

/** What is done to a segment's own picture before it is put in its place: keying, colours, effects, masks, mixing. */
export class Finish {
  private readonly segment: Segment;
  private readonly scale: number;
  private readonly look: LookOf;
  private readonly key: ColorLook | null;
  private readonly mix: Mix | null;
  private readonly parts: ReturnType<typeof splitEffects>;
  private canvas: Canvas | null = null;
  private copy: ImageData | null = null;
  private spare: Canvas | null = null;
  private done: { readonly identity: string; readonly body: Body } | null = null;

  /** Null for a segment whose picture stays as it is. @param scale output pixels per canvas pixel at clip scale 1 */
  static of(segment: Segment, scale: number, readTable: ReadTable): Finish | null {
    return Finish.changes(segment) ? new Finish(segment, scale, readTable) : null;
  }

  /** Whether anything is done to a segment's picture. */
  static changes(segment: Segment): boolean {
    const { effects, hsl, masks, chroma } = segment.extras;
    const keyed = keyedAdjustments.some((property) => segment.keyframes[property] !== undefined);
    const drawn = effects.length > 0 && !isText(segment);
    return mixOf(segment) !== null || keyed || hsl.length > 0 || masks.length > 0 || chroma !== null || drawn;
  }

  private constructor(segment: Segment, scale: number, readTable: ReadTable) {
    this.segment = segment;
    this.scale = scale;
    this.look = new LookOf(readTable);
    this.key = segment.extras.chroma === null ? null : chromaKey(segment.extras.chroma);
    this.mix = mixOf(segment);
    // Texts draw their effects themselves.
    this.parts = splitEffects(isText(segment) ? [] : segment.extras.effects);
  }

  /** The finished picture of a body at an offset. */
  apply(body: Body, offsetUs: number): Body {
    const finished = this.finished(body, offsetUs);
    return this.mix === null ? finished : mixedBody(finished, this.mix);
  }

  private finished(body: Body, offsetUs: number): Body {
    const { extras } = this.segment;
    const { look, key } = this.look.at(keyedEffects(this.segment, this.parts.colors, offsetUs), extras.hsl);
    const { scenes } = this.parts;
    const masks = extras.masks.filter(({ shape }) => shape !== 'other');
    if (look === null && this.key === null && scenes.length === 0 && masks.length === 0) return body;
    const identity = `${body.identity};${key}${scenes.length > 0 ? `;${offsetUs}` : ''}`;
    if (this.done?.identity !== identity) this.done = { identity, body: this.make(body, identity, look, offsetUs) };
    return this.done.body;
  }

  private make(body: Body, identity: string, look: ColorLook | null, offsetUs: number): Body {
    const own = body.picture?.pixels ?? null;
    const scale = Math.min(this.scale, largestSide / Math.max(body.width, body.height));
    const width = own?.width ?? Math.max(1, Math.round(body.width * scale));
    const height = own?.height ?? Math.max(1, Math.round(body.height * scale));
    const canvas = this.fit(width, height);
    const context = canvas.getContext('2d');
    context.resetTransform();
    context.clearRect(0, 0, width, height);
    if (own !== null && (look !== null || this.key !== null)) {
      const pixels = this.copyOf(own);
      this.key?.apply(pixels.data, width, height);
      look?.apply(pixels.data, width, height);
      context.putImageData(pixels, 0, 0);
    } else {
      context.save();
      context.scale(width / body.width, height / body.height);
      context.translate(-body.left, -body.top);
      body.paint(context);
      context.restore();
      if (look !== null || this.key !== null) {
        const pixels = context.getImageData(0, 0, width, height);
        this.key?.apply(pixels.data, width, height);
        look?.apply(pixels.data, width, height);
        context.putImageData(pixels, 0, 0);
        freeMemory(pixels.data);
      }
    }
    const size = { width, height, opaque: body.opaque && this.key === null };
    for (const { effect, drawing } of this.parts.scenes) {
      const before = this.snapshot(canvas);
      context.clearRect(0, 0, width, height);
      drawing.draw(context, before, offsetUs, this.segment.target.durationUs, effect.value, size);
    }
    for (const mask of this.segment.extras.masks) applyMask(context, mask, width, height);
    const opaque = body.opaque && this.key === null && this.segment.extras.masks.length === 0;
    return {
      left: body.left,
      top: body.top,
      width: body.width,
      height: body.height,
      identity,
      opaque,
      picture: null,
      paint: (target) => void target.drawImage(canvas, body.left, body.top, body.width, body.height),
    };
  }

  private fit(width: number, height: number): Canvas {
    if (this.canvas?.width !== width || this.canvas.height !== height) this.canvas = createCanvas(width, height);
    return this.canvas;
  }

  private copyOf(pixels: ImageData): ImageData {
    if (this.copy?.width !== pixels.width || this.copy.height !== pixels.height)
      this.copy = new ImageData(pixels.width, pixels.height);
    this.copy.data.set(pixels.data);
    return this.copy;
  }

  private snapshot(canvas: Canvas): Canvas {
    if (this.spare?.width !== canvas.width || this.spare.height !== canvas.height)
      this.spare = createCanvas(canvas.width, canvas.height);
    const context = this.spare.getContext('2d');
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.drawImage(canvas, 0, 0);
    return this.spare;
  }
}
