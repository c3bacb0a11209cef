import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { findTransition } from '../motion/index.ts';
import type { ClipLayer, TransitionLayer } from '../timeline/timeline.ts';
import { type Clip, clipIdentity } from './clip.ts';
import type { Ready } from './ready.ts';

/** The clips of a transition that melts one into the other, by themselves; null for any other transition. */
export function melting(layer: TransitionLayer): { from: ClipLayer; to: ClipLayer; progress: number } | null {
  if (findTransition(layer.transition).family !== 'dissolve') return null;
  const { from, fromOffsetUs, to, toOffsetUs } = layer;
  return {
    from: { type: 'clip', placed: from, offsetUs: fromOffsetUs },
    to: { type: 'clip', placed: to, offsetUs: toOffsetUs },
    progress: Math.min(1, Math.max(0, layer.progress)),
  };
}

/** Draws the clips on both sides of a cut, each on a canvas of its own, and what a transition makes of them. */
export class Transitions {
  private readonly drawClip: (context: SKRSContext2D, clip: Clip) => void;
  private sides: { from: Canvas; to: Canvas } | null = null;

  constructor(drawClip: (context: SKRSContext2D, clip: Clip) => void) {
    this.drawClip = drawClip;
  }

  ready(layer: TransitionLayer, from: Clip | null, to: Clip | null): Ready {
    const look = findTransition(layer.transition);
    const sideIdentity = (clip: Clip | null) => (clip === null ? '' : clipIdentity(clip));
    return {
      identity: ['transition', layer.progress, sideIdentity(from), sideIdentity(to)].join('>'),
      slot: layer.to,
      bounds: null,
      draw: (context) => {
        const { canvas } = context;
        const sides = this.sidesOf(canvas.width, canvas.height);
        const matrix = context.getTransform();
        for (const [clip, side] of [
          [from, sides.from],
          [to, sides.to],
        ] as const) {
          const own = side.getContext('2d');
          own.resetTransform();
          own.clearRect(0, 0, side.width, side.height);
          own.setTransform(matrix);
          if (clip !== null) this.drawClip(own, clip);
        }
        context.save();
        context.resetTransform();
        look.draw(context, sides.from, sides.to, layer.progress, { width: canvas.width, height: canvas.height });
        context.restore();
      },
    };
  }

  private sidesOf(width: number, height: number): { from: Canvas; to: Canvas } {
    if (this.sides?.from.width !== width || this.sides.from.height !== height)
      this.sides = { from: createCanvas(width, height), to: createCanvas(width, height) };
    return this.sides;
  }
}
