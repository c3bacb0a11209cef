/** What of the machine a render may count on. */
export interface Machine {
  readonly cores: number;
  /** Memory that programs may take without others being pushed out, bytes. */
  readonly freeBytes: number;
}

/** Frames of a video, `to` not among them. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/** How an operator shares the machine among renders. */
export interface Sharing {
  /** Parts of one draft that are drawn at once; 0 = as many as the machine carries. */
  readonly parts: number;
  /** Drafts that may be rendered at once. */
  readonly lanes: number;
}

/** Drawing keeps one core busy, encoding what was drawn another. */
const coresPerWorker = 2;
/** More would wait for the disk and for the memory's speed. */
const mostWorkers = 8;
/** Left to everything else on the machine. */
const spareBytes = 2 * 2 ** 30;
/** Of a child program that draws 1080p, measured; pictures make the larger part of it. */
const programBytes = 400 * 2 ** 20;
const bytesPerPixel = 300;

/**
 * How many child programs draw one draft at once.
 * @param pixels of a frame of the video
 */
export function workersFor({ cores, freeBytes }: Machine, { parts, lanes }: Sharing, pixels: number): number {
  if (parts > 0) return parts;
  const byCores = Math.floor(cores / coresPerWorker / lanes);
  const byMemory = Math.floor((freeBytes - spareBytes) / (programBytes + bytesPerPixel * pixels));
  return Math.max(1, Math.min(mostWorkers, byCores, byMemory));
}

/** Parts for each worker: whoever had an easy part takes another one. */
const partsPerWorker = 4;
/** Key frames of a part at least: starting a program for less takes longer than drawing it. */
const shortestInKeyFrames = 2;

/**
 * Cuts a video into parts to be drawn at once: one after the other they are the whole, and each begins where a key frame
 * would stand anyway. A single part when there is nothing to win.
 * @param keyFrameEvery frames between two key frames
 */
export function partsOf(frames: number, keyFrameEvery: number, workers: number): Part[] {
  const keyFrames = Math.ceil(frames / keyFrameEvery);
  const most = workers < 2 ? 1 : workers * partsPerWorker;
  const count = Math.max(1, Math.min(most, Math.floor(keyFrames / shortestInKeyFrames)));
  const edge = (index: number) => (index === count ? frames : keyFrameEvery * Math.round((index * keyFrames) / count));
  return Array.from({ length: count }, (_, index) => ({ from: edge(index), to: edge(index + 1) }));
}
