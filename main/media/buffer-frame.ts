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
