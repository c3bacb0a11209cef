import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import type { ClipAnimation, EffectMaterial, Transition } from '../../../drafts/model.ts';
import type { Size } from './geometry.ts';

export type Fidelity = 'exact' | 'approximated';

/** What an animation does to a clip at one moment. */
export interface Motion {
  /** Shares of the canvas, +x right, +y down. */
  readonly x: number;
  readonly y: number;
  readonly scaleX: number;
  readonly scaleY: number;
  /** Degrees, clockwise. */
  readonly rotation: number;
  readonly alpha: number;
  /** Blur radius as a share of the canvas height. */
  readonly blur: number;
  /** Visible part of the clip, shares of it. */
  readonly clip?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

export interface TransitionLook {
  readonly fidelity: Fidelity;
  draw(target: SKRSContext2D, from: Canvas, to: Canvas, progress: number, size: Size): void;
}

export interface AnimationLook {
  readonly fidelity: Fidelity;
  at(progress: number): Motion;
}

/** A dissolve: what any transition is when nothing is known of it. */
const dissolve: TransitionLook = {
  fidelity: 'approximated',
  draw(target, from, to, progress) {
    target.drawImage(from, 0, 0);
    target.save();
    target.globalAlpha = progress;
    target.drawImage(to, 0, 0);
    target.restore();
  },
};

export function transitionLook(_: Pick<Transition, 'name' | 'resourceId'>): TransitionLook {
  return dissolve;
}

export function animationLook(_: Pick<ClipAnimation, 'kind' | 'name' | 'id' | 'resourceId'>): AnimationLook | null {
  return null;
}

export function blendOperation(
  _: EffectMaterial,
): { operation: SKRSContext2D['globalCompositeOperation']; fidelity: Fidelity } | null {
  return null;
}
