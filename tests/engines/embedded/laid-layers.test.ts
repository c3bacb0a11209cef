import path from 'node:path';
import { type Canvas, createCanvas, ImageData, type SKRSContext2D } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ClipTransform, SegmentExtras } from '../../../main/drafts/model.ts';
import { renderDraft } from '../../../main/engines/embedded/render.ts';
import { Studio } from '../../../main/engines/embedded/studio.ts';
import { exportPresetSchema } from '../../../main/shared/settings.ts';
import { aDraft, aMask, aMedia, anEffect, aSegment, aText, aKeyframe as key, second } from '../../support/drafts.ts';
import { framesOf, makeMovie, makePhoto, type Pixels, readCounter, scratchFolder } from '../../support/media.ts';
import { difference } from '../../support/pictures.ts';
import { similarity } from '../../support/similarity.ts';

const scratch = scratchFolder('laid-layers');
const at = (name: string) => path.join(scratch.folder, name);
const preset = exportPresetSchema.parse({ quality: 12 });
const size = { width: 320, height: 180 };
let ground = '';
let over = '';
let photo = '';
let opaquePhoto = '';

beforeAll(async () => {
  ground = await makeMovie(at('ground.mp4'), { color: '#305080' });
  over = await makeMovie(at('over.mp4'), {
    draw: (context, frame, width, height) => {
      context.fillStyle = `hsl(${frame * 12} 70% 60%)`;
      context.fillRect(0, 0, width, height);
      context.fillStyle = '#fff';
      context.fillRect(20 + frame, 20, 120, 60);
    },
  });
  const draw = (context: SKRSContext2D) => {
    context.fillStyle = '#806030';
    context.fillRect(0, 0, 320, 180);
    context.fillStyle = '#fed';
    context.fillRect(60, 40, 200, 100);
  };
  photo = await makePhoto(at('photo.png'), 320, 180, draw);
  opaquePhoto = await makePhoto(at('photo.jpg'), 320, 180, draw);
});
afterAll(() => scratch.remove());

const durationUs = second;
const below = () => ({ type: 'video', segments: [aSegment(aMedia('video', ground), { durationUs })] }) as const;
const still = () => ({ type: 'video', segments: [aSegment(aMedia('photo', photo), { durationUs })] }) as const;
const photoClip = (spec: Parameters<typeof aSegment>[1]) =>
  ({ type: 'video', segments: [aSegment(aMedia('photo', opaquePhoto), { durationUs, ...spec })] }) as const;
const growing = { scaleX: [key(0, 1), key(durationUs, 1.3)], scaleY: [key(0, 1), key(durationUs, 1.3)] };
const moving = { x: [key(0, -0.6), key(durationUs, 0.6)], rotation: [key(0, 0), key(durationUs, 90)] };
const clip = (spec: Parameters<typeof aSegment>[1] = {}) =>
  ({
    type: 'video',
    segments: [aSegment(aMedia('video', over), { durationUs, transform: { scaleX: 0.4, scaleY: 0.4 }, ...spec })],
  }) as const;
/** A quarter of the film's picture and a little more, at a size of its own. */
const cropped = (spec: Parameters<typeof aSegment>[1] = {}) => {
  const [left, top, right, bottom] = [0.07, 0.05, 0.57, 0.55];
  const crop = {
    upperLeft: { x: left, y: top },
    upperRight: { x: right, y: top },
    lowerLeft: { x: left, y: bottom },
    lowerRight: { x: right, y: bottom },
  };
  return { type: 'video', segments: [aSegment(aMedia('video', over, { crop }), { durationUs, ...spec })] } as const;
};
/** One second of two clips with a dissolve all along. */
const melting = (
  from: string,
  to: string,
  extras: Partial<SegmentExtras> = {},
  fromPlace: Partial<ClipTransform> = {},
  toPlace: Partial<ClipTransform> = {},
) => {
  const media = (file: string) => aMedia(file === photo ? 'photo' : 'video', file);
  const half = { durationUs: durationUs / 2 };
  const transition = { name: '叠化', resourceId: '', durationUs, overlap: true };
  return {
    type: 'video',
    segments: [
      aSegment(media(from), { ...half, transform: fromPlace, extras: { ...extras, transition } }),
      aSegment(media(to), { ...half, startUs: durationUs / 2, transform: toPlace }),
    ],
  } as const;
};
const caption = (spec: Parameters<typeof aSegment>[1] = {}) =>
  ({
    type: 'text',
    segments: [aSegment(aText('字幕 Caption', 14), { durationUs, transform: { y: -0.7 }, ...spec })],
  }) as const;

const colour = { type: 'color', color: '#2a6' } as const;
const compound = (tracks: readonly Parameters<typeof mutable>[0][], spec: Parameters<typeof aSegment>[1] = {}) =>
  ({
    type: 'video',
    segments: [aSegment({ type: 'compound', draft: aDraft(tracks.map(mutable), size) }, { durationUs, ...spec })],
  }) as const;

describe('what is laid over an undrawn picture looks as if everything had been drawn', () => {
  test.each([
    ['a caption over a video', () => [below(), caption()]],
    ['a moving, turning clip over a video', () => [below(), clip({ keyframes: moving })]],
    [
      'a mirrored, half transparent clip',
      () => [below(), clip({ transform: { scaleX: 0.5, scaleY: 0.7, flipX: true, alpha: 0.5 } })],
    ],
    ['a clip that grows', () => [below(), clip({ keyframes: { scaleX: [key(0, 0.1), key(durationUs, 1)] } })]],
    ['a masked clip', () => [below(), clip({ extras: { masks: [aMask({})] } })]],
    [
      'a clip below a caption below a clip',
      () => [
        below(),
        clip(),
        caption({ transform: { y: 0 } }),
        clip({ transform: { x: 0.5, scaleX: 0.3, scaleY: 0.3 } }),
      ],
    ],
    [
      'a caption that moves over a still photo',
      () => [still(), caption({ keyframes: { x: [key(0, -1), key(durationUs, 1)] } })],
    ],
    [
      'a clip that stands still over a resting photo before itself, blurred',
      () => [
        photoClip({ transform: { scaleX: 0.6, scaleY: 0.6 }, extras: { canvas: { type: 'blur', blur: 0.5 } } }),
        caption({ transform: { y: 0.7 } }),
        clip({ transform: { x: 0.1, scaleX: 0.4, scaleY: 0.4 } }),
      ],
    ],
    ['a clip over a still photo', () => [still(), clip({ keyframes: moving })]],
    ['a smaller clip on black', () => [clip({ transform: { scaleX: 0.6, scaleY: 0.5, x: 0.2 } }), caption()]],
    ['a smaller clip on a colour', () => [clip({ extras: { canvas: { type: 'color', color: '#2a6' } } })]],
    ['a smaller clip on a picture', () => [clip({ extras: { canvas: { type: 'image', path: photo } } }), caption()]],
    [
      'a clip that multiplies with the colour behind it',
      () => [clip({ extras: { canvas: { type: 'color', color: '#2a6' }, mixMode: anEffect('mix_mode', '正片叠底') } })],
    ],
    [
      'a smaller clip on itself, weakly blurred',
      () => [
        clip({ transform: { scaleX: 0.6, scaleY: 0.6 }, extras: { canvas: { type: 'blur', blur: 0.0625 } } }),
        caption(),
      ],
    ],
    ['a photo that grows', () => [photoClip({ keyframes: growing }), caption()]],
    ['a photo that moves and turns on black', () => [photoClip({ keyframes: moving })]],
    [
      'a photo that appears on a colour',
      () => [
        photoClip({
          keyframes: { alpha: [key(0, 0), key(durationUs, 1)] },
          extras: { canvas: { type: 'color', color: '#2a6' } },
        }),
      ],
    ],
    [
      'a photo that shrinks before itself, blurred',
      () => [
        photoClip({
          keyframes: { scaleX: [key(0, 0.8), key(durationUs, 0.5)], scaleY: [key(0, 0.8), key(durationUs, 0.5)] },
          extras: { canvas: { type: 'blur', blur: 0.5 } },
        }),
        caption(),
      ],
    ],
    [
      'a moving clip on itself, strongly blurred',
      () => [clip({ keyframes: moving, extras: { canvas: { type: 'blur', blur: 1 } } })],
    ],
    [
      'a photo that stops moving under a caption that goes on',
      () => [
        photoClip({ keyframes: { x: [key(0, -0.5), key(durationUs / 3, 0)] } }),
        caption({ keyframes: { x: [key(0, -1), key(durationUs, 1)] } }),
      ],
    ],
    [
      'a photo that moves over a video, over one that stands still',
      () => [
        below(),
        photoClip({ transform: { scaleX: 0.3, scaleY: 0.3, x: 0.4, y: 0.4 } }),
        photoClip({ transform: { scaleX: 0.4, scaleY: 0.4 }, keyframes: moving }),
      ],
    ],
    ['a compound clip of a video and a caption, under a clip', () => [compound([below(), caption()]), clip()]],
    ['a compound clip of a smaller clip on a colour', () => [compound([clip({ extras: { canvas: colour } })])]],
    ['a compound clip with effects inside', () => [compound([below(), clip({ extras: { masks: [aMask({})] } })])]],
    ['a smaller compound clip', () => [compound([below(), caption()], { transform: { scaleX: 0.5, scaleY: 0.5 } })]],
    ['a compound clip in a compound clip', () => [compound([compound([below()]), caption()])]],
    ['a clip that grows to fill more than the frame', () => [clip({ keyframes: growing }), caption()]],
    ['a clip enlarged beyond the frame', () => [clip({ transform: { scaleX: 1.4, scaleY: 1.6, y: 0.3 } })]],
    ['a cropped clip that fills the frame', () => [cropped(), caption()]],
    ['a cropped clip that moves over a video', () => [below(), cropped({ keyframes: moving })]],
    [
      'a smaller cropped clip on a colour',
      () => [cropped({ transform: { scaleX: 0.6, scaleY: 0.5 }, extras: { canvas: colour } })],
    ],
    ['a clip that leaves the picture', () => [below(), clip({ keyframes: { y: [key(0, 0), key(durationUs, 4)] } })]],
  ] as const)('%s', async (name, tracks) => {
    await expectAlike(name, tracks(), [0, 1, 14, 29]);
  });

  // At the ends of a melting next to nothing of one side is seen: less than encoding costs.
  test.each([
    ['a video that melts into another one', () => [melting(ground, over), caption()]],
    ['a photo that melts into a video', () => [melting(photo, over)]],
    ['a video that melts into a photo', () => [melting(ground, photo)]],
    ['a clip with effects that melts into a video', () => [melting(ground, over, { masks: [aMask({})] })]],
    [
      'a smaller video on a colour that melts into one that fills the frame',
      () => [melting(ground, over, { canvas: { type: 'color', color: '#2a6' } }, { scaleX: 0.5, scaleY: 0.5 })],
    ],
    ['a video that melts into a smaller one', () => [melting(ground, over, {}, {}, { scaleX: 0.5, scaleY: 0.5 })]],
  ] as const)('%s', async (name, tracks) => {
    await expectAlike(name, tracks(), [6, 14, 24]);
  });
});

describe('what stands still does not move when everything has to be drawn', () => {
  test.each([
    ['a film', { scaleX: 0.617, scaleY: 0.617, x: 0.1013, y: 0.0517 }],
    ['a small film', { scaleX: 0.333, scaleY: 0.333, x: -0.4137, y: 0.2217 }],
    ['a film enlarged beyond the frame', { scaleX: 1.307, scaleY: 0.807, x: 0.1013, y: -0.3517 }],
  ] as const)('%s', async (name, transform) => {
    const flat = (file: string, color: string) =>
      makeMovie(at(file), {
        draw: (context, _, width, height) => {
          context.fillStyle = color;
          context.fillRect(0, 0, width, height);
        },
      });
    const [dark, light] = [await flat('dark.mp4', '#333'), await flat('light.mp4', '#ddd')];
    const film = (file: string, place: Partial<ClipTransform>) => ({
      type: 'video' as const,
      segments: [aSegment(aMedia('video', file), { durationUs, transform: place })],
    });
    const draft = aDraft([film(dark, {}), film(light, transform)], size);
    const output = at(`still ${name}.mp4`);
    const resolve = (file: string) => file;
    await renderDraft(draft, { preset: exportPresetSchema.parse({ quality: 10 }), output, resolve });
    const laid = canvasOf((await framesOf(output))[4]);
    const studio = new Studio(draft, { preset, resolve });
    expect(largestDifference(laid, await studio.still(4))).toBeLessThan(25);
    await studio.close();
  });
});

/** Of the brightness (green) of any pixel. */
function largestDifference(a: Canvas, b: Canvas): number {
  const [first, second] = [a, b].map(
    (canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data,
  );
  let largest = 0;
  for (let index = 1; index < (first?.length ?? 0); index += 4)
    largest = Math.max(largest, Math.abs((first?.[index] ?? 0) - (second?.[index] ?? 0)));
  return largest;
}

test('a compound clip that is used twice shows both of its parts', async () => {
  const inner = aDraft([below()].map(mutable), size);
  const use = (startUs: number, sourceStartUs: number) =>
    aSegment({ type: 'compound', draft: inner }, { startUs, sourceStartUs, durationUs: durationUs / 3 });
  const draft = aDraft([{ type: 'video', segments: [use(0, 0), use(durationUs / 3, 2 * (durationUs / 3))] }], size);
  const output = at('twice.mp4');
  await renderDraft(draft, { preset, output, resolve: (file) => file });
  const shown = (await framesOf(output)).map((pixels) => readCounter(pixels));
  const numbers = Array.from({ length: 30 }, (_, frame) => frame);
  expect(shown).toEqual([...numbers.slice(0, 10), ...numbers.slice(20)]);
});

test('a picture that does not change is not made again, over a video slower than the draft neither', async () => {
  const slow = await makeMovie(at('slow.mp4'), { fps: 10, frames: 10 });
  const draft = aDraft(
    [
      { type: 'video', segments: [aSegment(aMedia('video', slow), { durationUs })] },
      { ...caption(), segments: [...caption().segments] },
    ],
    size,
  );
  const studio = new Studio(draft, { preset, resolve: (file) => file });
  const made = new Set<object>();
  for (let frame = 0; frame < 30; frame += 1) made.add(await studio.stage.compose(frame));
  await studio.close();
  expect(made.size).toBe(10);
});

test('layers that are larger than the frame together are made ready once, and look as if drawn at once', async () => {
  const masked = () => clip({ transform: { scaleX: 0.8, scaleY: 0.8 }, extras: { masks: [aMask({})] } });
  const tracks = [below(), masked(), masked(), caption()];
  const draft = aDraft(
    tracks.map((track) => ({ ...track, segments: [...track.segments] })),
    size,
  );
  const options = { preset, resolve: (file: string) => file };
  const [studio, other] = [new Studio(draft, options), new Studio(draft, options)];
  const asked = vi.spyOn(studio.shelf, 'sourceOf');
  for (const frame of [0, 9]) {
    asked.mockClear();
    const { ground: drawn, overlays } = await studio.stage.compose(frame);
    expect([drawn.type, overlays]).toEqual(['canvas', []]);
    const first = draft.tracks[1]?.segments[0];
    expect(asked.mock.calls.filter(([{ segment }]) => segment === first)).toHaveLength(1);
    expect(difference(studio.stage.canvas, await other.still(frame))).toBe(0);
  }
  await studio.close();
  await other.close();
});

type Track = Parameters<typeof aDraft>[0][number];

function mutable({
  type,
  segments,
}: Pick<Track, 'type'> & { readonly segments: readonly Track['segments'][number][] }) {
  return { type, segments: [...segments] };
}

/** Compares frames of the finished video with the same drawn whole. */
async function expectAlike(
  name: string,
  tracks: readonly Parameters<typeof mutable>[0][],
  moments: readonly number[],
): Promise<void> {
  const draft = aDraft(tracks.map(mutable), size);
  const output = at(`${name}.mp4`);
  const resolve = (file: string) => file;
  await renderDraft(draft, { preset, output, resolve });
  const frames = await framesOf(output);
  const studio = new Studio(draft, { preset, resolve });
  for (const frame of moments) {
    const drawn = opaque(await studio.still(frame));
    const laid = canvasOf(frames[frame]);
    expect(similarity(laid, drawn), `${name}, frame ${frame}`).toBeGreaterThan(0.945);
    expect(difference(laid, drawn), `${name}, frame ${frame}`).toBeLessThan(3);
  }
  await studio.close();
}

function canvasOf(pixels: Pixels | undefined): Canvas {
  const canvas = createCanvas(size.width, size.height);
  if (pixels !== undefined)
    canvas.getContext('2d').putImageData(new ImageData(pixels.data, pixels.width, pixels.height), 0, 0);
  return canvas;
}

function opaque(source: Canvas): Canvas {
  const canvas = createCanvas(size.width, size.height);
  canvas.getContext('2d').drawImage(source, 0, 0);
  return canvas;
}
