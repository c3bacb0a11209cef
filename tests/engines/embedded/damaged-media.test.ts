import { copyFile, stat, truncate } from 'node:fs/promises';
import path from 'node:path';
import { AV_PIX_FMT_RGBA, AV_PIX_FMT_YUV422P10LE } from 'node-av';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MediaMaterial } from '../../../main/drafts/model.ts';
import { renderDraft } from '../../../main/engines/embedded/render.ts';
import { exportPresetSchema } from '../../../main/shared/settings.ts';
import { type CodedMovieSpec, makeCodedMovie } from '../../support/coded-movie.ts';
import { aDraft, aMedia, aSegment, second } from '../../support/drafts.ts';
import { framesOf, makeAnimation, makeMovie, makePhoto, scratchFolder } from '../../support/media.ts';
import { addCover, tone, writeEncoded, writeWav } from '../../support/sound.ts';

const scratch = scratchFolder('damaged');
const at = (name: string) => path.join(scratch.folder, name);
let background = '';
beforeAll(async () => {
  background = await makeMovie(at('background.mp4'), { frames: 3 });
});
afterAll(() => scratch.remove());

interface Case {
  readonly name: string;
  readonly kind: MediaMaterial['kind'];
  readonly make: (file: string) => Promise<unknown> | unknown;
  /** How much of the file may be left for it to be noticed that some is missing. */
  readonly shares?: readonly number[];
}

const coded =
  (encoder: string, more: Partial<CodedMovieSpec> = {}): Case['make'] =>
  (file) =>
    makeCodedMovie(file, { encoder, frames: 30, gop: 10, ...more });
const encoded =
  (codec: Parameters<typeof writeEncoded>[1]): Case['make'] =>
  (file) =>
    writeEncoded(file, codec, [tone(440)], 1);

const cases: readonly Case[] = [
  { name: 'index-first.mp4', kind: 'video', make: (file) => makeMovie(file, { frames: 30, toneHz: 300 }) },
  { name: 'index-last.mp4', kind: 'video', make: coded('libx264', { bFrames: 2 }) },
  { name: 'prores.mov', kind: 'video', make: coded('prores_ks', { format: AV_PIX_FMT_YUV422P10LE }) },
  { name: 'h264.mkv', kind: 'video', make: coded('libx264', { bFrames: 2 }) },
  { name: 'vp8.webm', kind: 'video', make: coded('libvpx') },
  { name: 'vp9.webm', kind: 'video', make: coded('libvpx-vp9', { options: { 'cpu-used': '8' } }) },
  { name: 'h264.ts', kind: 'video', make: coded('libx264', { bFrames: 2 }) },
  { name: 'mpeg4.avi', kind: 'video', make: coded('mpeg4') },
  { name: 'moving.gif', kind: 'gif', make: (file) => makeAnimation(file, ['red', 'green', 'blue', 'white'], 250) },
  { name: 'moving.apng', kind: 'gif', make: coded('apng', { format: AV_PIX_FMT_RGBA }) },
  { name: 'still.png', kind: 'photo', make: (file) => makePhoto(file, 320, 180, stripes) },
  { name: 'still.jpg', kind: 'photo', make: (file) => makePhoto(file, 320, 180, stripes), shares: [0.5, 0.9] },
  { name: 'still.webp', kind: 'photo', make: (file) => makePhoto(file, 320, 180, stripes) },
  { name: 'covered.mp3', kind: 'video', make: coveredSong, shares: [] },
  { name: 'tone.wav', kind: 'audio', make: (file) => writeWav(file, [tone(440)], 1) },
  { name: 'tone.flac', kind: 'audio', make: encoded('flac') },
  { name: 'tone.m4a', kind: 'audio', make: encoded('aac') },
  { name: 'tone.opus', kind: 'audio', make: encoded('libopus') },
  // Its header says how long it is, to some tenths of a second; nothing says how large.
  { name: 'tone.mp3', kind: 'audio', make: encoded('libmp3lame'), shares: [0.5] },
];

/** Its only picture is promised for all of the song. */
async function coveredSong(file: string): Promise<void> {
  await writeEncoded(file, 'libmp3lame', [tone(440)], 1);
  addCover(file, await makePhoto(at('cover.png'), 320, 180, stripes));
}

const stripes: Parameters<typeof makePhoto>[3] = (context, width, height) => {
  for (let x = 0; x < width; x += 3) {
    context.fillStyle = `hsl(${x * 7} 80% 50%)`;
    context.fillRect(x, 0, 2, height);
  }
};

/** What is told of a file that is shown, or heard, for its whole second over something else. */
async function told(kind: MediaMaterial['kind'], file: string): Promise<readonly string[]> {
  const below = aSegment(aMedia('video', background), { volume: 0, durationUs: second });
  const segment = aSegment(aMedia(kind, file), { durationUs: second });
  const tracks = [
    { type: 'video', segments: [below] } as const,
    { type: kind === 'audio' ? 'audio' : 'video', segments: [segment] } as const,
  ];
  const output = `${file}.out.mp4`;
  const draft = aDraft(tracks, { width: 160, height: 90 });
  const preset = exportPresetSchema.parse({});
  const warnings = await renderDraft(draft, { preset, output, resolve: (written) => written });
  expect(await framesOf(output)).toHaveLength(30);
  return [...new Set(warnings.map(({ code }) => code))];
}

describe.each(cases)('$name', ({ name, kind, make, shares = [0.5, 0.9, 0.99] }) => {
  beforeAll(async () => void (await make(at(name))));

  test('is not called damaged while it is whole', async () => {
    expect(await told(kind, at(name))).toEqual([]);
  });

  test.each(shares)('is told to be incomplete when only %d of it is left, and the video is made', async (share) => {
    const cut = at(`${share}-${name}`);
    await copyFile(at(name), cut);
    // In the middle of whatever packet is there.
    await truncate(cut, Math.floor(((await stat(cut)).size * share) | 1));
    const codes = await told(kind, cut);
    expect(codes.length).toBeGreaterThan(0);
    for (const code of codes) expect(['MEDIA_DAMAGED', 'MEDIA_NOT_DRAWN', 'MEDIA_NOT_HEARD']).toContain(code);
  });
});
