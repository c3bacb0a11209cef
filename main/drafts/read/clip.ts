import type { ClipTransform } from '../model.ts';
import { type Fields, fields, finite, flag, number } from './fields.ts';
import type { Tell } from './problems.ts';

/** Positions count in half canvases: beyond this somebody wrote pixels. */
const farOutside = 10;
const largestScale = 1000;
const loudest = 10;

/** A `clip` block; audio and effects have none. */
export function readClip(value: unknown): ClipTransform {
  const clip = fields(value);
  const flip = fields(clip.flip);
  const scale = fields(clip.scale);
  const position = fields(clip.transform);
  const scaleX = number(scale.x, 1, -largestScale, largestScale);
  const scaleY = number(scale.y, 1, -largestScale, largestScale);
  // A negative scale is what a mirror does to numbers; generators mirror that way.
  return {
    alpha: number(clip.alpha, 1, 0, 1),
    flipX: flag(flip.horizontal, false) !== scaleX < 0,
    flipY: flag(flip.vertical, false) !== scaleY < 0,
    rotation: number(clip.rotation, 0, -360_000, 360_000),
    scaleX: Math.abs(scaleX),
    scaleY: Math.abs(scaleY),
    x: number(position.x, 0, -1000, 1000),
    y: number(position.y, 0, -1000, 1000),
  };
}

/** A segment's place on the canvas, y scaled like x where the draft says so or does not say. */
export function readTransform(segment: Fields, tell: Tell): { transform: ClipTransform; uniformScale: boolean } {
  const transform = readClip(segment.clip);
  if (Math.max(Math.abs(transform.x), Math.abs(transform.y)) > farOutside) tell('value_far_outside', 'position');
  const uniform = fields(segment.uniform_scale);
  const uniformScale = typeof uniform.on === 'boolean' ? uniform.on : transform.scaleX === transform.scaleY;
  return { transform: uniformScale ? { ...transform, scaleY: transform.scaleX } : transform, uniformScale };
}

/** Linear factor. */
export function readVolume(segment: Fields, tell: Tell): number {
  const written = finite(segment.volume) ?? 1;
  if (written < 0 || written > loudest) tell('value_far_outside', 'volume');
  return Math.min(loudest, Math.max(0, written));
}
