import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { findTransition } from '../../main/engines/embedded/motion/index.ts';
import { TRANSITIONS } from '../../main/engines/embedded/motion/transitions/registry.ts';

/** Some name that leads to each entry that has none of its own. */
const sample: Readonly<Record<string, string>> = { 'iris-hexagon': '六边形变焦', uncover: '向下拖拽' };

/** Every transition of the registry, with a name that leads to it. */
export const everyTransition = TRANSITIONS.map(({ family, exact }) => ({
  family,
  name: exact[0] ?? sample[family] ?? family,
}));

/** What a transition makes of two pictures of one size at a moment, on transparent ground. */
export function drawnTransition(name: string, progress: number, from: Canvas, to: Canvas): Canvas {
  const { width, height } = from;
  const canvas = createCanvas(width, height);
  const size = { width, height };
  findTransition({ name, resourceId: '' }).draw(canvas.getContext('2d'), from, to, progress, size);
  return canvas;
}
