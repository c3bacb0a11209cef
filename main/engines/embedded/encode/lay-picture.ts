import type { Rect } from '../compositor/geometry.ts';
import type { YuvPixels } from './lay-patch.ts';
import { type RowSampler, rowSampler, type Walk } from './row-sampler.ts';
import { meet, type Span, within } from './spans.ts';

/** Where points of the video lie on a picture: u = a x + c y + e, v = b x + d y + f. */
export interface Matrix {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/** An opaque picture in the samples of a video, and how it lies over it. */
export interface LaidPicture {
  /** Planes of their own for both colour differences. */
  readonly pixels: YuvPixels;
  /** Its colours have the size of its brightness, unlike those of a video. */
  readonly fullColours: boolean;
  /** Stands for what the pixels are now: pictures that share it are the same. */
  readonly version: object;
  readonly width: number;
  readonly height: number;
  /** What of it is shown, picture pixels. */
  readonly part: Rect;
  /** From video pixels to picture pixels. */
  readonly matrix: Matrix;
  /** Above 0, at most 1. */
  readonly alpha: number;
}

/** One kind of sample of a frame or picture. */
interface Plane {
  readonly samples: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  readonly step: number;
}

/** What is quicker by the row. */
interface Rows {
  /** What lies along a walk over the plane; some at its end may be left out. */
  sample(walk: Walk, count: number): Uint8Array;
  /** Mixes that with as much that lies below it. @param weight of what was sampled, of 256 */
  mix(under: Uint8Array, weight: number): void;
}

/** A plane of a picture to be laid. */
interface Source extends Plane {
  readonly rows: Rows;
  readonly part: Rect;
}

/** Everything is left out. */
const noRows: Rows = { sample: () => new Uint8Array(0), mix: () => {} };

/**
 * Lays a moved, turned and scaled picture over a video frame without its ever becoming RGB: bilinear, edges smoothed by how
 * much of a pixel they cover.
 * @param width of the video frame, pixels; even like its height
 * @param sampler makes it quicker, and nothing else
 */
export function layPicture(
  frame: YuvPixels,
  width: number,
  height: number,
  picture: LaidPicture,
  sampler: RowSampler | null = rowSampler(),
): void {
  const { pixels, version, matrix, alpha, part, fullColours } = picture;
  const [y, u, v] = planes(frame, width, height, 2);
  const from = planes(pixels, picture.width, picture.height, fullColours ? 1 : 2);
  const [fromY, fromU, fromV] = from;
  const ofColours = fullColours ? doubled(matrix) : halved(matrix);
  const partOfColours = fullColours ? part : halvedPart(part);
  const lay = (to: Plane, plane: Plane, place: Matrix, shown: Rect) => {
    if (alpha === 1 && isShift(place) && isWhole(shown, plane)) copyPlane(to, plane, -place.e, -place.f);
    else layPlane(to, { ...plane, part: shown, rows: rowsOf(plane, from, version, sampler) }, place, alpha);
  };
  lay(y, fromY, matrix, part);
  lay(u, fromU, ofColours, partOfColours);
  lay(v, fromV, ofColours, partOfColours);
}

function rowsOf(plane: Plane, all: readonly Plane[], version: object, sampler: RowSampler | null): Rows {
  const start = sampler?.load(all, version)[all.indexOf(plane)];
  if (sampler === null || start === undefined) return noRows;
  return {
    sample: (walk, count) => sampler.sample(start, plane.stride, walk, count),
    mix: (under, weight) => sampler.mix(under, weight),
  };
}

/** Whether nothing of a video can be seen below a picture. @param width of the video, pixels */
export function hidesAll(
  { matrix: { a, b, c, d, e, f }, alpha, part }: Pick<LaidPicture, 'matrix' | 'alpha' | 'part'>,
  width: number,
  height: number,
): boolean {
  if (alpha < 1) return false;
  // The outermost samples, of brightness and of colours, are farther from the edges than those are smoothed.
  return [1, 2].every((side) => {
    const [uHalf, vHalf] = [(side * Math.hypot(a, c)) / 2, (side * Math.hypot(b, d)) / 2];
    return [side / 2, width - side / 2].every((x) =>
      [side / 2, height - side / 2].every((y) => {
        const [u, v] = [a * x + c * y + e, b * x + d * y + f];
        return u >= part.left + uHalf && u <= part.right - uHalf && v >= part.top + vHalf && v <= part.bottom - vHalf;
      }),
    );
  });
}

/** From colour samples of a video to those of a picture; each lies in the middle of two by two pixels. */
function halved(matrix: Matrix): Matrix {
  return { ...matrix, e: matrix.e / 2, f: matrix.f / 2 };
}

function halvedPart({ left, top, right, bottom }: Rect): Rect {
  return { left: left / 2, top: top / 2, right: right / 2, bottom: bottom / 2 };
}

/** From colour samples of a video to pixels of a picture. */
function doubled({ a, b, c, d, e, f }: Matrix): Matrix {
  return { a: 2 * a, b: 2 * b, c: 2 * c, d: 2 * d, e, f };
}

/** Brightness and both colour differences. @param share how many pixels go side by side on a colour sample */
export function planes(pixels: YuvPixels, width: number, height: number, share: 1 | 2): [Plane, Plane, Plane] {
  const { y, u, v, yStride, chromaStride, chromaStep } = pixels;
  const chroma = { width: width / share, height: height / share, stride: chromaStride, step: chromaStep };
  return [
    { samples: y, width, height, stride: yStride, step: 1 },
    { samples: u, ...chroma },
    { samples: v, ...chroma },
  ];
}

function isWhole({ left, top, right, bottom }: Rect, { width, height }: Plane): boolean {
  return left === 0 && top === 0 && right === width && bottom === height;
}

function isShift({ a, b, c, d, e, f }: Matrix): boolean {
  return a === 1 && b === 0 && c === 0 && d === 1 && Number.isInteger(e) && Number.isInteger(f);
}

/** Copies what of a picture lies on the frame; its first sample comes to `left`, `top`. */
function copyPlane(to: Plane, from: Plane, left: number, top: number): void {
  const start = Math.max(0, left);
  const columns = Math.min(to.width, left + from.width) - start;
  if (columns <= 0) return;
  for (let row = Math.max(0, top); row < Math.min(to.height, top + from.height); row += 1) {
    const source = (row - top) * from.stride + (start - left);
    let place = row * to.stride + start * to.step;
    if (to.step === 1) to.samples.set(from.samples.subarray(source, source + columns), place);
    else
      for (let column = 0; column < columns; column += 1, place += to.step)
        to.samples[place] = from.samples[source + column] as number;
  }
}

/** Fixed point of the positions within a picture. */
const one = 65_536;
/** Half of one, for rounding. */
const half = 32_768;
/** Steps of fixed point may have added up to this much at the end of a row, picture samples. */
const slack = 1 / 16;
/** Pictures larger than life without end have edges nowhere. */
const smallestHalf = 1e-6;

function layPlane(to: Plane, from: Source, { a, b, c, d, e, f }: Matrix, alpha: number): void {
  // Picture samples to half a sample of the video, square to each pair of edges.
  const uHalf = Math.max(Math.hypot(a, c) / 2, smallestHalf);
  const vHalf = Math.max(Math.hypot(b, d) / 2, smallestHalf);
  const uInner = Math.max(uHalf, 0.5) + slack;
  const vInner = Math.max(vHalf, 0.5) + slack;
  const weight = Math.round(alpha * 256);
  const { left, top, right, bottom } = from.part;
  for (let row = 0; row < to.height; row += 1) {
    const u0 = a * 0.5 + c * (row + 0.5) + e;
    const v0 = b * 0.5 + d * (row + 0.5) + f;
    const outer = meet(
      within(u0, a, left - uHalf, right + uHalf, to.width),
      within(v0, b, top - vHalf, bottom + vHalf, to.width),
    );
    if (outer.start >= outer.end) continue;
    const inner = meet(
      within(u0, a, left + uInner, right - uInner, to.width),
      within(v0, b, top + vInner, bottom - vInner, to.width),
    );
    const hasInner = inner.start < inner.end;
    const edgeEnd = hasInner ? inner.start : outer.end;
    layEdge(to, from, row, outer.start, edgeEnd, u0, v0, a, b, uHalf, vHalf, alpha);
    if (!hasInner) continue;
    layInner(to, from, row, inner, u0 + a * inner.start - 0.5, v0 + b * inner.start - 0.5, a, b, weight);
    layEdge(to, from, row, inner.end, outer.end, u0, v0, a, b, uHalf, vHalf, alpha);
  }
}

/** Samples that lie wholly inside the picture. @param u of the first, counted from the middle of the picture's first sample */
function layInner(
  to: Plane,
  { samples: source, stride, rows }: Source,
  row: number,
  { start, end }: Span,
  u: number,
  v: number,
  a: number,
  b: number,
  weight: number,
): void {
  const { samples, step } = to;
  const across = Math.round(a * one);
  const down = Math.round(b * one);
  let column = Math.round(u * one);
  let line = Math.round(v * one);
  const first = row * to.stride + start * step;
  const last = row * to.stride + end * step;
  const sampled = rows.sample({ column, line, across, down }, end - start);
  if (step > 1) layApart(to, first, sampled, weight);
  else {
    if (weight < 256) rows.mix(samples.subarray(first, first + sampled.length), weight);
    samples.set(sampled, first);
  }
  column += across * sampled.length;
  line += down * sampled.length;
  for (let place = first + sampled.length * step; place < last; place += step) {
    const corner = (line >> 16) * stride + (column >> 16);
    const x = (column >> 8) & 255;
    const upper = between(source[corner] as number, source[corner + 1] as number, x);
    const lower = between(source[corner + stride] as number, source[corner + stride + 1] as number, x);
    const value = ((upper << 8) + (lower - upper) * ((line >> 8) & 255) + half) >> 16;
    samples[place] = weight === 256 ? value : mixed(samples[place] as number, value, weight);
    column += across;
    line += down;
  }
}

/** Lays samples between which there are others. */
function layApart({ samples, step }: Plane, first: number, values: Uint8Array, weight: number): void {
  for (let index = 0, place = first; index < values.length; index += 1, place += step)
    samples[place] = mixed(samples[place] as number, values[index] as number, weight);
}

/** 256 times what lies between two samples. @param share of the other one, 0..256 */
function between(sample: number, other: number, share: number): number {
  return (sample << 8) + (other - sample) * share;
}

/** The nearest to what lies between two samples. @param weight of the other one, 0..256 */
function mixed(sample: number, other: number, weight: number): number {
  return (between(sample, other, weight) + 128) >> 8;
}

/** Samples that the edge of the picture may run through. */
function layEdge(
  to: Plane,
  from: Source,
  row: number,
  start: number,
  end: number,
  u0: number,
  v0: number,
  a: number,
  b: number,
  uHalf: number,
  vHalf: number,
  alpha: number,
): void {
  const { left, top, right, bottom } = from.part;
  for (let column = start; column < end; column += 1) {
    const u = u0 + a * column;
    const v = v0 + b * column;
    const covered =
      share(u - left, uHalf) * share(right - u, uHalf) * share(v - top, vHalf) * share(bottom - v, vHalf) * alpha;
    if (covered <= 0) continue;
    const place = row * to.stride + column * to.step;
    const below = to.samples[place] as number;
    to.samples[place] = Math.round(below + (sampleAt(from, u - 0.5, v - 0.5) - below) * covered);
  }
}

/** How much of a sample lies inside an edge that is `distance` away from its middle. */
function share(distance: number, half: number): number {
  return Math.min(1, Math.max(0, distance / (2 * half) + 0.5));
}

function sampleAt({ samples, width, height, stride }: Plane, u: number, v: number): number {
  const x = Math.min(width - 1, Math.max(0, u));
  const y = Math.min(height - 1, Math.max(0, v));
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const right = Math.min(width - 1, left + 1);
  const bottom = Math.min(height - 1, top + 1);
  const at = (column: number, line: number) => samples[line * stride + column] as number;
  const upper = at(left, top) + (at(right, top) - at(left, top)) * (x - left);
  const lower = at(left, bottom) + (at(right, bottom) - at(left, bottom)) * (x - left);
  return upper + (lower - upper) * (y - top);
}
