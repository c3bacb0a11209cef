import { getHeapStatistics, setFlagsFromString } from 'node:v8';

/** Frames that are read ahead, drawn and encoded at one moment, bytes; at 1080p some twenty. */
const picturesAtOnce = 64 << 20;

/**
 * Lets the heap of this process grow by about so much, from what is on it now, before all of it is searched for garbage.
 * V8 counts pictures that are in use elsewhere (decoded frames, by what node-av tells it) as growth of a heap that is
 * small beside them, and went through it for every few of them: a tenth of a render's work, for nothing, since they are
 * freed by hand.
 * @param bytes pictures that may come and go
 */
export function keepHeapRoom(bytes: number = picturesAtOnce): void {
  setFlagsFromString(`--heap-growing-percent=${growthPercent(bytes, getHeapStatistics().used_heap_size)}`);
}

/** By how much of itself a heap grows when it grows by so much, at least 1 %. */
export function growthPercent(bytes: number, usedBytes: number): number {
  return Math.max(1, Math.ceil((100 * bytes) / Math.max(1, usedBytes)));
}
