import { AV_PIX_FMT_YUV420P, Frame } from 'node-av';
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
