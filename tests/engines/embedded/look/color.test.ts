import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EffectMaterial, HslAdjust } from '../../../../main/drafts/model.ts';
import { ADJUSTMENTS } from '../../../../main/engines/embedded/look/adjustments.ts';
import { parseCube } from '../../../../main/engines/embedded/look/cube-file.ts';
import { FILTERS, findFilter } from '../../../../main/engines/embedded/look/filters.ts';
import {
  blendMode,
  type ColorLook,
  chromaKey,
  colorLook,
  filterFidelity,
  mixModeFidelity,
} from '../../../../main/engines/embedded/look/index.ts';
import { applyOps, type ColorOp, curve, fromHsl, saturate, toHsl } from '../../../../main/engines/embedded/look/ops.ts';
import { compile } from '../../../../main/engines/embedded/look/tables.ts';

const noFile = (): null => null;

function effect(type: string, value: number, fields: Partial<EffectMaterial> = {}): EffectMaterial {
  return { id: '', type, name: '', resourceId: '', value, path: '', applyTarget: 0, params: [], ...fields };
}

/** One pixel through a look. */
function seen(look: ColorLook | null, color: readonly number[]): number[] {
  const rgba = Uint8ClampedArray.from([...color, 255]);
  look?.apply(rgba, 1, 1);
  return [...rgba].slice(0, 3);
}

const look = (type: string, value: number): ColorLook | null => colorLook([effect(type, value)], [], noFile);
const sum = (color: readonly number[]): number => color.reduce((total, value) => total + value, 0);

describe('adjustments', () => {
  it('is null when nothing would change', () => {
    expect(colorLook([], [], noFile)).toBeNull();
    expect(
      colorLook([effect('brightness', 0), effect('filter', 1, { name: '没有' }), effect('beauty', 1)], [], noFile),
    ).toBeNull();
    expect(colorLook([], [{ range: '1', hue: 0, saturation: 0, lightness: 0 }], noFile)).toBeNull();
  });

  it.each(Object.keys(ADJUSTMENTS))('%s goes both ways and keeps every value in range', (type) => {
    for (const value of [-1, -0.4, 0.4, 1]) {
      for (const color of [
        [0, 0, 0],
        [255, 255, 255],
        [180, 90, 60],
        [20, 160, 230],
      ]) {
        expect(seen(look(type, value), color).every((part) => part >= 0 && part <= 255)).toBe(true);
      }
    }
    const [up, down] = [seen(look(type, 0.6), [170, 110, 80]), seen(look(type, -0.6), [170, 110, 80])];
    expect(up).not.toEqual(down);
  });

  it('brightens, contrasts, saturates, warms and tints in the right direction', () => {
    expect(sum(seen(look('brightness', 0.4), [100, 100, 100]))).toBeGreaterThan(330);
    expect(seen(look('brightness', 0.8), [0, 0, 0])).toEqual([0, 0, 0]);
    expect(seen(look('contrast', 0.5), [40, 128, 215])[0]).toBeLessThan(40);
    expect(seen(look('contrast', 0.5), [40, 128, 215])[2]).toBeGreaterThan(215);
    const grey = seen(look('saturation', -1), [200, 100, 50]);
    expect(Math.max(...grey) - Math.min(...grey)).toBeLessThanOrEqual(1);
    const warm = seen(look('temperature', 0.5), [128, 128, 128]);
    expect(warm[0]).toBeGreaterThan(warm[2] ?? 255);
    expect(seen(look('tint', 0.5), [128, 128, 128])[1]).toBeLessThan(128);
  });

  it('moves shadows without highlights and highlights without shadows', () => {
    expect(seen(look('shadow', 0.8), [50, 50, 50])[0]).toBeGreaterThan(65);
    expect(seen(look('shadow', 0.8), [245, 245, 245])[0]).toBeLessThan(249);
    expect(seen(look('highlight', -0.8), [230, 230, 230])[0]).toBeLessThan(200);
    expect(seen(look('highlight', -0.8), [50, 50, 50])[0]).toBe(50);
  });

  it('darkens corners and sharpens edges', () => {
    const [width, height] = [40, 20];
    const rgba = new Uint8ClampedArray(width * height * 4).fill(200);
    look('vignetting', 0.8)?.apply(rgba, width, height);
    expect(rgba[0]).toBeLessThan(130);
    expect(rgba[(10 * width + 20) * 4]).toBe(200);
    const edge = new Uint8ClampedArray(width * height * 4).map((_, index) =>
      index % 4 === 3 ? 255 : (index >> 2) % width < 20 ? 80 : 160,
    );
    look('sharpen', 1)?.apply(edge, width, height);
    expect(edge[(10 * width + 19) * 4]).toBeLessThan(80);
    expect(edge[(10 * width + 20) * 4]).toBeGreaterThan(160);
    expect(edge[(10 * width + 5) * 4]).toBe(80);
  });

  it('leaves alpha alone', () => {
    const rgba = Uint8ClampedArray.from([10, 20, 30, 77]);
    colorLook([effect('brightness', 0.5), effect('saturation', 0.5), effect('temperature', 0.2)], [], noFile)?.apply(
      rgba,
      1,
      1,
    );
    expect(rgba[3]).toBe(77);
  });
});

describe('the compiled tables', () => {
  const color = fc.tuple(
    fc.integer({ min: 0, max: 255 }),
    fc.integer({ min: 0, max: 255 }),
    fc.integer({ min: 0, max: 255 }),
  );
  const gamma = curve((x) => Math.max(0, x) ** 0.8);
  const warm = curve((x, channel) => x * (channel === 0 ? 1.1 : 0.95));
  const turn: ColorOp = { kind: 'free', map: ([r, g, b]) => [g, b, r] };
  const cases: [string, ColorOp[], number][] = [
    ['curves', [gamma, warm], 1],
    ['a matrix between curves', [gamma, saturate(1.5), warm], 1],
    ['a matrix that leaves the range', [saturate(2), curve((x) => x * 0.6 + 0.2)], 1],
    ['two matrices', [saturate(0.5), saturate(1.4)], 2],
    ['anything else', [gamma, turn], 3],
  ];
  it.each(cases)('agree with the steps: %s', (_, ops, tolerance) => {
    const map = compile(ops);
    fc.assert(
      fc.property(color, ([r, g, b]) => {
        const rgba = Uint8ClampedArray.from([r, g, b, 255]);
        map?.(rgba);
        for (const [index, expected] of applyOps(ops, [r / 255, g / 255, b / 255]).entries()) {
          expect(Math.abs((rgba[index] ?? 0) - Math.min(255, Math.max(0, expected * 255)))).toBeLessThanOrEqual(
            tolerance,
          );
        }
      }),
      { seed: 6, numRuns: 300 },
    );
  });

  it('turns colours to hue, saturation, lightness and back', () => {
    fc.assert(
      fc.property(color, ([r, g, b]) => {
        const { hue, saturation, lightness } = toHsl([r / 255, g / 255, b / 255]);
        const back = fromHsl(hue, saturation, lightness);
        for (const [index, value] of [r, g, b].entries()) expect((back[index] ?? 0) * 255).toBeCloseTo(value, 5);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe('hsl', () => {
  const one = (range: string, change: Partial<HslAdjust>): ColorLook | null =>
    colorLook([], [{ range, hue: 0, saturation: 0, lightness: 0, ...change }], noFile);

  it('changes its own range and leaves the others and greys alone', () => {
    const red = one('1', { hue: 1 });
    expect(toHsl([...seen(red, [200, 30, 30])].map((v) => v / 255) as [number, number, number]).hue).toBeGreaterThan(
      20,
    );
    for (const other of [
      [30, 200, 30],
      [30, 30, 200],
      [120, 120, 120],
    ]) {
      for (const [index, value] of seen(red, other).entries())
        expect(Math.abs(value - (other[index] ?? 0))).toBeLessThanOrEqual(2);
    }
  });

  it('takes saturation and lightness, as shares or in hundredths, by number or name', () => {
    const paler = seen(one('6', { saturation: -100 }), [40, 40, 220]);
    expect(Math.max(...paler) - Math.min(...paler)).toBeLessThan(12);
    expect(sum(seen(one('blue', { lightness: 0.8 }), [40, 40, 180]))).toBeGreaterThan(300);
    expect(one('99', { hue: 1 })).toBeNull();
  });
});

describe('.cube files', () => {
  const invert3d = `TITLE "invert"\n# made here\nLUT_3D_SIZE 2\n${[0, 1].flatMap((b) => [0, 1].flatMap((g) => [0, 1].map((r) => `${1 - r} ${1 - g} ${1 - b}`))).join('\n')}\n`;
  const file = (text: string, value = 1): ColorLook | null =>
    colorLook([effect('lut', value, { path: 'look.CUBE' })], [], ({ path }) => parseCube(path, text));

  it('are interpolated between their nodes and mixed by strength', () => {
    expect(seen(file(invert3d), [10, 100, 250])).toEqual([245, 155, 5]);
    const half = seen(file(invert3d, 0.5), [0, 255, 0]);
    for (const value of half) expect(Math.abs(value - 127.5)).toBeLessThanOrEqual(2);
  });

  it('may be one-dimensional and have a domain', () => {
    expect(seen(file('LUT_1D_SIZE 2\n0 0 0\n0.5 1 0\n'), [200, 200, 200])).toEqual([100, 200, 0]);
    const op = parseCube('a.cube', 'LUT_1D_SIZE 2\nDOMAIN_MIN 0 0 0\nDOMAIN_MAX 2 2 2\n0 0 0\n1 1 1\n');
    expect(applyOps([op], [1, 1, 1])[0]).toBeCloseTo(0.5);
  });

  it('may be written with any line ends and a byte order mark', () => {
    for (const end of ['\r\n', '\r']) {
      const text = `\uFEFF${invert3d.replaceAll('\n', end)}`;
      expect(seen(file(text), [10, 100, 250])).toEqual([245, 155, 5]);
    }
  });

  const line = (count: number) => '0.5 0.5 0.5\n'.repeat(count);
  it.each([
    ['nothing', '', 'it has no LUT_3D_SIZE'],
    ['words', 'hello world', 'it has no LUT_3D_SIZE'],
    ['rows without a header', line(8), 'it has no LUT_3D_SIZE'],
    ['a size of 0', `LUT_3D_SIZE 0\n${line(8)}`, 'its size is 0, not 2 to 129'],
    ['a size of 1', `LUT_3D_SIZE 1\n${line(1)}`, 'its size is 1, not 2 to 129'],
    ['a size of 1000', `LUT_3D_SIZE 1000\n${line(8)}`, 'its size is 1000, not 2 to 129'],
    ['a size that is none', `LUT_1D_SIZE NaN\n${line(2)}`, 'its size is NaN, not 2 to 65536'],
    ['too few rows', `LUT_3D_SIZE 2\n${line(7)}`, 'it has 7 rows, not 8'],
    ['too many rows', `LUT_3D_SIZE 2\n${line(9)}`, 'it has 9 rows, not 8'],
    ['rows that are no numbers', `LUT_1D_SIZE 2\n0 0 0\n1 x 1\n`, 'its row 2 is not three numbers'],
    ['NaN', `LUT_1D_SIZE 2\n0 0 0\n1 NaN 1\n`, 'its row 2 is not three numbers'],
    ['numbers beyond measure', `LUT_1D_SIZE 2\n0 0 0\n1 1e300 1\n`, 'its row 2 is not three numbers'],
    ['rows of two numbers', `LUT_1D_SIZE 2\n0 0\n1 1\n`, 'its row 1 is not three numbers'],
    ['an empty domain', `LUT_1D_SIZE 2\nDOMAIN_MAX 0 0 0\n${line(2)}`, 'its DOMAIN_MIN is not below its DOMAIN_MAX'],
    ['half a domain', `LUT_1D_SIZE 2\nDOMAIN_MIN 0\n${line(2)}`, 'its DOMAIN_MIN is wrong'],
    ['a domain of words', `LUT_1D_SIZE 2\nDOMAIN_MAX a b c\n${line(2)}`, 'its DOMAIN_MAX is wrong'],
    ['two tables', `LUT_1D_SIZE 2\nLUT_3D_SIZE 2\n${line(10)}`, 'it has two tables'],
    ['one endless line', `LUT_3D_SIZE 2\n${'0 '.repeat(1_000_000)}`, 'it has a line that is no row of a colour table'],
    ['binary junk', String.fromCharCode(...Array.from({ length: 5000 }, (_, n) => (n * 7919) % 256)), 'it has'],
  ])('of %s are refused with the reason', (_, text, reason) => {
    expect(() => parseCube('a.cube', text)).toThrow(reason);
  });
});

describe('named filters', () => {
  it.each([
    ['黑白', 'black-and-white'],
    ['Retro', 'vintage'],
    ['落日橘', 'warm'],
    ['冷蓝', 'cool'],
    ['青橙电影', 'teal-orange'],
    ['赛博朋克', 'cyber'],
    ['樱粉', 'pink'],
    ['高清', 'clear'],
    ['褪色', 'faded'],
  ])('%s is %s', (name, family) => {
    expect(findFilter(name)?.family).toBe(family);
    expect(filterFidelity(effect('filter', 1, { name }))).toBe('approximated');
  });

  it('do more the stronger they are, and nothing at 0', () => {
    const at = (value: number): number =>
      Math.abs(sum(seen(colorLook([effect('filter', value, { name: '暗夜' })], [], noFile), [150, 120, 100])) - 370);
    expect(at(0)).toBe(0);
    expect(at(1)).toBeGreaterThan(at(0.5));
    expect(at(0.5)).toBeGreaterThan(3);
  });

  it('each change a picture, and stay within range', () => {
    for (const { ops } of FILTERS) {
      const map = compile(ops);
      const rgba = Uint8ClampedArray.from([200, 140, 110, 255, 60, 90, 160, 255, 90, 150, 70, 255]);
      map?.(rgba);
      expect([...rgba]).not.toEqual([200, 140, 110, 255, 60, 90, 160, 255, 90, 150, 70, 255]);
    }
  });

  it('that are not known change nothing and say so', () => {
    expect(filterFidelity(effect('filter', 1, { name: 'ABG' }))).toBe('skipped');
    expect(filterFidelity(effect('smart_color_adjust', 1))).toBe('skipped');
  });
});

describe('whiter skin', () => {
  const whitened = (color: readonly number[], value = 1) =>
    seen(colorLook([effect('figure', value, { name: '美白' })], [], noFile), color);

  it('makes skin of any kind lighter, more the further the slider goes', () => {
    for (const skin of [
      [224, 172, 140],
      [198, 134, 96],
      [110, 66, 44],
    ]) {
      expect(sum(whitened(skin))).toBeGreaterThan(sum(skin) + 15);
      expect(sum(whitened(skin, 0.3))).toBeLessThan(sum(whitened(skin)));
      expect(sum(whitened(skin, 0.3))).toBeGreaterThan(sum(skin));
    }
  });

  it('leaves everything else', () => {
    for (const color of [
      [40, 90, 200],
      [60, 160, 70],
      [0, 0, 0],
      [255, 255, 255],
      [128, 128, 128],
      [220, 20, 30],
    ])
      for (const [channel, value] of whitened(color).entries())
        expect(Math.abs(value - (color[channel] ?? 0))).toBeLessThan(5);
  });

  it('is approximated; other beauty is left out', () => {
    expect(filterFidelity(effect('figure', 0.4, { name: '美白' }))).toBe('approximated');
    expect(filterFidelity(effect('figure', 0.4, { name: '瘦脸' }))).toBe('skipped');
    expect(colorLook([effect('figure', 0.4, { name: '瘦脸' })], [], noFile)).toBeNull();
  });
});

describe('chroma key', () => {
  const alpha = (key: ColorLook | null, color: readonly number[]): number => {
    const rgba = Uint8ClampedArray.from([...color, 255]);
    key?.apply(rgba, 1, 1);
    return rgba[3] ?? -1;
  };

  it('takes the key colour out and leaves skin, black and white', () => {
    const key = chromaKey({ color: '#00ff00', intensity: 0.3, shadow: 0 });
    expect(alpha(key, [0, 255, 0])).toBe(0);
    expect(alpha(key, [20, 230, 30])).toBe(0);
    for (const color of [
      [220, 170, 140],
      [0, 0, 0],
      [255, 255, 255],
      [40, 60, 200],
    ])
      expect(alpha(key, color)).toBe(255);
  });

  it('takes more the stronger it is, and softens with shadow', () => {
    const color = [60, 190, 80];
    const at = (intensity: number, shadow: number): number =>
      alpha(chromaKey({ color: '#00ff00ff', intensity, shadow }), color);
    expect(at(0.05, 0)).toBe(255);
    expect(at(0.9, 0)).toBe(0);
    expect(at(0.2, 1)).toBeGreaterThan(0);
    expect(at(0.2, 1)).toBeLessThan(255);
  });

  const backdrop = [0, 177, 64];
  /** A subject on the left whose edge mixes with the backdrop over some pixels, row by row moved a little. */
  function keyedEdge(subject: (x: number) => readonly number[], mixedOver: number) {
    const [width, height] = [60, 20];
    const rgba = new Uint8ClampedArray(width * height * 4);
    const share = (x: number, y: number) => Math.min(1, Math.max(0, (30 + y / height - x) / mixedOver + 0.5));
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1) {
        const own = subject(x);
        const mixed = own.map((value, channel) => value * share(x, y) + (backdrop[channel] ?? 0) * (1 - share(x, y)));
        rgba.set([...mixed, 255], (y * width + x) * 4);
      }
    const before = rgba.slice();
    chromaKey({ color: '#00b140', intensity: 0.4, shadow: 0.2 })?.apply(rgba, width, height);
    const row = (data: Uint8ClampedArray, y: number) =>
      Array.from({ length: width }, (_, x) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)]);
    return { before: row(before, 10), after: row(rgba, 10) };
  }

  it.each([
    ['red', [214, 40, 40]],
    ['skin', [220, 170, 140]],
    ['white', [240, 240, 240]],
    ['black', [16, 16, 16]],
    ['blue', [40, 60, 200]],
  ])('leaves no line of a mixed colour round %s, sharp or blurred', (_, color) => {
    for (const mixedOver of [1, 2, 4, 6]) {
      const { after } = keyedEdge(() => color, mixedOver);
      const visible = after.filter(([, , , a = 0]) => a > 12);
      for (const [r = 0, g = 0, b = 0] of visible)
        expect(Math.max(...[r, g, b].map((value, channel) => Math.abs(value - (color[channel] ?? 0))))).toBeLessThan(
          14,
        );
      // Softer towards the outside, and where it was to half a pixel of what the edge gives away.
      const alphas = after.map(([, , , a = 0]) => a);
      expect(alphas.every((value, x) => x === 0 || value <= (alphas[x - 1] ?? 0))).toBe(true);
      expect(Math.abs(alphas.reduce((total, value) => total + value / 255, 0) - 30.5)).toBeLessThan(
        0.5 + mixedOver / 4,
      );
    }
  });

  it('finds the subject also where pairs of pixels share their chroma, as in every usual video', () => {
    // A row across such an edge: brightness turns sharply, colour two pixels at a time.
    const row = [
      [221, 178, 144],
      [221, 178, 144],
      [218, 178, 144],
      [214, 178, 141],
      [166, 186, 131],
      [143, 162, 108],
      [52, 165, 76],
      [37, 150, 61],
      [11, 171, 63],
    ];
    const [width, height] = [row.length, 8];
    const rgba = Uint8ClampedArray.from(Array.from({ length: height }, () => row.flatMap((c) => [...c, 255])).flat());
    chromaKey({ color: '#0eac41', intensity: 0.35, shadow: 0.1 })?.apply(rgba, width, height);
    const middle = Array.from({ length: width }, (_, x) => rgba.subarray((4 * width + x) * 4, (4 * width + x) * 4 + 4));
    for (const [r = 0, g = 0, , a = 0] of middle) if (a > 0) expect(r - g).toBeGreaterThan(30);
    expect(middle.filter(([, , , a]) => a === 0)).toHaveLength(3);
  });

  it('leaves what is near the key but not mixed with it, and what is drawn inside the subject', () => {
    const leaf = [150, 190, 60];
    const { after } = keyedEdge(() => leaf, 1);
    for (const x of [0, 20, 28, 29]) expect(after[x]).toEqual([...leaf, 255]);
    const stripes = (x: number) => (x % 4 < 2 ? [214, 40, 40] : [40, 60, 200]);
    const striped = keyedEdge(stripes, 1);
    expect(striped.after.slice(0, 28)).toEqual(striped.before.slice(0, 28));
  });

  it('keeps what was transparent already', () => {
    const rgba = Uint8ClampedArray.from([214, 40, 40, 128, 0, 177, 64, 128, 0, 0, 0, 0]);
    chromaKey({ color: '#00b140', intensity: 0.4, shadow: 0.2 })?.apply(rgba, 3, 1);
    expect([...rgba]).toEqual([214, 40, 40, 128, 0, 177, 64, 0, 0, 0, 0, 0]);
  });

  it('is null for no intensity and for what is no colour', () => {
    expect(chromaKey({ color: '#00ff00', intensity: 0, shadow: 0 })).toBeNull();
    expect(chromaKey({ color: 'green', intensity: 1, shadow: 0 })).toBeNull();
  });
});

describe('blend modes', () => {
  it.each([
    ['正片叠底', 'multiply', 'exact'],
    ['滤色', 'screen', 'exact'],
    ['Soft Light', 'soft-light', 'exact'],
    ['color-burn', 'color-burn', 'exact'],
    ['线性加深', 'color-burn', 'exact'],
    ['没有这个', 'source-over', 'skipped'],
    ['constructor', 'source-over', 'skipped'],
  ])('%s is %s (%s)', (name, operation, fidelity) => {
    expect(blendMode(name)).toMatchObject({ operation, fidelity });
    expect(mixModeFidelity(name)).toBe(fidelity);
  });
});
