import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createCanvas } from '@napi-rs/canvas';
import { AV_PIX_FMT_YUV420P } from 'node-av';
import { expect, test } from 'vitest';
import { FrameConverter } from '../../../main/engines/embedded/encode/frame-converter.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Native memory is given back in turns of the event loop after the collection. */
async function forget(): Promise<void> {
  collectGarbage();
  await new Promise((resolve) => setImmediate(resolve));
}

test('a frame grabbed from a canvas keeps its pixels, whatever is collected or drawn after it', async () => {
  const [width, height] = [320, 180];
  const converter = new FrameConverter({ width, height, rate: { num: 30, den: 1 } }, AV_PIX_FMT_YUV420P);
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const frames = [];
  for (let index = 0; index < 20; index += 1) {
    context.fillStyle = `rgb(${10 * index}, 100, 200)`;
    context.fillRect(0, 0, width, height);
    frames.push(converter.grab(canvas));
    await forget();
    createCanvas(width, height).data().fill(0);
  }
  await forget();
  for (const [index, frame] of frames.entries()) {
    const pixels = frame.data?.[0] ?? Buffer.alloc(0);
    const wrong = pixels.findIndex((value, at) => value !== [10 * index, 100, 200, 255][at % 4]);
    expect([index, wrong]).toEqual([index, -1]);
    frame.free();
  }
  converter.close();
});
