import { writeFileSync } from 'node:fs';
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';

/** Animated WebP files, put together chunk by chunk, so that tests can also put them together wrongly. */

export interface WebpFrameSpec {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  readonly durationMs?: number;
  readonly blend?: boolean;
  readonly clears?: boolean;
  /** Default: filled with one colour. */
  readonly color?: string;
  readonly draw?: (context: SKRSContext2D) => void;
  /** Lossy instead of lossless. */
  readonly lossy?: boolean;
  /** Instead of a picture. */
  readonly data?: Buffer;
}

export interface WebpSpec {
  readonly width?: number;
  readonly height?: number;
  readonly frames: readonly WebpFrameSpec[];
}

export function chunk(name: string, body: Buffer): Buffer {
  const out = Buffer.alloc(8 + body.length + (body.length % 2));
  out.write(name, 'latin1');
  out.writeUInt32LE(body.length, 4);
  body.copy(out, 8);
  return out;
}

/** Bytes of an animated WebP; frames fill the canvas where they do not say otherwise. */
export function webpAnimation({ width = 16, height = 16, frames }: WebpSpec): Buffer {
  const extended = Buffer.alloc(10);
  extended.writeUInt8(0x12, 0);
  extended.writeUIntLE(width - 1, 4, 3);
  extended.writeUIntLE(height - 1, 7, 3);
  const animation = Buffer.from([255, 255, 255, 255, 0, 0]);
  const body = Buffer.concat([
    Buffer.from('WEBP'),
    chunk('VP8X', extended),
    chunk('ANIM', animation),
    ...frames.map((frame) => frameChunk({ width, height, ...frame })),
  ]);
  return chunk('RIFF', body);
}

export function makeWebpAnimation(file: string, spec: WebpSpec): string {
  writeFileSync(file, webpAnimation(spec));
  return file;
}

function frameChunk(spec: WebpFrameSpec & { width: number; height: number }): Buffer {
  const header = Buffer.alloc(16);
  header.writeUIntLE((spec.x ?? 0) / 2, 0, 3);
  header.writeUIntLE((spec.y ?? 0) / 2, 3, 3);
  header.writeUIntLE(spec.width - 1, 6, 3);
  header.writeUIntLE(spec.height - 1, 9, 3);
  header.writeUIntLE(spec.durationMs ?? 100, 12, 3);
  header.writeUInt8((spec.blend === false ? 2 : 0) | (spec.clears === true ? 1 : 0), 15);
  return chunk('ANMF', Buffer.concat([header, spec.data ?? stillData(spec)]));
}

/** The ALPH, VP8 and VP8L chunks of a still WebP. */
export function stillData({ width = 16, height = 16, color = '#f00', draw, lossy = false }: WebpFrameSpec): Buffer {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  if (draw === undefined) {
    context.fillStyle = color;
    context.fillRect(0, 0, width, height);
  } else draw(context);
  // Above 100 is lossless.
  const file = canvas.encodeSync('webp', lossy ? 90 : 101);
  const found: Buffer[] = [];
  for (let at = 12; at + 8 <= file.length; ) {
    const size = 8 + file.readUInt32LE(at + 4);
    if (['ALPH', 'VP8 ', 'VP8L'].includes(file.toString('latin1', at, at + 4)))
      found.push(chunk(file.toString('latin1', at, at + 4), file.subarray(at + 8, at + size)));
    at += size + (size % 2);
  }
  return Buffer.concat(found);
}
