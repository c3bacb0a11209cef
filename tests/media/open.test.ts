import { afterAll, expect, test } from 'vitest';
import { openMedia } from '../../main/media/open.ts';
import { soundFolder, tone, writeWav } from '../support/sound.ts';

const folder = soundFolder();
afterAll(() => folder.remove());

test('a beep in a WAV file is a WAV file, although it repeats like the packets of a broadcast', async () => {
  const beep = tone(1000, 0.919);
  const file = writeWav(folder.at('beep.wav'), [beep, beep], 2);
  const media = await openMedia(file);
  expect(media.format.iformat?.name).toBe('wav');
  expect(media.audio?.decoder.name).toBe('pcm_s16le');
  await media.close();
});
