import path from 'node:path';
import type { SKRSContext2D } from '@napi-rs/canvas';
import { AV_PIX_FMT_RGB8, AV_PIX_FMT_YUVA420P } from 'node-av';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Draft } from '../../../main/drafts/model.ts';
import { renderDraft } from '../../../main/engines/embedded/render.ts';
import { Studio } from '../../../main/engines/embedded/studio.ts';
import { probeMedia } from '../../../main/media/probe.ts';
import { exportPresetSchema } from '../../../main/shared/settings.ts';
import { makeCodedMovie } from '../../support/coded-movie.ts';
import { aDraft, aMedia, aSegment, type SegmentSpec, second } from '../../support/drafts.ts';
import { sayOrientation } from '../../support/exif.ts';
import { makeHdrMovie } from '../../support/hdr.ts';
import { framesOf, makeMovie, makePhoto, Pixels, readCounter, scratchFolder } from '../../support/media.ts';
import { remux } from '../../support/remux.ts';

const scratch = scratchFolder('sources');
const at = (name: string) => path.join(scratch.folder, name);
const preset = exportPresetSchema.parse({});
let movie = '';
/** Red, green over blue, white, as stored. */
let quarters = '';
beforeAll(async () => {
  movie = await makeMovie(at('movie.mp4'), { frames: 60 });
  quarters = await makeMovie(at('quarters.mp4'), {
    frames: 6,
    draw: (context, _, width, height) => drawQuarters(context, width, height),
  });
});

function drawQuarters(context: SKRSContext2D, width: number, height: number): void {
  for (const [index, color] of ['#f00', '#0f0', '#00f', '#fff'].entries()) {
    context.fillStyle = color;
    context.fillRect((index % 2) * (width / 2), Math.floor(index / 2) * (height / 2), width / 2, height / 2);
  }
}
afterAll(() => scratch.remove());

const clip = (file: string, spec: SegmentSpec = {}, more = {}) =>
  aSegment(aMedia('video', file, more), { durationUs: 200_000, ...spec });

/** Both ways of making a frame: encoded without being drawn where that is possible, and drawn. */
async function bothWays(draft: Draft): Promise<[Pixels, Pixels]> {
  const output = at('out.mp4');
  await renderDraft(draft, { preset, output, resolve: (file) => file });
  const [encoded] = await framesOf(output);
  const studio = new Studio(draft, { preset, resolve: (file) => file });
  const canvas = await studio.still(0);
  const { width, height } = canvas;
  const drawn = new Pixels(width, height, canvas.getContext('2d').getImageData(0, 0, width, height).data);
  await studio.close();
  if (encoded === undefined) throw new Error('no frame');
  return [encoded, drawn];
}

const word = ([r, g, b]: readonly number[]): string =>
  [r ?? 0, g ?? 0, b ?? 0].map((value) => (value > 190 ? '1' : value < 60 ? '0' : '?')).join('');
const names: Record<string, string> = { '100': 'red', '010': 'green', '001': 'blue', '111': 'white', '000': 'black' };
const cornersOf = (pixels: Pixels, width = pixels.width, height = pixels.height) => {
  const [left, top] = [(pixels.width - width) / 2, (pixels.height - height) / 2];
  return [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.25, 0.75],
    [0.75, 0.75],
  ].map(([x = 0, y = 0]) => names[word(pixels.at(left + x * width, top + y * height))] ?? 'other');
};

test.each(['pq', 'hlg'] as const)('high dynamic range (%s) is brought to a usual screen', async (transfer) => {
  // Black, a middle grey, reference white, the brightest code, a BT.2020 red.
  const white = transfer === 'pq' ? 572 : 721;
  const file = await makeHdrMovie(at(`${transfer}.mp4`), transfer, [
    [64, 512, 512],
    [400, 512, 512],
    [white, 512, 512],
    [940, 512, 512],
    [400, 450, 800],
  ]);
  const draft = aDraft([{ type: 'video', segments: [clip(file, { durationUs: 166_667 })] }], { width: 64, height: 64 });
  const output = at(`${transfer}-out.mp4`);
  await renderDraft(draft, { preset, output, resolve: (name) => name });
  const [black, grey, reference, brightest, red] = (await framesOf(output)).map((frame) => frame.at(32, 32));
  expect(black?.[0]).toBeLessThan(8);
  expect(grey?.[0]).toBeGreaterThan(60);
  expect(grey?.[0]).toBeLessThan(150);
  // White paper in the picture stays below the brightest lights, and is no longer grey.
  expect(reference?.[0]).toBeGreaterThan(190);
  expect(reference?.[0]).toBeLessThan(230);
  expect(brightest?.[0]).toBeGreaterThan(245);
  expect(red?.[0]).toBeGreaterThan(200);
  expect(red?.[1]).toBeLessThan(40);
});

describe('pictures that say how they are to be turned', () => {
  // Stored 320x180; clockwise turns of 90, 180, 270, and mirrors.
  test.each([
    ['a quarter', [0, 1, -1, 0], [180, 320], ['blue', 'red', 'white', 'green']],
    ['half', [-1, 0, 0, -1], [320, 180], ['white', 'blue', 'green', 'red']],
    ['three quarters', [0, -1, 1, 0], [180, 320], ['green', 'white', 'red', 'blue']],
    ['a mirror', [-1, 0, 0, 1], [320, 180], ['green', 'red', 'white', 'blue']],
    ['upside down', [1, 0, 0, -1], [320, 180], ['blue', 'white', 'red', 'green']],
    ['a mirror and three quarters', [0, 1, 1, 0], [180, 320], ['red', 'blue', 'green', 'white']],
    ['a mirror and a quarter', [0, -1, -1, 0], [180, 320], ['white', 'green', 'blue', 'red']],
  ] as const)('%s', async (name, matrix, size, corners) => {
    const file = await remux(quarters, at(`${name}.mp4`), { matrix });
    expect(await probeMedia(file)).toMatchObject({ width: size[0], height: size[1] });
    const draft = aDraft([{ type: 'video', segments: [clip(file)] }], { width: size[0], height: size[1] });
    for (const pixels of await bothWays(draft)) expect(cornersOf(pixels)).toEqual(corners);
  });

  test.each([
    [3, [320, 180], ['white', 'blue', 'green', 'red']],
    [6, [180, 320], ['blue', 'red', 'white', 'green']],
    [8, [180, 320], ['green', 'white', 'red', 'blue']],
  ] as const)('a photo of orientation %i', async (orientation, [width, height], corners) => {
    const file = await makePhoto(at(`photo${orientation}.jpg`), 320, 180, drawQuarters);
    await sayOrientation(file, orientation);
    const segment = aSegment(aMedia('photo', file), { durationUs: 200_000 });
    const draft = aDraft([{ type: 'video', segments: [segment] }], { width, height });
    for (const pixels of await bothWays(draft)) expect(cornersOf(pixels)).toEqual(corners);
  });

  test('a crop counts on the picture as it is shown', async () => {
    const file = await remux(quarters, at('cropped.mp4'), { matrix: [0, 1, -1, 0] });
    const crop = {
      upperLeft: { x: 0, y: 0 },
      upperRight: { x: 0.5, y: 0 },
      lowerLeft: { x: 0, y: 0.5 },
      lowerRight: { x: 0.5, y: 0.5 },
    };
    const draft = aDraft([{ type: 'video', segments: [clip(file, {}, { crop })] }], { width: 180, height: 320 });
    for (const pixels of await bothWays(draft)) expect(cornersOf(pixels)).toEqual(['blue', 'blue', 'blue', 'blue']);
  });
});

test.each(['libvpx-vp9', 'libvpx'])('what a WebM film lets through (%s) is seen below it', async (encoder) => {
  const file = await makeCodedMovie(at(`${encoder}.webm`), {
    encoder,
    format: AV_PIX_FMT_YUVA420P,
    frames: 6,
    gop: 30,
    options: { 'auto-alt-ref': '0' },
    draw: (context, _, width, height) => {
      context.fillStyle = '#fff';
      context.fillRect(0, 0, width / 2, height);
    },
  });
  const below = clip(quarters);
  const draft = aDraft([
    { type: 'video', segments: [below] },
    { type: 'video', segments: [clip(file)] },
  ]);
  for (const pixels of await bothWays(draft)) expect(cornersOf(pixels)).toEqual(['white', 'green', 'white', 'white']);
});

test('a moving picture that is reversed plays backwards', async () => {
  const gif = await makeCodedMovie(at('counting.gif'), { encoder: 'gif', format: AV_PIX_FMT_RGB8, frames: 5, gop: 5 });
  const length = (await probeMedia(gif)).durationUs;
  const segment = aSegment(aMedia('gif', gif), { durationUs: length, reverse: true });
  const output = at('backwards.mp4');
  await renderDraft(aDraft([{ type: 'video', segments: [segment] }]), { preset, output, resolve: (name) => name });
  const shown = (await framesOf(output)).map((frame) => readCounter(frame));
  expect([...new Set(shown)]).toEqual([4, 3, 2, 1, 0]);
});

test('pixels that are not square are shown as wide as they say', async () => {
  const file = await remux(quarters, at('wide.mp4'), { pixelAspect: { num: 2, den: 1 } });
  expect(await probeMedia(file)).toMatchObject({ width: 640, height: 180 });
  const draft = aDraft([{ type: 'video', segments: [clip(file)] }], { width: 320, height: 320 });
  for (const pixels of await bothWays(draft)) {
    expect(cornersOf(pixels, 320, 90)).toEqual(['red', 'green', 'blue', 'white']);
    expect(names[word(pixels.at(160, 100))]).toBe('black');
  }
});

test('a turned crop of pixels that are not square is not slanted', async () => {
  const file = await remux(quarters, at('turned.mp4'), { pixelAspect: { num: 2, den: 1 } });
  // A square of 90 x 90 around the middle of what is shown 640 wide, turned by an eighth: its corners lie straight above and beside.
  const half = Math.hypot(90, 90) / 2;
  const crop = {
    upperLeft: { x: 0.5, y: 0.5 - half / 180 },
    upperRight: { x: 0.5 + half / 640, y: 0.5 },
    lowerLeft: { x: 0.5 - half / 640, y: 0.5 },
    lowerRight: { x: 0.5, y: 0.5 + half / 180 },
  };
  const draft = aDraft([{ type: 'video', segments: [clip(file, {}, { crop })] }], { width: 180, height: 180 });
  for (const pixels of await bothWays(draft)) {
    const colourAt = (x: number, y: number) => names[word(pixels.at(x, y))];
    // What divides the quarters runs from corner to corner.
    expect([colourAt(90, 20), colourAt(160, 90), colourAt(90, 160), colourAt(20, 90)]).toEqual([
      'green',
      'white',
      'blue',
      'red',
    ]);
    expect([colourAt(60, 40), colourAt(40, 60), colourAt(140, 120), colourAt(120, 140)]).toEqual([
      'green',
      'red',
      'white',
      'blue',
    ]);
  }
});

test('a variable frame rate is followed by time, not by count', async () => {
  // From the 30th frame on every frame lasts twice as long.
  const middle = 30 * 512;
  const file = await remux(movie, at('variable.mp4'), {
    time: (ticks) => (ticks < middle ? ticks : middle + 2 * (ticks - middle)),
  });
  const draft = aDraft([{ type: 'video', segments: [clip(file, { durationUs: second, sourceStartUs: second / 2 })] }]);
  const output = at('variable-out.mp4');
  await renderDraft(draft, { preset, output, resolve: (name) => name });
  const shown = (await framesOf(output)).map((frame) => readCounter(frame));
  const expected = Array.from({ length: 30 }, (_, n) => (n < 15 ? 15 + n : 30 + Math.floor((n - 15) / 2)));
  expect(shown).toEqual(expected);
});

test('going back and far ahead in a long file finds the exact frames', async () => {
  const long = await makeMovie(at('long.mp4'), { frames: 900, width: 192, height: 108 });
  const starts = [25, 3, 28, 0, 14.5, 14.4, 29];
  const segments = starts.map((start, index) =>
    clip(long, { startUs: index * 100_000, durationUs: 100_000, sourceStartUs: Math.round(start * second) }),
  );
  const output = at('jumps.mp4');
  await renderDraft(aDraft([{ type: 'video', segments }]), { preset, output, resolve: (name) => name });
  const shown = (await framesOf(output)).map((frame) => readCounter(frame));
  expect(shown).toEqual(starts.flatMap((start) => [0, 1, 2].map((n) => Math.min(899, Math.round(start * 30) + n))));
});

test('a clip that fills the frame looks the same drawn and encoded directly', async () => {
  const [encoded, drawn] = await bothWays(aDraft([{ type: 'video', segments: [clip(quarters)] }]));
  for (const [x, y] of [
    [80, 45],
    [240, 45],
    [80, 135],
    [240, 135],
  ] as const)
    for (const channel of [0, 1, 2] as const)
      expect(Math.abs(encoded.at(x, y)[channel] - drawn.at(x, y)[channel])).toBeLessThan(6);
});
