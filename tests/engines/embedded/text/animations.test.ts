import { createCanvas } from '@napi-rs/canvas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClipAnimation, TextMaterial } from '../../../../main/drafts/model.ts';
import {
  createFontBook,
  createTextPainter,
  type TextPicture,
  textAnimationFidelity,
} from '../../../../main/engines/embedded/text/index.ts';
import { highlightOf } from '../../../../main/engines/embedded/text/motion/captions.ts';
import { motionAt, type TimedUnit } from '../../../../main/engines/embedded/text/motion/schedule.ts';
import { atRest } from '../../../../main/engines/embedded/text/motion/state.ts';
import { black, makeText } from './fixtures.ts';
import { crop, inkAround, inkOf, type Pixel, pixelsOf } from './ink.ts';

const second = 1_000_000;
const animation = (kind: ClipAnimation['kind'], name: string, part: Partial<ClipAnimation> = {}): ClipAnimation => ({
  kind,
  name,
  id: '',
  resourceId: '',
  startUs: 0,
  durationUs: second,
  ...part,
});

const painter = createTextPainter({ canvas: { width: 960, height: 540 }, fonts: createFontBook({ folder: '' }) });
const text = makeText('国语动画', {}, { size: 10 });
/** A picture of a segment that lasts three seconds. */
const at = (timeUs: number, animations: readonly ClipAnimation[], of: TextMaterial = text) =>
  painter.paint(of, { rasterScale: 1, timeUs, durationUs: 3 * second, animations });
const ink = (timeUs: number, animations: readonly ClipAnimation[], of?: TextMaterial) =>
  inkAround(at(timeUs, animations, of));
const visible = (timeUs: number, animations: readonly ClipAnimation[]) =>
  inkOf(at(timeUs, animations).canvas)?.pixels ?? 0;

const namesIn = [
  ...[
    '渐显',
    '打字机 I',
    '打字机 II',
    '逐字显影',
    '向上滑动',
    '向下滑动',
    '向左滑动',
    '向右滑动',
    '放大',
    '缩小',
    '弹入',
    '弹簧',
  ],
  ...[
    '弹性伸缩',
    '旋入',
    '翻转',
    '逐字翻转',
    '空翻',
    '滚入',
    '日出',
    '模糊',
    '向右擦除',
    '开幕',
    '集合',
    '随机飞入',
    '溶解',
  ],
  ...[
    '故障打字机',
    '站起',
    '甩入',
    '居中打字',
    '星光闪闪',
    '顶出',
    '圆柱体滚动',
    '冰雪飘动',
    '辉光',
    '激光雕刻',
    '缩小 II',
  ],
  ...['Fade In', 'Zoom In', 'Typewriter', 'Ease In Right', 'Snow fluttering', 'something nobody knows'],
];
const namesOut = [
  '渐隐',
  'Fade Out',
  '向上溶解',
  '缩小',
  '弹出',
  '旋出',
  '滚出',
  '闭幕',
  '打字机 I',
  'Paint Slash-Out',
];
const namesLoop = [
  '波浪',
  '跳动',
  '闪烁',
  '摇摆',
  '钟摆',
  '心跳',
  '抖动',
  '颤抖',
  'Float',
  '旋转',
  '逐字放大',
  'Jiggle',
  'Wave',
  'Swing Dance',
];

describe('ways in', () => {
  it.each(namesIn)('%s ends as the text at rest', (name) => {
    const still = at(0, []);
    expect(at(second, [animation('in', name)])).toBe(still);
    expect(at(2 * second, [animation('in', name)])).toBe(still);
    expect(at(0.3 * second, [animation('in', name)])).not.toBe(still);
  });

  it.each(namesIn.filter((name) => !/故障|glitch|打字|Typewriter/.test(name)))('%s begins without the text', (name) => {
    expect(visible(0, [animation('in', name)])).toBe(0);
  });

  it('begin at their own start', () => {
    const late = [animation('in', '渐显', { startUs: second })];
    expect(visible(0.5 * second, late)).toBe(0);
    expect(at(2 * second, late)).toBe(at(0, []));
  });

  it('fade: alpha grows evenly', () => {
    const picture = at(0.5 * second, [animation('in', '渐显')]);
    expect(inkOf(picture.canvas, ([, , , a]: Pixel) => Math.abs(a - 128) <= 2)?.pixels).toBeGreaterThan(500);
  });

  it('typewriter: characters appear one after another, at once', () => {
    const typed = [animation('in', '打字机')];
    const full = ink(0, []);
    const widths = [0, 0.26, 0.51, 0.76].map((share) => ink(share * second, typed));
    const width = (i: number) => (widths[i]?.right ?? 0) - full.left;
    // The em is 42.2 pixels, less what is blank beside the ink.
    expect(Math.abs(width(0) - 42.2)).toBeLessThan(9);
    expect(Math.abs(width(1) - 84.4)).toBeLessThan(9);
    expect(widths[3]?.right).toBe(full.right);
    // Nothing changes between two characters: the same picture.
    expect(at(0.3 * second, typed)).toBe(at(0.4 * second, typed));
  });

  it('slide: comes from the opposite side', () => {
    const early = 0.25 * second;
    const rest = ink(0, []);
    expect(ink(early, [animation('in', '向上滑动')]).top).toBeGreaterThan(rest.top + 10);
    expect(ink(early, [animation('in', '向下滑动')]).top).toBeLessThan(rest.top - 10);
    expect(ink(early, [animation('in', '向左滑动')]).left).toBeGreaterThan(rest.left + 10);
    expect(ink(early, [animation('in', '向右滑动')]).left).toBeLessThan(rest.left - 10);
  });

  it('zoom: grows from small, shrinks from large, around the middle', () => {
    const rest = ink(0, []);
    const small = ink(0.2 * second, [animation('in', '放大')]);
    const large = ink(0.3 * second, [animation('in', '缩小')]);
    expect(small.right - small.left).toBeLessThan(0.8 * (rest.right - rest.left));
    expect(large.right - large.left).toBeGreaterThan(1.2 * (rest.right - rest.left));
    expect(Math.abs(small.left + small.right)).toBeLessThan(4);
  });

  it('sunrise: nothing shows below the line the characters rise from', () => {
    const rest = ink(0, []);
    for (const share of [0.2, 0.4, 0.6, 0.8])
      expect(ink(share * second, [animation('in', '日出')]).bottom).toBeLessThanOrEqual(rest.bottom + 45 * 0.3);
  });

  it('wipe: the shown part grows from the left', () => {
    const rest = ink(0, []);
    const half = ink(0.5 * second, [animation('in', '向右擦除')]);
    expect(half.left).toBe(rest.left);
    expect(half.right).toBeLessThanOrEqual(1);
  });
});

describe('ways out', () => {
  it.each(namesOut)('%s ends without the text, at the end of the segment', (name) => {
    const out = [animation('out', name)];
    expect(at(2 * second, out)).toBe(at(0, []));
    expect(at(2.5 * second, out)).not.toBe(at(0, []));
    expect(visible(3 * second, out)).toBe(0);
  });

  it('leave in the direction of their name', () => {
    expect(ink(2.6 * second, [animation('out', '向上滑动')]).top).toBeLessThan(ink(0, []).top - 5);
    const [grown, rest] = [ink(2.6 * second, [animation('out', '放大')]), ink(0, [])];
    expect(grown.right - grown.left).toBeGreaterThan(rest.right - rest.left);
  });

  it('follow a way in', () => {
    const both = [animation('in', '渐显'), animation('out', '渐隐')];
    expect(visible(0, both)).toBe(0);
    expect(at(1.5 * second, both)).toBe(at(0, []));
    expect(visible(3 * second, both)).toBe(0);
  });
});

describe('loops', () => {
  it.each(namesLoop)('%s repeats', (name) => {
    const loop = [animation('loop', name, { durationUs: 0.8 * second })];
    expect(at(0.3 * second, loop).cacheKey).toBe(at(1.1 * second, loop).cacheKey);
    const keys = new Set([0.1, 0.2, 0.35, 0.5].map((time) => at(time * second, loop).cacheKey));
    expect(keys.size).toBeGreaterThan(1);
  });

  it('run between the way in and the way out', () => {
    const all = [animation('in', '渐显'), animation('loop', '波浪'), animation('out', '渐隐')];
    expect(at(1.3 * second, all)).not.toBe(at(0, []));
    expect(at(0.6 * second, all).cacheKey).toBe(at(0.6 * second, all.slice(0, 1)).cacheKey);
  });

  it('wave: characters go up and down, not all at once', () => {
    const wave = ink(0.25 * second, [animation('loop', '波浪')]);
    const rest = ink(0, []);
    expect(wave.bottom - wave.top).toBeGreaterThan(rest.bottom - rest.top + 5);
  });
});

describe('letters that have come to rest', () => {
  const typed = [animation('in', '打字机 I')];
  /** Largest difference between the finished text and the same while its last letters are still missing, beside those. */
  const apart = (of: TextMaterial) => {
    const rest = at(0, [], of);
    const [moving, still] = [at(0.8 * second, typed, of), rest].map(onBlack);
    const last = 480 + inkAround(rest).right - 150;
    const differs = (value: number, index: number) =>
      (index / 4) % 960 < last ? Math.abs(value - (still?.[index] ?? 0)) : 0;
    expect(ink(0.8 * second, typed, of).right).toBeLessThan(inkAround(rest).right - 10);
    return Math.max(0, ...new Set(moving?.map(differs)));
  };
  const onBlack = ({ canvas: picture, originX, originY }: TextPicture) => {
    const canvas = createCanvas(960, 540);
    const context = canvas.getContext('2d');
    context.fillStyle = '#000';
    context.fillRect(0, 0, 960, 540);
    context.drawImage(picture, 480 - originX, 270 - originY);
    return pixelsOf(canvas);
  };

  it.each([
    ['with kerning', makeText('AVATAR To Wave', {}, { size: 15 })],
    ['with letters apart', makeText('AVATAR', { letterSpacingEm: 0.1 }, { size: 15 })],
    ['of Chinese and Latin together', makeText('国语AVA动画', {}, { size: 13 })],
  ])('stand where they stand in the finished text: %s', (_, of) => {
    expect(apart(of)).toBeLessThan(40);
  });
});

it('a shadow comes along with the part of a text that is shown', () => {
  const shadow = { color: black, distanceEm: 0.5, angle: 0, blurEm: 0 };
  const shadowed = makeText('国', {}, { size: 20, shadows: [shadow] });
  const dark = (timeUs: number) =>
    inkOf(at(timeUs, [animation('in', '向右擦除')], shadowed).canvas, ([r, , , a]) => a > 127 && r < 90)?.pixels ?? 0;
  const [before, after] = [dark(0.999 * second), dark(1.1 * second)];
  expect(after).toBeGreaterThan(100);
  expect(after - before).toBeLessThan(after * 0.05);
});

describe('captions', () => {
  const words = [
    { text: '国语', startUs: 0, endUs: second },
    { text: '动画', startUs: second, endUs: 2 * second },
  ];
  const spoken = makeText('国语动画', { words }, { size: 10, strokes: [{ widthEm: 0.1, color: black }] });
  const yellow = ([r, g, b, a]: Pixel) => a > 200 && r > 200 && g > 180 && b < 80;
  const caption = [animation('caption', '卡拉OK', { durationUs: 0 })];

  it('light up as the words are spoken', () => {
    const lit = [0.5, 1, 1.5, 2].map((time) => inkAround(at(time * second, caption, spoken), yellow));
    expect(inkOf(at(0, caption, spoken).canvas, yellow)).toBeNull();
    const rights = lit.map(({ right }) => right);
    expect(rights).toEqual(rights.toSorted((a, b) => a - b));
    expect(rights[1]).toBeLessThanOrEqual(2);
    expect(lit[3]?.pixels).toBeGreaterThan(3 * (lit[0]?.pixels ?? 0));
  });

  it('find their words whatever the case and the marks around them', () => {
    const speech = [
      { text: 'hello', startUs: 0, endUs: second },
      { text: '“brave”', startUs: second, endUs: 1.5 * second },
      { text: 'lost', startUs: 1.5 * second, endUs: 2 * second },
      { text: 'WORLD', startUs: 2 * second, endUs: 3 * second },
    ];
    const of = makeText('Hello, brave new world!', { words: speech }, { size: 10 });
    const lit = (unit: { start: number; end: number }, seconds: number) =>
      highlightOf(of, unit, seconds * second, 3 * second);
    const [hello, brave, unspoken, world] = [
      { start: 0, end: 5 },
      { start: 7, end: 12 },
      { start: 13, end: 16 },
      { start: 17, end: 22 },
    ] as const;
    expect([hello, brave, world].map((unit) => lit(unit, 1))).toEqual([1, 0, 0]);
    expect([hello, brave, world].map((unit) => lit(unit, 1.5))).toEqual([1, 1, 0]);
    expect([unspoken, world].map((unit) => lit(unit, 3))).toEqual([1, 1]);
  });

  it('keep the line under their spaces', () => {
    const lined = makeText('国 国', { words }, { size: 10, underline: true });
    const columns = (timeUs: number) => {
      const { canvas } = at(timeUs, caption, lined);
      const { left, right } = inkAround(at(timeUs, caption, lined));
      return Array.from({ length: Math.floor(right - left) }, (_, x) => {
        const column = crop(canvas, x + (canvas.width - Math.floor(right - left)) / 2, 0, 1, canvas.height);
        return inkOf(column) === null ? 0 : 1;
      });
    };
    expect(columns(0.5 * second)).toEqual(columns(0));
    expect(columns(0)).not.toContain(0);
  });

  it('turn yellow text white', () => {
    const gold = makeText('国语动画', { words }, { size: 10, color: { r: 1, g: 0.9, b: 0.1, a: 1 } });
    const isWhite = ([r, g, b, a]: Pixel) => a > 200 && r > 240 && g > 240 && b > 240;
    expect(inkAround(at(second, caption, gold), isWhite).right).toBeLessThanOrEqual(2);
    expect(inkOf(at(0, caption, gold).canvas, isWhite)).toBeNull();
  });

  it('are read evenly when the draft has no word times', () => {
    const half = inkAround(at(1.4 * second, caption, text), yellow);
    expect(half.right).toBeLessThanOrEqual(2);
  });

  it('stay plain without a caption animation', () => {
    expect(inkOf(at(second, [], spoken).canvas, yellow)).toBeNull();
  });
});

describe('what is drawn how true', () => {
  it.each([
    ['in', '渐显', 'exact'],
    ['out', 'Fade Out', 'exact'],
    ['in', '打字机 I', 'exact'],
    ['in', '打字机 II', 'approximated'],
    ['in', '日出', 'approximated'],
    ['in', '谁也不知道的动画', 'approximated'],
    ['loop', '波浪', 'approximated'],
    ['loop', '谁也不知道的动画', 'not_drawn'],
    ['caption', '', 'approximated'],
  ] as const)('%s %s: %s', (kind, name, fidelity) => {
    expect(textAnimationFidelity({ kind, name, id: '', resourceId: '' })).toBe(fidelity);
  });

  it('knows animations of the wild by their ids when the name is lost', () => {
    expect(textAnimationFidelity({ kind: 'out', name: '', id: '', resourceId: '6724919382104871427' })).toBe('exact');
    expect(textAnimationFidelity({ kind: 'loop', name: '', id: '7213291988500615738', resourceId: '' })).toBe(
      'approximated',
    );
  });

  it('draws 95 % of the named ones by their own name, not by the fallback', () => {
    const unit: TimedUnit = { index: 1, count: 4, offsetX: 0, offsetY: 0, heightEm: 1, start: 1, end: 2 };
    const plainFade = motionAt(text, [animation('in', '谁也不知道')], 0.4 * second, 3 * second).block;
    const own = namesIn.filter((name) => {
      const frame = motionAt(text, [animation('in', name)], 0.4 * second, 3 * second);
      return (
        frame.glyphs !== null || JSON.stringify(frame.block) !== JSON.stringify(plainFade) || /渐显|Fade/.test(name)
      );
    });
    expect(own.length / (namesIn.length - 1)).toBeGreaterThanOrEqual(0.95);
    expect(motionAt(text, [animation('in', '弹入')], 0.4 * second, 3 * second).glyphs?.(unit)).not.toEqual(atRest);
  });
});

it('any animation at any time gives a picture of bounded size', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<ClipAnimation['kind']>('in', 'out', 'loop', 'combo', 'caption'),
      fc.oneof(fc.constantFrom(...namesIn, ...namesOut, ...namesLoop), fc.string()),
      fc.integer({ min: -1e9, max: 1e9 }),
      fc.integer({ min: -1e9, max: 1e9 }),
      fc.integer({ min: -1e7, max: 1e7 }),
      (kind, name, startUs, durationUs, timeUs) => {
        const picture = at(timeUs, [animation(kind, name, { startUs, durationUs })]);
        expect(picture.canvas.width * picture.canvas.height).toBeLessThanOrEqual(12_100_000);
        expect(Number.isFinite(picture.originX + picture.originY + picture.width + picture.height)).toBe(true);
      },
    ),
    { seed: 9, numRuns: 150 },
  );
});
