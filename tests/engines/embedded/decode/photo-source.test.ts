import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { PhotoSource } from '../../../../main/engines/embedded/decode/photo-source.ts';
import { makePhoto, scratchFolder } from '../../../support/media.ts';

const scratch = scratchFolder('photo-source');
afterAll(() => scratch.remove());

/** A photo of a format with transparency, red but for a corner of one pixel. */
const openPhoto = async (name: string, corner: string | null) => {
  const file = await makePhoto(path.join(scratch.folder, name), 40, 20, (context) => {
    context.fillStyle = '#f00';
    context.fillRect(0, 0, 40, 20);
    if (corner !== null) context.clearRect(39, 19, 1, 1);
    if (corner !== null) context.fillStyle = corner;
    context.fillRect(39, 19, 1, 1);
  });
  return PhotoSource.open(
    file,
    () => 0.5,
    () => {},
  );
};

test('a photo that could have transparent parts and has none is taken for what it is', async () => {
  const photo = await openPhoto('whole.png', null);
  expect(photo.opaque).toBe(true);
  const { image } = await photo.pictureAt();
  expect([image.width, image.height]).toEqual([20, 10]);
  const timed = await photo.frameAt();
  expect([timed?.frame.width, timed?.frame.height]).toEqual([20, 10]);
  expect(await photo.frameAt()).toBe(timed);
  await photo.close();
});

test('a photo one pixel of which lets anything through keeps it', async () => {
  const photo = await openPhoto('holed.png', 'rgb(255 0 0 / 0.9)');
  expect(photo.opaque).toBe(false);
  const { image } = await photo.pictureAt();
  expect([image.width, image.height]).toEqual([20, 10]);
  expect(await photo.frameAt()).toBeNull();
  await photo.close();
});
