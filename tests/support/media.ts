import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Canvas, createCanvas, GifEncoder, type SKRSContext2D } from '@napi-rs/canvas';
import { AV_LOG_QUIET, Log } from 'node-av';
import { FrameConverter } from '../../main/engines/embedded/encode/frame-converter.ts';
import { VideoFile } from '../../main/engines/embedded/encode/video-file.ts';
import { freeWithBuffer } from '../../main/media/buffer-frame.ts';
import { FrameReader } from '../../main/media/frame-reader.ts';
import { RgbaFrame } from '../../main/media/rgba-frame.ts';
import { exportPresetSchema } from '../../main/shared/settings.ts';

/** Media made on the spot: small, quick, and readable again by the tests. */

/** A scratch folder and how to remove it. */
export function scratchFolder(name: string): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), `${name}-`));
  mkdirSync(folder, { recursive: true });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

Log.setLevel(AV_LOG_QUIET);

const bits = 12;

/**
 * Draws a number as twelve black or white cells along the upper edge, so that it survives scaling and compression.
 * `readCounter` reads it back.
 */
export function drawCounter(context: SKRSContext2D, value: number, width: number, height: number): void {
  const cell = width / bits;
  for (let bit = 0; bit < bits; bit += 1) {
    context.fillStyle = (value >> bit) & 1 ? '#fff' : '#000';
    context.fillRect(bit * cell, 0, cell, height / 4);
  }
}

/** The number in a picture (RGBA), whose counter cells lie within the given box; null when a cell is neither black nor white. */
export function readCounter(
  pixels: Pixels,
  box: { x: number; y: number; width: number; height: number } = {
    x: 0,
    y: 0,
    width: pixels.width,
    height: pixels.height,
  },
): number | null {
  let value = 0;
  for (let bit = 0; bit < bits; bit += 1) {
    const [red] = pixels.at(box.x + ((bit + 0.5) * box.width) / bits, box.y + box.height / 8);
    if (red > 90 && red < 165) return null;
    if (red >= 165) value |= 1 << bit;
  }
  return value;
}

/** Pixels of one frame. */
export class Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;

  constructor(width: number, height: number, data: Uint8ClampedArray) {
    this.width = width;
    this.height = height;
    this.data = data;
  }

  /** Red, green, blue, alpha at a point; coordinates are floored and kept inside. */
  at(x: number, y: number): [number, number, number, number] {
    const column = Math.min(this.width - 1, Math.max(0, Math.floor(x)));
    const row = Math.min(this.height - 1, Math.max(0, Math.floor(y)));
    const place = (row * this.width + column) * 4;
    return [...this.data.subarray(place, place + 4)] as [number, number, number, number];
  }
}

export interface MovieSpec {
  readonly width?: number;
  readonly height?: number;
  readonly fps?: number;
  readonly frames?: number;
  /** Background under the counter; default dark green. */
  readonly color?: string;
  /** Draws a frame itself instead. */
  readonly draw?: (context: SKRSContext2D, frame: number, width: number, height: number) => void;
  /** A tone in both channels, Hz; absent = no sound. */
  readonly toneHz?: number;
  /** Sound of its own; overrides `toneHz`. */
  readonly sample?: (seconds: number) => number;
  readonly videoKbps?: number;
}

/** Writes an mp4 whose frames carry their own number. */
export async function makeMovie(file: string, spec: MovieSpec = {}): Promise<string> {
  const { width = 320, height = 180, fps = 30, frames = 30, color = '#104010' } = spec;
  const preset = exportPresetSchema.parse({ quality: 14, videoKbps: spec.videoKbps ?? 0 });
  const toneHz = spec.toneHz;
  const sample =
    spec.sample ?? (toneHz === undefined ? null : (s: number) => 0.25 * Math.sin(2 * Math.PI * toneHz * s));
  const shape = { width, height, rate: { num: fps, den: 1 } };
  const movie = await VideoFile.create(file, shape, preset, { sound: sample !== null });
  const converter = new FrameConverter(shape, movie.encoder.pixelFormat);
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false });
  for (let frame = 0; frame < frames; frame += 1) {
    context.fillStyle = color;
    context.fillRect(0, 0, width, height);
    if (spec.draw === undefined) drawCounter(context, frame, width, height);
    else spec.draw(context, frame, width, height);
    await writeCanvas(movie, converter, canvas);
    if (sample !== null) await writeSound(movie, sample, ((frame + 1) / fps) * 48_000, frame === frames - 1);
  }
  await movie.finish();
  converter.close();
  return file;
}

async function writeCanvas(movie: VideoFile, converter: FrameConverter, canvas: Canvas): Promise<void> {
  const drawn = converter.grab(canvas);
  const frame = await converter.toEncoder(drawn);
  await movie.writeFrame(frame);
  frame.free();
  freeWithBuffer(drawn);
}

async function writeSound(
  movie: VideoFile,
  sample: (seconds: number) => number,
  until: number,
  last: boolean,
): Promise<void> {
  while (movie.samples < until) {
    const count = last ? Math.min(1024, Math.ceil(until - movie.samples)) : 1024;
    const from = movie.samples;
    const wave = Float32Array.from({ length: count }, (_, index) => sample((from + index) / 48_000));
    await movie.writeSamples(wave, wave);
  }
}

/** Writes a picture file; the format follows the file's ending (png, jpg, webp). */
export async function makePhoto(
  file: string,
  width: number,
  height: number,
  draw: (context: SKRSContext2D, width: number, height: number) => void,
): Promise<string> {
  const canvas = createCanvas(width, height);
  draw(canvas.getContext('2d'), width, height);
  const ending = path.extname(file).slice(1);
  const bytes =
    ending === 'png' ? await canvas.encode('png') : await canvas.encode(ending === 'webp' ? 'webp' : 'jpeg', 95);
  await writeFile(file, bytes);
  return file;
}

/** Every frame of a video, decoded anew. */
export async function framesOf(file: string): Promise<Pixels[]> {
  const reader = await FrameReader.open(file, { threads: 1 });
  const pictures: Pixels[] = [];
  try {
    const stream = reader.media.video?.stream;
    if (stream === undefined) throw new Error('no picture');
    const pixels = new RgbaFrame(stream.codecpar.width, stream.codecpar.height);
    for (let timeUs: number | null = 0; timeUs !== null; timeUs = await reader.nextTimeUs()) {
      const timed = await reader.frameAt(timeUs);
      if (timed === null) break;
      await pixels.load(timed.frame);
      pictures.push(new Pixels(pixels.image.width, pixels.image.height, pixels.image.data.slice()));
    }
    pixels.close();
    return pictures;
  } finally {
    await reader.close();
  }
}

/** Writes a gif of plain colours, each shown for `frameMs`. */
export async function makeAnimation(file: string, colors: readonly string[], frameMs: number): Promise<string> {
  const encoder = new GifEncoder(64, 36, { repeat: 0 });
  const canvas = createCanvas(64, 36);
  const context = canvas.getContext('2d');
  for (const color of colors) {
    context.fillStyle = color;
    context.fillRect(0, 0, 64, 36);
    encoder.addFrame(new Uint8Array(context.getImageData(0, 0, 64, 36).data), 64, 36, { delay: frameMs });
  }
  await writeFile(file, encoder.finish());
  return file;
}
