import type { SKRSContext2D } from '@napi-rs/canvas';
import type { ClipTransform } from '../../../drafts/model.ts';
import { centreOf, type Size } from './geometry.ts';

/** Moves the context's origin to a clip's centre and turns, mirrors and scales it as the clip stands. */
export function applyTransform(context: SKRSContext2D, transform: ClipTransform, canvas: Size): void {
  const centre = centreOf(transform, canvas);
  context.translate(centre.x, centre.y);
  if (transform.rotation !== 0) context.rotate((transform.rotation * Math.PI) / 180);
  context.scale(
    transform.flipX ? -transform.scaleX : transform.scaleX,
    transform.flipY ? -transform.scaleY : transform.scaleY,
  );
}
