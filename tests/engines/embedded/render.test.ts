import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Draft } from '../../../main/drafts/model.ts';
import { createAudioMixer } from '../../../main/engines/embedded/audio/index.ts';
import { renderDraft } from '../../../main/engines/embedded/render.ts';
import { exportPresetSchema } from '../../../main/shared/settings.ts';
import { aDraft, aMedia, aSegment, second } from '../../support/drafts.ts';
import { framesOf, makeMovie, makePhoto, type Pixels, readCounter, scratchFolder } from '../../support/media.ts';

const scratch = scratchFolder('render');
const at = (name: string) => path.join(scratch.folder, name);
let movie = '';
let red = '';
const preset = exportPresetSchema.parse({});

beforeAll(async () => {
  movie = await makeMovie(at('movie.mp4'), { frames: 60 });
  red = await makePhoto(at('red.png'), 160, 90, (context, width, height) => {
    context.fillStyle = '#f00';
    context.fillRect(0, 0, width, height);
  });
});
afterAll(() => scratch.remove());

let outputs = 0;
async function render(draft: Draft): Promise<{ frames: Pixels[]; warnings: readonly unknown[] }> {
  outputs += 1;
  const output = at(`out-${outputs}.mp4`);
  const warnings = await renderDraft(draft, { preset, output, resolve: (file) => file });
  return { frames: await framesOf(output), warnings };
}

/** Loudness of a file's sound in steps of a tenth of a second, by playing it as a draft of its own. */
async function loudness(file: string, seconds: number): Promise<number[]> {
  const sound = aDraft([
    { type: 'audio', segments: [aSegment(aMedia('audio', file), { durationUs: seconds * second })] },
  ]);
  const mixer = createAudioMixer(sound, {
    sampleRate: 48_000,
    resolve: ({ path: written }) => written,
    signal: new AbortController().signal,
    onWarning: () => {},
  });
  const steps: number[] = [];
  for (let part = await mixer.read(4800); part !== null; part = await mixer.read(4800))
    steps.push(Math.sqrt(part.left.reduce((sum, value) => sum + value * value, 0) / part.left.length));
  mixer.close();
  return steps;
}

test('the sound of clips is in the file, at its time and level', async () => {
  const loud = await makeMovie(at('loud.mp4'), { frames: 30, toneHz: 440 });
  const draft = aDraft([
    { type: 'video', segments: [aSegment(aMedia('video', movie), { durationUs: 2 * second })] },
    {
      type: 'video',
      segments: [aSegment(aMedia('video', loud), { startUs: second, durationUs: second, volume: 0.5 })],
    },
  ]);
  const output = at('sound.mp4');
  await renderDraft(draft, { preset, output, resolve: (file) => file });
  const steps = await loudness(output, 2);
  expect(steps).toHaveLength(20);
  for (const quiet of steps.slice(0, 9)) expect(quiet).toBeLessThan(0.005);
  // Half of a sine of 0.25.
  for (const heard of steps.slice(11, 19)) expect(heard).toBeCloseTo(0.125 / Math.SQRT2, 2);
});

describe('frames', () => {
  test('a plain clip shows exactly the source frames of its range', async () => {
    const draft = aDraft([
      {
        type: 'video',
        segments: [aSegment(aMedia('video', movie), { durationUs: second / 2, sourceStartUs: 200_000 })],
      },
    ]);
    const { frames, warnings } = await render(draft);
    expect(frames.map((frame) => readCounter(frame))).toEqual(Array.from({ length: 15 }, (_, index) => index + 6));
    expect(warnings).toEqual([]);
  });

  test('cuts of one file follow each other without a wrong frame', async () => {
    const media = aMedia('video', movie);
    const draft = aDraft([
      {
        type: 'video',
        segments: [
          aSegment(media, { startUs: 0, durationUs: 500_000, sourceStartUs: second }),
          aSegment(media, { startUs: 500_000, durationUs: 300_000, sourceStartUs: 0 }),
          aSegment(media, { startUs: 800_000, durationUs: 200_000, sourceStartUs: 300_000 }),
        ],
      },
    ]);
    const { frames } = await render(draft);
    const span = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);
    expect(frames.map((frame) => readCounter(frame))).toEqual([...span(30, 15), ...span(0, 9), ...span(9, 6)]);
  });

  test('an overlay stands where its transform says', async () => {
    const draft = aDraft([
      { type: 'video', segments: [aSegment(aMedia('video', movie), { durationUs: second / 3 })] },
      {
        type: 'video',
        segments: [
          aSegment(aMedia('photo', red), {
            durationUs: second / 3,
            transform: { scaleX: 0.25, scaleY: 0.25, x: 0.5, y: -0.5 },
          }),
        ],
      },
    ]);
    const { frames } = await render(draft);
    expect(frames).toHaveLength(10);
    const last = frames.at(-1);
    expect(last?.at(240, 135)[0]).toBeGreaterThan(220);
    expect(last?.at(240, 135)[1]).toBeLessThan(30);
    // 80x45 around (240, 135)
    expect(last?.at(240 - 36, 135 - 18)[0]).toBeGreaterThan(200);
    expect(last?.at(240 - 46, 135)[0]).toBeLessThan(60);
    expect(last?.at(240, 135 + 28)[0]).toBeLessThan(60);
  });
});
