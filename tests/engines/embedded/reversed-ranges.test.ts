import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Draft } from '../../../main/drafts/model.ts';
import { SoundFile } from '../../../main/engines/embedded/audio/sound-file.ts';
import { renderDraft } from '../../../main/engines/embedded/render.ts';
import { withoutLostCopies } from '../../../main/engines/embedded/reversed-ranges.ts';
import { exportPresetSchema } from '../../../main/shared/settings.ts';
import { aDraft, aMedia, aSegment, type SegmentSpec, second } from '../../support/drafts.ts';
import { framesOf, makeMovie, readCounter, scratchFolder } from '../../support/media.ts';

const scratch = scratchFolder('reversed');
afterAll(() => scratch.remove());
const at = (name: string) => path.join(scratch.folder, name);

/** Steps of a fifth of a second; the film's picture counts them and its tone gets louder with each. */
const steps = 10;
const perSecond = 5;
const loudness = (step: number) => 0.08 * (step + 1);
const stepAt = (seconds: number) => Math.min(steps - 1, Math.floor(seconds * perSecond + 1e-6));

let film = '';
beforeAll(async () => {
  film = await makeMovie(at('film.mp4'), {
    frames: 60,
    toneHz: 440,
    sample: (seconds) => loudness(stepAt(seconds)) * Math.sin(2 * Math.PI * 440 * seconds),
  });
});

/** The steps that are seen, and those that are heard, in the middle of each fifth of a second of the output. */
async function clocks(draft: Draft): Promise<{ seen: number[]; heard: number[] }> {
  const output = at('out.mp4');
  await renderDraft(draft, { preset: exportPresetSchema.parse({}), output, resolve: (file) => file });
  const frames = await framesOf(output);
  const sound = await SoundFile.open(output, 48_000);
  const count = Math.round((draft.durationUs / second) * perSecond);
  const middle = (index: number) => (index + 0.5) / perSecond;
  const left = new Float32Array(4_800);
  const heard = Array.from({ length: count }, (_, index) => {
    sound.read(Math.round(middle(index) * 48_000) - 2_400, 4_800, left, new Float32Array(4_800));
    const peak = Math.sqrt(left.reduce((sum, value) => sum + value * value, 0) / left.length) * Math.SQRT2;
    return Math.round(peak / 0.08) - 1;
  });
  sound.close();
  const seen = Array.from({ length: count }, (_, index) => {
    const frame = frames[Math.round(middle(index) * 30)];
    const counter = frame === undefined ? null : readCounter(frame);
    return counter === null ? -1 : stepAt((counter + 0.5) / 30);
  });
  return { seen, heard };
}

const reversed = (spec: SegmentSpec, media = {}) =>
  aDraft([{ type: 'video', segments: [aSegment(aMedia('video', film, media), { reverse: true, ...spec })] }]);

describe('a reversed clip', () => {
  it('whose copy is missing shows and sounds the mirrored part of the original, backwards', async () => {
    const lost = { reversePath: at('gone.mp4'), durationUs: 2 * second };
    // From 0.4 s to 1.4 s of the copy: from 1.6 s back to 0.6 s of the original.
    const { seen, heard } = await clocks(reversed({ sourceStartUs: 400_000, durationUs: second }, lost));
    expect(seen).toEqual([7, 6, 5, 4, 3]);
    expect(heard).toEqual(seen);
  });

  it('whose copy is missing stays together at another speed, and inside a compound clip', async () => {
    const lost = { reversePath: at('gone.mp4'), durationUs: 2 * second };
    const fast = {
      sourceStartUs: 0,
      durationUs: second / 2,
      speed: 2,
      keepPitch: false,
      source: { startUs: 0, durationUs: second },
    };
    expect(withoutLostCopies(reversed(fast, lost), () => false).tracks[0]?.segments[0]?.source).toEqual({
      startUs: second,
      durationUs: second,
    });
    const inner = reversed({ sourceStartUs: 400_000, durationUs: second }, lost);
    const outer = aDraft([
      { type: 'video', segments: [aSegment({ type: 'compound', draft: inner }, { durationUs: second })] },
    ]);
    const { seen, heard } = await clocks(outer);
    expect(seen).toEqual([7, 6, 5, 4, 3]);
    expect(heard).toEqual(seen);
  });

  it('that never had a copy shows and sounds its own range, backwards', async () => {
    const { seen, heard } = await clocks(reversed({ sourceStartUs: 400_000, durationUs: second }));
    expect(seen).toEqual([6, 5, 4, 3, 2]);
    expect(heard).toEqual(seen);
  });

  it('whose copy is there keeps its range in it', () => {
    const draft = reversed(
      { sourceStartUs: 400_000, durationUs: second },
      { reversePath: film, durationUs: 2 * second },
    );
    expect(withoutLostCopies(draft, () => true)).toBe(draft);
  });

  it('keeps its range where the declared length of the original cannot be right', () => {
    const draft = reversed({ sourceStartUs: 400_000, durationUs: second }, { reversePath: 'gone', durationUs: second });
    expect(withoutLostCopies(draft, () => false).tracks[0]?.segments[0]?.source?.startUs).toBe(400_000);
  });
});
