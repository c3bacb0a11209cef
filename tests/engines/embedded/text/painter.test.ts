import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import type { TextMaterial } from '../../../../main/drafts/model.ts';
import { createFontBook, createTextPainter, type PaintOptions } from '../../../../main/engines/embedded/text/index.ts';
import { layOutText } from '../../../../main/engines/embedded/text/layout.ts';
import { createMeasurer } from '../../../../main/engines/embedded/text/measure.ts';
import { black, blue, green, makeStyle, makeText, rangedStyles, red, rgba, white } from './fixtures.ts';
import { inkAround, inkOf, inkRows, type Pixel, pixelsOf } from './ink.ts';

const canvas = { width: 1920, height: 1080 };
const fonts = createFontBook({ folder: '' });
const painter = createTextPainter({ canvas, fonts });
const still: PaintOptions = { rasterScale: 1, timeUs: 0, durationUs: 1_000_000, animations: [] };
const paint = (text: TextMaterial, options: Partial<PaintOptions> = {}) =>
  painter.paint(text, { ...still, ...options });

const isRed = ([r, g, b, a]: Pixel) => a > 200 && r > 200 && g < 60 && b < 60;
const isGreen = ([r, g, b, a]: Pixel) => a > 200 && g > 200 && r < 60 && b < 60;
const isBlue = ([r, g, b, a]: Pixel) => a > 200 && b > 200 && r < 60 && g < 60;
const isBlack = ([r, g, b, a]: Pixel) => a > 200 && r < 60 && g < 60 && b < 60;
const isWhite = ([r, g, b, a]: Pixel) => a > 200 && r > 200 && g > 200 && b > 200;

describe('place and size', () => {
  it('centres the block of line boxes on the origin', () => {
    const ink = inkAround(paint(makeText('国国国')));
    expect(Math.abs(ink.left + ink.right)).toBeLessThanOrEqual(2);
    // The base line of Noto Sans SC lies (1.16 - 0.288) / 2 em below the middle of its line box.
    const plain = createCanvas(200, 200);
    const context = plain.getContext('2d');
    context.font = `84.375px "${fonts.face(makeStyle(), '国').family}"`;
    context.fillText('国', 50, 100);
    const glyph = inkOf(plain);
    expect(Math.abs(ink.top - (0.436 * 84.375 + (glyph?.top ?? 0) - 100))).toBeLessThanOrEqual(1);
  });

  it('makes a full-width character as wide as the em', () => {
    const one = inkAround(paint(makeText('国')));
    const five = inkAround(paint(makeText('国国国国国')));
    expect(five.right - five.left - (one.right - one.left)).toBeCloseTo(4 * 84.375, -0.5);
  });

  it('moves the ink by half a trailing space', () => {
    const with_ = inkAround(paint(makeText('国 ')));
    const without = inkAround(paint(makeText('国')));
    const space = 0.224 * 84.375;
    expect(Math.abs(without.left - with_.left - space / 2)).toBeLessThanOrEqual(1);
  });

  it('has room for ink far beyond the letters that it belongs to', () => {
    const widthOf = (text: string) => {
      const { left, right } = inkAround(paint(makeText(text)));
      return right - left;
    };
    expect(Math.abs(widthOf('j\u030c') - widthOf('j\u030c     '))).toBeLessThanOrEqual(1);
  });

  it('has as many lines as the text', () => {
    expect(inkRows(paint(makeText('国国\n国国\n国国')).canvas)).toBe(3);
    expect(inkRows(paint(makeText('国'.repeat(50), { wrapWidth: 0.82 })).canvas)).toBe(3);
  });

  it('scales pixels, not the footprint', () => {
    const full = paint(makeText('国国'));
    const half = paint(makeText('国国'), { rasterScale: 0.5 });
    expect(half.canvas.width).toBeLessThan(full.canvas.width * 0.52);
    expect(Math.abs(half.width - full.width)).toBeLessThanOrEqual(4);
    const [a, b] = [inkAround(full), inkOf(half.canvas)];
    expect(Math.abs((b?.right ?? 0) - (b?.left ?? 0) - (a.right - a.left) / 2)).toBeLessThanOrEqual(1);
  });

  it('keeps the origin on whole raster pixels, so that placed text stays crisp', () => {
    for (const rasterScale of [1, 0.5, 2 / 3, 1.37]) {
      const picture = paint(makeText('国字abc', {}, { size: 7.3 }), { rasterScale });
      for (const origin of [picture.originX, picture.originY])
        expect(Math.abs(origin * rasterScale - Math.round(origin * rasterScale))).toBeLessThan(1e-6);
    }
  });
});

describe('no boxes instead of characters', () => {
  const shape = (text: string) => {
    const picture = paint(makeText(text, {}, { size: 12 }));
    const ink = inkOf(picture.canvas);
    return ink === null ? 'none' : Buffer.from(pixelsOf(picture.canvas)).toString('base64');
  };

  it.each([
    ['Chinese', '国', '语'],
    ['kana', 'あ', 'カ'],
    ['Latin', 'a', 'ß'],
    ['Vietnamese', 'ế', 'ọ'],
    ['Cyrillic', 'Ж', 'я'],
    ['Arabic', 'ش', 'م'],
    ['emoji', '😀', '🎉'],
  ])('%s', (_, one, other) => {
    // A missing character is the same box, whichever it is.
    expect(shape(one)).not.toBe(shape(other));
    expect(shape(one)).not.toBe('none');
  });

  it('sets an English apostrophe close', () => {
    const width = (text: string) => {
      const ink = inkAround(paint(makeText(text)));
      return ink.right - ink.left;
    };
    expect(width('it’s')).toBeLessThan(width('its') + 0.4 * 84.375);
    expect(width('他“好”他')).toBeGreaterThan(width('他好他') + 1.8 * 84.375);
  });

  it('joins Arabic letters', () => {
    const width = (text: string) => {
      const ink = inkAround(paint(makeText(text)));
      return ink.right - ink.left;
    };
    expect(width('سلام')).toBeLessThan(0.95 * [...'سلام'].reduce((sum, letter) => sum + width(letter), 0));
  });

  it('draws emoji in colour, families as one picture', () => {
    const colours = inkAround(
      paint(makeText('😀', {}, { color: blue })),
      ([r, g, b, a]) => a > 200 && r > 200 && g > 150 && b < 120,
    );
    expect(colours.pixels).toBeGreaterThan(500);
    expect(Math.abs(paint(makeText('👨‍👩‍👧')).width - paint(makeText('😀')).width)).toBeLessThan(5);
  });
});

describe('style', () => {
  it('fills with the colour', () => {
    const picture = paint(makeText('国', {}, { color: red }));
    expect(inkAround(picture, isRed).pixels).toBeGreaterThan(800);
    expect(inkOf(picture.canvas, isWhite)).toBeNull();
  });

  it('colours ranges apart, in UTF-16 units', () => {
    const styles = rangedStyles([
      [3, { color: red }],
      [5, { color: green }],
    ]);
    const picture = paint(makeText('😀国语国', { styles }));
    const [a, b] = [inkAround(picture, isRed), inkAround(picture, isGreen)];
    expect(a.right).toBeLessThan(b.left);
  });

  it('fills with a gradient from top to bottom', () => {
    const gradient = [
      { offset: 0, color: red },
      { offset: 1, color: blue },
    ];
    const picture = paint(makeText('国\n国\n国', {}, { gradient }));
    const reddish = inkAround(picture, ([r, , b, a]) => a > 200 && r > b + 100);
    const bluish = inkAround(picture, ([r, , b, a]) => a > 200 && b > r + 100);
    expect(reddish.bottom).toBeLessThan(bluish.top);
    const sideways = paint(makeText('国国国', {}, { gradient, gradientAngle: 0 }));
    expect(inkAround(sideways, isRed).right).toBeLessThan(inkAround(sideways, isBlue).left);
  });

  it('draws a stroke around the letters, half of its width outside', () => {
    const plain = inkAround(paint(makeText('国')));
    const stroked = paint(makeText('国', {}, { strokes: [{ widthEm: 0.2, color: red }] }));
    const outside = inkAround(stroked);
    expect(plain.left - outside.left).toBeCloseTo(0.1 * 84.375, -0.5);
    expect(outside.bottom - plain.bottom).toBeCloseTo(0.1 * 84.375, -0.5);
    // The fill is whole: the stroke lies below it.
    expect(inkAround(stroked, isWhite).left).toBeCloseTo(plain.left, -0.5);
  });

  it('draws several strokes, the widest outermost, whatever their order', () => {
    for (const strokes of [
      [
        { widthEm: 0.1, color: black },
        { widthEm: 0.3, color: red },
      ],
      [
        { widthEm: 0.3, color: red },
        { widthEm: 0.1, color: black },
      ],
    ]) {
      const picture = paint(makeText('国', {}, { strokes }));
      const [outer, inner, fill] = [isRed, isBlack, isWhite].map((wanted) => inkAround(picture, wanted));
      expect(outer?.left).toBeLessThan((inner?.left ?? 0) - 4);
      expect(inner?.left).toBeLessThan((fill?.left ?? 0) - 2);
    }
  });

  it('casts a shadow in the direction of its angle', () => {
    const at = (angle: number) => {
      const picture = paint(makeText('国', {}, { shadows: [{ color: red, distanceEm: 0.3, angle, blurEm: 0 }] }));
      const [shadow, fill] = [inkAround(picture, isRed), inkAround(picture, isWhite)];
      return [
        Math.sign(Math.round((shadow.right - fill.right) / 5)),
        Math.sign(Math.round((shadow.bottom - fill.bottom) / 5)),
      ];
    };
    // Jianying's default, -45 degrees, falls to the lower right.
    expect(at(-45)).toEqual([1, 1]);
    expect(at(0)[0]).toBe(1);
    expect(at(-90)[1]).toBe(1);
  });

  it('blurs a shadow', () => {
    const soft = (blurEm: number) =>
      inkAround(
        paint(makeText('国', {}, { shadows: [{ color: red, distanceEm: 0, angle: 0, blurEm }] })),
        ([r, g, , a]) => a > 5 && a < 120 && r > 100 && g < r,
      ).pixels;
    expect(soft(0.1)).toBeGreaterThan(soft(0.02) * 2);
  });

  it('makes bold heavier, italic slanted, underlined longer', () => {
    const pixels = (style: Parameters<typeof makeStyle>[0]) => inkAround(paint(makeText('国语', {}, style))).pixels;
    expect(pixels({ bold: true })).toBeGreaterThan(pixels({}) * 1.2);
    const upright = inkAround(paint(makeText('l', {}, {})));
    const slanted = inkAround(paint(makeText('l', {}, { italic: true })));
    expect(slanted.right - slanted.left).toBeGreaterThan(upright.right - upright.left + 8);
    expect(inkRows(paint(makeText('国', {}, { underline: true })).canvas)).toBe(2);
  });

  it('breaks joined letters up for the letter spacing, in measuring as in drawing', () => {
    const widthOf = (text: string, letterSpacingEm: number) =>
      layOutText(makeText(text, { letterSpacingEm }), canvas, createMeasurer(fonts)).width;
    const apart = 2 * widthOf('f', 0) + widthOf('i', 0);
    expect(widthOf('ffi', 0)).toBeLessThan(apart - 0.3);
    expect(widthOf('ffi', 0.1)).toBeCloseTo(apart + 2 * 0.1 * 84.375, 1);
    expect(widthOf('سلام', 1)).toBe(widthOf('سلام', 0));
  });

  it('draws letters apart by the letter spacing', () => {
    const wide = inkAround(paint(makeText('国国', { letterSpacingEm: 1 })));
    const normal = inkAround(paint(makeText('国国')));
    expect(wide.right - wide.left - (normal.right - normal.left)).toBeCloseTo(84.375, -0.5);
    expect(Math.abs(wide.left + wide.right)).toBeLessThanOrEqual(2);
  });

  it('makes the whole text see-through, strokes not showing through the fill', () => {
    const picture = paint(makeText('国', { alpha: 0.5 }, { strokes: [{ widthEm: 0.2, color: black }] }));
    const half = inkAround(picture, ([r, , , a]) => Math.abs(a - 128) < 3 && r > 240);
    expect(half.pixels).toBeGreaterThan(500);
    expect(inkOf(picture.canvas, ([, , , a]) => a > 135)).toBeNull();
  });
});

describe('background', () => {
  const background = {
    color: rgba(1, 0, 0, 1),
    perLine: false,
    radius: 0,
    width: 0,
    height: 0,
    offsetX: 0,
    offsetY: 0,
  };

  it('covers the line boxes and grows by its sizes', () => {
    const tight = inkAround(paint(makeText('国国', { background, lineSpacingEm: 0 })), isRed);
    expect(tight.right - tight.left).toBeCloseTo(2 * 84.375, -0.5);
    expect(tight.bottom - tight.top).toBeCloseTo(1.448 * 84.375, -0.5);
    const grown = inkAround(
      paint(makeText('国国', { background: { ...background, width: 0.5, height: 0.25 } })),
      isRed,
    );
    expect(grown.right - grown.left - (tight.right - tight.left)).toBeCloseTo(84.375, -0.5);
  });

  it('has round corners', () => {
    const area = (radius: number) =>
      inkAround(paint(makeText('国国', { background: { ...background, radius } }))).pixels;
    expect(area(1)).toBeLessThan(area(0) - 500);
  });

  it('of every line is as wide as the line, and no darker where two of them meet', () => {
    const half = { ...background, color: rgba(1, 0, 0, 0.5), perLine: true, height: 0.25 };
    const {
      canvas: sheet,
      originX,
      originY,
    } = paint(makeText('国国国国\n国\n\n国', { background: half, lineSpacingEm: 0 }, { color: rgba(0, 0, 0, 0) }));
    const line = 1.448 * 84.375;
    const alphaAt = (x: number, y: number) =>
      pixelsOf(sheet)[(Math.round(originY + y) * sheet.width + Math.round(originX + x)) * 4 + 3];
    expect([alphaAt(0, -1.5 * line), alphaAt(130, -1.5 * line), alphaAt(0, -line)]).toEqual([128, 128, 128]);
    expect([alphaAt(0, -0.5 * line), alphaAt(60, -0.5 * line)]).toEqual([128, 0]);
    expect([alphaAt(0, 0.5 * line), alphaAt(0, 1.5 * line)]).toEqual([0, 128]);
  });

  it('is not there without anything to lie behind', () => {
    expect(inkOf(paint(makeText('', { background: { ...background, width: 1, height: 1 } })).canvas)).toBeNull();
  });

  it('moves by its offsets, y upwards', () => {
    const rest = inkAround(paint(makeText('国国', { background })), isRed);
    const moved = inkAround(
      paint(makeText('国国', { background: { ...background, offsetX: 0.5, offsetY: 0.5 } })),
      isRed,
    );
    expect(moved.left).toBeGreaterThan(rest.left + 50);
    expect(moved.top).toBeLessThan(rest.top - 30);
  });
});

describe('vertical text', () => {
  it('stands in columns from right to left', () => {
    const styles = rangedStyles([
      [3, { color: red }],
      [5, { color: blue }],
    ]);
    const picture = paint(makeText('国语\n国语', { vertical: true, styles }));
    const [first, second] = [inkAround(picture, isRed), inkAround(picture, isBlue)];
    expect(first.left).toBeGreaterThan(second.right);
    expect(first.bottom - first.top).toBeGreaterThan(1.5 * (first.right - first.left));
    expect(Math.abs(first.right + second.left)).toBeLessThanOrEqual(3);
  });

  it('puts commas into the upper right corner of their place', () => {
    const styles = rangedStyles([
      [1, { color: red }],
      [2, { color: blue }],
    ]);
    const picture = paint(makeText('国，', { vertical: true, styles }));
    const [character, comma] = [inkAround(picture, isRed), inkAround(picture, isBlue)];
    expect(comma.left).toBeGreaterThan((character.left + character.right) / 2);
    expect(comma.top - character.bottom).toBeLessThan(0.3 * 84.375);
  });
});

describe('reuse', () => {
  it('gives the same picture for equal texts, whatever their id', () => {
    const one = paint(makeText('重用', { id: 'a' }));
    expect(paint(makeText('重用', { id: 'b' }), { timeUs: 700_000 })).toBe(one);
    expect(paint(makeText('重用', { id: 'a' }, { color: red }))).not.toBe(one);
    expect(paint(makeText('重用'), { rasterScale: 2 }).cacheKey).not.toBe(one.cacheKey);
  });

  it('forgets pictures beyond its bytes', () => {
    const small = createTextPainter({ canvas, fonts, cacheBytes: 600_000 });
    const first = small.paint(makeText('甲'), still);
    for (const text of ['乙', '丙', '丁', '戊', '己']) small.paint(makeText(text), still);
    const again = small.paint(makeText('甲'), still);
    expect(again).not.toBe(first);
    expect(again.cacheKey).toBe(first.cacheKey);
  });

  it('gives memory back when a frame is done, and not before', () => {
    const small = createTextPainter({ canvas, fonts, cacheBytes: 1_200_000 });
    const evicted = small.paint(makeText('甲'), still);
    const texts = ['乙', '丙', '丁', '戊', '己', '庚'].map((text) => makeText(text));
    const later = texts.map((text) => small.paint(text, still));
    // Still on its way to this frame: whole.
    expect(inkAround(evicted).pixels).toBeGreaterThan(500);
    const last = later.at(-1);
    small.frameDone();
    expect(evicted.canvas.width).toBe(1);
    expect(last?.canvas.width).toBeGreaterThan(100);
    // What was drawn with it stays, and it can be had anew.
    expect(inkAround(small.paint(makeText('甲'), still)).pixels).toBeGreaterThan(500);
  });

  it('draws animated texts that do not fit into the cache', () => {
    const none = createTextPainter({ canvas, fonts, cacheBytes: 1000 });
    const animations = [
      { kind: 'in', name: '弹入', id: '', resourceId: '', startUs: 0, durationUs: 1_000_000 },
    ] as const;
    for (const timeUs of [600_000, 700_000]) {
      const picture = none.paint(makeText('缓存', {}, { strokes: [{ widthEm: 0.1, color: black }] }), {
        ...still,
        timeUs,
        animations,
      });
      expect(inkAround(picture).pixels).toBeGreaterThan(500);
      none.frameDone();
    }
  });

  it('draws the same pixels every time', () => {
    const text = makeText(
      '确定性 Determinism 😀 سلام',
      {
        background: {
          color: rgba(0, 0, 0, 0.5),
          perLine: false,
          radius: 0.4,
          width: 0.14,
          height: 0.14,
          offsetX: 0,
          offsetY: 0,
        },
      },
      {
        strokes: [{ widthEm: 0.08, color: black }],
        shadows: [{ color: black, distanceEm: 0.05, angle: -45, blurEm: 0.1 }],
      },
    );
    const [a, b] = [1, 2].map(() =>
      createTextPainter({ canvas, fonts: createFontBook({ folder: '' }) }).paint(text, still),
    );
    expect(a && b && Buffer.compare(Buffer.from(pixelsOf(a.canvas)), Buffer.from(pixelsOf(b.canvas)))).toBe(0);
  });
});

describe('warnings', () => {
  it('tell fonts, flower text, bubbles, missing scripts and animations, each with the number of texts', () => {
    const own = createTextPainter({ canvas, fonts: createFontBook({ folder: '' }) });
    const font = { path: '', name: '抖音美好体', id: '' };
    const effect = { id: '', value: 1, path: '', applyTarget: 0, params: [], resourceId: '' };
    own.paint(makeText('甲', {}, { font }), still);
    own.paint(makeText('乙', {}, { font, effectId: '7123' }), still);
    own.paint(makeText('\u{10fffe}'), {
      ...still,
      effects: [
        { ...effect, type: 'text_shape', name: '气泡一' },
        { ...effect, type: 'text_effect', name: '花字一' },
      ],
      animations: [{ kind: 'in', name: '日出', id: '', resourceId: '', startUs: 0, durationUs: 500_000 }],
    });
    expect(own.warnings()).toEqual([
      { kind: 'font_replaced', name: '抖音美好体', count: 2 },
      { kind: 'flower_text', name: '7123', count: 1 },
      { kind: 'animation_approximated', name: '日出', count: 1 },
      { kind: 'flower_text', name: '花字一', count: 1 },
      { kind: 'bubble', name: '气泡一', count: 1 },
      { kind: 'glyph_missing', name: 'other', count: 1 },
    ]);
  });

  it('take two spellings of a font for one, counted once in a text', () => {
    const own = createTextPainter({ canvas, fonts: createFontBook({ folder: '', installedFolders: [] }) });
    const font = (name: string) => ({ font: { path: '', name, id: '' } });
    own.paint(
      makeText('甲乙', {
        styles: rangedStyles([
          [1, font('Ariel')],
          [2, font('ariel')],
        ]),
      }),
      still,
    );
    own.paint(makeText('丙', {}, font('ARIEL')), still);
    expect(own.warnings()).toEqual([{ kind: 'font_replaced', name: 'Ariel', count: 2 }]);
  });

  it('are none for a plain text', () => {
    const own = createTextPainter({ canvas, fonts: createFontBook({ folder: '' }) });
    own.paint(makeText('中文 and English 😀'), still);
    expect(own.warnings()).toEqual([]);
  });
});

it('leaves a canvas that is drawn with it as it should look', () => {
  const picture = paint(makeText('国', {}, { color: white }));
  const frame = createCanvas(200, 200);
  frame
    .getContext('2d')
    .drawImage(picture.canvas, Math.round(100 - picture.originX), Math.round(100 - picture.originY));
  const ink = inkOf(frame, isWhite);
  expect(Math.abs((ink?.left ?? 0) + (ink?.right ?? 0) - 200)).toBeLessThanOrEqual(2);
});
