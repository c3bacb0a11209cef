import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { TellText } from '../../../../main/engines/embedded/decode/lottie-fonts.ts';
import { LottieSource } from '../../../../main/engines/embedded/decode/lottie-source.ts';
import { Studio } from '../../../../main/engines/embedded/studio.ts';
import { createFontBook } from '../../../../main/engines/embedded/text/index.ts';
import { StationError } from '../../../../main/shared/errors/index.ts';
import { exportPresetSchema } from '../../../../main/shared/settings.ts';
import { aDraft, aMedia, aSegment, second } from '../../../support/drafts.ts';
import { type Json, lottie, picture, runner, square, written } from '../../../support/lottie.ts';
import { Pixels, scratchFolder } from '../../../support/media.ts';
import { pixelAt } from '../../../support/pictures.ts';
import { similarity } from '../../../support/similarity.ts';

const scratch = scratchFolder('lottie');
afterAll(() => scratch.remove());
const at = (name: string) => path.join(scratch.folder, name);
let made = 0;
function file(content: unknown): string {
  made += 1;
  const name = at(`${made}.json`);
  writeFileSync(name, typeof content === 'string' ? content : JSON.stringify(content));
  return name;
}

async function pixelsAt(source: LottieSource, timeMs: number): Promise<Pixels> {
  const { image } = await source.pictureAt(timeMs * 1000);
  const { width, height } = image;
  return new Pixels(width, height, image.getContext('2d').getImageData(0, 0, width, height).data);
}

/** Middle of what is painted in the middle row, as a share of the width. */
function middle(pixels: Pixels): number {
  const painted = Array.from({ length: pixels.width }, (_, x) => x).filter(
    (x) => pixels.at(x, pixels.height / 2)[3] > 127,
  );
  return painted.reduce((sum, x) => sum + x + 0.5, 0) / painted.length / pixels.width;
}

const plain = () => 1;

describe('a Lottie animation', () => {
  it('moves with its own clock and begins again at its end', async () => {
    const source = LottieSource.open(file(runner()), plain);
    expect([source.width, source.height]).toEqual([100, 100]);
    for (const [timeMs, share] of [
      [0, 0.2],
      [500, 0.35],
      [1000, 0.5],
      [1900, 0.77],
      [2000, 0.2],
      [2500, 0.35],
      [7000, 0.5],
    ] as const)
      expect(Math.abs(middle(await pixelsAt(source, timeMs)) - share)).toBeLessThan(0.012);
  });

  it('is transparent around what it draws, and whole colours stay whole', async () => {
    const pixels = await pixelsAt(LottieSource.open(file(runner()), plain), 1000);
    expect(pixels.at(2, 2)).toEqual([0, 0, 0, 0]);
    expect(pixels.at(50, 50)).toEqual([255, 0, 0, 255]);
  });

  it('is drawn at the size at which it is shown, so that its edges stay sharp', async () => {
    const source = LottieSource.open(file(runner()), () => 8);
    const pixels = await pixelsAt(source, 1000);
    expect([pixels.width, pixels.height]).toEqual([800, 800]);
    const soft = Array.from({ length: 800 }, (_, x) => pixels.at(x, 400)[3]).filter((a) => a > 0 && a < 255);
    expect(soft.length).toBeLessThanOrEqual(2);
    expect(middle(pixels)).toBeCloseTo(0.5, 2);
  });

  it('never takes more memory than a picture of 4096 pixels', async () => {
    const pixels = await pixelsAt(
      LottieSource.open(file(runner()), () => Number.POSITIVE_INFINITY),
      0,
    );
    expect([pixels.width, pixels.height]).toEqual([4096, 4096]);
    const thin = LottieSource.open(file(runner({ w: 16_384, h: 1 })), () => 0.001);
    expect((await thin.pictureAt(0)).image.height).toBe(1);
  });

  it('is one picture as long as nothing of it moves', async () => {
    const still = LottieSource.open(file(lottie([square(30, [0, 1, 0], { a: 0, k: [50, 50, 0] })], { op: 1 })), plain);
    expect((await still.pictureAt(0)).serial).toBe((await still.pictureAt(77_000)).serial);
    const moves = LottieSource.open(file(runner()), plain);
    expect((await moves.pictureAt(0)).serial).not.toBe((await moves.pictureAt(100_000)).serial);
  });
});

function redPicture(): Buffer {
  const canvas = createCanvas(10, 10);
  const context = canvas.getContext('2d');
  context.fillStyle = '#f00';
  context.fillRect(0, 0, 10, 10);
  return canvas.toBuffer('image/png');
}

const withAsset = (asset: Json): Json =>
  lottie([picture('one', 10)], { assets: [{ id: 'one', w: 10, h: 10, ...asset }] });

function refusal(content: unknown): string {
  try {
    LottieSource.open(
      typeof content === 'string' && content.startsWith(scratch.folder) ? content : file(content),
      plain,
    );
    return 'none';
  } catch (error) {
    return error instanceof StationError ? `${error.code} ${error.params.reason}` : String(error);
  }
}

describe('the pictures of a Lottie animation', () => {
  const red = [255, 0, 0, 255];

  it('are drawn when they are inside it or beside it', async () => {
    const data = `data:image/png;base64,${redPicture().toString('base64')}`;
    expect((await pixelsAt(LottieSource.open(file(withAsset({ u: '', p: data, e: 1 })), plain), 0)).at(50, 50)).toEqual(
      red,
    );
    mkdirSync(at('images'));
    writeFileSync(at('images/one.png'), redPicture());
    const beside = LottieSource.open(file(withAsset({ u: 'images/', p: 'one.png', e: 0 })), plain);
    expect((await pixelsAt(beside, 0)).at(50, 50)).toEqual(red);
  });

  it('are never taken from elsewhere', () => {
    mkdirSync(at('inner'));
    writeFileSync(at('secret.png'), redPicture());
    symlinkSync(at('secret.png'), at('inner/link.png'));
    const inner = (asset: Json): string => {
      writeFileSync(at('inner/a.json'), JSON.stringify(withAsset(asset)));
      return refusal(at('inner/a.json'));
    };
    expect(inner({ u: '../', p: 'secret.png' })).toBe('MEDIA_UNREADABLE secret.png is outside its folder');
    expect(inner({ u: '', p: 'link.png' })).toBe('MEDIA_UNREADABLE link.png is outside its folder');
    for (const u of [`${scratch.folder}/`, 'http://127.0.0.1:9/', 'file:///'])
      expect(inner({ u, p: 'secret.png' })).toBe('MEDIA_UNREADABLE its picture secret.png is missing');
  });
});

describe('the text of a Lottie animation', () => {
  const texted = (words: string, font: Json, more: Json = {}): Json =>
    lottie([written(words)], { fonts: { list: [{ fName: 'F', fStyle: 'Regular', ascent: 75, ...font }] }, ...more });
  const canvasOf = async (content: Json, tell?: TellText) =>
    (await LottieSource.open(file(content), plain, tell).pictureAt(0)).image;
  const bytesOf = async (content: Json) => (await canvasOf(content)).data();
  const fonts = createFontBook({ folder: '' });

  const onWhite = (paint: (context: SKRSContext2D) => void) => {
    const canvas = createCanvas(100, 100);
    const context = canvas.getContext('2d');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, 100, 100);
    context.fillStyle = '#f00';
    paint(context);
    return canvas;
  };
  /** The same words in the text painter's fonts. */
  const expected = (words: string, bold: boolean) =>
    onWhite((context) => {
      context.font = `50px "${fonts.face({ font: { path: '', name: '', id: '' }, bold }, words).family}"`;
      context.fillText(words, 0, 70);
    });

  it.each([
    ['国', 'Regular'],
    ['Wg', 'Regular'],
    ['Wg', 'Bold'],
    ['ش', 'Regular'],
    ['🎉', 'Regular'],
  ])('%s (%s) is drawn in a bundled font, whatever this machine has installed', async (words, fStyle) => {
    for (const fFamily of ['DejaVu Serif', 'Nobody has this', '']) {
      const drawn = await canvasOf(texted(words, { fFamily, fStyle }));
      const alike = similarity(
        onWhite((context) => context.drawImage(drawn, 0, 0)),
        expected(words, fStyle === 'Bold'),
      );
      expect(alike).toBeGreaterThan(0.95);
    }
  });

  it('is not drawn in files that it names', async () => {
    const content = (fPath: string) => texted('Wg', { fFamily: 'Arial', fPath, origin: 3 });
    const plainly = await bytesOf(content(''));
    for (const fPath of [at('a.ttf'), 'http://127.0.0.1:9/a.ttf', 'data:font/ttf;base64,AAAA'])
      expect(Buffer.compare(await bytesOf(content(fPath)), plainly)).toBe(0);
  });

  it('is told: which font it should have, and what the bundled one lacks', async () => {
    const told: string[] = [];
    const tell: TellText = (...what) => void told.push(what.join(' '));
    await canvasOf(texted('你好 ab', { fFamily: 'Arial' }), tell);
    await canvasOf(texted('你好 🎉', { fFamily: '' }), tell);
    expect(told).toEqual(['approximated font Arial', 'approximated font F', 'not_drawn script other']);
    const drawn = draftWith(file(texted('你好', { fFamily: 'Arial' })));
    const studio = new Studio(drawn, { preset: exportPresetSchema.parse({}), resolve: (path) => path });
    await studio.still(0);
    const params = { kind: 'font', kindZh: '字体', name: 'Arial', count: 1 };
    expect(studio.warnings.list()).toContainEqual({ code: 'FONT_REPLACED', params });
    await studio.close();
  });

  it('that the file brings as shapes is left to them', async () => {
    const outline = { i: Array(4).fill([0, 0]), o: Array(4).fill([0, 0]), c: true };
    const box = {
      ...outline,
      v: [
        [0, 0],
        [100, 0],
        [100, -70],
        [0, -70],
      ],
    };
    const shape = { ty: 'gr', it: [{ ty: 'sh', ks: { a: 0, k: box } }] };
    const chars = [{ ch: 'W', size: 50, style: 'Regular', w: 110, fFamily: 'Arial', data: { shapes: [shape] } }];
    const told: string[] = [];
    const drawn = await canvasOf(
      texted('W', { fFamily: 'Arial' }, { chars }),
      (...what) => void told.push(what.join()),
    );
    expect(told).toEqual([]);
    expect(pixelAt(drawn, 25, 50)).toEqual([255, 0, 0, 255]);
  });

  it('in more fonts than anybody uses takes no more memory', async () => {
    const many = Array.from({ length: 500 }, (_, index) => `F${index}`);
    const list = many.map((fName) => ({ fName, fFamily: fName, fStyle: 'Regular', ascent: 75 }));
    const told: string[] = [];
    const content = lottie(
      many.map((font) => written('字', font)),
      { fonts: { list } },
    );
    await canvasOf(content, (...what) => void told.push(what.join()));
    expect(told).toHaveLength(6);
  });
});

/** A draft that shows one sticker. */
const draftWith = (sticker: string) =>
  aDraft([{ type: 'sticker', segments: [aSegment(aMedia('sticker', sticker), { durationUs: second })] }], {
    width: 64,
    height: 36,
  });

describe('what is no Lottie animation that can be drawn', () => {
  it('is refused with what is wrong with it', () => {
    expect(refusal('{"v":')).toContain('MEDIA_UNREADABLE its JSON is damaged');
    expect(refusal('{}')).toContain('it is JSON, but no Lottie animation');
    expect(refusal(lottie([]))).toContain('the Lottie animation has no layer');
    expect(refusal(runner({ w: 0 }))).toContain('is 0x100');
    expect(refusal(runner({ h: 1e9 }))).toContain('is 100x1000000000');
    expect(refusal(runner({ fr: 0 }))).toContain('from frame 0 to 20 at 0 per second');
    expect(refusal(runner({ op: 0 }))).toContain('from frame 0 to 0');
    expect(refusal(runner({ op: 1e12 }))).toContain('from frame 0 to 1000000000000');
    expect(refusal(runner({ fr: '10' }))).toContain('no Lottie animation');
  });

  it('is refused when it unfolds to more layers than can be drawn, or into itself', () => {
    const use = (refId: string) => ({ ty: 0, refId, w: 10, h: 10, ks: {}, ip: 0, op: 20, st: 0 });
    const ten = (refId: string) => Array.from({ length: 10 }, () => use(refId));
    const assets = Array.from({ length: 12 }, (_, index) => ({ id: `${index}`, layers: ten(`${index + 1}`) }));
    expect(refusal(lottie(ten('0'), { assets }))).toContain('draws more than 200000 shapes');
    const loop = [{ id: 'self', layers: [use('self')] }];
    expect(refusal(lottie([use('self')], { assets: loop }))).toContain('draws more than 200000 shapes');
    const deep = Array.from({ length: 5_000 }, (_, index) => ({ id: `${index}`, layers: [use(`${index + 1}`)] }));
    expect(refusal(lottie([use('0')], { assets: deep }))).toContain('draws more than 200000 shapes');
    expect(
      refusal(lottie([use('0')], { assets: [{ id: '0', layers: [square(9, [1, 0, 0], { a: 0, k: [5, 5, 0] })] }] })),
    ).toBe('none');
  });

  it('is refused when its repeaters repeat each other', () => {
    const dot = { ty: 'rc', s: { a: 0, k: [1, 1] }, p: { a: 0, k: [0, 0] }, r: { a: 0, k: 0 } };
    const repeated = (depth: number, copies: number): Json => ({
      ty: 'gr',
      it: [depth === 0 ? dot : repeated(depth - 1, copies), { ty: 'rp', c: { a: 0, k: copies }, o: { a: 0, k: 0 } }],
    });
    const layer = (shapes: Json[]) => ({ ty: 4, ks: {}, shapes, ip: 0, op: 20, st: 0 });
    expect(refusal(lottie([layer([repeated(1, 10)])]))).toBe('none');
    expect(refusal(lottie([layer([repeated(3, 400)])]))).toContain('draws more than 200000 shapes');
  });

  it('is refused without harm when it is nested without end', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(refusal(JSON.stringify(runner()).replace('"assets":[]', `"assets":${deep}`))).toMatch(
      /^(?:none|MEDIA_UNREADABLE .+)$/,
    );
  });

  it('never does worse than that, whatever is in it', async () => {
    const whole = JSON.stringify(runner());
    const place = fc.nat(whole.length - 1);
    const edits = fc.array(fc.tuple(place, fc.constantFrom(...'{}[]",:0-9eE.ntf')), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(edits, async (changed) => {
        const text = [...whole];
        for (const [index, character] of changed) text[index] = character;
        const name = file(text.join(''));
        const found = refusal(name);
        expect(found).toMatch(/^(?:none|MEDIA_UNREADABLE .+)$/);
        if (found === 'none') await LottieSource.open(name, () => 0.5).pictureAt(300_000);
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});
