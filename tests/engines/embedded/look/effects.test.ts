import { type Canvas, createCanvas } from '@napi-rs/canvas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EFFECTS } from '../../../../main/engines/embedded/look/effects/registry.ts';
import { effectFidelity, findEffect } from '../../../../main/engines/embedded/look/index.ts';
import { difference, picture, pixelAt } from '../../../support/pictures.ts';
import { similarity } from '../../../support/similarity.ts';

const size = { width: 160, height: 90 };
const frame = picture(160, 90, (context) => {
  context.fillStyle = '#3060a0';
  context.fillRect(0, 0, 160, 90);
  context.fillStyle = '#d0a060';
  context.fillRect(50, 25, 50, 40);
  context.fillStyle = '#fff';
  context.fillRect(5, 5, 12, 8);
});

/** Something in the middle of nothing. */
const cutOut = picture(160, 90, (context) => {
  context.fillStyle = '#d0a060';
  context.fillRect(70, 36, 20, 18);
});

const named = (name: string, type = 'video_effect') => findEffect({ name, resourceId: '', type });

function at(name: string, seconds: number, strength = 1, duration = 2): Canvas {
  const canvas = createCanvas(size.width, size.height);
  named(name)?.draw(canvas.getContext('2d'), frame, seconds * 1e6, duration * 1e6, strength, size);
  return canvas;
}

describe.each(EFFECTS.map(({ family, draw }) => ({ family, draw })))('$family', ({ draw }) => {
  function moment(time: number): Canvas {
    const canvas = createCanvas(size.width, size.height);
    draw({ target: canvas.getContext('2d'), frame, ...size, opaque: true, time, duration: 2, strength: 1 });
    return canvas;
  }

  it('hides nothing of what is below the transparent parts of a picture', () => {
    for (const time of [0.03, 0.4, 0.9, 1.4, 1.9]) {
      const canvas = createCanvas(size.width, size.height);
      draw({ target: canvas.getContext('2d'), frame: cutOut, ...size, opaque: false, time, duration: 2, strength: 1 });
      const { data } = canvas.getContext('2d').getImageData(0, 0, size.width, size.height);
      const alphaAt = (x: number, y: number) => data[4 * (y * size.width + x) + 3];
      for (let x = 0; x < size.width; x += 1) expect([alphaAt(x, 1), alphaAt(x, size.height - 2)]).toEqual([0, 0]);
      for (let y = 0; y < size.height; y += 1) expect([alphaAt(1, y), alphaAt(size.width - 2, y)]).toEqual([0, 0]);
    }
  });

  it('changes the picture at some time, and never leaves it blank', () => {
    const moments = [0.03, 0.4, 0.9, 1.4, 1.9].map(moment);
    expect(moments.some((canvas) => difference(canvas, frame) > 0.03)).toBe(true);
    for (const canvas of moments) expect(pixelAt(canvas, 80, 45)[3]).toBe(255);
  });

  it('draws a moment the same each time', () => {
    expect(difference(moment(0.7), moment(0.7))).toBe(0);
  });
});

describe('a small video looks like a large one that is shown small', () => {
  const flat = (width: number, height: number) => picture(width, height, '#7a6a5a');
  /** An effect on a picture of some size, seen at 854 x 480. */
  function shown(name: string, width: number, height: number): Canvas {
    const drawn = createCanvas(width, height);
    const size = { width, height, opaque: true };
    named(name)?.draw(drawn.getContext('2d'), flat(width, height), 900_000, 2e6, 1, size);
    return picture(854, 480, (context) => {
      context.imageSmoothingQuality = 'high';
      context.drawImage(drawn, 0, 0, 854, 480);
    });
  }
  const small = (name: string) => shown(name, 854, 480);
  const large = (name: string) => shown(name, 1920, 1080);

  it('with the lines of an old television', () => {
    expect(similarity(small('老电视'), large('老电视'))).toBeGreaterThan(0.95);
  });

  it('with grain, not coarser or stronger', () => {
    const roughness = (canvas: Canvas) => difference(canvas, flat(854, 480));
    expect(roughness(small('噪点')) / roughness(large('噪点'))).toBeGreaterThan(0.8);
    expect(roughness(small('噪点')) / roughness(large('噪点'))).toBeLessThan(1.25);
  });
});

describe('what some do', () => {
  it('black and white has no colour', () => {
    const [red, green, blue] = pixelAt(at('黑白', 0.5), 75, 45);
    expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(4);
  });

  it('negative turns colours over', () => {
    expect(pixelAt(at('彩色负片', 0.5), 150, 80)).toEqual([0xcf, 0x9f, 0x5f, 255]);
  });

  it('edge glow lights outlines up and leaves what is flat', () => {
    const canvas = at('Làm sáng đường viền', 0.5);
    const light = (x: number, y: number) => pixelAt(canvas, x, y).reduce((sum, value) => sum + value, 0);
    expect(light(51, 45)).toBeGreaterThan(light(75, 45) + 60);
    expect(light(75, 45) - (0xd0 + 0xa0 + 0x60 + 255)).toBeLessThan(12);
  });

  it('neon darkens the picture and lets the colours of its outlines flow', () => {
    const [early, late] = [at('Dòng chảy neon', 0.2), at('Dòng chảy neon', 1.4)];
    expect(pixelAt(early, 75, 45)[0]).toBeLessThan(0x90);
    expect(pixelAt(early, 75, 45)).toEqual(pixelAt(late, 75, 45));
    const edge = (canvas: Canvas) => pixelAt(canvas, 51, 45);
    expect(Math.max(...edge(early).slice(0, 3))).toBeGreaterThan(120);
    expect(edge(early)).not.toEqual(edge(late));
  });

  it('bars are black above and below', () => {
    const canvas = at('电影感画幅', 0.5);
    expect([pixelAt(canvas, 80, 2), pixelAt(canvas, 80, 87)]).toEqual([
      [0, 0, 0, 255],
      [0, 0, 0, 255],
    ]);
    expect(pixelAt(canvas, 75, 45)).toEqual([0xd0, 0xa0, 0x60, 255]);
  });

  it('mirror reflects the left half', () => {
    const canvas = at('镜像', 0.5);
    expect(pixelAt(canvas, 148, 9)).toEqual(pixelAt(frame, 11, 9));
  });

  it('nine screens show the picture in every field', () => {
    const canvas = at('九屏', 0.5);
    for (const x of [26, 80, 133])
      for (const y of [15, 45, 75]) expect(pixelAt(canvas, x, y)).toEqual([0xd0, 0xa0, 0x60, 255]);
  });

  it('fades and curtains follow the effect\u2019s own length', () => {
    expect(pixelAt(at('渐显开幕', 0), 75, 45)).toEqual([0, 0, 0, 255]);
    expect(difference(at('渐显开幕', 1.9), frame)).toBeLessThan(2);
    expect(pixelAt(at('闭幕', 2), 75, 45)).toEqual([0, 0, 0, 255]);
    expect(difference(at('闭幕', 0), frame)).toBeLessThan(1);
  });

  it('run as fast as their speed slider says, openings still in their own length', () => {
    const paced = (name: string, speed: number, seconds: number): Canvas => {
      const canvas = createCanvas(size.width, size.height);
      const params = [{ name: 'effects_adjust_speed', value: speed }];
      findEffect({ name, resourceId: '', type: 'video_effect', params })?.draw(
        canvas.getContext('2d'),
        frame,
        seconds * 1e6,
        2e6,
        1,
        size,
      );
      return canvas;
    };
    expect(difference(paced('摇摆', 2 / 3, 0.2), at('摇摆', 0.4))).toBeLessThan(0.01);
    expect(difference(paced('摇摆', 1 / 3, 0.2), at('摇摆', 0.2))).toBe(0);
    expect(difference(paced('渐显开幕', 1, 0.5), at('渐显开幕', 0.5))).toBeLessThan(0.01);
  });

  it('strength 0 leaves shakes, zooms and tints where they are', () => {
    for (const name of ['抖动', '心跳', '黑白', '暗角', '模糊'])
      expect(difference(at(name, 0.7, 0), frame)).toBeLessThan(0.5);
  });
});

describe('names', () => {
  it.each([
    ['Retro Film', 'old-film'],
    ['Lóe', 'flash'],
    ['Xung nhịp', 'beat'],
    ['TV cổ điển', 'old-television'],
    ['Hình vuông mờ', 'blur'],
    ['Chuyển động máy ảnh', 'travel'],
    ['Mưa sao băng', 'meteors'],
    ['Pháo giấy sặc sỡ', 'confetti'],
    ['Bụi rơi', 'dust'],
    ['胶片框 II', 'film-frame'],
    ['超大光斑', 'bokeh'],
    ['Điểm siêu lớn', 'bokeh'],
  ])('%s is near %s', (name, family) => {
    expect(named(name)?.family).toBe(family);
    expect(effectFidelity({ name, resourceId: '', type: 'video_effect' })).toBe('approximated');
  });

  it.each(['文字悬浮', '生日快乐', '', 'constructor'])('%s is not drawn, and reported', (name) => {
    expect(named(name)).toBeNull();
    expect(effectFidelity({ name, resourceId: '', type: 'video_effect' })).toBe('skipped');
  });

  it('effects on faces are never taken for scene effects', () => {
    expect(named('模糊', 'face_effect')).toBeNull();
  });
});

it('takes any times, lengths and strengths', () => {
  const number = fc.oneof(fc.double({ min: -10, max: 1e9, noNaN: true }), fc.double());
  fc.assert(
    fc.property(
      fc.constantFrom('心跳', '抖动', '老电影', '故障', '飘雪', '开幕', '变清晰', '胶片框'),
      number,
      number,
      number,
      (name, time, duration, strength) => {
        const canvas = createCanvas(16, 9);
        named(name)?.draw(canvas.getContext('2d'), frame, time, duration, strength, { width: 16, height: 9 });
      },
    ),
    { seed: 8, numRuns: 150 },
  );
});
