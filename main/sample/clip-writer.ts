import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import {
  AV_CHANNEL_ORDER_NATIVE,
  AV_LOG_ERROR,
  AV_PIX_FMT_RGBA,
  AV_PIX_FMT_YUV420P,
  AV_SAMPLE_FMT_FLTP,
  Encoder,
  FF_ENCODER_AAC,
  FF_ENCODER_LIBX264,
  Frame,
  Log,
  Muxer,
  Rational,
} from 'node-av';

export const sampleRate = 48_000;
const audioFrame = 1024;
const stereo = { nbChannels: 2, order: AV_CHANNEL_ORDER_NATIVE, mask: 3n };

export interface ClipPicture {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** Draws the picture at `seconds` from the start. */
  draw(context: SKRSContext2D, seconds: number): void;
}

/** Left and right sample at a time, -1..1. */
export type ClipSound = (seconds: number) => readonly [left: number, right: number];

// The encoders' chatter belongs in nobody's terminal.
Log.setLevel(AV_LOG_ERROR);

/** Writes a small H.264 + AAC mp4 (or, without a picture, an audio file) of generated pictures and sound. */
export async function writeClip(
  file: string,
  seconds: number,
  picture: ClipPicture | null,
  sound: ClipSound,
): Promise<void> {
  await using muxer = await Muxer.open(file);
  const audio = await Encoder.create(FF_ENCODER_AAC, {
    context: { bitRate: '128k', timeBase: new Rational(1, sampleRate) },
  });
  const video = picture === null ? null : await videoEncoder(picture);
  const videoStream = video === null ? -1 : muxer.addStream(video);
  const audioStream = muxer.addStream(audio);

  const write = async (encoder: Encoder, frame: Frame | null, stream: number) => {
    for (const packet of await encoder.encodeAll(frame)) {
      await muxer.writePacket(packet, stream);
      packet.free();
    }
  };
  const frames = picture === null ? 0 : Math.round(seconds * picture.fps);
  const canvas = picture === null ? null : createCanvas(picture.width, picture.height);
  const samples = Math.round(seconds * sampleRate);
  let sample = 0;
  const soundUntil = async (until: number) => {
    for (; sample < until; sample += audioFrame) {
      using frame = audioFrameAt(sample, sound, samples);
      await write(audio, frame, audioStream);
    }
  };
  for (let n = 0; n < frames; n++) {
    if (picture === null || canvas === null || video === null) break;
    picture.draw(canvas.getContext('2d'), n / picture.fps);
    using frame = Frame.fromVideoBuffer(canvas.data(), {
      width: picture.width,
      height: picture.height,
      format: AV_PIX_FMT_RGBA,
      timeBase: { num: 1, den: picture.fps },
      pts: BigInt(n),
    });
    await write(video, frame, videoStream);
    await soundUntil(Math.min(samples, ((n + 1) / picture.fps) * sampleRate));
  }
  await soundUntil(samples);
  if (video !== null) await write(video, null, videoStream);
  await write(audio, null, audioStream);
  video?.close();
  audio.close();
}

function videoEncoder(picture: ClipPicture): Promise<Encoder> {
  return Encoder.create(FF_ENCODER_LIBX264, {
    autoFormat: true,
    context: {
      pixelFormat: AV_PIX_FMT_YUV420P,
      timeBase: new Rational(1, picture.fps),
      framerate: new Rational(picture.fps, 1),
      gopSize: picture.fps,
    },
    options: { preset: 'veryfast', crf: 23 },
  });
}

function audioFrameAt(first: number, sound: ClipSound, end: number): Frame {
  const count = Math.min(audioFrame, end - first);
  const left = new Float32Array(count);
  const right = new Float32Array(count);
  for (let n = 0; n < count; n++) [left[n], right[n]] = sound((first + n) / sampleRate);
  return Frame.fromAudioBuffer(Buffer.concat([left, right].map((plane) => Buffer.from(plane.buffer))), {
    nbSamples: count,
    format: AV_SAMPLE_FMT_FLTP,
    sampleRate,
    channelLayout: stereo,
    timeBase: { num: 1, den: sampleRate },
    pts: BigInt(first),
  });
}
