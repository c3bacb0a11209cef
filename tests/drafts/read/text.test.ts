import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextMaterial } from '../../../main/drafts/model.ts';
import { isMarkup, parseMarkup } from '../../../main/drafts/read/markup.ts';
import { ProblemLog } from '../../../main/drafts/read/problems.ts';
import { readText, withFittingWords } from '../../../main/drafts/read/text.ts';
import { type Json, jsonContent, second, textMaterial } from './fixture.ts';

function read(fields: Json, durationUs = 2 * second): TextMaterial {
  return withFittingWords(readText(textMaterial(fields), 1080, new ProblemLog()), durationUs);
}

function problemsOf(fields: Json): string[] {
  const log = new ProblemLog();
  readText(textMaterial(fields), 1080, log);
  return log.list().map(({ kind }) => kind);
}

const ranges = (text: TextMaterial) => text.styles.map(({ start, end }) => [start, end]);

describe('the JSON form of text', () => {
  it('has size, colour, font, weight, stroke, shadow and flower of each part', () => {
    const style = {
      range: [0, 2],
      size: 8,
      bold: true,
      italic: true,
      underline: true,
      fill: { alpha: 0.5, content: { solid: { color: [1, 0.5, 0] } } },
      font: { path: 'C:/f/zh.ttf', id: '72' },
      strokes: [{ width: 0.08, content: { solid: { color: [0, 0, 0] } } }],
      shadows: [{ distance: 5, angle: -45, diffuse: 0.1, alpha: 0.8, content: { solid: { color: [0, 0, 1] } } }],
      effectStyle: { id: '716' },
    };
    const fonts = [{ id: '72', title: '梦桃体' }];
    expect(read({ content: jsonContent('你好', [style]), fonts }).styles).toEqual([
      {
        start: 0,
        end: 2,
        size: 8,
        color: { r: 1, g: 0.5, b: 0, a: 0.5 },
        gradient: null,
        font: { path: 'C:/f/zh.ttf', id: '72', name: '梦桃体' },
        bold: true,
        italic: true,
        underline: true,
        strokes: [{ widthEm: 0.08, color: { r: 0, g: 0, b: 0, a: 1 } }],
        shadows: [{ color: { r: 0, g: 0, b: 1, a: 0.8 }, distanceEm: 0.05, angle: -45, blurEm: 0.1 }],
        effectId: '716',
      },
    ]);
  });

  it('wins over the stale flat fields', () => {
    const flat = { font_size: 15, text_color: '#FF0000', border_color: '#00FF00', border_width: 0.2, check_flag: 15 };
    const style = { range: [0, 2], size: 8, fill: { content: { solid: { color: [1, 1, 1] } } } };
    expect(read({ ...flat, content: jsonContent('你好', [style]) }).styles[0]).toMatchObject({
      size: 8,
      color: { r: 1, g: 1, b: 1, a: 1 },
      strokes: [],
    });
  });

  it('what it leaves out comes from the flat fields', () => {
    const style = read({ font_size: 12, text_color: '#FF0000', content: jsonContent('你好', [{ range: [0, 2] }]) })
      .styles[0];
    expect(style).toMatchObject({ size: 12, color: { r: 1, g: 0, b: 0 } });
  });

  it('counts UTF-16 units: an emoji is two', () => {
    const text = read({
      content: jsonContent('a😀b', [
        { range: [0, 3], size: 5 },
        { range: [3, 4], size: 6 },
      ]),
    });
    expect(ranges(text)).toEqual([
      [0, 3],
      [3, 4],
    ]);
  });

  it.each([
    [
      'gaps',
      [
        [1, 2],
        [4, 5],
      ],
      [
        [0, 4],
        [4, 6],
      ],
    ],
    ['too far', [[0, 99]], [[0, 6]]],
    ['negative', [[-5, 2]], [[0, 6]]],
    ['backwards', [[4, 1]], [[0, 6]]],
    [
      'overlaps',
      [
        [0, 4],
        [2, 6],
      ],
      [
        [0, 4],
        [4, 6],
      ],
    ],
    [
      'out of order',
      [
        [3, 6],
        [0, 3],
      ],
      [
        [0, 3],
        [3, 6],
      ],
    ],
    ['none', [], [[0, 6]]],
    ['no numbers', [['a', 'b']], [[0, 6]]],
  ])('covers the text whatever the ranges are: %s', (_, written, covered) => {
    const text = read({
      content: jsonContent(
        'abcdef',
        written.map((range) => ({ range })),
      ),
    });
    expect(ranges(text)).toEqual(covered);
  });

  it('tells ranges that do not fit and content that is broken', () => {
    expect(problemsOf({ content: jsonContent('ab', [{ range: [0, 9] }]) })).toContain('text_range_invalid');
    expect(problemsOf({ content: '{"text":"cut o' })).toContain('text_content_broken');
    expect(problemsOf({ content: jsonContent('ab') })).toEqual([]);
  });

  it('reads gradients', () => {
    const gradient = {
      color: [
        [1, 0, 0],
        [0, 0, 1],
      ],
      percent: [0, 100],
      alpha: [1, 0.5],
      angle: 45,
    };
    const content = jsonContent('ab', [{ fill: { content: { render_type: 'gradient', gradient } } }]);
    expect(read({ content }).styles[0]).toMatchObject({
      gradient: [
        { offset: 0, color: { r: 1, g: 0, b: 0, a: 1 } },
        { offset: 1, color: { r: 0, g: 0, b: 1, a: 0.5 } },
      ],
      gradientAngle: 45,
    });
  });

  it('a fill with a picture is plain and told', () => {
    const content = jsonContent('ab', [{ fill: { content: { render_type: 'texture', solid: { color: [1, 0, 0] } } } }]);
    expect(read({ content }).styles[0]?.color).toMatchObject({ r: 1, g: 0 });
    expect(problemsOf({ content })).toContain('text_texture');
  });

  it('Windows line ends become one character and styles follow', () => {
    const text = read({ content: jsonContent('a\r\nb\rc', [{ range: [0, 3] }, { range: [3, 6], bold: true }]) });
    expect(text.text).toBe('a\nb\nc');
    expect(text.styles.map(({ start, end, bold }) => [start, end, bold])).toEqual([
      [0, 2, false],
      [2, 5, true],
    ]);
  });
});

describe('the markup form of text', () => {
  it.each([
    ['<size=7><color=(1,0.5,0,1)><font id="" path="C:/f.ttf">[你好]</font></color></size>'],
    ['<font id="" path="C:/f.ttf"><color=(1, 0.5, 0, 1)><size=7>你好</size></color></font>'],
    [
      '<useLetterColor><color=(1,0.5,0,1)><size=7><font path="C:/f.ttf" id="">[你好]</font></size></color></useLetterColor>',
    ],
  ])('in any order of tags, with brackets or without: %s', (content) => {
    const text = read({ content });
    expect(text.text).toBe('你好');
    expect(text.styles).toMatchObject([
      { start: 0, end: 2, size: 7, color: { r: 1, g: 0.5, b: 0, a: 1 }, font: { path: 'C:/f.ttf' } },
    ]);
  });

  it('has outlines', () => {
    const content = '<outline color=(0,0,1,1) width=0.08><size=7>[a]</size></outline>';
    expect(read({ content }).styles[0]?.strokes).toEqual([{ widthEm: 0.08, color: { r: 0, g: 0, b: 1, a: 1 } }]);
  });

  it('has several parts', () => {
    const text = read({ content: '<size=7>[a]<b>[bc]</b></size><size=9>[d]</size>' });
    expect(text.text).toBe('abcd');
    expect(text.styles.map(({ start, end, size, bold }) => [start, end, size, bold])).toEqual([
      [0, 1, 7, false],
      [1, 3, 7, true],
      [3, 4, 9, false],
    ]);
  });

  it('literal text may hold angle brackets, brackets and what looks like a tag', () => {
    expect(read({ content: '<size=7>[1 < 2 [sic] <size=9> > 0]</size>' }).text).toBe('1 < 2 [sic] <size=9> > 0');
    expect(read({ content: '<size=7>a < b & <video> [c</size>' }).text).toBe('a < b & <video> [c');
    expect(read({ content: '<size=7>[never closed</size>' }).text).toBe('[never closed');
  });

  it('text that only starts with an angle bracket is plain', () => {
    expect(read({ content: '<3 love' }).text).toBe('<3 love');
    expect(isMarkup('<sizes>')).toBe(false);
  });

  it('takes time by its length, however hostile', () => {
    for (const part of ['<size', '<b>[', ']<', '[', '</b>', '<size=']) {
      const content = `<b>${part.repeat(200_000)}`;
      const start = performance.now();
      parseMarkup(content);
      expect(performance.now() - start).toBeLessThan(2_000);
    }
  });
});

describe('the plain form of text', () => {
  it('is styled by the flat fields', () => {
    const flat = {
      font_size: 7,
      text_color: '#80FF0080',
      border_color: '#000000',
      border_width: 0.05,
      check_flag: 15,
      font_title: '宋体',
      underline: true,
    };
    expect(read({ content: '第一行\n第二行', ...flat })).toMatchObject({
      text: '第一行\n第二行',
      styles: [
        {
          size: 7,
          color: { r: 128 / 255, g: 1, b: 0, a: 128 / 255 },
          strokes: [{ widthEm: 0.05 }],
          font: { name: '宋体' },
          underline: true,
        },
      ],
    });
  });

  it('an unchecked border is no stroke', () => {
    expect(
      read({ content: 'a', border_color: '#000000', border_width: 0.05, check_flag: 7 }).styles[0]?.strokes,
    ).toEqual([]);
  });

  it('shadows come when they are switched on', () => {
    const shadow = {
      has_shadow: true,
      shadow_color: '#FF0000',
      shadow_distance: 8,
      shadow_smoothing: 1,
      shadow_alpha: 0.5,
    };
    expect(read({ content: 'a', ...shadow, check_flag: 39 }).styles[0]?.shadows).toEqual([
      { color: { r: 1, g: 0, b: 0, a: 0.5 }, distanceEm: 0.08, angle: -45, blurEm: 1 / 18 },
    ]);
    expect(read({ content: 'a', ...shadow, check_flag: 7 }).styles[0]?.shadows).toEqual([]);
  });

  it('empty text has no styles', () => {
    expect(read({ content: '' })).toMatchObject({ text: '', styles: [] });
  });
});

describe('the block of text', () => {
  it.each([
    [{ type: 'subtitle' }, 0.82],
    [{ type: 'subtitle', line_max_width: 0.7 }, 0.7],
    [{ type: 'text', line_max_width: 0.82 }, null],
    [{ type: 'text', line_max_width: 0.82, force_apply_line_max_width: true }, 0.82],
    [{ type: 'text', fixed_width: 540 }, 0.5],
    [{ type: 'text', fixed_width: 0.6 }, 0.6],
    [{ type: 'subtitle', fixed_width: -1 }, 0.82],
    [{ type: 'subtitle', line_max_width: 'x' }, 0.82],
  ])('%j wraps at %s of the canvas', (fields, width) => {
    expect(read(fields).wrapWidth).toBe(width);
  });

  it.each([
    [0, 'left'],
    [1, 'center'],
    [2, 'right'],
    [undefined, 'center'],
    ['2', 'right'],
    [9, 'right'],
  ])('alignment %s is %s', (alignment, align) => {
    expect(read({ alignment }).align).toBe(align);
  });

  it('a background shows when it has a colour and its flag, whatever its style', () => {
    const on = {
      background_color: '#102030',
      background_style: 1,
      background_alpha: 0.5,
      check_flag: 23,
      background_round_radius: 0.3,
    };
    expect(read(on).background).toMatchObject({ color: { a: 0.5 }, radius: 0.3, width: 0.14 });
    const styles = [0, 1, 2, undefined].map(
      (background_style) => read({ ...on, background_style }).background?.perLine,
    );
    expect(styles).toEqual([false, false, true, false]);
    expect(read({ ...on, background_style: 0, check_flag: undefined }).background).toBeNull();
    expect(read({ ...on, check_flag: 7 }).background).toBeNull();
    expect(read({ ...on, background_color: '' }).background).toBeNull();
    expect(read({ ...on, check_flag: undefined }).background).not.toBeNull();
  });

  it('has spacing, direction and strength', () => {
    expect(read({ line_spacing: 0.1, letter_spacing: 0.05, typesetting: 1, global_alpha: 0.4 })).toMatchObject({
      lineSpacingEm: 0.1,
      letterSpacingEm: 0.05,
      vertical: true,
      alpha: 0.4,
    });
    expect(read({})).toMatchObject({ lineSpacingEm: 0.02, letterSpacingEm: 0, vertical: false, alpha: 1 });
  });

  it('has word times only when they belong to the segment', () => {
    const words = (start: number) => ({
      words: { start_time: [start, start + 500], end_time: [start + 500, start + 900], text: ['你', '好'] },
    });
    expect(read(words(0)).words).toEqual([
      { text: '你', startUs: 0, endUs: 500_000 },
      { text: '好', startUs: 500_000, endUs: 900_000 },
    ]);
    expect(read(words(336_000)).words).toEqual([]);
    expect(read({ words: [] }).words).toEqual([]);
    const cut = { start_time: [0, 700, 9000], end_time: [600, 900, 9500], text: ['你', '好', '吗'] };
    expect(read({ words: cut }).words).toHaveLength(3);
    const short = { start_time: [0], end_time: [600, 900], text: ['你', '好', '吗'] };
    expect(read({ words: short }).words.map(({ startUs, endUs }) => [startUs, endUs])).toEqual([
      [0, 600_000],
      [600_000, 900_000],
      [900_000, 900_000],
    ]);
  });
});

it('any content and any ranges: styles cover the text exactly, in order', () => {
  const style = fc.record(
    {
      range: fc.array(fc.oneof(fc.integer({ min: -5, max: 40 }), fc.constant(Number.NaN), fc.string()), {
        maxLength: 3,
      }),
      size: fc.anything(),
    },
    { requiredKeys: [] },
  );
  const markupPart = fc.oneof(
    fc.constantFrom('<size=7>', '</size>', '[', ']', '<b>', '</b>', '<color=(1,0,0,1)>', '\r\n', '<outline width=0.1>'),
    fc.string(),
  );
  const contents = fc.oneof(
    fc
      .record({ text: fc.string({ unit: 'binary' }), styles: fc.array(style) })
      .map((content) => JSON.stringify(content)),
    fc.array(markupPart).map((parts) => `<size=5>${parts.join('')}`),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(contents, (content) => {
      const { text, styles } = read({ content });
      let at = 0;
      for (const { start, end, size } of styles) {
        expect(start).toBe(at);
        expect(end).toBeGreaterThan(start);
        expect(size).toBeGreaterThan(0);
        at = end;
      }
      expect(at).toBe(text.length);
    }),
    { seed: 7, numRuns: 3000 },
  );
});
