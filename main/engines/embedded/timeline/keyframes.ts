import type { ClipTransform, Keyframe, Point, Segment } from '../../../drafts/model.ts';

/** Value of a list of keyframes (sorted by time) at an offset from the segment's start; held before and after. */
export function valueAt(keyframes: readonly Keyframe[], offsetUs: number): number | null {
  const first = keyframes[0];
  if (first === undefined) return null;
  if (offsetUs <= first.offsetUs) return first.value;
  // The last keyframe at or before the offset: lists are short, but narration tracks can carry hundreds.
  let low = 0;
  let high = keyframes.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((keyframes[middle]?.offsetUs ?? 0) <= offsetUs) low = middle;
    else high = middle - 1;
  }
  const from = keyframes[low] ?? first;
  const to = keyframes[low + 1];
  const span = to === undefined ? 0 : to.offsetUs - from.offsetUs;
  if (to === undefined || span <= 0 || from.curve === 'hold') return from.value;
  const share = (offsetUs - from.offsetUs) / span;
  const eased = from.curve === 'bezier' ? easeBetween(from, to, share) : share;
  return from.value + (to.value - from.value) * eased;
}

/**
 * Share of the way from one value to the next at a share of the time. Control points are offsets from their keyframe:
 * x as a share of the interval (or µs when larger than 1), y as a value.
 */
function easeBetween(from: Keyframe, to: Keyframe, share: number): number {
  const rise = to.value - from.value;
  const span = to.offsetUs - from.offsetUs;
  const control = (point: Point | null) => ({
    x: Math.min(1, Math.abs(point === null ? 0 : Math.abs(point.x) > 1 ? point.x / span : point.x)),
    y: point === null || rise === 0 ? 0 : point.y / rise,
  });
  const right = control(from.rightControl);
  const left = control(to.leftControl ?? from.leftControl);
  return cubicBezier(right.x, right.y, 1 - left.x, 1 + left.y, share);
}

/** CSS-like cubic Bézier from (0,0) to (1,1) through two control points, y at x. */
export function cubicBezier(x1: number, y1: number, x2: number, y2: number, x: number): number {
  const along = (a: number, b: number, t: number) => 3 * a * t * (1 - t) ** 2 + 3 * b * t * t * (1 - t) + t ** 3;
  let low = 0;
  let high = 1;
  // x grows with t because x1 and x2 lie within 0..1: halving always finds it.
  for (let step = 0; step < 40; step += 1) {
    const middle = (low + high) / 2;
    if (along(x1, x2, middle) < x) low = middle;
    else high = middle;
  }
  return along(y1, y2, (low + high) / 2);
}

/** Where and how a segment stands at an offset from its start, keyframes applied. */
export function transformAt(
  segment: Pick<Segment, 'keyframes' | 'transform' | 'uniformScale'>,
  offsetUs: number,
): ClipTransform {
  const { keyframes, transform, uniformScale } = segment;
  const at = (list: readonly Keyframe[] | undefined) => (list === undefined ? null : valueAt(list, offsetUs));
  const both = at(keyframes.scale);
  const scaleX = at(keyframes.scaleX) ?? both ?? transform.scaleX;
  // Keyframes replace the clip's scale; with one scale for both axes only the X track is written.
  const followsX = uniformScale && keyframes.scaleX !== undefined;
  const scaleY = at(keyframes.scaleY) ?? (followsX ? scaleX : (both ?? (uniformScale ? scaleX : transform.scaleY)));
  return {
    ...transform,
    x: at(keyframes.x) ?? transform.x,
    y: at(keyframes.y) ?? transform.y,
    rotation: at(keyframes.rotation) ?? transform.rotation,
    scaleX,
    scaleY,
    alpha: Math.min(1, Math.max(0, at(keyframes.alpha) ?? transform.alpha)),
  };
}

/** Largest scale a segment reaches: how large its picture must be decoded. */
export function largestScale(segment: Pick<Segment, 'keyframes' | 'transform' | 'uniformScale'>): number {
  const { keyframes, transform, uniformScale } = segment;
  const keyed = [keyframes.scaleX, keyframes.scaleY, keyframes.scale].flatMap((list) => list ?? []);
  const own = uniformScale ? [transform.scaleX] : [transform.scaleX, transform.scaleY];
  const values = keyed.length > 0 ? keyed.map(({ value }) => value) : own;
  return Math.max(...values.map(Math.abs));
}
