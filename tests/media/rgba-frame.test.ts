import { AV_PIX_FMT_YUV420P, AVCHROMA_LOC_LEFT, AVCOL_SPC_BT709, Frame } from 'node-av';
import { expect, test } from 'vitest';
import { keepBuffer } from '../../main/media/buffer-frame.ts';
import { RgbaFrame } from '../../main/media/rgba-frame.ts';

const widths = Array.from({ length: 70 }, (_, index) => 2 * (index + 1));

function whiteFrame(width: number, height: number): Frame {
  const quarter = (width / 2) * (height / 2);
  const samples = Buffer.concat([Buffer.alloc(width * height, 235), Buffer.alloc(2 * quarter, 128)]);
  return keepBuffer(Frame.fromVideoBuffer(samples, { width, height, format: AV_PIX_FMT_YUV420P }), samples);
}

test.each([
  ['of its own size', 0],
  ['scaled', 6],
])('a picture %s fills every column, whatever its width', async (_, larger) => {
  for (const width of widths) {
    const height = 6;
    using source = whiteFrame(width + larger, height + larger);
    const picture = new RgbaFrame(width, height);
    await picture.load(source);
    const wrong = picture.image.data.findIndex((value) => value < 253);
    expect(wrong, `width ${width}: pixel ${Math.floor(wrong / 4) % width}`).toBe(-1);
    picture.close();
  }
});

/** A frame of 4:2:0 whose two by two pixels have a shade each, one after the other. */
function patches(shades: readonly (readonly [number, number, number])[]): Frame {
  const width = 2 * shades.length;
  const rows = (place: number, count: number, times: number) =>
    Buffer.from(Array.from({ length: times }, () => shades.flatMap((shade) => Array(count).fill(shade[place]))).flat());
  const samples = Buffer.concat([rows(0, 2, 2), rows(1, 1, 1), rows(2, 1, 1)]);
  const frame = keepBuffer(Frame.fromVideoBuffer(samples, { width, height: 2, format: AV_PIX_FMT_YUV420P }), samples);
  frame.colorSpace = AVCOL_SPC_BT709;
  frame.chromaLocation = AVCHROMA_LOC_LEFT;
  return frame;
}

/** ITU-R BT.709-6 in limited range. */
function rgbOf([y, u, v]: readonly [number, number, number]): number[] {
  const [light, blue, red] = [(255 * (y - 16)) / 219, (255 * (u - 128)) / 224, (255 * (v - 128)) / 224];
  const [r, b] = [light + 1.5748 * red, light + 1.8556 * blue];
  return [r, (light - 0.2126 * r - 0.0722 * b) / 0.7152, b];
}

test('every shade is the nearest one, and colours do not run into their neighbours', async () => {
  const greys = Array.from({ length: 220 }, (_, index) => [16 + index, 128, 128] as const);
  const colours = Array.from({ length: 200 }, (_, n) => [90 + (n % 80), 108 + ((13 * n) % 40), 108 + ((29 * n) % 40)]);
  const shades = [...greys, ...(colours as [number, number, number][])];
  using source = patches(shades);
  const picture = new RgbaFrame(source.width, 2);
  await picture.load(source);
  for (const [index, shade] of shades.entries())
    for (const [channel, value] of rgbOf(shade).entries())
      for (const column of [2 * index, 2 * index + 1])
        expect(Math.abs((picture.image.data[4 * column + channel] ?? -1) - value), `${shade}`).toBeLessThan(1.01);
  const off = shades.map((shade, index) => (picture.image.data[8 * index + 1] ?? 0) - (rgbOf(shade)[1] ?? 0));
  expect(Math.abs(off.reduce((sum, value) => sum + value, 0) / off.length)).toBeLessThan(0.1);
  picture.close();
});
