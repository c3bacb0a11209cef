import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import { scratch } from '../scratch.ts';
import { full, type Size } from './scene.ts';

/** The swirled picture is drawn this much smaller, as it spins fast. */
const reduction = 3;

/**
 * The picture turned about its middle, the middle by `degrees`, the corners not at all. Every pixel is looked up where it
 * comes from: turned copies on top of each other would show their edges.
 */
export function swirl(context: SKRSContext2D, picture: Canvas, size: Size, degrees: number): void {
  if (Math.abs(degrees) < 0.5) {
    full(context, picture, size);
    return;
  }
  const reduced = { width: size.width / reduction, height: size.height / reduction };
  const small = scratch('swirl', reduced.width, reduced.height);
  full(small.context, picture, reduced);
  const { width, height } = small.canvas;
  const source = small.context.getImageData(0, 0, width, height);
  const turned = small.context.createImageData(width, height);
  lookUp(pixelsOf(source.data), pixelsOf(turned.data), width, height, degrees);
  small.context.putImageData(turned, 0, 0);
  full(context, small.canvas, size);
}

function lookUp(from: Uint32Array, to: Uint32Array, width: number, height: number, degrees: number): void {
  const reach = Math.ceil(Math.hypot(width, height) / 2) + 1;
  const turns = Array.from({ length: reach + 1 }, (_, radius) => {
    const turn = degrees * (1 - radius / reach) ** 2;
    // What turns far also comes nearer.
    const near = 1 + Math.min(0.6, Math.abs(turn) / 200);
    const radians = (turn * Math.PI) / 180;
    return { cos: Math.cos(radians) / near, sin: Math.sin(radians) / near };
  });
  const cosines = Float64Array.from(turns, ({ cos }) => cos);
  const sines = Float64Array.from(turns, ({ sin }) => sin);
  const middleX = (width - 1) / 2;
  const middleY = (height - 1) / 2;
  for (let y = 0, at = 0; y < height; y += 1) {
    const dy = y - middleY;
    for (let x = 0; x < width; x += 1, at += 1) {
      const dx = x - middleX;
      const radius = Math.round(Math.sqrt(dx * dx + dy * dy));
      const cos = cosines[radius] as number;
      const sin = sines[radius] as number;
      const column = Math.round(middleX + dx * cos + dy * sin);
      const row = Math.round(middleY - dx * sin + dy * cos);
      const inside = Math.min(height - 1, Math.max(0, row)) * width + Math.min(width - 1, Math.max(0, column));
      to[at] = from[inside] as number;
    }
  }
}

const pixelsOf = (data: Uint8ClampedArray): Uint32Array =>
  new Uint32Array(data.buffer, data.byteOffset, data.byteLength >>> 2);
