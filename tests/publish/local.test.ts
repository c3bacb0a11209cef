import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { placeVideo, taskOfVideoName, videoName } from '../../main/publish/local.ts';
import { tempFolder } from '../support/temp.ts';

const id = 'a1b2c3d4e5f6g7h8i9';

describe('a finished video', () => {
  it('is moved into the output folder under its unguessable name; publishing twice is publishing once', async () => {
    const folder = tempFolder();
    for (const content of ['first attempt', 'second attempt']) {
      const exported = path.join(folder, 'work.mp4');
      writeFileSync(exported, content);
      const placed = await placeVideo(exported, id, path.join(folder, 'out'));
      expect(placed).toEqual({
        file: path.join(folder, 'out', `video_${id}.mp4`),
        name: `video_${id}.mp4`,
        bytes: content.length,
      });
      expect(readFileSync(placed.file, 'utf8')).toBe(content);
      expect(existsSync(exported)).toBe(false);
    }
  });

  it('that cannot be written pauses the queue and says where', async () => {
    const folder = tempFolder();
    const exported = path.join(folder, 'work.mp4');
    writeFileSync(exported, 'video');
    writeFileSync(path.join(folder, 'file'), '');
    await expect(placeVideo(exported, id, path.join(folder, 'file'))).rejects.toMatchObject({
      code: 'OUTPUT_NOT_WRITABLE',
      class: 'operator',
    });
    expect(existsSync(exported)).toBe(true);
  });

  it('is found again by its name, and nothing else is', () => {
    expect(taskOfVideoName(videoName(id, '.mp4'))).toBe(id);
    for (const name of [
      'video_x.mp4',
      `video_${id}.exe`,
      `../video_${id}.mp4`,
      `video_${id}.mp4/..`,
      `VIDEO_${id}.mp4`,
    ]) {
      expect(taskOfVideoName(name)).toBeNull();
    }
  });
});
