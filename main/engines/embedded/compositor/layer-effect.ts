import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Segment } from '../../../drafts/model.ts';
import { freeMemory } from '../../../media/buffer-frame.ts';
import type { ReadTable } from '../look/index.ts';
import { keyedEffects, LookOf, splitEffects } from './finish.ts';

/** An effect, filter or adjustment on a track of its own: changes everything that has been drawn below it. */
export class LayerEffect {
  private readonly segment: Segment;
  private readonly look: LookOf;
  private readonly parts: ReturnType<typeof splitEffects>;
  private below: Canvas | null = null;

  constructor(segment: Segment, readTable: ReadTable) {
    const { content, extras } = segment;
    this.segment = segment;
    this.look = new LookOf(readTable);
    this.parts = splitEffects(content.type === 'effect' ? [content.effect, ...extras.effects] : extras.effects);
  }

  /** Equal identities over equal pictures give equal pictures. */
  identity(offsetUs: number): string {
    const { key } = this.lookAt(offsetUs);
    return `${this.segment.id}:${key}${this.parts.scenes.length > 0 ? offsetUs : ''}`;
  }

  draw(context: SKRSContext2D, offsetUs: number): void {
    const { width, height } = context.canvas;
    const size = { width, height, opaque: !context.getContextAttributes().alpha };
    const { look } = this.lookAt(offsetUs);
    context.save();
    context.resetTransform();
    if (look !== null) {
      const pixels = context.getImageData(0, 0, width, height);
      look.apply(pixels.data, width, height);
      context.putImageData(pixels, 0, 0);
      freeMemory(pixels.data);
    }
    for (const { effect, drawing } of this.parts.scenes) {
      const below = this.copy(context.canvas, width, height);
      context.clearRect(0, 0, width, height);
      drawing.draw(context, below, offsetUs, this.segment.target.durationUs, effect.value, size);
    }
    context.restore();
  }

  private lookAt(offsetUs: number) {
    return this.look.at(keyedEffects(this.segment, this.parts.colors, offsetUs), this.segment.extras.hsl);
  }

  private copy(canvas: Canvas, width: number, height: number): Canvas {
    if (this.below?.width !== width || this.below.height !== height) this.below = createCanvas(width, height);
    const context = this.below.getContext('2d');
    context.clearRect(0, 0, width, height);
    context.drawImage(canvas, 0, 0);
    return this.below;
  }
}
