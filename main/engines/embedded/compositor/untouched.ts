import type { Segment } from '../../../drafts/model.ts';

/** Nothing about the segment changes its picture. */
export function isUntouched(segment: Segment): boolean {
  const { transform, keyframes, extras } = segment;
  const still = transform.x === 0 && transform.y === 0 && transform.rotation % 360 === 0 && transform.alpha >= 1;
  const scaleY = segment.uniformScale ? transform.scaleX : transform.scaleY;
  const unscaled = transform.scaleX === 1 && scaleY === 1 && !transform.flipX && !transform.flipY;
  const { volume: _, ...drawnKeyframes } = keyframes;
  return (
    still &&
    unscaled &&
    Object.keys(drawnKeyframes).length === 0 &&
    extras.animations.length === 0 &&
    extras.effects.length === 0 &&
    extras.hsl.length === 0 &&
    isUnmasked(segment)
  );
}

/** No part of the clip's footprint is taken away, moved about or mixed with what is behind it. */
export function isUnmasked({ extras }: Segment): boolean {
  return (
    extras.masks.length === 0 && extras.chroma === null && extras.mixMode === null && extras.animations.length === 0
  );
}
