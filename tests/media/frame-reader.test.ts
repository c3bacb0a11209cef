import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { FrameReader } from '../../main/media/frame-reader.ts';
import { RgbaFrame } from '../../main/media/rgba-frame.ts';
import { type CodedMovieSpec, makeCodedMovie } from '../support/coded-movie.ts';
import { Pixels, readCounter, scratchFolder } from '../support/media.ts';

const scratch = scratchFolder('frame-reader');
const at = (name: string) => path.join(scratch.folder, name);
afterAll(() => scratch.remove());

/** Numbers of the frames that one reader shows at some frames' times. */
async function shownAt(file: string, frames: readonly number[]): Promise<(number | null)[]> {
  const reader = await FrameReader.open(file, { threads: 1 });
  const pixels = new RgbaFrame(320, 180);
  const shown: (number | null)[] = [];
  for (const frame of frames) {
    const timed = await reader.frameAt((frame * 1e6) / 30);
    if (timed === null) throw new Error('no frame');
    await pixels.load(timed.frame);
    shown.push(readCounter(new Pixels(320, 180, pixels.image.data as Uint8ClampedArray)));
  }
  pixels.close();
  await reader.close();
  return shown;
}

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
