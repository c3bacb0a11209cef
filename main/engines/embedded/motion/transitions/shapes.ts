import type { SKRSContext2D } from '@napi-rs/canvas';

/** Outlines of "radius" 1 around (0, 0), y down. */

export type Shape = 'circle' | 'heart' | 'star' | 'diamond' | 'rectangle' | 'hexagon' | 'drop';

/** How large each shape must be drawn (in half diagonals) to cover the whole frame. */
export const COVER: Readonly<Record<Shape, number>> = {
  circle: 1.02,
  heart: 2.1,
  star: 2.7,
  diamond: 1.6,
  rectangle: 1.02,
  hexagon: 1.2,
  drop: 1.8,
};

export function trace(context: SKRSContext2D, shape: Shape, size: number, aspect: number): void {
  context.beginPath();
  switch (shape) {
    case 'circle':
      context.arc(0, 0, size, 0, 2 * Math.PI);
      return;
    case 'rectangle': {
      const height = size / Math.hypot(1, aspect);
      context.rect(-height * aspect, -height, 2 * height * aspect, 2 * height);
      return;
    }
    case 'diamond':
      polygon(context, 4, size, -90);
      return;
    case 'hexagon':
      polygon(context, 6, size, 0);
      return;
    case 'star':
      star(context, size, size * 0.42);
      return;
    case 'heart':
      heart(context, -size, -size, 2 * size, 2 * size);
      return;
    case 'drop':
      context.moveTo(0, -size);
      context.bezierCurveTo(size * 0.5, -size * 0.4, size * 0.75, 0, size * 0.75, size * 0.3);
      context.arc(0, size * 0.3, size * 0.75, 0, Math.PI);
      context.bezierCurveTo(-size * 0.75, 0, -size * 0.5, -size * 0.4, 0, -size);
      context.closePath();
  }
}

function polygon(context: SKRSContext2D, corners: number, size: number, degrees: number): void {
  for (let corner = 0; corner < corners; corner += 1) {
    const angle = ((360 / corners) * corner + degrees) * (Math.PI / 180);
    context.lineTo(Math.cos(angle) * size, Math.sin(angle) * size);
  }
  context.closePath();
}

/** Five points, one up. */
export function star(context: SKRSContext2D, outer: number, inner: number): void {
  for (let corner = 0; corner < 10; corner += 1) {
    const angle = (corner * 36 - 90) * (Math.PI / 180);
    const radius = corner % 2 === 0 ? outer : inner;
    context.lineTo(Math.cos(angle) * radius, Math.sin(angle) * radius);
  }
  context.closePath();
}

/** A heart that fills the box. */
export function heart(context: SKRSContext2D, x: number, y: number, width: number, height: number): void {
  const at = (u: number, v: number): [number, number] => [x + u * width, y + v * height];
  context.moveTo(...at(0.5, 1));
  context.bezierCurveTo(...at(0.28, 0.82), ...at(0, 0.6), ...at(0, 0.31));
  context.bezierCurveTo(...at(0, 0.12), ...at(0.13, 0), ...at(0.28, 0));
  context.bezierCurveTo(...at(0.38, 0), ...at(0.46, 0.06), ...at(0.5, 0.16));
  context.bezierCurveTo(...at(0.54, 0.06), ...at(0.62, 0), ...at(0.72, 0));
  context.bezierCurveTo(...at(0.87, 0), ...at(1, 0.12), ...at(1, 0.31));
  context.bezierCurveTo(...at(1, 0.6), ...at(0.72, 0.82), ...at(0.5, 1));
  context.closePath();
}
