import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AV_CHANNEL_ORDER_NATIVE, AV_SAMPLE_FMT_FLTP, Encoder, type FFEncoderCodec, Frame, Muxer } from 'node-av';

/** A folder for one test file's sounds. */
export function soundFolder(): { at(name: string): string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'station-sound-'));
  return {
    at: (name) => path.join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export type Signal = (seconds: number) => number;

export const tone =
  (hertz: number, level = 0.5): Signal =>
  (seconds) =>
    level * Math.sin(2 * Math.PI * hertz * seconds);

/** Silence, then the signal from `atSeconds` on. */
export const from =
  (atSeconds: number, signal: Signal): Signal =>
  (seconds) =>
    seconds < atSeconds - 1e-9 ? 0 : signal(seconds - atSeconds);

/** Samples of a signal. */
export function samplesOf(signal: Signal, seconds: number, rate: number): Float32Array {
  return Float32Array.from({ length: Math.round(seconds * rate) }, (_, index) => signal(index / rate));
}

/** Writes a WAV file (16 bit or float), one signal for each channel. */
export function writeWav(
  file: string,
  signals: readonly Signal[],
  seconds: number,
  options: { rate?: number; float?: boolean } = {},
): string {
  const { rate = 48000, float = false } = options;
  const channels = signals.map((signal) => samplesOf(signal, seconds, rate));
  const count = channels[0]?.length ?? 0;
  const width = float ? 4 : 2;
  const data = Buffer.alloc(count * channels.length * width);
  for (let index = 0; index < count; index += 1) {
    for (const [channel, samples] of channels.entries()) {
      const at = (index * channels.length + channel) * width;
      const value = samples[index] ?? 0;
      if (float) data.writeFloatLE(value, at);
      else data.writeInt16LE(Math.max(-32768, Math.min(32767, Math.round(value * 32767))), at);
    }
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(float ? 3 : 1, 20);
  header.writeUInt16LE(channels.length, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * channels.length * width, 28);
  header.writeUInt16LE(channels.length * width, 32);
  header.writeUInt16LE(width * 8, 34);
  header.write('data', 36);
  header.writeUInt32LE(data.length, 40);
  writeFileSync(file, Buffer.concat([header, data]));
  return file;
}

/** Encodes signals with a lossy codec; the file's ending chooses the container. */
export async function writeEncoded(
  file: string,
  codec: 'aac' | 'libmp3lame' | 'libopus' | 'flac',
  signals: readonly Signal[],
  seconds: number,
  rate = 48000,
): Promise<string> {
  const channelLayout = {
    nbChannels: signals.length,
    order: AV_CHANNEL_ORDER_NATIVE,
    mask: signals.length === 1 ? 4n : 3n,
  };
  const channels = signals.map((signal) => samplesOf(signal, seconds, rate));
  const count = channels[0]?.length ?? 0;
  const size = 1024;
  const encoder = await Encoder.create(codec as FFEncoderCodec, { bitrate: 160_000, autoResample: true });
  const muxer = await Muxer.open(file);
  async function* frames(): AsyncGenerator<Frame | null> {
    for (let start = 0; start < count; start += size) {
      const parts = channels.map((samples) => samples.subarray(start, Math.min(count, start + size)));
      const nbSamples = parts[0]?.length ?? 0;
      const frame = Frame.fromAudioBuffer(
        Buffer.concat(parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength))),
        {
          nbSamples,
          format: AV_SAMPLE_FMT_FLTP,
          sampleRate: rate,
          channelLayout,
          timeBase: { num: 1, den: rate },
          pts: BigInt(start),
        },
      );
      yield frame;
    }
    yield null;
  }
  const index = muxer.addStream(encoder);
  for await (const packet of encoder.packets(frames())) await muxer.writePacket(packet, index);
  await muxer.close();
  encoder.close();
  return file;
}

export function rms(samples: Float32Array, from = 0, to = samples.length): number {
  let sum = 0;
  for (let index = from; index < to; index += 1) sum += (samples[index] ?? 0) ** 2;
  return Math.sqrt(sum / Math.max(1, to - from));
}

export function peak(samples: Float32Array, from = 0, to = samples.length): number {
  let most = 0;
  for (let index = from; index < to; index += 1) most = Math.max(most, Math.abs(samples[index] ?? 0));
  return most;
}

/** First sample louder than `level`, or -1. */
export const onset = (samples: Float32Array, level: number): number =>
  samples.findIndex((sample) => Math.abs(sample) > level);

/** How much of the signal is at `hertz` (amplitude of that tone), over [from, to). */
export function amplitudeAt(samples: Float32Array, hertz: number, rate: number, from = 0, to = samples.length): number {
  let real = 0;
  let imaginary = 0;
  let weights = 0;
  for (let index = from; index < to; index += 1) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * (index - from)) / (to - from));
    const angle = (2 * Math.PI * hertz * index) / rate;
    real += (samples[index] ?? 0) * window * Math.cos(angle);
    imaginary += (samples[index] ?? 0) * window * Math.sin(angle);
    weights += window;
  }
  return (2 * Math.hypot(real, imaginary)) / weights;
}

/** A tag as players write it before a song: one front cover (ID3v2.3, frame APIC). */
function coverTag(png: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from('\0image/png\0\x03\0', 'latin1'), png]);
  const frame = Buffer.alloc(10);
  frame.write('APIC');
  frame.writeUInt32BE(body.length, 4);
  const size = body.length + frame.length;
  const sevenBits = [21, 14, 7, 0].map((shift) => (size >> shift) & 127);
  return Buffer.concat([Buffer.from('ID3\x03\0\0', 'latin1'), Buffer.from(sevenBits), frame, body]);
}

/** Gives a song (MP3) a cover from a PNG file. */
export function addCover(song: string, png: string): void {
  writeFileSync(song, Buffer.concat([coverTag(readFileSync(png)), readFileSync(song)]));
}
