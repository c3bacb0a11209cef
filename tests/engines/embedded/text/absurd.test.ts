import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextMaterial } from '../../../../main/drafts/model.ts';
import { createFontBook, createTextPainter } from '../../../../main/engines/embedded/text/index.ts';
import { black, makeText, rangedStyles, red } from './fixtures.ts';
import { inkOf } from './ink.ts';

const canvas = { width: 640, height: 360 };
const painter = createTextPainter({ canvas, fonts: createFontBook({ folder: '' }), cacheBytes: 8 << 20 });
const still = { rasterScale: 1, timeUs: 300_000, durationUs: 3_000_000, animations: [] };
const popping = { kind: 'in', name: '弹入', id: '', resourceId: '', startUs: 0, durationUs: 1_000_000 } as const;

const MAX_PIXELS = 12_100_000;
const million = 1_000_000;

const texts: readonly (readonly [string, () => TextMaterial])[] = [
  ['a million characters in one line', () => makeText('字'.repeat(million))],
  ['a million characters, wrapped', () => makeText('字'.repeat(million), { wrapWidth: 0.8 })],
  ['a million characters in one word, wrapped', () => makeText('w'.repeat(million), { wrapWidth: 0.8 })],
  ['a million marks, wrapped', () => makeText('，'.repeat(million), { wrapWidth: 0.8 })],
  ['a million empty lines', () => makeText('\n'.repeat(million))],
  ['a million characters of changing direction', () => makeText('ب(a)'.repeat(million / 4), { wrapWidth: 0.8 })],
  ['a million combining marks on one letter', () => makeText(`a${'\u0301'.repeat(million)}`)],
  ['a million joined emoji', () => makeText('👨\u200d'.repeat(million / 3))],
  ['a million vertical characters', () => makeText('字a'.repeat(million / 2), { vertical: true, wrapWidth: 0.8 })],
  ['unpaired surrogates', () => makeText('\ud800\udc00\udc00a\ud800')],
  ['control characters', () => makeText('\u0000\u0007\u001b\u007f\ufeff\u202e\u2066a')],
  ['nothing', () => makeText('')],
  ['no styles', () => makeText('abc', { styles: [] })],
  ['size 0', () => makeText('abc', {}, { size: 0 })],
  ['size -1', () => makeText('abc', {}, { size: -1 })],
  ['size 1e9', () => makeText('abc字', {}, { size: 1e9 })],
  ['size 1e-9', () => makeText('abc字', {}, { size: 1e-9 })],
  ['size NaN', () => makeText('abc', {}, { size: Number.NaN })],
  ['spacings of 1e9', () => makeText('abc\ndef', { letterSpacingEm: 1e9, lineSpacingEm: -1e9 })],
  ['spacings of -1e9', () => makeText('abc\ndef', { letterSpacingEm: -1e9, lineSpacingEm: 1e9 })],
  ['a wrap width of 0', () => makeText('abc def 字', { wrapWidth: 0 })],
  ['a wrap width of -1', () => makeText('字'.repeat(2000), { wrapWidth: -1 })],
  ['a wrap width of NaN', () => makeText('abc def', { wrapWidth: Number.NaN })],
  [
    'thousands of styles, strokes and shadows',
    () =>
      makeText('x'.repeat(4000), {
        styles: rangedStyles(
          Array.from({ length: 4000 }, (_, i) => [
            i + 1,
            {
              size: 1 + (i % 20),
              strokes: [{ widthEm: 0.1, color: black }],
              shadows: [{ color: red, distanceEm: i / 1000, angle: i, blurEm: i / 5000 }],
            },
          ]),
        ),
      }),
  ],
  [
    'a thousand enormous strokes and shadows on one letter',
    () =>
      makeText(
        'a',
        {},
        {
          strokes: Array.from({ length: 1000 }, (_, i) => ({ widthEm: i * 1e5, color: red })),
          shadows: Array.from({ length: 1000 }, () => ({ color: red, distanceEm: 1e9, angle: 1e300, blurEm: 1e9 })),
        },
      ),
  ],
  [
    'an enormous background',
    () =>
      makeText('a', {
        background: {
          color: red,
          perLine: true,
          radius: 1e9,
          width: 1e9,
          height: Number.NaN,
          offsetX: 1e9,
          offsetY: -1e9,
        },
      }),
  ],
];

describe('absurd texts', () => {
  it.each(texts)('%s: a picture of bounded size in bounded time', (_, make) => {
    const text = make();
    const start = performance.now();
    for (const animations of [[], [popping]]) {
      const picture = painter.paint(text, { ...still, animations });
      expect(picture.canvas.width * picture.canvas.height).toBeLessThanOrEqual(MAX_PIXELS);
      expect(Number.isFinite(picture.width + picture.height + picture.originX + picture.originY)).toBe(true);
      picture.canvas.getContext('2d').getImageData(0, 0, 1, 1);
    }
    // Usually well under one; loaded machines are slow.
    expect(performance.now() - start).toBeLessThan(15_000);
  });

  it.each([0, -1, Number.NaN, 1e-9, 1e9, Number.POSITIVE_INFINITY])('a raster scale of %s', (rasterScale) => {
    const picture = painter.paint(makeText('字'), { ...still, rasterScale });
    expect(picture.canvas.width * picture.canvas.height).toBeLessThanOrEqual(MAX_PIXELS);
    expect(picture.width).toBeGreaterThan(10);
  });

  it('tells that an overlong text was cut', () => {
    expect(painter.warnings()).toContainEqual({
      kind: 'text_truncated',
      name: '字'.repeat(20),
      count: expect.any(Number),
    });
  });
});

const anyNumber = fc.oneof(fc.double(), fc.integer({ min: -10, max: 100 }), fc.constant(Number.NaN));
const anyText = fc.record({
  text: fc.string({
    unit: fc.oneof(
      fc.constantFrom('字', '，', 'a', ' ', '\n', '😀', '\u0301', '\ud800', '\udc00', 'ش', '(', '👨‍👩‍👧', '\u202e'),
      fc.string({ unit: 'binary', maxLength: 2 }),
    ),
    maxLength: 40,
  }),
  sizes: fc.array(anyNumber, { maxLength: 4 }),
  bold: fc.boolean(),
  italic: fc.boolean(),
  underline: fc.boolean(),
  vertical: fc.boolean(),
  wrapWidth: fc.option(anyNumber),
  letterSpacingEm: anyNumber,
  lineSpacingEm: anyNumber,
  alpha: anyNumber,
  stroke: anyNumber,
});

describe('any text', () => {
  it('with any ranges and numbers never throws', () => {
    fc.assert(
      fc.property(anyText, ({ text, sizes, bold, italic, underline, stroke, ...rest }) => {
        const strokes = [{ widthEm: stroke, color: { r: stroke, g: 0, b: 1, a: 1 } }];
        const styles = rangedStyles(
          [...sizes, 8].map((size, i) => [i * 3 + 1, { size, bold, italic, underline, strokes }]),
        );
        const picture = painter.paint(makeText(text, { ...rest, styles }), { ...still, animations: [popping] });
        expect(picture.canvas.width * picture.canvas.height).toBeLessThanOrEqual(MAX_PIXELS);
      }),
      { seed: 11, numRuns: 100 },
    );
  });

  it('with something to see has ink', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('字', 'a', 'g', '😀', 'ش', '，', ' ', '\n'), minLength: 1, maxLength: 20 }),
        (text) => {
          const ink = inkOf(painter.paint(makeText(text, { wrapWidth: 0.8 }), still).canvas);
          expect(ink === null).toBe(text.trim() === '');
        },
      ),
      { seed: 12, numRuns: 60 },
    );
  });
});
