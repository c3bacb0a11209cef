import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FrameReader } from '../../../../main/media/frame-reader.ts';
import { RgbaFrame } from '../../../../main/media/rgba-frame.ts';
import { makeMovie, Pixels, readCounter } from '../../../support/media.ts';
import { rewrap } from '../../../support/remux.ts';
import { onset, peak, type Signal, soundFolder, tone, writeEncoded, writeWav } from '../../../support/sound.ts';
import { draft, media, segment, track } from './drafts.ts';
import { mix } from './mix.ts';

const RATE = 48_000;
const second = 1_000_000;
const folder = soundFolder();
afterAll(() => folder.remove());

/** Changes all the time, so that a sample in a wrong place is noticed. */
const sweep: Signal = (seconds) => 0.5 * Math.sin(2 * Math.PI * (200 + 40 * seconds) * seconds);

/** How far two sounds are apart, at most. */
const apart = (one: Float32Array, other: Float32Array): number =>
  peak(one.map((sample, index) => sample - (other[index] ?? 0)));

test('a recording that is cut into pieces sounds as if it were not, wherever the cuts are', async () => {
  const file = writeWav(folder.at('recording.wav'), [sweep], 5, { float: true });
  const [placeUs, sourceUs] = [234_567, 333_333];
  const clip = (fromUs: number, toUs: number) =>
    segment(media(file), placeUs + fromUs, toUs - fromUs, { sourceStartUs: sourceUs + fromUs });
  const cuts = [0, 101_011, 333_334, 500_013, 777_777, 1_234_567, 1_999_999, 3_000_001, 4 * second];
  const pieces = cuts.slice(1).map((cut, index) => clip(cuts[index] ?? 0, cut));
  const whole = await mix(draft([track([clip(0, 4 * second)])]));
  expect((await mix(draft([track(pieces)]))).left).toEqual(whole.left);
});

test.each([0.8, 1.2, 2])('nor at %d times its speed with the pitch kept, where no wave breaks off', async (speed) => {
  const file = writeWav(folder.at('quick.wav'), [tone(440)], 9, { float: true });
  const cuts = [0, 700_000, 1_333_333, 1_333_400, 2_100_001, 2_900_000, 4 * second];
  const pieces = cuts.slice(1).map((cut, index) => {
    const [from = 0, to] = [cuts[index], cut];
    return segment(media(file), from, to - from, { speed, sourceStartUs: Math.round(from * speed) });
  });
  const { left, warnings } = await mix(draft([track(pieces)]));
  expect(warnings).toEqual([]);
  // A tone bends by so much from sample to sample, and not more anywhere.
  const bends = left.map((sample, index) => sample - 2 * (left[index - 1] ?? 0) + (left[index - 2] ?? 0));
  expect(peak(bends, 100, 3.9 * RATE)).toBeLessThan(0.01);
});

describe('pieces of a file in any order have each sample where it is when the file is played through', () => {
  test.each([
    ['aac.mkv', 'aac', 48_000],
    ['aac-44.mkv', 'aac', 44_100],
    ['aac-44.m4a', 'aac', 44_100],
    ['opus.webm', 'libopus', 48_000],
    ['mp3-44.mp3', 'libmp3lame', 44_100],
    ['flac-22.mka', 'flac', 22_050],
  ] as const)('%s', async (name, codec, rate) => {
    const file = await writeEncoded(folder.at(name), codec, [sweep, sweep], 8, rate);
    const played = await mix(draft([track([segment(media(file), 0, 7 * second)])]));
    for (const fromUs of [6_012_345, 4_200_100, 2_718_282, 1_000_000]) {
      // Long after the piece, so that the file is read anew there.
      const piece = segment(media(file), fromUs, second / 2, { sourceStartUs: fromUs });
      const { left } = await mix(draft([track([piece])], 7 * second));
      const start = Math.round((fromUs * RATE) / 1e6) + 100;
      const end = start + RATE / 2 - 200;
      expect(apart(left.subarray(start, end), played.left.subarray(start, end)), `from ${fromUs}`).toBeLessThan(0.005);
    }
  });

  test('also backwards', async () => {
    const file = await writeEncoded(folder.at('back.mkv'), 'aac', [sweep, sweep], 8);
    const played = await mix(draft([track([segment(media(file), 0, 7 * second)])]));
    const { left } = await mix(draft([track([segment(media(file), 0, 7 * second, { reverse: true })])]));
    expect(apart(left.toReversed().subarray(2000), played.left.subarray(2000))).toBeLessThan(0.005);
  });
});

describe('a film has its pictures and its sound at the same times in every container', () => {
  let film = '';
  beforeAll(async () => {
    const beep: Signal = (seconds) => (seconds < 2 ? 0 : tone(1000)(seconds - 2));
    film = await makeMovie(folder.at('film.mp4'), { frames: 90, sample: beep });
  });

  test.each(['mp4', 'mov', 'mkv', 'ts', 'flv'])('%s', async (ending) => {
    const file = ending === 'mp4' ? film : await rewrap(film, folder.at(`film.${ending}`));
    const reader = await FrameReader.open(file, { threads: 1 });
    const pixels = new RgbaFrame(320, 180);
    const shown: (number | null)[] = [];
    for (const frame of [0, 1, 2, 30, 60, 89, 45]) {
      const timed = await reader.frameAt((frame * 1e6) / 30);
      if (timed === null) throw new Error('no frame');
      await pixels.load(timed.frame);
      shown.push(readCounter(new Pixels(320, 180, pixels.image.data as Uint8ClampedArray)));
    }
    pixels.close();
    await reader.close();
    expect(shown).toEqual([0, 1, 2, 30, 60, 89, 45]);

    const { left } = await mix(draft([track([segment(media(file), 0, 3 * second)])]));
    expect(Math.abs(onset(left, 0.2) - 2 * RATE)).toBeLessThan(RATE / 1000);
  });
});
