import path from 'node:path';
import { AV_FRAME_FLAG_INTERLACED, AV_FRAME_FLAG_TOP_FIELD_FIRST, AV_PIX_FMT_BGR0 } from 'node-av';
import { afterAll, describe, expect, test } from 'vitest';
import { FrameReader } from '../../main/media/frame-reader.ts';
import { RgbaFrame } from '../../main/media/rgba-frame.ts';
import { type CodedMovieSpec, makeCodedMovie } from '../support/coded-movie.ts';
import { drawCounter, Pixels, readCounter, scratchFolder } from '../support/media.ts';

const scratch = scratchFolder('frame-reader');
const at = (name: string) => path.join(scratch.folder, name);
afterAll(() => scratch.remove());

interface Shown {
  /** Numbers of the frames that one reader shows at some frames' times. */
  readonly shown: (number | null)[];
  /** How many it decoded for that. */
  readonly decoded: number;
}

/** Reads a film at some frames' times. @param until the frame up to which it is read in equal steps */
async function readAt(file: string, frames: readonly number[], until?: number): Promise<Shown> {
  const reader = await FrameReader.open(file, { threads: 1 });
  if (until !== undefined) reader.readUntil((until * 1e6) / 30);
  let decoded = 0;
  const pixels = new RgbaFrame(320, 180);
  const shown: (number | null)[] = [];
  for (const frame of frames) {
    const timed = await reader.frameAt((frame * 1e6) / 30);
    if (timed === null) throw new Error('no frame');
    await pixels.load(timed.frame);
    shown.push(readCounter(new Pixels(320, 180, pixels.image.data as Uint8ClampedArray)));
    decoded = timed.serial;
  }
  pixels.close();
  await reader.close();
  return { shown, decoded };
}

const shownAt = async (file: string, frames: readonly number[]) => (await readAt(file, frames)).shown;

describe('wherever a film is jumped into, its right frame is shown', () => {
  const h264 = { encoder: 'libx264', options: { preset: 'ultrafast' } };
  const films: [string, CodedMovieSpec][] = [
    ['stream.ts', { ...h264, frames: 240, gop: 60, bFrames: 2 }],
    ['broadcast.ts', { encoder: 'mpeg2video', frames: 240, gop: 60, bFrames: 2 }],
    ['disc.mpg', { encoder: 'mpeg2video', frames: 240, gop: 60 }],
    [
      'open.mp4',
      {
        encoder: 'libx265',
        frames: 160,
        gop: 50,
        bFrames: 3,
        options: { preset: 'ultrafast', 'x265-params': 'log-level=none:open-gop=1:keyint=50' },
      },
    ],
    ['open.mkv', { ...h264, frames: 160, gop: 50, bFrames: 3, options: { 'x264-params': 'open-gop=1:bframes=3' } }],
  ];
  test.each(films)('%s', async (name, spec) => {
    const file = await makeCodedMovie(at(name), spec);
    const last = spec.frames - 1;
    const wanted = [130, 131, 132, last, 0, 1, 100, 99, 98, 97, 50, 49, 48, 47, 59, 60, 2, 148, last - 1, 30, 29];
    expect(await shownAt(file, wanted)).toEqual(wanted);
  });
});

describe('frames that nobody sees are not decoded', () => {
  const withB = { frames: 150, gop: 150, bFrames: 3 };
  const x264 = { encoder: 'libx264', options: { preset: 'veryfast', 'x264-params': 'b-adapt=0:b-pyramid=none' } };
  const x265 = { encoder: 'libx265', options: { 'x265-params': 'log-level=none:b-adapt=0' } };
  const films: [string, CodedMovieSpec][] = [
    ['skipped.mp4', { ...x264, ...withB }],
    ['skipped.mkv', { ...x265, ...withB }],
    ['skipped.mpg', { encoder: 'mpeg2video', ...withB }],
    ['skipped.mov', { encoder: 'mpeg4', ...withB }],
  ];
  const times = (count: number, step: number, first = 0) =>
    Array.from({ length: count }, (_, index) => first + index * step);

  test.each(films)('%s: after a jump, and at twice its speed', async (name, spec) => {
    const file = await makeCodedMovie(at(name), spec);
    const far = await readAt(file, [140]);
    expect(far.shown).toEqual([140]);
    expect(far.decoded).toBeLessThan(110);
    const quick = await readAt(file, times(60, 2), 120);
    expect(quick.shown).toEqual(times(60, 2));
    expect(quick.decoded).toBeLessThan(110);
  });

  test.each([1.5, 2.7, 5, 11.3])('at %d times its speed each right frame is shown', async (speed) => {
    const file = await makeCodedMovie(at(`quick-${speed}.mp4`), { ...x264, ...withB });
    const asked = times(Math.floor(140 / speed), speed);
    expect((await readAt(file, asked, 150)).shown).toEqual(asked.map((frame) => Math.floor(frame + 1e-6)));
  });

  test('the clip that goes on where a quicker one ends has all its frames', async () => {
    const file = await makeCodedMovie(at('goes-on.mp4'), { ...x264, ...withB });
    const asked = [...times(20, 2), ...times(40, 1, 40)];
    expect((await readAt(file, asked, 40)).shown).toEqual(asked);
  });

  test('speeds that change where nobody said so', async () => {
    const file = await makeCodedMovie(at('changes.mp4'), { ...x264, ...withB });
    const asked = [...times(20, 2), ...times(10, 1, 39), ...times(10, 3, 50), 140, 141, 100, 101];
    expect((await readAt(file, asked, 150)).shown).toEqual(asked);
  });

  test('frames that stay for seconds, which the file says are short', async () => {
    // Each frame from the 30th on stays for a second and a half.
    const stamp = (index: number) => (index < 30 ? index : 30 + (index - 30) * 45);
    const file = await makeCodedMovie(at('slides.mp4'), {
      ...x264,
      ...withB,
      frames: 40,
      tag: (frame) => {
        frame.pts = BigInt(stamp(Number(frame.pts)));
      },
    });
    const asked = [stamp(35) + 44, stamp(36), stamp(36) + 40, stamp(38) + 20, stamp(31) + 30];
    expect(await shownAt(file, asked)).toEqual([35, 36, 36, 38, 31]);
  });

  test('the last frame, long after the film has ended', async () => {
    const file = await makeCodedMovie(at('over.mp4'), { ...x264, ...withB });
    expect(await shownAt(file, [400, 401, 402])).toEqual([149, 149, 149]);
  });
});

describe('interlaced films', () => {
  /** Below the number a bar that moves on with each field, the upper one first. */
  const film: CodedMovieSpec = {
    encoder: 'mpeg2video',
    options: { flags: '+ildct+ilme', q: '2' },
    frames: 90,
    gop: 15,
    draw: (context, frame, width, height) => {
      drawCounter(context, frame, width, height);
      context.fillStyle = '#fff';
      for (let row = 60; row < 120; row += 1) context.fillRect(((frame * 2 + (row % 2)) * 16) % 256, row, 24, 1);
    },
    tag: (frame) => frame.setFlags(AV_FRAME_FLAG_INTERLACED, AV_FRAME_FLAG_TOP_FIELD_FIRST),
  };

  test.each(['broadcast.ts', 'film.mp4'])('%s: each frame is shown, whole, wherever it is read', async (name) => {
    const file = await makeCodedMovie(at(`interlaced-${name}`), film);
    const wanted = [70, 71, 89, 0, 1, 2, 88, 89, 40, 39, 38];
    expect(await shownAt(file, wanted)).toEqual(wanted);

    const reader = await FrameReader.open(file, { threads: 1 });
    const pixels = new RgbaFrame(320, 180);
    let count = 0;
    for (let next: number | null = 0; next !== null; next = await reader.nextTimeUs()) {
      const timed = await reader.frameAt(next);
      if (timed === null) break;
      await pixels.load(timed.frame);
      const picture = new Pixels(320, 180, pixels.image.data as Uint8ClampedArray);
      const bar = ((count * 2) % 16) * 16 + 12;
      for (const row of [80, 81, 90, 91]) expect(picture.at(bar, row)[0]).toBeGreaterThan(165);
      count += 1;
    }
    pixels.close();
    await reader.close();
    expect(count).toBe(90);
  });

  test('a picture whose rows are only stored in another order is left alone', async () => {
    const still = await makeCodedMovie(at('still.avi'), {
      encoder: 'ffv1',
      format: AV_PIX_FMT_BGR0,
      frames: 2,
      gop: 1,
      tag: (frame) => frame.setFlags(AV_FRAME_FLAG_INTERLACED),
    });
    expect(await shownAt(still, [0, 1])).toEqual([0, 1]);
  });
});
