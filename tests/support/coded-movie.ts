import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import {
  AV_PIX_FMT_RGBA,
  AV_PIX_FMT_YUV420P,
  type AVPixelFormat,
  Encoder,
  type FFEncoderCodec,
  Frame,
  Muxer,
} from 'node-av';
import { Scaler } from '../../main/media/scaler.ts';
import { drawCounter } from './media.ts';

export interface CodedMovieSpec {
  readonly encoder: string;
  /** Of the encoder. */
  readonly options?: Readonly<Record<string, string>>;
  readonly frames: number;
  /** Frames from one key frame to the next. */
  readonly gop: number;
  readonly bFrames?: number;
  readonly format?: AVPixelFormat;
  /** Draws a frame on a transparent canvas, instead of its number. */
  readonly draw?: (context: SKRSContext2D, frame: number, width: number, height: number) => void;
  /** Changes a frame before it is encoded. */
  readonly tag?: (frame: Frame) => void;
}

/** Writes a film of 320x180 at 30 frames per second with any of FFmpeg's encoders; the container follows the file's ending. */
export async function makeCodedMovie(file: string, spec: CodedMovieSpec): Promise<string> {
  const [width, height] = [320, 180];
  const encoder = await Encoder.create(spec.encoder as FFEncoderCodec, {
    gopSize: spec.gop,
    maxBFrames: spec.bFrames ?? 0,
    options: { ...spec.options },
  });
  const muxer = await Muxer.open(file);
  const stream = muxer.addStream(encoder);
  const scaler = new Scaler();
  for (let index = 0; index < spec.frames; index += 1) {
    const canvas = createCanvas(width, height);
    (spec.draw ?? drawCounter)(canvas.getContext('2d'), index, width, height);
    const drawn = Frame.fromVideoBuffer(canvas.data(), { width, height, format: AV_PIX_FMT_RGBA });
    const frame = new Frame();
    frame.alloc();
    frame.format = spec.format ?? AV_PIX_FMT_YUV420P;
    frame.width = width;
    frame.height = height;
    await scaler.scale(frame, drawn);
    drawn.free();
    frame.timeBase = { num: 1, den: 30 } as Frame['timeBase'];
    frame.pts = BigInt(index);
    frame.duration = 1n;
    spec.tag?.(frame);
    for await (const packet of encoder.packets(frame)) await muxer.writePacket(packet, stream);
    frame.free();
  }
  for await (const packet of encoder.flushPackets()) await muxer.writePacket(packet, stream);
  scaler.close();
  encoder.close();
  await muxer.close();
  return file;
}
