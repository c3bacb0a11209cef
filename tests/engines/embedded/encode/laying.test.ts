import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layPatch, type YuvPixels } from '../../../../main/engines/embedded/encode/lay-patch.ts';
import { hidesAll, layPicture, type Matrix } from '../../../../main/engines/embedded/encode/lay-picture.ts';
import { RowSampler } from '../../../../main/engines/embedded/encode/row-sampler.ts';

const width = 32;
const height = 16;

function planar(fill: (index: number) => number): YuvPixels {
  const plane = (length: number, shift: number) => Uint8Array.from({ length }, (_, index) => fill(index + shift));
  return {
    y: plane(width * height, 0),
    u: plane((width * height) / 4, 7),
    v: plane((width * height) / 4, 19),
    yStride: width,
    chromaStride: width / 2,
    chromaStep: 1,
  };
}

/** Both colour differences in one plane by turns, as hardware encoders take them. */
function interleaved({ y, u, v }: YuvPixels): YuvPixels {
  const both = new Uint8Array(2 * u.length);
  u.forEach((value, index) => void both.set([value, v[index] ?? 0], 2 * index));
  return { y: y.slice(), u: both, v: both.subarray(1), yStride: width, chromaStride: width, chromaStep: 2 };
}

const whole = { left: 0, top: 0, right: width, bottom: height };
const picture = (pixels: YuvPixels, part = whole) => ({ pixels, version: {}, width, height, part, fullColours: false });
const grey = () => planar(() => 100);
const noise = (seed: number) => planar((index) => 16 + ((((index + seed) * 2_654_435_761) >>> 24) % 220));
const straight: Matrix = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };

/** A pixel as Skia keeps it: colours times alpha. */
const pixel = fc
  .tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.constantFrom(0, 1, 90, 254, 255))
  .map(([r, g, b, a]) => [r, g, b].map((value) => Math.round((value * a) / 255)).concat(a));

describe('a drawn layer over a video frame', () => {
  test('every sample becomes what mixing in BT.709 makes of it, within one step', () => {
    const below = noise(3);
    fc.assert(
      fc.property(fc.array(pixel, { minLength: 4, maxLength: 4 }), (four) => {
        const pixels = Int32Array.from(four, ([r = 0, g = 0, b = 0, a = 0]) => (a << 24) | (b << 16) | (g << 8) | r);
        const frame = { ...below, y: below.y.slice(), u: below.u.slice(), v: below.v.slice() };
        layPatch(frame, { left: 4, top: 2, width: 2, height: 2, pixels, stride: 2 });
        const places = [2 * width + 4, 2 * width + 5, 3 * width + 4, 3 * width + 5];
        four.forEach(([r = 0, g = 0, b = 0, a = 0], index) => {
          const own = 0.182586 * r + 0.614231 * g + 0.062007 * b + (16 * a) / 255;
          const place = places[index] ?? 0;
          const wanted = own + ((below.y[place] ?? 0) * (255 - a)) / 255;
          expect(Math.abs((frame.y[place] ?? 0) - wanted)).toBeLessThanOrEqual(0.51);
        });
        const [red, green, blue, alpha] = [0, 1, 2, 3].map(
          (channel) => four.reduce((sum, values) => sum + (values[channel] ?? 0), 0) / 4,
        ) as [number, number, number, number];
        const chroma = width / 2 + 2;
        const through = (value = 0) => ((value - 128) * (255 - alpha)) / 255 + 128;
        const u = through(below.u[chroma]) - 0.100644 * red - 0.338572 * green + 0.439216 * blue;
        const v = through(below.v[chroma]) + 0.439216 * red - 0.398942 * green - 0.040274 * blue;
        expect(Math.abs((frame.u[chroma] ?? 0) - u)).toBeLessThanOrEqual(0.6);
        expect(Math.abs((frame.v[chroma] ?? 0) - v)).toBeLessThanOrEqual(0.6);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('leaves everything outside it, and below its transparent parts, as it was', () => {
    const frame = noise(5);
    const before = noise(5);
    layPatch(frame, { left: 8, top: 4, width: 4, height: 4, pixels: new Int32Array(16), stride: 4 });
    expect(frame).toEqual(before);
    layPatch(frame, { left: 8, top: 4, width: 4, height: 4, pixels: new Int32Array(16).fill(-1), stride: 4 });
    frame.y.forEach((value, index) => {
      const [x, y] = [index % width, Math.floor(index / width)];
      const inside = x >= 8 && x < 12 && y >= 4 && y < 8;
      expect(value).toBe(inside ? 235 : before.y[index]);
    });
  });
});

describe('a clip over a video frame', () => {
  const over = noise(11);
  const lay = (frame: YuvPixels, matrix: Matrix, alpha = 1) =>
    layPicture(frame, width, height, { ...picture(over), matrix, alpha });

  test('where it is not moved, its very samples are in the video', () => {
    const frame = grey();
    lay(frame, straight);
    expect(frame).toEqual(over);
  });

  test('moved by whole pixels it is the same elsewhere', () => {
    const frame = grey();
    lay(frame, { ...straight, e: -4, f: 2 });
    expect(frame.y[5 * width + 9]).toBe(over.y[7 * width + 5]);
    expect(frame.y[5 * width + 3]).toBe(100);
    expect(frame.u[2 * (width / 2) + 4]).toBe(over.u[3 * (width / 2) + 2]);
  });

  test.each([
    ['with vector instructions', new RowSampler()],
    ['without', null],
  ] as const)('half transparent it is neither darker nor lighter than what lies between, %s', (_, sampler) => {
    const [below, frame] = [noise(4), noise(4)];
    const alpha = 0.3;
    layPicture(frame, width, height, { ...picture(over), matrix: straight, alpha }, sampler);
    for (const plane of ['y', 'u', 'v'] as const) {
      const off = [...frame[plane]].map(
        (value, at) => value - (below[plane][at] ?? 0) * (1 - alpha) - (over[plane][at] ?? 0) * alpha,
      );
      for (const value of off) expect(Math.abs(value)).toBeLessThan(1);
      expect(Math.abs(off.reduce((sum, value) => sum + value, 0) / off.length)).toBeLessThan(0.25);
    }
  });

  test('moved by an odd number of pixels its colours come with it', () => {
    const white = { ...planar(() => 235), u: new Uint8Array(128).fill(200), v: new Uint8Array(128).fill(60) };
    const frame = grey();
    layPicture(frame, width, height, { ...picture(white), matrix: { ...straight, e: -5, f: -3 }, alpha: 1 });
    expect([...frame.y.subarray(4 * width + 3, 4 * width + 8)]).toEqual([100, 100, 235, 235, 235]);
    // Of the third sample of colours one of two pixels is covered, of the second row one of two.
    expect([...frame.u.subarray(16, 21)]).toEqual([100, 100, 125, 150, 150]);
    expect([...frame.v.subarray(32, 37)]).toEqual([100, 100, 80, 60, 60]);
  });

  test('let through by half, half of what is below it shows', () => {
    const frame = grey();
    lay(frame, straight, 0.5);
    frame.y.forEach((value, index) => {
      expect(Math.abs(value - (100 + (over.y[index] ?? 0)) / 2)).toBeLessThanOrEqual(1);
    });
  });

  test('an edge between two pixels covers the outer one by half', () => {
    const white = planar(() => 235);
    const frame = planar(() => 35);
    layPicture(frame, width, height, { ...picture(white), matrix: { ...straight, e: -8.5 }, alpha: 1 });
    expect([...frame.y.subarray(6, 11)]).toEqual([35, 35, 135, 235, 235]);
  });

  test('mirrored and turned it stands on its head', () => {
    const frame = grey();
    lay(frame, { a: -1, b: 0, c: 0, d: -1, e: width, f: height });
    const turned = (plane: Uint8Array) => [...plane].reverse();
    expect([...frame.y]).toEqual(turned(over.y));
    expect([...frame.u]).toEqual(turned(over.u));
  });

  test('colour differences by turns (NV12) are the same as in planes of their own', () => {
    const turn: Matrix = { a: 0.8, b: -0.6, c: 0.6, d: 0.8, e: -3, f: 5 };
    const [apart, together] = [grey(), interleaved(grey())];
    lay(apart, turn, 0.7);
    lay(together, turn, 0.7);
    const pixels = Int32Array.from({ length: 64 }, (_, index) => (0x80 << 24) | (index << 16) | (index << 9) | index);
    const patch = { left: 2, top: 2, width: 8, height: 8, pixels, stride: 8 };
    layPatch(apart, patch);
    layPatch(together, patch);
    expect(together).toEqual(interleaved(apart));
  });

  test('colours as fine as brightness are laid where those of half size would be', () => {
    const flat = { left: 40, right: 200 };
    const side = (columns: number) =>
      Uint8Array.from({ length: columns * ((height * columns) / width) }, (_, index) =>
        index % columns < columns / 2 ? flat.left : flat.right,
      );
    const halves = { y: side(width), yStride: width, chromaStep: 1 } as const;
    const coarse = { ...halves, u: side(width / 2), v: side(width / 2), chromaStride: width / 2 };
    const fine = { ...halves, u: side(width), v: side(width), chromaStride: width };
    const turned: Matrix = { a: 0.9, b: 0, c: 0, d: 0.9, e: 1, f: 1 };
    const [one, other] = [grey(), grey()];
    layPicture(one, width, height, { ...picture(coarse), matrix: turned, alpha: 1 });
    layPicture(other, width, height, { ...picture(fine), fullColours: true, matrix: turned, alpha: 1 });
    expect(other.y).toEqual(one.y);
    const farFromTheEdge = (_: number, index: number) => Math.abs((index % (width / 2)) - width / 4) > 2;
    for (const plane of ['u', 'v'] as const)
      expect(other[plane].filter(farFromTheEdge)).toEqual(one[plane].filter(farFromTheEdge));
  });

  test('what it is said to hide cannot be seen', () => {
    const angle = fc.double({ min: -0.5, max: 0.5, noNaN: true });
    const hidden = new Set<boolean>();
    fc.assert(
      fc.property(
        angle,
        fc.double({ min: 0.3, max: 1.05, noNaN: true }),
        fc.constantFrom(1, 0.5),
        (turn, share, alpha) => {
          const [a, b] = [Math.cos(turn) * share, Math.sin(turn) * share];
          const matrix = {
            a,
            b,
            c: -b,
            d: a,
            e: (width - a * width + b * height) / 2,
            f: (height - b * width - a * height) / 2,
          };
          const laid = { ...picture(over), matrix, alpha };
          const hides = hidesAll(laid, width, height);
          hidden.add(hides);
          if (!hides) return;
          const [overBlack, overWhite] = [planar(() => 0), planar(() => 255)];
          layPicture(overBlack, width, height, laid);
          layPicture(overWhite, width, height, laid);
          expect(overWhite).toEqual(overBlack);
        },
      ),
      { seed: 4, numRuns: 200 },
    );
    expect(hidden.size).toBe(2);
    expect(hidesAll({ ...picture(over), matrix: straight, alpha: 1 }, width, height)).toBe(true);
  });

  test('it is the same to the last bit with vector instructions and without', () => {
    const sampler = new RowSampler();
    const factor = fc.oneof(fc.double({ min: -1.7, max: 1.7, noNaN: true }), fc.constantFrom(0, 0.04, 1, 3.99, 4, 6));
    const shift = fc.double({ min: -20, max: 40, noNaN: true });
    const alpha = fc.constantFrom(1, 0.3);
    const pixels = fc.integer({ min: -20, max: 20 });
    const exactly = fc.record({ e: pixels, f: pixels }).map((moved) => ({ ...straight, ...moved }));
    const anyhow = fc.record({ a: factor, b: factor, c: factor, d: factor, e: shift, f: shift });
    fc.assert(
      fc.property(fc.nat(), fc.oneof(anyhow, anyhow, exactly), alpha, (seed, matrix, alpha) => {
        const part = seed % 2 === 0 ? whole : { left: 3.3, top: 1, right: 20.5, bottom: 12.7 };
        const laid = { ...picture(noise(seed), part), matrix, alpha };
        const [plain, quick, together] = [noise(1), noise(1), interleaved(noise(1))];
        layPicture(plain, width, height, laid, null);
        layPicture(quick, width, height, laid, sampler);
        layPicture(together, width, height, laid, sampler);
        expect(quick).toEqual(plain);
        expect(together).toEqual(interleaved(plain));
      }),
      { seed: 3, numRuns: 600 },
    );
  });

  test('any place, size and turn is laid without reaching beyond the frame or the picture', () => {
    const number = fc.double({ min: -2000, max: 2000, noNaN: true });
    const factor = fc.oneof(fc.double({ min: -3, max: 3, noNaN: true }), fc.constantFrom(0, 1e-7, 1e4, -1e4));
    fc.assert(
      fc.property(factor, factor, factor, factor, number, number, (a, b, c, d, e, f) => {
        const white = planar(() => 200);
        const frame = grey();
        layPicture(frame, width, height, { ...picture(white), matrix: { a, b, c, d, e, f }, alpha: 1 });
        for (const plane of [frame.y, frame.u, frame.v])
          for (const value of plane) expect(value).toSatisfy((sample: number) => sample >= 100 && sample <= 200);
      }),
      { seed: 2, numRuns: 150 },
    );
  });
});
