import type { FileHandle } from 'node:fs/promises';
import { unreadable } from './errors.ts';

/**
 * Animated WebP files as the WebP container specification describes them (developers.google.com/speed/webp/docs/
 * riff_container): where each frame's picture lies in the file, where it goes on the canvas, and for how long.
 */
export interface WebpAnimation {
  /** Canvas, pixels. */
  readonly width: number;
  readonly height: number;
  /** At least one. */
  readonly frames: readonly WebpFrame[];
}

export interface WebpFrame {
  /** Upper left corner on the canvas, and size, pixels; inside the canvas. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly durationUs: number;
  /** Mixed with what is on the canvas by its alpha; otherwise it replaces it. */
  readonly blend: boolean;
  /** Its rectangle is cleared before the next frame. */
  readonly clears: boolean;
  /** The frame's own chunks (ALPH, VP8, VP8L), bytes of the file. */
  readonly offset: number;
  readonly size: number;
}

/** Frames of one file at most: more than ten minutes of 30 per second. */
const mostFrames = 20_000;
/** Chunks of other kinds that are passed over. */
const mostOthers = 1_000;
/** Pixels of the largest canvas; the whole of it is kept while it plays. */
const mostPixels = 64 << 20;
/** One frame's data at most, bytes: no picture that fits the canvas needs more. */
const largestFrame = 256 << 20;
/** Browsers show frames that ask for this or less for `usualUs`, as they do with gifs. */
const shortestUs = 10_000;
const usualUs = 100_000;

const chunkHeader = 8;
const frameHeader = 16;
const extendedHeader = 10;
const animated = 0x02;

/** Whether the first bytes of a file (30 are enough) are those of an animated WebP. */
export function isAnimatedWebp(head: Buffer): boolean {
  return (
    head.length > 20 &&
    head.toString('latin1', 0, 4) === 'RIFF' &&
    head.toString('latin1', 8, 16) === 'WEBPVP8X' &&
    (head.readUInt8(20) & animated) !== 0
  );
}

/**
 * Reads the layout of an animated WebP; the pictures themselves stay in the file. A file that ends early plays as far as
 * it goes.
 * @param name for the error
 * @throws StationError MEDIA_UNREADABLE when it has no whole frame, or is absurdly large
 */
export async function readWebpAnimation(file: FileHandle, name: string): Promise<WebpAnimation> {
  const headBytes = 12 + chunkHeader + extendedHeader;
  const head = await bytesAt(file, 0, headBytes);
  if (head === null || head.length < headBytes || !isAnimatedWebp(head))
    throw unreadable(name, 'it is no animated WebP picture');
  const width = uint24(head, 24) + 1;
  const height = uint24(head, 27) + 1;
  if (width * height > mostPixels) throw unreadable(name, `the picture is too large to move: ${width}x${height}`);
  // The size that RIFF states is not believed: the file's own end counts.
  const end = (await file.stat()).size;
  const frames: WebpFrame[] = [];
  let others = 0;
  for (let at = 12; at + chunkHeader <= end && others < mostOthers; ) {
    const header = await bytesAt(file, at, chunkHeader + frameHeader);
    if (header === null) break;
    const size = header.readUInt32LE(4);
    const next = at + chunkHeader + size + (size % 2);
    if (header.toString('latin1', 0, 4) !== 'ANMF') others += 1;
    else {
      if (frames.length === mostFrames) throw unreadable(name, `it has more than ${mostFrames} frames`);
      const whole = header.length === chunkHeader + frameHeader && at + chunkHeader + size <= end;
      const frame = whole ? frameOf(header.subarray(chunkHeader), at + chunkHeader, size) : null;
      if (frame === null || !fits(frame, width, height)) break;
      frames.push(frame);
    }
    at = next;
  }
  if (frames.length === 0) throw unreadable(name, 'it has no whole frame');
  return { width, height, frames };
}

function frameOf(header: Buffer, at: number, size: number): WebpFrame {
  const flags = header.readUInt8(15);
  const durationUs = uint24(header, 12) * 1000;
  return {
    // Stored halved.
    x: uint24(header, 0) * 2,
    y: uint24(header, 3) * 2,
    width: uint24(header, 6) + 1,
    height: uint24(header, 9) + 1,
    durationUs: durationUs <= shortestUs ? usualUs : durationUs,
    blend: (flags & 0x02) === 0,
    clears: (flags & 0x01) !== 0,
    offset: at + frameHeader,
    size: size - frameHeader,
  };
}

function fits(frame: WebpFrame, width: number, height: number): boolean {
  const inside = frame.x + frame.width <= width && frame.y + frame.height <= height;
  return inside && frame.size > chunkHeader && frame.size <= largestFrame;
}

/**
 * One frame's picture as a WebP file of its own, for a decoder of still pictures; null when its data are not a picture
 * of the size that the frame claims (a decoder would take memory for what the data say).
 */
export async function stillOf(file: FileHandle, frame: WebpFrame): Promise<Buffer | null> {
  const data = await bytesAt(file, frame.offset, frame.size);
  if (data === null || data.length < frame.size) return null;
  let alpha: Buffer | null = null;
  for (let at = 0; at + chunkHeader <= data.length; ) {
    const size = data.readUInt32LE(at + 4);
    const next = at + chunkHeader + size + (size % 2);
    const chunk = data.subarray(at, Math.min(next, data.length));
    const body = chunk.subarray(chunkHeader);
    switch (data.toString('latin1', at, at + 4)) {
      case 'ALPH':
        alpha ??= chunk;
        break;
      case 'VP8 ':
        return hasSize(lossySize(body), frame)
          ? riff(alpha === null ? [chunk] : [extended(frame), alpha, chunk])
          : null;
      case 'VP8L':
        return hasSize(losslessSize(body), frame) ? riff([chunk]) : null;
    }
    at = next;
  }
  return null;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function hasSize(found: Size | null, { width, height }: WebpFrame): boolean {
  return found?.width === width && found.height === height;
}

/** From a VP8 key frame's header (RFC 6386, 9.1). */
function lossySize(data: Buffer): Size | null {
  if (data.length < 10 || data.readUIntBE(3, 3) !== 0x9d012a) return null;
  return { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff };
}

/** From the header of a WebP lossless bitstream. */
function losslessSize(data: Buffer): Size | null {
  if (data.length < 5 || data.readUInt8(0) !== 0x2f) return null;
  const bits = data.readUInt32LE(1);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

/** A VP8X chunk that announces transparency. */
function extended({ width, height }: WebpFrame): Buffer {
  const chunk = Buffer.alloc(chunkHeader + extendedHeader);
  chunk.write('VP8X', 'latin1');
  chunk.writeUInt32LE(extendedHeader, 4);
  chunk.writeUInt8(0x10, 8);
  chunk.writeUIntLE(width - 1, 12, 3);
  chunk.writeUIntLE(height - 1, 15, 3);
  return chunk;
}

function riff(chunks: readonly Buffer[]): Buffer {
  const size = chunks.reduce((sum, { length }) => sum + length + (length % 2), 4);
  const out = Buffer.alloc(8 + size);
  out.write('RIFF', 'latin1');
  out.writeUInt32LE(size, 4);
  out.write('WEBP', 8, 'latin1');
  let at = 12;
  for (const chunk of chunks) {
    chunk.copy(out, at);
    at += chunk.length + (chunk.length % 2);
  }
  return out;
}

const uint24 = (buffer: Buffer, at: number): number => buffer.readUIntLE(at, 3);

/** Bytes of a file, fewer than asked for at its end; null when there are not even those of a chunk's header. */
async function bytesAt(file: FileHandle, offset: number, length: number): Promise<Buffer | null> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, offset);
  return bytesRead < chunkHeader ? null : buffer.subarray(0, bytesRead);
}
