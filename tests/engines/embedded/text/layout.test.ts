import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextMaterial } from '../../../../main/drafts/model.ts';
import type { LayoutFonts } from '../../../../main/engines/embedded/text/clusters.ts';
import { splitClusters } from '../../../../main/engines/embedded/text/clusters.ts';
import { layOutText, MAX_TEXT_LENGTH, type TextLayout } from '../../../../main/engines/embedded/text/layout.ts';
import { emPixels } from '../../../../main/engines/embedded/text/runs.ts';
import { makeText, rangedStyles } from './fixtures.ts';

const face = { family: 'plain', ascent: 0.9, descent: 0.3, bold: false, color: false };
const emoji = { family: 'emoji', ascent: 1.5, descent: 0.5, bold: false, color: true };

/** Every CJK character and emoji is 1 em wide, every other one half an em. */
const fonts: LayoutFonts = {
  face: (_, cluster) => (/\p{Extended_Pictographic}/u.test(cluster) ? emoji : face),
  advance: ({ text }) =>
    splitClusters(text).reduce(
      (sum, cluster) => sum + (/[\u2e80-\uffff]|\p{Extended_Pictographic}/u.test(cluster) ? 1 : 0.5),
      0,
    ),
};

/** 1 unit of size = 1 pixel. */
const canvas = { width: 1000, height: 128 };
const layOut = (text: TextMaterial) => layOutText(text, canvas, fonts);
const lineTexts = (layout: TextLayout) => layout.lines.map((line) => line.runs.map((run) => run.text).join(''));

describe('size', () => {
  it('is size x shorter side / 128, on landscape and portrait canvases', () => {
    expect(emPixels(10, { width: 1920, height: 1080 })).toBeCloseTo(84.375);
    expect(emPixels(8, { width: 1080, height: 1920 })).toBeCloseTo(67.5);
  });

  it('is what CapCut itself draws on 1920x1013', () => {
    expect(Math.abs(emPixels(10, { width: 1920, height: 1013 }) - 79.4)).toBeLessThan(0.05);
  });

  it.each([0, -3, Number.NaN, Number.POSITIVE_INFINITY])('is nothing for a size of %s', (size) => {
    expect(emPixels(size, canvas)).toBe(0);
  });

  it('is bounded for absurd sizes', () => {
    expect(emPixels(1e9, canvas)).toBe(1280);
  });
});

describe('lines', () => {
  it('have a pitch of ascent + descent + line spacing, in em', () => {
    const { lines, height } = layOut(makeText('一\n二\n三', { lineSpacingEm: 0.5 }, { size: 20 }));
    expect(lines.map((line) => line.y)).toEqual([0, 34, 68]);
    expect(height).toBeCloseTo(102);
    // Half of the spacing above, half below.
    expect(lines[0]?.runs[0]?.y).toBeCloseTo(0.5 * 10 + 18);
  });

  it('keep empty paragraphs', () => {
    expect(layOut(makeText('一\n\n三', { lineSpacingEm: 0 }, { size: 10 })).lines.map((line) => line.height)).toEqual([
      12, 12, 12,
    ]);
    expect(layOut(makeText('\n')).lines).toHaveLength(2);
  });

  it('understand every line ending', () => {
    expect(lineTexts(layOut(makeText('a\r\nb\rc\u2028d\ne')))).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('are as high as their largest text and stand on one base line', () => {
    const styles = rangedStyles([
      [1, { size: 10 }],
      [2, { size: 40 }],
    ]);
    const { lines } = layOut(makeText('大小', { styles, lineSpacingEm: 0 }));
    expect(lines[0]?.height).toBeCloseTo(48);
    expect(lines[0]?.runs.map((run) => run.y)).toEqual([36, 36]);
  });

  it('are not moved apart by emoji, unless there is nothing else', () => {
    expect(layOut(makeText('字😀', { lineSpacingEm: 0 }, { size: 10 })).height).toBeCloseTo(12);
    expect(layOut(makeText('😀', { lineSpacingEm: 0 }, { size: 10 })).height).toBeCloseTo(20);
  });
});

describe('alignment', () => {
  const aligned = (align: TextMaterial['align'], text = '一\n一二三') =>
    layOut(makeText(text, { align }, { size: 10 })).lines.map((line) => line.x);

  it('left, centre, right', () => {
    expect(aligned('left')).toEqual([0, 0]);
    expect(aligned('center')).toEqual([10, 0]);
    expect(aligned('right')).toEqual([20, 0]);
  });

  it('counts a trailing space in centring', () => {
    const [line] = layOut(makeText('ab \nabcdef', {}, { size: 10 })).lines;
    expect(line?.width).toBeCloseTo(15);
    expect(line?.x).toBeCloseTo(7.5);
  });

  it('does not count the letter spacing after the last character', () => {
    const layout = layOut(makeText('一二', { letterSpacingEm: 0.5 }, { size: 10 }));
    expect(layout.width).toBeCloseTo(25);
  });
});

describe('control characters', () => {
  it('are nothing to see, and keep the styles of the others in place', () => {
    const styles = rangedStyles([
      [3, { size: 1 }],
      [5, { size: 2 }],
    ]);
    const { lines } = layOut(makeText('a\u0000\u001bb\u007f', { styles }));
    const runs = lines.flatMap((line) => line.runs.map(({ text, px }) => [text, px]));
    expect(runs).toEqual([
      ['a\u2060\u2060', 1],
      ['b\u2060', 2],
    ]);
  });

  it('begin a line where that is what they mean', () => {
    expect(lineTexts(layOut(makeText('a\r\nb\vc\fd\u0085e\u2028f\tg')))).toEqual(['a', 'b', 'c', 'd', 'e', 'f\tg']);
  });
});

describe('wrapping', () => {
  const wrapped = (text: string, widthPx: number, size = 10) =>
    lineTexts(layOut(makeText(text, { wrapWidth: widthPx / canvas.width }, { size })));

  it('fills lines with Chinese characters', () => {
    expect(wrapped('一二三四五六七', 30)).toEqual(['一二三', '四五六', '七']);
  });

  it('breaks Latin text between words', () => {
    expect(wrapped('one two three four', 45)).toEqual(['one two', 'three', 'four']);
  });

  it('never begins a line with a closing mark', () => {
    expect(wrapped('一二三，四五六', 30)).toEqual(['一二', '三，四', '五六']);
    expect(wrapped('一二”三四', 20)).toEqual(['一', '二”', '三四']);
  });

  it('never ends a line with an opening mark', () => {
    expect(wrapped('一二「三四」', 30)).toEqual(['一二', '「三', '四」']);
    expect(wrapped('一二“三四”', 30)).toEqual(['一二', '“三四”']);
  });

  it('cuts words that are wider than a line', () => {
    expect(wrapped('abcdefghij', 20)).toEqual(['abcd', 'efgh', 'ij']);
  });

  it('shows a soft hyphen where it breaks a word, nowhere else', () => {
    expect(wrapped('ab\u00adcd\u00adefgh', 30)).toEqual(['ab\u00adcd-', 'efgh']);
    // The hyphen must fit, too.
    expect(wrapped('ab cd\u00adefgh', 25)).toEqual(['ab', 'cd-', 'efgh']);
  });

  it('leaves spaces at a wrapped end out of the line', () => {
    const layout = layOut(makeText('abc   def', { wrapWidth: 0.025 }, { size: 10 }));
    expect(layout.lines[0]?.width).toBeCloseTo(15);
  });

  it('ends for texts made of marks only', () => {
    expect(wrapped('，'.repeat(50), 30).join('')).toBe('，'.repeat(50));
  });

  it('does not happen without a wrap width', () => {
    expect(lineTexts(layOut(makeText('一'.repeat(500))))).toHaveLength(1);
  });
});

describe('styles', () => {
  it('count UTF-16 units: an emoji is two', () => {
    const styles = rangedStyles([
      [3, { size: 10 }],
      [5, { size: 20 }],
    ]);
    const { lines } = layOut(makeText('😀a字b', { styles }));
    expect(lines[0]?.runs.map((run) => [run.text, run.px])).toEqual([
      ['😀', 10],
      ['a', 10],
      ['字b', 20],
    ]);
  });

  it('never split a character from its combining marks', () => {
    const styles = rangedStyles([
      [1, { size: 10 }],
      [2, { size: 20 }],
    ]);
    const { lines } = layOut(makeText('e\u0301', { styles }));
    expect(lines[0]?.runs.map((run) => run.text)).toEqual(['e\u0301']);
  });

  it('beyond the text are ignored, and a gap at the end takes the last one', () => {
    expect(lineTexts(layOut(makeText('abc', { styles: rangedStyles([[99, {}]]) })))).toEqual(['abc']);
    expect(lineTexts(layOut(makeText('abc', { styles: rangedStyles([[1, {}]]) })))).toEqual(['abc']);
  });
});

describe('quotation marks', () => {
  const marks = (text: string) =>
    layOut(makeText(text))
      .lines.flatMap((line) => line.runs)
      .map((run) => `${run.proportional ? 'narrow' : 'wide'} ${run.text}`);

  it('are narrow in English, wide in Chinese', () => {
    expect(marks('it’s “so”…')).toEqual(['narrow it’s “so”…']);
    expect(marks('他说“好”……')).toEqual(['wide 他说“好”……']);
    expect(marks('他说“ok”，it’s 好')).toEqual(['wide 他说', 'narrow “ok”', 'wide ，', 'narrow it’s ', 'wide 好']);
  });

  it('make no difference where there are none', () => {
    expect(marks('中文 and English')).toEqual(['wide 中文 and English']);
  });
});

describe('emoji', () => {
  it('are kept whole by letter spacing: drawn one by one', () => {
    const { lines } = layOut(makeText('👨‍👩‍👧😀ab', { letterSpacingEm: 0.2 }));
    expect(lines[0]?.runs.map((run) => run.text)).toEqual(['👨‍👩‍👧', '😀', 'ab']);
  });
});

describe('right-to-left text', () => {
  it('puts runs in visual order', () => {
    const { lines } = layOut(makeText('שלום abc עולם'));
    expect(lines[0]?.runs.map((run) => run.text.trim())).toEqual(['עולם', 'abc', 'שלום']);
    expect(lines[0]?.runs.map((run) => run.rtl)).toEqual([true, false, true]);
  });

  it('has its trailing space at the left end', () => {
    const [line] = layOut(makeText('abc\nשלום ', {}, { size: 10 })).lines.slice(1);
    expect(line?.width).toBeCloseTo(25);
    expect(line?.runs[0]?.text).toBe('שלום ');
  });

  it('has no letter spacing inside joined scripts', () => {
    expect(layOut(makeText('سلام', { letterSpacingEm: 1 }, { size: 10 })).width).toBeCloseTo(20);
  });
});

describe('vertical typesetting', () => {
  it('makes columns from right to left, characters upright one below the other', () => {
    const layout = layOut(makeText('一二三\n四', { vertical: true, align: 'left', lineSpacingEm: 0 }, { size: 10 }));
    expect(layout.width).toBeCloseTo(24);
    expect(layout.height).toBeCloseTo(30);
    expect(layout.lines.map((column) => column.x)).toEqual([12, 0]);
    expect(layout.lines[0]?.runs.map((run) => run.mode)).toEqual(['upright', 'upright', 'upright']);
    expect(layout.lines[0]?.runs.map((run) => run.y)).toEqual([8.8, 18.8, 28.8]);
  });

  it('turns Latin words and dashes', () => {
    expect(layOut(makeText('一——', { vertical: true })).lines[0]?.runs.map((run) => run.mode)).toEqual([
      'upright',
      'rotated',
    ]);
    const layout = layOut(makeText('一ab二', { vertical: true }, { size: 10 }));
    expect(layout.lines[0]?.runs.map((run) => [run.mode, run.text])).toEqual([
      ['upright', '一'],
      ['rotated', 'ab'],
      ['upright', '二'],
    ]);
    expect(layout.height).toBeCloseTo(30);
  });

  it('wraps at a share of the canvas height', () => {
    const layout = layOut(makeText('一二三四五', { vertical: true, wrapWidth: 25 / canvas.height }, { size: 10 }));
    expect(lineTexts(layout)).toEqual(['一二', '三四', '五']);
  });
});

describe('any text', () => {
  const anyStyles = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.double({ min: -5, max: 300 })), {
    maxLength: 6,
  });
  const anyText = fc.record({
    text: fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({
        unit: fc.constantFrom('字', '，', 'a', ' ', '\n', '😀', '\u0301', '\ud800', '\udc00', 'ش', '(', '“', '”', '1'),
        maxLength: 60,
      }),
    ),
    parts: anyStyles,
    vertical: fc.boolean(),
    wrapWidth: fc.option(fc.double({ min: -1, max: 2, noNaN: true })),
    align: fc.constantFrom('left' as const, 'center' as const, 'right' as const),
  });

  it('has every character exactly once, inside the block', () => {
    fc.assert(
      fc.property(anyText, ({ text, parts, vertical, wrapWidth, align }) => {
        const ends = parts.map(([end]) => end).toSorted((a, b) => a - b);
        const styles = rangedStyles([
          ...ends.map((end, i): [number, { size: number }] => [end, { size: parts[i]?.[1] ?? 10 }]),
          [99, {}],
        ]);
        const layout = layOut(makeText(text, { styles, vertical, wrapWidth, align }));
        const placed = layout.lines
          .flatMap((line) => line.runs.flatMap((run) => run.clusters))
          .toSorted((a, b) => a.start - b.start)
          .map((cluster) => cluster.text)
          .join('');
        // All but spaces and control characters; a soft hyphen may have become one.
        const seen = (value: string) => value.replace(/[\s\p{Cc}\u2060]/gu, '').replaceAll('\u00ad', '-');
        expect(seen(placed)).toBe(seen(text.toWellFormed()));
        for (const line of layout.lines) {
          expect(line.x).toBeGreaterThanOrEqual(-0.001);
          expect(line.x + line.width).toBeLessThanOrEqual(layout.width + 0.001);
        }
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  it('is cut beyond the longest that is laid out', () => {
    const layout = layOut(makeText('字'.repeat(MAX_TEXT_LENGTH + 5)));
    expect(layout.truncated).toBe(true);
    expect(layout.lines[0]?.runs[0]?.text).toHaveLength(MAX_TEXT_LENGTH);
  });
});
