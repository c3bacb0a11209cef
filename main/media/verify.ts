import { existsSync } from 'node:fs';
import { StationError } from '../shared/errors/index.ts';
import { Brightness, blackBelow, lookShares } from './brightness.ts';
import { reasonOf } from './errors.ts';
import type { ExpectedVideo, MediaFacts } from './facts.ts';
import type { ReadingPace } from './frame-decoder.ts';
import { FrameReader, type TimedFrame } from './frame-reader.ts';
import { probeMedia } from './probe.ts';

/** A finished video must not be black throughout, unless its draft is. */
export interface VerifyOptions {
  readonly toleranceUs?: number;
  readonly mayBeBlack?: boolean;
}

/**
 * Opens a finished video and checks it: streams, size, duration within one frame, decodes at both ends, not black.
 * @throws StationError EXPORT_FILE_MISSING, EXPORT_FILE_BROKEN
 */
export async function verifyVideo(
  file: string,
  expected: ExpectedVideo,
  options: VerifyOptions = {},
): Promise<MediaFacts> {
  if (!existsSync(file)) throw new StationError('EXPORT_FILE_MISSING');
  const facts = await probeMedia(file).catch((error: unknown) => {
    const reason = reasonOf(error);
    throw broken(`it cannot be opened (${reason})`, `无法打开（${reason}）`);
  });
  if (facts.kind !== 'video') throw broken('it has no video stream', '没有画面');
  if (facts.width !== expected.width || facts.height !== expected.height)
    throw broken(
      `it is ${facts.width}x${facts.height} instead of ${expected.width}x${expected.height}`,
      `画面大小为 ${facts.width}x${facts.height}，应为 ${expected.width}x${expected.height}`,
    );
  if (expected.hasAudio && !facts.hasAudio) throw broken('it has no sound', '没有声音');
  const frameUs = 1e6 / expected.fps;
  const tolerance = options.toleranceUs ?? frameUs;
  // A sound packet may end a little later than the last frame.
  const late = tolerance + (facts.hasAudio ? 45_000 : 0);
  const difference = facts.durationUs - expected.durationUs;
  if (difference < -tolerance - 1000 || difference > late + 1000)
    throw broken(
      `it lasts ${seconds(facts.durationUs)} s instead of ${seconds(expected.durationUs)} s`,
      `时长为 ${seconds(facts.durationUs)} 秒，应为 ${seconds(expected.durationUs)} 秒`,
    );
  await look(file, facts.durationUs, frameUs, options.mayBeBlack ?? false);
  return facts;
}

/**
 * Decodes at both ends and looks for light. Key frames are enough to see some in nearly every video; only one that looks
 * black is looked at in every place itself.
 */
async function look(file: string, durationUs: number, frameUs: number, mayBeBlack: boolean): Promise<void> {
  const lastUs = Math.max(0, durationUs - frameUs);
  const within = lookShares.filter((share) => share < 1).map((share) => durationUs * share);
  const [end, keys] = await Promise.all([
    brightestAt(file, 'coarse', [lastUs], (found) => {
      if (lastUs - found.timeUs > 60_000 + 3 * frameUs)
        throw broken(
          `the picture ends at ${seconds(found.timeUs)} s although sound or index go on`,
          `画面在 ${seconds(found.timeUs)} 秒处提前结束`,
        );
    }),
    brightestAt(file, 'keys', mayBeBlack ? [0] : within),
  ]);
  if (mayBeBlack || Math.max(end, keys) >= blackBelow) return;
  if ((await brightestAt(file, 'whole', within)) < blackBelow) throw broken('it is black throughout', '全程黑屏');
}

/** Brightness of the brightest of the frames at some times, µs, 0..255. */
async function brightestAt(
  file: string,
  pace: ReadingPace,
  timesUs: readonly number[],
  check: (found: TimedFrame) => void = () => {},
): Promise<number> {
  const reader = await FrameReader.open(file, { pace }).catch((error: unknown) => {
    throw broken(`it cannot be decoded (${reasonOf(error)})`, `无法解码（${reasonOf(error)}）`);
  });
  const meter = new Brightness();
  try {
    let brightest = 0;
    for (const timeUs of timesUs) {
      const found = await reader.frameAt(timeUs).catch(() => null);
      if (found === null)
        throw broken(`no picture can be decoded at ${seconds(timeUs)} s`, `${seconds(timeUs)} 秒处的画面无法解码`);
      check(found);
      brightest = Math.max(brightest, await meter.of(found.frame));
    }
    return brightest;
  } finally {
    meter.close();
    await reader.close();
  }
}

function broken(reason: string, reasonZh: string): StationError {
  return new StationError('EXPORT_FILE_BROKEN', { reason, reasonZh });
}

function seconds(us: number): string {
  return (us / 1e6).toFixed(3);
}
