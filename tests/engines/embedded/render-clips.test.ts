import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Draft, Keyframe } from '../../../main/drafts/model.ts';
import { renderDraft } from '../../../main/engines/embedded/render.ts';
import { exportPresetSchema } from '../../../main/shared/settings.ts';
import {
  aDraft,
  aMask,
  aMedia,
  anEffect,
  aSegment,
  aText,
  aKeyframe as key,
  type SegmentSpec,
  second,
} from '../../support/drafts.ts';
import {
  framesOf,
  makeAnimation,
  makeMovie,
  makePhoto,
  type Pixels,
  readCounter,
  scratchFolder,
} from '../../support/media.ts';

const scratch = scratchFolder('clips');
const at = (name: string) => path.join(scratch.folder, name);
let movie = '';
/** Red, green over blue, white: upper left, upper right, lower left, lower right. */
let quarters = '';
let white = '';
beforeAll(async () => {
  movie = await makeMovie(at('movie.mp4'), { frames: 60 });
  quarters = await makePhoto(at('quarters.png'), 160, 90, (context, width, height) => {
    for (const [index, color] of ['#f00', '#0f0', '#00f', '#fff'].entries()) {
      context.fillStyle = color;
      context.fillRect((index % 2) * (width / 2), Math.floor(index / 2) * (height / 2), width / 2, height / 2);
    }
  });
  white = await makePhoto(at('white.png'), 160, 90, (context, width, height) => {
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
  });
});
afterAll(() => scratch.remove());

let outputs = 0;
async function render(draft: Draft): Promise<{ frames: Pixels[]; warnings: readonly unknown[] }> {
  outputs += 1;
  const output = at(`out-${outputs}.mp4`);
  const preset = exportPresetSchema.parse({ quality: 10 });
  const warnings = await renderDraft(draft, { preset, output, resolve: (file) => file });
  return { frames: await framesOf(output), warnings };
}

type Color = 'red' | 'green' | 'blue' | 'white' | 'black' | 'other';
function colorAt(frame: Pixels | undefined, x: number, y: number): Color {
  const [r, g, b] = frame?.at(x, y) ?? [1, 2, 3];
  const word = [r, g, b].map((value) => (value > 200 ? 1 : value < 55 ? 0 : 2)).join('');
  return ({ '100': 'red', '010': 'green', '001': 'blue', '111': 'white', '000': 'black' } as const)[word] ?? 'other';
}
/** Colours of the four quarters of the canvas. */
const quartersOf = (frame: Pixels | undefined) =>
  [
    [80, 45],
    [240, 45],
    [80, 135],
    [240, 135],
  ].map(([x = 0, y = 0]) => colorAt(frame, x, y));

const still = (spec: SegmentSpec = {}, file = quarters, kind: 'photo' | 'video' | 'gif' = 'photo', more = {}) =>
  aSegment(aMedia(kind, file, more), { durationUs: 100_000, ...spec });
const onMain = (...segments: ReturnType<typeof aSegment>[]) => aDraft([{ type: 'video', segments }]);
const line = (offsetUs: number, value: number): Keyframe => ({
  offsetUs,
  value,
  curve: 'line',
  rightControl: null,
  leftControl: null,
});

describe('a clip', () => {
  test('fills the canvas as it is', async () => {
    const { frames } = await render(onMain(still()));
    expect(quartersOf(frames[0])).toEqual(['red', 'green', 'blue', 'white']);
  });

  test('is mirrored by its flips', async () => {
    const { frames } = await render(onMain(still({ transform: { flipX: true } })));
    expect(quartersOf(frames[0])).toEqual(['green', 'red', 'white', 'blue']);
    const upsideDown = await render(onMain(still({ transform: { flipY: true } })));
    expect(quartersOf(upsideDown.frames[0])).toEqual(['blue', 'white', 'red', 'green']);
  });

  test('turns clockwise', async () => {
    const { frames } = await render(onMain(still({ transform: { rotation: 180 } })));
    expect(quartersOf(frames[0])).toEqual(['white', 'blue', 'green', 'red']);
    const quarter = await render(onMain(still({ transform: { rotation: 90 } })));
    // 180 px of the turned picture's width remain; its upper left is what was lower left.
    expect(colorAt(quarter.frames[0], 140, 45)).toBe('blue');
    expect(colorAt(quarter.frames[0], 180, 45)).toBe('red');
  });

  test('moves right and up with positive coordinates', async () => {
    const { frames } = await render(onMain(still({ transform: { scaleX: 0.5, x: 0.5, y: 0.5 } })));
    expect(colorAt(frames[0], 200, 20)).toBe('red');
    expect(colorAt(frames[0], 300, 80)).toBe('white');
    expect(colorAt(frames[0], 100, 130)).toBe('black');
  });

  test('shows only its crop, fitted into the canvas', async () => {
    const crop = {
      upperLeft: { x: 0.5, y: 0 },
      upperRight: { x: 1, y: 0 },
      lowerLeft: { x: 0.5, y: 0.5 },
      lowerRight: { x: 1, y: 0.5 },
    };
    const { frames } = await render(onMain(still({}, quarters, 'photo', { crop })));
    expect(quartersOf(frames[0])).toEqual(['green', 'green', 'green', 'green']);
  });

  test.each([
    ['with transparent parts', '#0000'],
    ['without', '#000'],
  ])('%s is averaged where it is made smaller', async (name, ground) => {
    const fine = await makePhoto(at(`fine ${name}.png`), 1600, 900, (context, width, height) => {
      context.fillStyle = ground;
      context.fillRect(0, 0, width, height);
      context.fillStyle = '#fff';
      for (let x = 9; x < width; x += 20) context.fillRect(x, 0, 2, height);
    });
    const moving = { x: [key(0, 0), key(second, 0.3)] };
    const { frames } = await render(onMain(still({ durationUs: second, keyframes: moving }, fine)));
    for (const frame of [frames[0], frames[7], frames[29]]) {
      const row = Array.from({ length: 80 }, (_, index) => frame?.at(200 + index, 90)[0] ?? 0);
      const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
      expect(mean).toBeGreaterThan(18);
      expect(mean).toBeLessThan(34);
    }
  });

  test('of another shape stands between bars of the canvas colour', async () => {
    const tall = await makePhoto(at('tall.png'), 90, 90, (context) => {
      context.fillStyle = '#f00';
      context.fillRect(0, 0, 90, 90);
    });
    const { frames } = await render(onMain(still({ extras: { canvas: { type: 'color', color: '#0000ff' } } }, tall)));
    expect(colorAt(frames[0], 30, 90)).toBe('blue');
    expect(colorAt(frames[0], 290, 90)).toBe('blue');
    expect(colorAt(frames[0], 75, 10)).toBe('red');
    expect(colorAt(frames[0], 245, 170)).toBe('red');
    expect(colorAt(frames[0], 65, 90)).toBe('blue');
  });

  test('follows its keyframes frame by frame', async () => {
    const segment = still({
      durationUs: second,
      transform: { scaleX: 0.25 },
      keyframes: { x: [line(0, -1), line(second, 1)] },
    });
    const { frames } = await render(onMain(segment));
    // Centre of the 80 px wide picture: 320 * frame / 30.
    const whereWhiteEnds = (frame: Pixels | undefined) => {
      for (let x = 319; x >= 0; x -= 1) if (colorAt(frame, x, 105) === 'white') return x + 1;
      return -1;
    };
    for (const n of [6, 12, 15]) expect(Math.abs(whereWhiteEnds(frames[n]) - ((320 * n) / 30 + 40))).toBeLessThan(2);
  });

  test('fades with its alpha', async () => {
    const { frames } = await render(onMain(still({ transform: { alpha: 0.5 } }, white)));
    const [red] = frames[0]?.at(160, 90) ?? [0];
    expect(Math.abs(red - 128)).toBeLessThan(5);
  });

  test('that is cut by a mask shows what is behind it', async () => {
    const mask = aMask({ shape: 'rectangle', width: 0.5, height: 0.5 });
    const { frames } = await render(
      aDraft([
        { type: 'video', segments: [still()] },
        { type: 'video', segments: [still({ extras: { masks: [mask] } }, white)] },
      ]),
    );
    expect(colorAt(frames[0], 160, 90)).toBe('white');
    expect(colorAt(frames[0], 20, 20)).toBe('red');
    expect(colorAt(frames[0], 300, 160)).toBe('white');
    expect(colorAt(frames[0], 60, 150)).toBe('blue');
  });

  test('whose blend mode multiplies takes the colours behind it', async () => {
    const { frames } = await render(
      aDraft([
        { type: 'video', segments: [still()] },
        {
          type: 'video',
          segments: [still({ extras: { mixMode: anEffect('mix_mode', '正片叠底') }, transform: { flipX: true } })],
        },
      ]),
    );
    // red x green, green x red, blue x white, white x blue
    expect(quartersOf(frames[0])).toEqual(['black', 'black', 'blue', 'blue']);
  });

  test('that is keyed lets the ground show', async () => {
    const { frames } = await render(
      aDraft([
        { type: 'video', segments: [still({}, white)] },
        {
          type: 'video',
          segments: [still({ extras: { chroma: { color: '#00ff00', intensity: 0.5, shadow: 0 } } })],
        },
      ]),
    );
    expect(quartersOf(frames[0])).toEqual(['red', 'white', 'blue', 'white']);
  });

  test('whose brightness is taken away is dark', async () => {
    const dark = { ...anEffect('brightness', 'brightness'), value: -1 };
    const gray = await makePhoto(at('gray.png'), 160, 90, (context, width, height) => {
      context.fillStyle = '#808080';
      context.fillRect(0, 0, width, height);
    });
    const { frames, warnings } = await render(onMain(still({ extras: { effects: [dark] } }, gray)));
    expect(frames[0]?.at(160, 90)[0]).toBeLessThan(110);
    expect(warnings).toMatchObject([{ code: 'DRAWN_APPROXIMATELY', params: { kind: 'adjustment', count: 1 } }]);
  });
});

describe('time', () => {
  test('at double speed every other frame is shown', async () => {
    const { frames } = await render(onMain(still({ durationUs: second / 2, speed: 2 }, movie, 'video')));
    expect(frames.map((frame) => readCounter(frame))).toEqual(Array.from({ length: 15 }, (_, index) => index * 2));
  });

  test('at half speed every frame is shown twice', async () => {
    const { frames } = await render(onMain(still({ durationUs: second / 2, speed: 0.5 }, movie, 'video')));
    expect(frames.map((frame) => readCounter(frame))).toEqual(
      Array.from({ length: 15 }, (_, index) => Math.floor(index / 2)),
    );
  });

  test('reversed without a reversed copy it runs from the end of its range', async () => {
    const segment = still({ durationUs: second / 2, sourceStartUs: second / 2, reverse: true }, movie, 'video');
    const { frames } = await render(onMain(segment));
    expect(frames.map((frame) => readCounter(frame))).toEqual(Array.from({ length: 15 }, (_, index) => 29 - index));
  });

  test('reversed with a copy that copy is played', async () => {
    const backwards = await makeMovie(at('backwards.mp4'), { frames: 30, color: '#000080' });
    const segment = still({ durationUs: 200_000, reverse: true }, movie, 'video', { reversePath: backwards });
    const { frames } = await render(onMain(segment));
    expect(frames.map((frame) => readCounter(frame))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(frames[0]?.at(160, 120)[2]).toBeGreaterThan(90);
  });

  test('media shorter than its segment holds the last frame', async () => {
    const short = await makeMovie(at('short.mp4'), { frames: 10 });
    const { frames } = await render(onMain(still({ durationUs: second }, short, 'video')));
    expect(frames.map((frame) => readCounter(frame))).toEqual(
      Array.from({ length: 30 }, (_, index) => Math.min(9, index)),
    );
  });

  test('a source of another rate keeps its own time', async () => {
    const film = await makeMovie(at('film.mp4'), { frames: 25, fps: 25 });
    const { frames } = await render(onMain(still({ durationUs: second }, film, 'video')));
    expect(frames.map((frame) => readCounter(frame))).toEqual(
      Array.from({ length: 30 }, (_, index) => Math.floor((index / 30) * 25 + 1e-6)),
    );
  });

  test('an animated picture moves and starts again', async () => {
    const gif = await makeAnimation(at('moving.gif'), ['#ff0000', '#00ff00', '#0000ff'], 100);
    const { frames } = await render(onMain(still({ durationUs: 700_000 }, gif, 'gif')));
    const shown = frames.map((frame) => colorAt(frame, 160, 90));
    expect([1, 4, 7, 10, 13, 16, 19].map((n) => shown[n])).toEqual([
      'red',
      'green',
      'blue',
      'red',
      'green',
      'blue',
      'red',
    ]);
  });
});

describe('layers', () => {
  test('a transition runs from the one clip to the other around the cut', async () => {
    const transition = { name: '叠化', resourceId: '', durationUs: 400_000, overlap: true };
    const red = await makePhoto(at('red.png'), 160, 90, (context) => {
      context.fillStyle = '#f00';
      context.fillRect(0, 0, 160, 90);
    });
    const { frames } = await render(
      onMain(
        still({ durationUs: second / 2, extras: { transition } }, red),
        still({ startUs: second / 2, durationUs: second / 2 }, white),
      ),
    );
    const green = frames.map((frame) => frame.at(160, 90)[1]);
    expect(frames).toHaveLength(30);
    expect(green.slice(0, 9).every((value) => value < 20)).toBe(true);
    expect(green.slice(21).every((value) => value > 235)).toBe(true);
    for (let n = 10; n < 20; n += 1) expect(green[n] ?? 0).toBeGreaterThan(green[n - 1] ?? 255);
  });

  test('a compound clip plays its own timeline at its place', async () => {
    const inner = aDraft([{ type: 'video', segments: [still({ durationUs: second }, movie, 'video')] }]);
    const { frames } = await render(
      onMain(
        aSegment({ type: 'compound', draft: inner }, { durationUs: second / 2, transform: { scaleX: 0.5, x: 0.5 } }),
      ),
    );
    const box = { x: 160, y: 45, width: 160, height: 90 };
    expect(frames.map((frame) => readCounter(frame, box))).toEqual(Array.from({ length: 15 }, (_, index) => index));
    expect(colorAt(frames[3], 80, 90)).toBe('black');
  });

  test('a text stands in front of everything, at its place', async () => {
    const { frames } = await render(
      aDraft([
        { type: 'text', segments: [aSegment(aText('■■■■', 20), { durationUs: 100_000, transform: { y: -0.5 } })] },
        { type: 'video', segments: [still({}, movie, 'video')] },
      ]),
    );
    const [bottom, top] = [135, 45].map(
      (y) =>
        Array.from({ length: 320 }, (_, x) => colorAt(frames[1], x, y)).filter((color) => color === 'white').length,
    );
    expect(bottom).toBeGreaterThan(40);
    expect(top).toBe(0);
  });

  test('an effect on a track of its own changes what is below, not what is above', async () => {
    const gray = { ...anEffect('saturation', 'saturation'), value: -1 };
    const effectSegment = aSegment(
      { type: 'effect', effect: anEffect('adjust', 'adjust') },
      {
        durationUs: 100_000,
        extras: { effects: [gray] },
      },
    );
    const { frames } = await render(
      aDraft([
        { type: 'video', segments: [still()] },
        { type: 'adjust', segments: [{ ...effectSegment, renderIndex: 10 }] },
        { type: 'video', segments: [still({ renderIndex: 20, transform: { scaleX: 0.2, x: -0.7, y: 0.7 } })] },
      ]),
    );
    const [r, g, b] = frames[0]?.at(80, 80) ?? [0, 0, 0];
    expect(Math.max(r, g, b) - Math.min(r, g, b)).toBeLessThan(12);
    expect(colorAt(frames[0], 30, 20)).toBe('red');
  });

  test('a clip animation brings its clip in', async () => {
    const animation = {
      kind: 'in' as const,
      name: '渐显',
      id: '',
      resourceId: '',
      startUs: 0,
      durationUs: second / 2,
    };
    const { frames } = await render(onMain(still({ durationUs: second, extras: { animations: [animation] } }, white)));
    const bright = frames.map((frame) => frame.at(160, 90)[0]);
    expect(bright[0]).toBeLessThan(40);
    for (let n = 1; n < 14; n += 1) expect(bright[n] ?? 0).toBeGreaterThan(bright[n - 1] ?? 255);
    expect(bright[20]).toBeGreaterThan(245);
  });
});

test.each(['photo', 'video'] as const)('a %s before itself, blurred, does not fade towards the edges', async (kind) => {
  const film = await makeMovie(at('blank.mp4'), {
    draw: (context, _, width, height) => {
      context.fillStyle = '#fff';
      context.fillRect(0, 0, width, height);
    },
  });
  const segment = aSegment(aMedia(kind, kind === 'photo' ? white : film), {
    transform: { scaleX: 0.3, scaleY: 0.3 },
    extras: { canvas: { type: 'blur', blur: 0.75 }, mixMode: anEffect('mix_mode', '滤色') },
  });
  const { frames } = await render(aDraft([{ type: 'video', segments: [segment] }]));
  for (const [x, y] of [
    [0, 0],
    [160, 0],
    [319, 90],
    [319, 179],
  ] as const)
    expect(frames[3]?.at(x, y)[1]).toBeGreaterThan(251);
});
