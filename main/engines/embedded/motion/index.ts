/** Motion of clips and between clips: transitions, clip animations, masks. Pure registries and drawing, no state but scratch canvases. */
import type { ClipAnimation, Transition } from '../../../drafts/model.ts';
import { findAnimation } from './animations/index.ts';
import { type Fidelity, findTransition } from './transitions/index.ts';

export { type AnimationDrawing, findAnimation } from './animations/index.ts';
export type { Motion } from './animations/motion.ts';
export { applyMask, maskFidelity } from './masks.ts';
export { type Fidelity, findTransition, type TransitionDrawing } from './transitions/index.ts';

export const transitionFidelity = (transition: Pick<Transition, 'name' | 'resourceId'>): Fidelity =>
  findTransition(transition).fidelity;

export const animationFidelity = (animation: Pick<ClipAnimation, 'kind' | 'name' | 'id' | 'resourceId'>): Fidelity =>
  findAnimation(animation).fidelity;
