import {
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
  AVERROR_EAGAIN,
  Codec,
  CodecContext,
  Dictionary,
  Frame,
  Packet,
  Rational,
} from 'node-av';
import { keepBuffer } from '../../../media/buffer-frame.ts';
import { avReason } from '../../../media/open.ts';
import { type ExportPreset, exportPresetSchema } from '../../../shared/settings.ts';
import { encoderChoices, type VideoEncoderChoice } from './encoders.ts';
import { keyFrameEvery } from './key-frames.ts';
import type { OutputShape } from './output.ts';

/** An encoder's context, set up but not opened. */
export function videoContext(
  choice: VideoEncoderChoice,
  { width, height, rate }: OutputShape,
  preset: ExportPreset,
): CodecContext {
  const context = new CodecContext();
  context.allocContext3(Codec.findEncoderByName(choice.name));
  context.width = width;
  context.height = height;
  context.pixelFormat = choice.pixelFormat;
  context.timeBase = new Rational(rate.den, rate.num);
  context.framerate = new Rational(rate.num, rate.den);
  context.sampleAspectRatio = new Rational(1, 1);
  context.gopSize = keyFrameEvery(rate);
  context.threadCount = choice.threads;
  context.colorRange = AVCOL_RANGE_MPEG;
  context.colorSpace = AVCOL_SPC_BT709;
  context.colorPrimaries = AVCOL_PRI_BT709;
  context.colorTrc = AVCOL_TRC_BT709;
  if (preset.videoKbps > 0) context.bitRate = BigInt(preset.videoKbps) * 1000n;
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  return context;
}

/** Encodes a few grey pictures with an encoder. Null when it works, else why not. */
export async function trialReason(
  choice: VideoEncoderChoice,
  shape: OutputShape,
  preset: ExportPreset,
): Promise<string | null> {
  const context = videoContext(choice, shape, preset);
  const packet = new Packet();
  packet.alloc();
  const { width, height } = shape;
  const grey = Buffer.alloc(2 * width * height, 128);
  const frame = keepBuffer(Frame.fromVideoBuffer(grey, { width, height, format: choice.pixelFormat }), grey);
  try {
    const opened = await context.open2(null, Dictionary.fromObject({ ...choice.options }));
    if (opened < 0) return avReason(opened);
    for (let count = 0; count < trialFrames; count += 1) {
      frame.pts = BigInt(count);
      const sent = await context.sendFrame(frame);
      if (sent < 0 && sent !== AVERROR_EAGAIN) return avReason(sent);
    }
    await context.sendFrame(null);
    const received = await context.receivePacket(packet);
    return received < 0 ? avReason(received) : null;
  } finally {
    frame.free();
    packet.free();
    context.freeContext();
  }
}

const trialFrames = 3;
const trialShape: OutputShape = { width: 1280, height: 720, rate: { num: 30, den: 1 } };

/** Names of the H.264 encoders that work on this machine, best first. */
export async function workingEncoders(): Promise<string[]> {
  const preset = exportPresetSchema.parse({ encoder: 'auto' });
  const working: string[] = [];
  for (const choice of encoderChoices(preset))
    if ((await trialReason(choice, trialShape, preset)) === null) working.push(choice.name);
  return working;
}
