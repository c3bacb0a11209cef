import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pictureFile } from '../../../../main/engines/embedded/decode/picture-file.ts';
import { Studio } from '../../../../main/engines/embedded/studio.ts';
import { StationError } from '../../../../main/shared/errors/index.ts';
import { exportPresetSchema } from '../../../../main/shared/settings.ts';
import { aDraft, aMedia, aSegment } from '../../../support/drafts.ts';
import { runner } from '../../../support/lottie.ts';
import { makeAnimation, makePhoto, Pixels, scratchFolder } from '../../../support/media.ts';
import { makeWebpAnimation } from '../../../support/webp.ts';

const scratch = scratchFolder('picture-file');
afterAll(() => scratch.remove());
const at = (name: string) => path.join(scratch.folder, name);
const fill =
  (color: string) => (context: { fillStyle: unknown; fillRect(x: number, y: number, w: number, h: number): void }) => {
    context.fillStyle = color;
    context.fillRect(0, 0, 100, 100);
  };

function folder(name: string, files: Readonly<Record<string, string>>): string {
  for (const [file, content] of Object.entries(files)) {
    const place = at(`${name}/${file}`);
    mkdirSync(path.dirname(place), { recursive: true });
    if (content.startsWith(scratch.folder)) copyFileSync(content, place);
    else writeFileSync(place, content);
  }
  return at(name);
}

let png = '';
beforeAll(async () => {
  png = await makePhoto(at('one.png'), 100, 100, fill('#00f'));
  makeWebpAnimation(at('moving.png'), {
    width: 100,
    height: 100,
    frames: [
      { color: '#f00', durationMs: 500 },
      { color: '#0f0', durationMs: 500 },
    ],
  });
  writeFileSync(at('runner.png'), `\uFEFF\n ${JSON.stringify(runner())}`);
  await makeAnimation(at('gif.webp'), ['#ff0000', '#00ff00'], 500);
  await makePhoto(at('still.webp'), 100, 100, fill('#00f'));
});

async function reason(found: string): Promise<string> {
  try {
    return path.relative(scratch.folder, (await pictureFile(found)).file);
  } catch (error) {
    return error instanceof StationError ? String(error.params.reason) : String(error);
  }
}

describe('what reads a picture', () => {
  it('is found out from its content', async () => {
    const format = async (name: string) => (await pictureFile(at(name))).format;
    expect(await format('moving.png')).toBe('webp');
    expect(await format('runner.png')).toBe('lottie');
    expect(await format('gif.webp')).toBe('ffmpeg');
    expect(await format('still.webp')).toBe('ffmpeg');
    expect(await format('nowhere.webp')).toBe('ffmpeg');
  });

  it("is the animation of a sticker's folder, or its only picture", async () => {
    const list = folder('lottie', {
      'config.json': '{"a":1}',
      'content.json': JSON.stringify(runner()),
      'icon.png': png,
    });
    expect(await reason(list)).toBe(path.join('lottie', 'content.json'));
    const images = folder('images', {
      'data.json': JSON.stringify(runner()),
      'images/a.png': png,
      'images/b.png': png,
    });
    expect(await reason(images)).toBe(path.join('images', 'data.json'));
    expect(await reason(folder('picture', { 'extra.json': '{}', 'sticker/a.png': png, 'cover.png': png }))).toBe(
      path.join('picture', 'sticker', 'a.png'),
    );
  });

  it('is not guessed where a folder leaves a doubt', async () => {
    expect(await reason(folder('empty', { 'config.json': '{}' }))).toBe('the folder has no picture');
    expect(await reason(folder('several', { 'a_000.png': png, 'a_001.png': png }))).toContain('does not say which');
    expect(await reason(folder('engine', { 'effect.prefab': 'x', 'image/a.png': png }))).toContain('own engine');
  });
});

/** The middle of the canvas at a time, with a sticker of 100 pixels that covers it. */
async function middleAt(kind: 'sticker' | 'gif' | 'photo' | 'video', file: string, frames: readonly number[]) {
  const track = { type: kind === 'sticker' ? ('sticker' as const) : ('video' as const) };
  const segment = aSegment(aMedia(kind, file), { durationUs: 3_000_000, transform: { scaleX: 10, scaleY: 10 } });
  const draft = aDraft([{ ...track, segments: [segment] }], { width: 108, height: 108 });
  const studio = new Studio(draft, { preset: exportPresetSchema.parse({}), resolve: (written) => written });
  const seen: (readonly number[])[] = [];
  for (const frame of frames) {
    const still = await studio.still(frame);
    const { data } = still.getContext('2d').getImageData(0, 0, still.width, still.height);
    seen.push(new Pixels(still.width, still.height, data).at(still.width / 2, still.height / 2).slice(0, 3));
  }
  const warnings = studio.warnings.list().map(({ code, params }) => `${code} ${params.reason ?? params.kind}`);
  await studio.close();
  return { seen, warnings };
}

describe('a draft shows', () => {
  const [red, green, black] = [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 0],
  ];

  it.each(['sticker', 'gif', 'video'] as const)('an animated webp that it calls a %s, moving', async (kind) => {
    expect((await middleAt(kind, at('moving.png'), [0, 10, 20, 30])).seen).toEqual([red, red, green, red]);
  });

  it('an animated webp that it calls a photo, standing still', async () => {
    expect((await middleAt('photo', at('moving.png'), [0, 20])).seen).toEqual([red, red]);
  });

  it('a Lottie sticker, moving, also from a folder', async () => {
    for (const place of [at('runner.png'), folder('drawn', { 'data.json': JSON.stringify(runner()) })])
      expect((await middleAt('sticker', place, [0, 30, 60])).seen).toEqual([black, red, black]);
  });

  it('nothing, and says why, where a sticker cannot be drawn', async () => {
    writeFileSync(at('bad.json'), '{"v":"5"}');
    const { seen, warnings } = await middleAt('sticker', at('bad.json'), [0]);
    expect(seen).toEqual([black]);
    expect(warnings.find((warning) => warning.startsWith('MEDIA_NOT_DRAWN'))).toContain('no Lottie animation');
  });
});
