import type { Frame } from 'node-av';

/** Memory that frames look into, kept as long as their frame is. */
const kept = new WeakMap<Frame, Uint8Array>();

/**
 * Keeps the buffer that a frame was made of. `Frame.fromVideoBuffer` of node-av 6.1 looks into the buffer's memory without
 * holding it: once the buffer is collected, others write where the frame is still read.
 */
export function keepBuffer(frame: Frame, buffer: Uint8Array): Frame {
  kept.set(frame, buffer);
  return frame;
}

/**
 * Frees a frame and, at once, the memory that it was made of, which nobody else may look into any more. Left to the garbage
 * collector, pictures of several MB make it run for every few of them.
 */
export function freeWithBuffer(frame: Frame): void {
  const buffer = kept.get(frame);
  frame.free();
  if (buffer !== undefined) freeMemory(buffer);
}

/** Gives back the memory of pixels at once; they must have it to themselves. They are empty from then on. */
export function freeMemory({ buffer }: Pick<Uint8Array, 'buffer'>): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}

/** Another hold on a decoded frame's picture: it stays when its reader moves on. Free it. */
export function referenceTo(frame: Frame): Frame {
  const reference = frame.clone();
  if (reference === null) throw new Error('a decoded frame could not be referenced');
  const buffer = kept.get(frame);
  return buffer === undefined ? reference : keepBuffer(reference, buffer);
}
