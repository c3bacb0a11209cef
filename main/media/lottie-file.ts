import { readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { unreadable } from './errors.ts';
import { isObject, type Json, objects } from './lottie-json.ts';
import { type FontFor, withFonts } from './lottie-text.ts';

/** A Lottie animation that is safe to be drawn: everything it needs is inside `json`. */
export interface LottieFile {
  readonly json: string;
  readonly width: number;
  readonly height: number;
  readonly durationUs: number;
  /** Frames; below 2 nothing moves. */
  readonly frames: number;
}

/** JSON of one animation at most, and the pictures that lie beside it, bytes. */
const largestJson = 32 << 20;
const largestPictures = 64 << 20;
const largestSide = 16_384;
const longestSeconds = 3_600;
/** Layers and shapes at most; what compositions and repeaters repeat counts as often as it is drawn. */
const mostParts = 200_000;
/** Copies that the drawing library makes of a repeated shape, at most. */
const mostCopies = 512;
const deepest = 100;

/** Whether a parsed JSON text is a Lottie animation, by the fields that every one has. */
function isLottie(value: unknown): value is Json {
  if (!isObject(value)) return false;
  const numbers = [value.fr, value.ip, value.op, value.w, value.h];
  return typeof value.v === 'string' && Array.isArray(value.layers) && numbers.every(Number.isFinite);
}

/** Whether a file is a Lottie animation. */
export function isLottieFile(file: string): boolean {
  try {
    return statSync(file).size <= largestJson && isLottie(parse(file));
  } catch {
    return false;
  }
}

/**
 * Reads a Lottie file and puts the pictures that it names beside itself into it, so that the drawing library opens
 * nothing. Pictures anywhere else (other folders, addresses) are refused.
 * @param fontFor gives the fonts of its texts; without it they are not needed
 * @throws StationError MEDIA_UNREADABLE
 */
export function readLottie(file: string, fontFor?: FontFor): LottieFile {
  if (statSync(file).size > largestJson) throw unreadable(file, 'it is too large for a Lottie animation');
  const root = parse(file);
  if (!isLottie(root)) throw unreadable(file, 'it is JSON, but no Lottie animation (v, fr, ip, op, w, h, layers)');
  const { width, height, frames, durationUs } = measure(file, root);
  const parts = countParts(root);
  if (parts === 0) throw unreadable(file, 'the Lottie animation has no layer');
  if (parts > mostParts) throw unreadable(file, `the Lottie animation draws more than ${mostParts} shapes`);
  const json = JSON.stringify({
    ...root,
    ...(root.assets === undefined ? {} : { assets: withPictures(file, root) }),
    ...(root.fonts === undefined || fontFor === undefined ? {} : { fonts: withFonts(root, fontFor) }),
  });
  return { json, width, height, frames, durationUs };
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/u, ''));
  } catch (error) {
    if (error instanceof SyntaxError) throw unreadable(file, `its JSON is damaged: ${error.message.slice(0, 80)}`);
    throw error;
  }
}

function measure(file: string, { w, h, fr, ip, op }: Json): Omit<LottieFile, 'json'> {
  const [width, height] = [Number(w), Number(h)];
  if (!(width >= 1) || !(height >= 1) || width > largestSide || height > largestSide)
    throw unreadable(file, `the Lottie animation is ${width}x${height}`);
  const frames = Number(op) - Number(ip);
  const seconds = frames / Number(fr);
  if (!(frames > 0) || !(Number(fr) > 0) || !(seconds <= longestSeconds))
    throw unreadable(file, `the Lottie animation runs from frame ${ip} to ${op} at ${fr} per second`);
  return { width, height, frames, durationUs: seconds * 1e6 };
}

/**
 * Layers and shapes that are drawn: a composition's count wherever it is used, a repeated shape's for every copy.
 * Infinite when something is inside itself, or deeper than any animation.
 */
function countParts(root: Json): number {
  const compositions = new Map(objects(root.assets).map((asset) => [asset.id, asset.layers] as const));
  const known = new Map<unknown, number>();
  const inside = (composition: unknown, depth: number): number => {
    const counted = known.get(composition);
    if (counted !== undefined) return counted;
    // Met again before it is counted: it is inside itself.
    known.set(composition, Number.POSITIVE_INFINITY);
    const count = ofLayers(compositions.get(composition), depth);
    known.set(composition, count);
    return count;
  };
  const ofLayers = (layers: unknown, depth: number): number =>
    depth > deepest
      ? Number.POSITIVE_INFINITY
      : objects(layers).reduce(
          (sum, layer) =>
            sum + 1 + countShapes(layer.shapes, 0) + (layer.ty === 0 ? inside(layer.refId, depth + 1) : 0),
          0,
        );
  return ofLayers(root.layers, 0);
}

/** A repeater repeats what stands beside it in its group. */
function countShapes(items: unknown, depth: number): number {
  if (depth > deepest) return Number.POSITIVE_INFINITY;
  let sum = 0;
  let copies = 1;
  for (const item of objects(items)) {
    sum += 1 + (item.ty === 'gr' ? countShapes(item.it, depth + 1) : 0);
    if (item.ty === 'rp') copies *= copiesOf(item.c);
  }
  return sum * copies;
}

/** Copies that a repeater makes; where they are animated, as many as there can be. */
function copiesOf(count: unknown): number {
  const value = isObject(count) ? count.k : count;
  return typeof value === 'number' ? Math.min(mostCopies, Math.max(1, value)) : mostCopies;
}

/** The assets with their pictures inside. */
function withPictures(file: string, { assets }: Json): unknown[] {
  const folder = realpathSync(path.dirname(file));
  let left = largestPictures;
  return objects(assets).map((asset) => {
    if (typeof asset.p !== 'string' || asset.layers !== undefined || asset.p.startsWith('data:')) return asset;
    const place = path.join(folder, typeof asset.u === 'string' ? asset.u : '', asset.p);
    const data = pictureBeside(file, folder, place, left);
    left -= data.length;
    return { ...asset, u: '', p: `data:image/png;base64,${data.toString('base64')}`, e: 1 };
  });
}

function pictureBeside(file: string, folder: string, place: string, most: number): Buffer {
  const name = path.basename(place).slice(0, 80);
  try {
    const real = realpathSync(place);
    const relative = path.relative(folder, real);
    if (relative.startsWith('..') || path.isAbsolute(relative)) throw unreadable(file, `${name} is outside its folder`);
    if (statSync(real).size > most) throw unreadable(file, 'its pictures are too large');
    return readFileSync(real);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined || code.startsWith('MEDIA_')) throw error;
    throw unreadable(file, `its picture ${name} is missing`);
  }
}
