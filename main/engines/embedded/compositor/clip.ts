import type { SKRSContext2D } from '@napi-rs/canvas';
import type { ClipAnimation, ClipTransform, Segment } from '../../../drafts/model.ts';
import { blendMode } from '../look/index.ts';
import { findAnimation, type Motion } from '../motion/index.ts';
import { loopSpan } from '../timeline/loop-span.ts';
import type { PlacedSegment } from '../timeline/timeline.ts';
import type { Body } from './body.ts';
import { boundsOf, centreOf, type Rect, type Size, wholePixels } from './geometry.ts';

/** A segment at one moment, with everything that drawing it needs. */
export interface Clip {
  readonly placed: PlacedSegment;
  readonly transform: ClipTransform;
  readonly body: Body;
  readonly motion: Motion | null;
}

/** A clip of whose body only some things are known. */
type Placed<Known extends keyof Body> = Omit<Clip, 'body'> & { readonly body: Pick<Body, Known> };

/** Equal identities draw equal pictures. */
export function clipIdentity({ placed, transform, body, motion }: Placed<'identity'>): string {
  const { x, y, scaleX, scaleY, rotation, alpha } = transform;
  const moved = motion === null ? '' : JSON.stringify(motion);
  return [placed.segment.id, body.identity, x, y, scaleX, scaleY, rotation, alpha, moved].join(',');
}

/** Where a clip can be seen, pixels of the draft's canvas; everywhere when that is not known. */
export function clipBounds(
  { placed, transform, body, motion }: Placed<'left' | 'top' | 'width' | 'height' | 'spills'>,
  canvas: Size,
): Rect {
  const hasFill = placed.bottom && placed.segment.extras.canvas !== null;
  if (hasFill || body.spills || (motion?.blur ?? 0) > 0)
    return { left: 0, top: 0, right: canvas.width, bottom: canvas.height };
  const place = placeOf(transform, motion, canvas);
  const turn = (place.rotation * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return boundsOf(
    [body.left, body.left + body.width].flatMap((x) =>
      [body.top, body.top + body.height].map((y) => {
        const [scaledX, scaledY] = [x * place.scaleX, y * place.scaleY];
        return { x: place.x + cos * scaledX - sin * scaledY, y: place.y + sin * scaledX + cos * scaledY };
      }),
    ),
  );
}

/** Centre (canvas pixels), turn (degrees) and scale (negative where mirrored) of a clip as it is drawn. */
export function placeOf(transform: ClipTransform, motion: Motion | null, canvas: Size) {
  const centre = centreOf(transform, canvas);
  const scaleX = transform.scaleX * (motion?.scaleX ?? 1);
  const scaleY = transform.scaleY * (motion?.scaleY ?? 1);
  return {
    x: centre.x + (motion?.x ?? 0) * canvas.width,
    y: centre.y + (motion?.y ?? 0) * canvas.height,
    rotation: transform.rotation + (motion?.rotation ?? 0),
    scaleX: transform.flipX ? -scaleX : scaleX,
    scaleY: transform.flipY ? -scaleY : scaleY,
  };
}

/** Draws a clip at its place; the context's unit is a pixel of the draft's canvas. */
export function drawClip(context: SKRSContext2D, clip: Clip, canvas: Size): void {
  const { transform, body, motion } = clip;
  const alpha = transform.alpha * (motion?.alpha ?? 1);
  if (alpha <= 0 || transform.scaleX === 0 || transform.scaleY === 0) return;
  if (drawResting(context, clip, canvas)) return;
  const place = placeOf(transform, motion, canvas);
  context.save();
  context.globalAlpha = Math.min(1, alpha);
  const { mixMode } = clip.placed.segment.extras;
  if (mixMode !== null) context.globalCompositeOperation = blendMode(mixMode.name).operation;
  context.translate(place.x, place.y);
  if (place.rotation !== 0) context.rotate((place.rotation * Math.PI) / 180);
  context.scale(place.scaleX, place.scaleY);
  if (motion !== null && motion.clip !== null) {
    const { x, y, width, height } = motion.clip;
    context.beginPath();
    context.rect(body.left + x * body.width, body.top + y * body.height, width * body.width, height * body.height);
    context.clip();
  }
  const blur = (motion?.blur ?? 0) * canvas.height;
  if (blur > 0) context.filter = `blur(${blur.toFixed(2)}px)`;
  body.paint(context);
  context.restore();
}

/**
 * Draws an opaque picture that stands still on the very pixels on which it is laid where it need not be drawn: it must not
 * move when an effect begins above it. Where it has their size it is put there, which costs a copy instead of a draw.
 * False when it has to be drawn anyhow.
 */
function drawResting(context: SKRSContext2D, { transform, body, motion, placed }: Clip, canvas: Size): boolean {
  const { picture } = body;
  if (picture === null || motion !== null || !picture.opaque || placed.segment.extras.mixMode !== null) return false;
  if (!standsStill(placed.segment, transform)) return false;
  const { a, b, c, d, e, f } = context.getTransform();
  if (b !== 0 || c !== 0) return false;
  const centre = centreOf(transform, canvas);
  const size = { width: body.width * transform.scaleX * a, height: body.height * transform.scaleY * d };
  const [left, top] = [centre.x * a + e - size.width / 2, centre.y * d + f - size.height / 2];
  const place = wholePixels(left, top, size, Math.max(context.canvas.width, context.canvas.height));
  if (place === null) return false;
  const { x, y } = place;
  const { image, pixels } = picture;
  if (pixels !== null && image.width === x.length && image.height === y.length) {
    context.putImageData(pixels, x.start, y.start);
    return true;
  }
  context.save();
  context.setTransform(x.length / body.width, 0, 0, y.length / body.height, x.start, y.start);
  context.translate(-body.left, -body.top);
  body.paint(context);
  context.restore();
  return true;
}

/** Whether an upright, opaque clip is in the same place as long as it is on screen. */
export function standsStill(
  { keyframes, extras }: Segment,
  { rotation, scaleX, scaleY, flipX, flipY, alpha }: ClipTransform,
): boolean {
  const { volume: _, ...moves } = keyframes;
  const upright = rotation === 0 && !flipX && !flipY && scaleX > 0 && scaleY > 0;
  return upright && alpha >= 1 && Object.keys(moves).length === 0 && extras.animations.length === 0;
}

/** Whether an opaque clip of a fitted size hides the whole canvas. */
export function coversCanvas(transform: ClipTransform, fitted: Size, canvas: Size): boolean {
  if (transform.alpha < 1 || transform.rotation % 180 !== 0) return false;
  const centre = centreOf(transform, canvas);
  const halfWidth = (fitted.width * Math.abs(transform.scaleX)) / 2;
  const halfHeight = (fitted.height * Math.abs(transform.scaleY)) / 2;
  const slack = 0.01;
  return (
    centre.x - halfWidth <= slack &&
    centre.x + halfWidth >= canvas.width - slack &&
    centre.y - halfHeight <= slack &&
    centre.y + halfHeight >= canvas.height - slack
  );
}

/** What the clip animations of a segment do at an offset; null when none is at work. Texts animate themselves. */
export function motionOf(segment: Segment, offsetUs: number): Motion | null {
  if (segment.content.type === 'text' || segment.content.type === 'text_template') return null;
  let motion: Motion | null = null;
  const { animations } = segment.extras;
  for (const animation of animations) {
    const progress = animationProgress(animation, animations, segment.target.durationUs, offsetUs);
    if (progress === null) continue;
    const next = findAnimation(animation).at(progress);
    motion = motion === null ? next : both(motion, next);
  }
  return motion;
}

/** How far an animation, one of a segment's, is at an offset, 0..1; null outside its time. */
export function animationProgress(
  animation: ClipAnimation,
  all: readonly ClipAnimation[],
  durationUs: number,
  offsetUs: number,
): number | null {
  const length = Math.min(animation.durationUs, durationUs);
  if (!(length > 0)) return null;
  switch (animation.kind) {
    case 'in':
      return offsetUs < length ? Math.max(0, offsetUs / length) : null;
    case 'out': {
      const start = durationUs - length;
      return offsetUs >= start ? Math.min(1, (offsetUs - start) / length) : null;
    }
    case 'combo':
      // A combination fills the clip; shorter ones start again.
      return inTurn(offsetUs, length);
    case 'loop': {
      const { fromUs, toUs } = loopSpan(animation, all, durationUs);
      return offsetUs >= fromUs && offsetUs < toUs ? inTurn(offsetUs - fromUs, length) : null;
    }
    case 'caption':
      return null;
  }
}

/** How much of a turn has passed, 0..1. */
function inTurn(timeUs: number, lengthUs: number): number {
  return (((timeUs % lengthUs) + lengthUs) % lengthUs) / lengthUs;
}

function both(a: Motion, b: Motion): Motion {
  return {
    x: a.x + b.x,
    y: a.y + b.y,
    scaleX: a.scaleX * b.scaleX,
    scaleY: a.scaleY * b.scaleY,
    rotation: a.rotation + b.rotation,
    alpha: a.alpha * b.alpha,
    blur: a.blur + b.blur,
    clip: b.clip ?? a.clip,
  };
}
