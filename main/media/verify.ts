import { existsSync } from 'node:fs';
import { StationError } from '../shared/errors/index.ts';
import { Brightness, blackBelow, lookShares } from './brightness.ts';
import type { ExpectedVideo, MediaFacts } from './facts.ts';
import { FrameReader } from './frame-reader.ts';
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
    throw broken(error instanceof StationError ? String(error.params.reason ?? error.message) : String(error));
  });
  if (facts.kind !== 'video') throw broken('it has no video stream');
  if (facts.width !== expected.width || facts.height !== expected.height)
    throw broken(`it is ${facts.width}x${facts.height} instead of ${expected.width}x${expected.height}`);
  if (expected.hasAudio && !facts.hasAudio) throw broken('it has no sound');
  const frameUs = 1e6 / expected.fps;
  const tolerance = options.toleranceUs ?? frameUs;
  // A sound packet may end a little later than the last frame.
  const late = tolerance + (facts.hasAudio ? 45_000 : 0);
  const difference = facts.durationUs - expected.durationUs;
  if (difference < -tolerance - 1000 || difference > late + 1000)
    throw broken(`it lasts ${seconds(facts.durationUs)} s instead of ${seconds(expected.durationUs)} s`);
  await look(file, facts.durationUs, frameUs, options.mayBeBlack ?? false);
  return facts;
}

async function look(file: string, durationUs: number, frameUs: number, mayBeBlack: boolean): Promise<void> {
  const reader = await FrameReader.open(file).catch((error: unknown) => {
    throw broken(`it cannot be decoded (${String(error)})`);
  });
  const meter = new Brightness();
  try {
    let brightest = 0;
    for (const share of lookShares) {
      const wantedUs = Math.max(0, durationUs * share - (share === 1 ? frameUs : 0));
      const found = await reader.frameAt(wantedUs).catch(() => null);
      if (found === null) throw broken(`no picture can be decoded at ${seconds(wantedUs)} s`);
      if (wantedUs - found.timeUs > (share === 1 ? 60_000 : 500_000) + 3 * frameUs)
        throw broken(`the picture ends at ${seconds(found.timeUs)} s although sound or index go on`);
      brightest = Math.max(brightest, await meter.of(found.frame));
    }
    if (brightest < blackBelow && !mayBeBlack) throw broken('it is black throughout');
  } finally {
    meter.close();
    await reader.close();
  }
}

function broken(reason: string): StationError {
  return new StationError('EXPORT_FILE_BROKEN', { reason });
}

function seconds(us: number): string {
  return (us / 1e6).toFixed(3);
}
