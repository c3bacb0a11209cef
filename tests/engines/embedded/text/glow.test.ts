import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import type { ClipAnimation, TextGlow } from '../../../../main/drafts/model.ts';
import {
  createFontBook,
  createTextPainter,
  type PaintOptions,
  type TextPicture,
} from '../../../../main/engines/embedded/text/index.ts';
import { similarity } from '../../../support/similarity.ts';
import { green, makeText, rgba } from './fixtures.ts';
import { inkAround, type Pixel, pixelsOf } from './ink.ts';

const canvas = { width: 960, height: 540 };
const em = (10 * 540) / 128;
const painter = createTextPainter({ canvas, fonts: createFontBook({ folder: '' }) });
const light: TextGlow = {
  name: '',
  resourceId: '',
  color: green,
  strength: 0.8,
  range: 0.5,
  directionX: 0,
  directionY: 0,
};
const paint = (glow: Partial<TextGlow> | null, options: Partial<PaintOptions> = {}, words = '国') =>
  painter.paint(makeText(words, { glow: glow === null ? null : { ...light, ...glow } }, { color: rgba(1, 0, 0) }), {
    rasterScale: 1,
    timeUs: 0,
    durationUs: 1_000_000,
    animations: [],
    ...options,
  });

const isLight = ([r, g, , a]: Pixel) => a > 8 && g > 2 * r;
const isLetter = ([r, g, b, a]: Pixel) => a > 250 && r > 250 && g < 5 && b < 5;
const lightOf = (picture: TextPicture) => inkAround(picture, isLight);

/** The strongest light, 0..1. */
function peak(picture: TextPicture): number {
  const data = pixelsOf(picture.canvas);
  let most = 0;
  for (let at = 0; at < data.length; at += 4)
    if ((data[at] ?? 0) < 5 && (data[at + 1] ?? 0) > 200) most = Math.max(most, (data[at + 3] ?? 0) / 255);
  return most;
}

describe('the light around letters', () => {
  it('lies around them, below their fill', () => {
    const [plain, glowing] = [inkAround(paint(null), isLetter), inkAround(paint({}), isLetter)];
    expect(glowing).toEqual({
      ...plain,
      left: expect.closeTo(plain.left),
      right: expect.closeTo(plain.right),
      top: expect.closeTo(plain.top),
      bottom: expect.closeTo(plain.bottom),
    });
    expect(lightOf(paint({})).pixels).toBeGreaterThan(plain.pixels);
  });

  it('reaches as far as its range says, in ems, and fades out within the picture', () => {
    const letters = inkAround(paint(null), isLetter);
    for (const range of [0.25, 0.5, 1]) {
      const ink = lightOf(paint({ range }));
      for (const beyond of [letters.left - ink.left, ink.right - letters.right, letters.top - ink.top])
        expect(beyond / (range * em)).toBeGreaterThan(0.5);
      for (const beyond of [letters.left - ink.left, ink.right - letters.right, letters.top - ink.top])
        expect(beyond / (range * em)).toBeLessThan(1.2);
    }
    const { canvas: whole } = paint({ range: 1 });
    const edge = pixelsOf(whole)
      .subarray(0, whole.width * 4)
      .filter((_, at) => at % 4 === 3);
    expect(Math.max(...edge)).toBeLessThanOrEqual(2);
  });

  it.each([0.2, 0.5, 1])('of range %f is equally strong on all sides', (range) => {
    const centre = (picture: TextPicture) => {
      const { width, height } = picture.canvas;
      const data = pixelsOf(picture.canvas);
      const sum = { x: 0, y: 0, all: 0 };
      for (let y = 0; y < height; y += 1)
        for (let x = 0; x < width; x += 1) {
          const alpha = data[(y * width + x) * 4 + 3] ?? 0;
          sum.x += alpha * x;
          sum.y += alpha * y;
          sum.all += alpha;
        }
      return [sum.x / sum.all - picture.originX, sum.y / sum.all - picture.originY] as const;
    };
    const [letter, glowing] = [centre(paint(null, {}, '●')), centre(paint({ range }, {}, '●'))];
    expect(Math.abs(glowing[0] - letter[0])).toBeLessThan(1);
    expect(Math.abs(glowing[1] - letter[1])).toBeLessThan(1);
  });

  it('is as opaque as it is strong', () => {
    expect(peak(paint({ strength: 1 }))).toBeGreaterThan(0.85);
    expect(peak(paint({ strength: 0.4 }))).toBeLessThanOrEqual(0.41);
    expect(peak(paint({ strength: 0.4 }))).toBeGreaterThan(0.33);
  });

  it('leans right and up with its direction', () => {
    const [middle, leaning] = [lightOf(paint({})), lightOf(paint({ directionX: 1, directionY: 1 }))];
    expect(leaning.right - middle.right).toBeGreaterThan(0.3 * em);
    expect(leaning.top - middle.top).toBeLessThan(-0.3 * em);
  });

  it('does not move the letters, and is equally far at every raster scale', () => {
    const letters = inkAround(paint(null), isLetter);
    const doubled = paint({}, { rasterScale: 2 });
    const ink = inkAround({ ...doubled, originX: doubled.originX * 2, originY: doubled.originY * 2 }, isLight);
    expect(Math.abs(ink.left / 2 - lightOf(paint({})).left)).toBeLessThan(2);
    expect(Math.abs(inkAround(paint({ directionX: 1 }), isLetter).left - letters.left)).toBeLessThan(0.01);
  });

  it('goes along with letters that move, and looks at rest as it does without motion', () => {
    const animations: ClipAnimation[] = [
      { kind: 'in', name: '向上滑动', id: '', resourceId: '', startUs: 0, durationUs: 500_000 },
    ];
    const words = '移动的字';
    const [early, late] = [100_000, 499_000].map((timeUs) => paint({}, { animations, timeUs }, words));
    const still = paint({}, {}, words);
    if (early === undefined || late === undefined) throw new Error('two pictures');
    expect(lightOf(early).bottom).toBeGreaterThan(lightOf(late).bottom);
    const onFrame = ({ canvas: text, originX, originY }: TextPicture) => {
      const frame = createCanvas(400, 200);
      frame.getContext('2d').drawImage(text, Math.round(200 - originX), Math.round(100 - originY));
      return frame;
    };
    expect(similarity(onFrame(late), onFrame(still))).toBeGreaterThan(0.97);
  });

  it('of absurd measures is drawn and never throws', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1, 1e9])
      expect(() =>
        paint({ strength: value, range: value, directionX: value, directionY: value, color: rgba(value, 0, 0, value) }),
      ).not.toThrow();
  });
});
