import type { ClipLayer, Layer, TransitionLayer } from '../timeline/timeline.ts';
import type { Background, StillFill } from './background.ts';
import type { Clip } from './clip.ts';
import type { Ready } from './ready.ts';
import type { Base, Seen } from './seen.ts';
import { melting } from './transitions.ts';
import type { Undrawn } from './undrawn.ts';

/** What a scene can make of a layer. */
interface Making {
  ready(layer: Layer): Promise<Ready | null>;
  clipOf(layer: ClipLayer): Promise<Clip | null>;
  insideOf(layer: ClipLayer): Promise<Seen | null>;
}

/** Finds what of the lowest layer of a frame need not be drawn. */
export class Bases {
  private readonly undrawn: Undrawn;
  private readonly background: Background;
  private readonly making: Making;

  constructor(undrawn: Undrawn, background: Background, making: Making) {
    this.undrawn = undrawn;
    this.background = background;
    this.making = making;
  }

  /** Null when all of the layer has to be drawn. */
  of(lowest: Layer): Promise<Base | null> {
    return lowest.type === 'clip' ? this.ofClip(lowest) : this.ofTransition(lowest);
  }

  private async ofClip(lowest: ClipLayer): Promise<Base | null> {
    const inside = await this.making.insideOf(lowest);
    if (inside !== null && inside.on !== 'nothing') {
      const { layers, whole: _, ...below } = inside;
      return { ...below, laid: layers };
    }
    if (await this.undrawn.isRestingPhoto(lowest)) return this.drawn(lowest);
    const clip = await this.undrawn.plainClip(lowest);
    if (clip !== null) return { on: 'clip', clip, laid: [] };
    const blurred = await this.undrawn.frameOnBlur(lowest);
    if (blurred !== null) return { on: 'blur', ground: blurred.ground, laid: [blurred.over] };
    const placed = await this.undrawn.lowestFrame(lowest);
    if (placed === null) return null;
    const { layer, fill, over } = placed;
    const behind =
      fill === null ? null : await (fill.type === 'blur' ? this.readyBlur(layer) : this.readyStill(layer, fill));
    return { on: 'ground', ground: behind === null ? [] : [behind], laid: [over] };
  }

  /** One clip over another, the more of it the later: a transition that need not be drawn. */
  private async ofTransition(lowest: TransitionLayer): Promise<Base | null> {
    const sides = melting(lowest);
    const over = sides === null ? null : await this.undrawn.coveringFrame(sides.to);
    if (sides === null || over === null) return null;
    const { from, progress } = sides;
    const base = (await this.ofClip(from)) ?? (await this.drawn(from));
    const melted = { ...over, alpha: over.alpha * progress, identity: `${over.identity}*${progress}` };
    return { ...base, laid: [...base.laid, melted] };
  }

  private async drawn(layer: ClipLayer): Promise<Base> {
    const ready = await this.making.ready(layer);
    return { on: 'ground', ground: ready === null ? [] : [ready], laid: [] };
  }

  private async readyStill({ placed }: ClipLayer, fill: StillFill): Promise<Ready> {
    await this.background.prepare(placed);
    const identity = `fill:${JSON.stringify(fill)}`;
    return { identity, slot: fill, bounds: null, draw: (context) => this.background.drawStill(context, fill) };
  }

  /** The blurred picture of a clip that shows one picture only. */
  private async readyBlur(layer: ClipLayer): Promise<Ready | null> {
    const clip = await this.making.clipOf(layer);
    if (clip === null) return null;
    const identity = `blur:${layer.placed.segment.id}`;
    return { identity, slot: layer.placed, bounds: null, draw: (context) => this.background.draw(context, clip) };
  }
}
