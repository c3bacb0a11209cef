import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { AV_CHANNEL_LAYOUT_STEREO, AV_SAMPLE_FMT_FLTP, Encoder, FF_ENCODER_AAC, Frame, Muxer, Rational } from 'node-av';
import { FrameConverter } from '../engines/embedded/encode/frame-converter.ts';
import { outputSampleRate } from '../engines/embedded/encode/sound-track.ts';
import { VideoFile } from '../engines/embedded/encode/video-file.ts';
import { keepBuffer } from '../media/buffer-frame.ts';
import { exportPresetSchema } from '../shared/settings.ts';

const audioFrame = 1024;

export interface ClipPicture {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** Draws the picture at `seconds` from the start. */
  draw(context: SKRSContext2D, seconds: number): void;
}

/** Left and right sample at a time, -1..1. */
export type ClipSound = (seconds: number) => readonly [left: number, right: number];

/** Writes a small mp4 of generated pictures and sound, with the renderer's own encoder. */
export async function writeClip(file: string, seconds: number, picture: ClipPicture, sound: ClipSound): Promise<void> {
  const { width, height, fps } = picture;
  const shape = { width, height, rate: { num: fps, den: 1 } };
  const video = await VideoFile.create(file, shape, exportPresetSchema.parse({ quality: 23 }), { sound: true });
  const converter = new FrameConverter(shape, video.encoder.pixelFormat);
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false });
  for (let n = 0; n < Math.round(seconds * fps); n++) {
    picture.draw(context, n / fps);
    using drawn = converter.grab(canvas);
    using frame = await converter.toEncoder(drawn);
    await video.writeFrame(frame);
    while (video.samples < ((n + 1) / fps) * outputSampleRate) {
      const [left, right] = samples(sound, video.samples, audioFrame);
      await video.writeSamples(left, right);
    }
  }
  await video.finish();
  converter.close();
}

/** Writes an m4a of generated sound. */
export async function writeMusic(file: string, seconds: number, sound: ClipSound): Promise<void> {
  await using muxer = await Muxer.open(file);
  const timeBase = new Rational(1, outputSampleRate);
  using encoder = await Encoder.create(FF_ENCODER_AAC, { context: { bitRate: '128k', timeBase } });
  const stream = muxer.addStream(encoder);
  const write = async (frame: Frame | null) => {
    for (const packet of await encoder.encodeAll(frame)) {
      await muxer.writePacket(packet, stream);
      packet.free();
    }
  };
  for (let sample = 0; sample < seconds * outputSampleRate; sample += audioFrame) {
    const planes = samples(sound, sample, audioFrame);
    const bytes = Buffer.concat(planes.map((plane) => Buffer.from(plane.buffer)));
    using frame = keepBuffer(
      Frame.fromAudioBuffer(bytes, {
        nbSamples: audioFrame,
        format: AV_SAMPLE_FMT_FLTP,
        sampleRate: outputSampleRate,
        channelLayout: AV_CHANNEL_LAYOUT_STEREO,
        timeBase,
        pts: BigInt(sample),
      }),
      bytes,
    );
    await write(frame);
  }
  await write(null);
}

function samples(sound: ClipSound, first: number, count: number): [left: Float32Array, right: Float32Array] {
  const left = new Float32Array(count);
  const right = new Float32Array(count);
  for (let n = 0; n < count; n++) [left[n], right[n]] = sound((first + n) / outputSampleRate);
  return [left, right];
}
