import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadImage } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMediaInspector } from '../../main/media/index.ts';
import type { MediaReply, MediaRequest } from '../../main/media/protocol.ts';
import { StationError, sentence } from '../../main/shared/errors/index.ts';
import { type SpawnWorker, spawnNodeWorker, type WorkerProcess } from '../../main/workers/spawn.ts';
import { runner } from '../support/lottie.ts';
import { makeMovie, makePhoto, scratchFolder } from '../support/media.ts';
import { addCover, tone, writeEncoded } from '../support/sound.ts';
import { makeWebpAnimation } from '../support/webp.ts';

const scratch = scratchFolder('inspector');
const at = (name: string) => path.join(scratch.folder, name);
const children: WorkerProcess[] = [];
const spawn: SpawnWorker = (name) => {
  const child = spawnNodeWorker(name);
  children.push(child);
  return child;
};
const inspector = createMediaInspector(spawn);
let movie = '';
const expected = { durationUs: 1_000_000, fps: 30, width: 320, height: 180, hasAudio: true };

beforeAll(async () => {
  movie = await makeMovie(at('movie.mp4'), { toneHz: 440 });
});
afterAll(() => {
  inspector.close();
  scratch.remove();
});

async function failure(promise: Promise<unknown>): Promise<StationError> {
  const thrown = await promise.then(
    () => 'no error',
    (error: unknown) => error,
  );
  if (thrown instanceof StationError) return thrown;
  throw new Error(`not a StationError: ${String(thrown)}`);
}

describe('looking into media', () => {
  test('tells size, duration, rate and streams of a video', async () => {
    const facts = await inspector.probe(movie);
    expect(facts).toMatchObject({ kind: 'video', width: 320, height: 180, fps: 30, hasAudio: true });
    expect(facts).toMatchObject({ videoCodec: 'h264', audioCodec: 'aac' });
    expect(Math.abs(facts.durationUs - 1_000_000)).toBeLessThan(50_000);
  });

  test('knows animated webp and Lottie, whatever they are called', async () => {
    const frames = [{ durationMs: 300 }, { durationMs: 500 }];
    makeWebpAnimation(at('moving.png'), { width: 40, height: 20, frames });
    const moving = { kind: 'gif', hasAudio: false, audioCodec: null };
    expect(await inspector.probe(at('moving.png'))).toMatchObject({
      ...moving,
      width: 40,
      height: 20,
      durationUs: 800_000,
      fps: 2.5,
      videoCodec: 'webp',
    });
    await writeFile(at('sticker.bin'), JSON.stringify(runner()));
    expect(await inspector.probe(at('sticker.bin'))).toMatchObject({
      ...moving,
      width: 100,
      durationUs: 2_000_000,
      fps: 10,
      videoCodec: 'lottie',
    });
    await writeFile(at('answer.bin'), '{"code":403}');
    expect((await failure(inspector.probe(at('answer.bin')))).code).toBe('MEDIA_UNREADABLE');
  });

  test('knows photos whatever they are called', async () => {
    const photo = await makePhoto(at('photo.png'), 30, 20, (context) => context.fillRect(0, 0, 9, 9));
    expect(await inspector.probe(photo)).toMatchObject({ kind: 'photo', width: 30, height: 20, durationUs: 0, fps: 0 });
    const jpeg = await makePhoto(at('photo.jpg'), 31, 21, (context) => context.fillRect(0, 0, 9, 9));
    expect(await inspector.probe(jpeg)).toMatchObject({ kind: 'photo', width: 31, height: 21, hasAudio: false });
  });

  test('a song with a cover picture is a song', async () => {
    const song = await writeEncoded(at('song.mp3'), 'libmp3lame', [tone(440)], 1);
    const cover = await makePhoto(at('cover.png'), 30, 20, (context) => context.fillRect(0, 0, 9, 9));
    addCover(song, cover);
    expect(await inspector.probe(song)).toMatchObject({ kind: 'audio', width: 0, hasAudio: true });
  });

  test.each([
    ['an empty file', async (file: string) => writeFile(file, '')],
    ['text called a video', async (file: string) => writeFile(file, 'not a video at all')],
    ['a video cut off before its index', async (file: string) => writeFile(file, Buffer.alloc(5000, 7))],
    ['a file that is not there', async () => {}],
    [
      'an animated WebP cut off in its header',
      async (file: string) => {
        makeWebpAnimation(file, { frames: [{ color: '#f00' }, { color: '#0f0' }] });
        await truncate(file, 25);
      },
    ],
  ])('says that %s cannot be read, naming the file', async (name, make) => {
    const file = at(`${name}.mp4`);
    await make(file);
    const error = await failure(inspector.probe(file));
    expect(error.code).toBe('MEDIA_UNREADABLE');
    expect(error.params.file).toBe(`${name}.mp4`);
  });

  test('a folder is no media', async () => {
    expect((await failure(inspector.probe(scratch.folder))).code).toBe('MEDIA_UNREADABLE');
  });

  test.skipIf(process.platform === 'win32')(
    'a pipe is no media, and nobody waits for what may come out of it',
    async () => {
      execFileSync('mkfifo', [at('pipe.mp4')]);
      const error = await failure(inspector.probe(at('pipe.mp4')));
      expect(error.params).toEqual({ file: 'pipe.mp4', reason: 'it is not a file' });
    },
  );

  test('goes on after its child program died', async () => {
    await inspector.probe(movie);
    for (const child of children) child.kill();
    expect((await inspector.probe(movie)).kind).toBe('video');
  });

  test('a file that ends the child program is reported, the next one is served', async () => {
    const deadly = at('deadly.mp4');
    const fragile = createMediaInspector((name) => {
      const child = spawnNodeWorker(name);
      return {
        ...child,
        send: (message) => ((message as MediaRequest).task.file === deadly ? child.kill() : child.send(message)),
      };
    });
    const error = await failure(fragile.probe(deadly));
    expect(error.code).toBe('MEDIA_UNREADABLE');
    expect(String(error.params.reason)).toContain('SIGKILL');
    expect((await fragile.probe(movie)).kind).toBe('video');
    fragile.close();
  });

  test('a file that never ends is given up at the deadline', async () => {
    const silent: SpawnWorker = () => {
      let exit: ((how: { code: null; signal: string; stderr: string }) => void) | null = null;
      return {
        pid: undefined,
        send: () => {},
        onMessage: () => {},
        onExit: (listener) => {
          exit = listener;
        },
        kill: () => exit?.({ code: null, signal: 'SIGKILL', stderr: '' }),
      };
    };
    const impatient = createMediaInspector(silent, { deadlineMs: 30 });
    expect((await failure(impatient.probe(movie))).code).toBe('MEDIA_CHECK_TIMEOUT');
  });

  test('a cancelled request ends at once, waiting or working', async () => {
    const stop = new AbortController();
    const asked: unknown[] = [];
    const mute: SpawnWorker = () => ({
      pid: undefined,
      send: (message) => void asked.push(message),
      onMessage: () => {},
      onExit: () => {},
      kill: () => {},
    });
    const slow = createMediaInspector(mute, { children: 1 });
    const working = slow.probe('a', stop.signal).catch((error: unknown) => error);
    const waiting = slow.probe('b', stop.signal).catch((error: unknown) => error);
    stop.abort(new Error('enough'));
    expect([String(await working), String(await waiting)]).toEqual(['Error: enough', 'Error: enough']);
    expect(asked).toHaveLength(1);
    slow.close();
  });

  test('requests wait for a free child and all are answered', async () => {
    const busy = new Map<number, number>();
    let most = 0;
    const counting: SpawnWorker = () => {
      let tell: (reply: MediaReply) => void = () => {};
      const id = busy.size;
      busy.set(id, 0);
      return {
        pid: undefined,
        send: (message) => {
          busy.set(id, (busy.get(id) ?? 0) + 1);
          most = Math.max(most, busy.get(id) ?? 0);
          setImmediate(() => {
            busy.set(id, (busy.get(id) ?? 0) - 1);
            tell({ id: (message as MediaRequest).id, ok: true, facts: null });
          });
        },
        onMessage: (listener) => {
          tell = listener;
        },
        onExit: () => {},
        kill: () => {},
      };
    };
    const shared = createMediaInspector(counting, { children: 3 });
    await Promise.all(Array.from({ length: 40 }, (_, index) => shared.cover(`in-${index}`, 'out', 10)));
    expect([busy.size, most]).toEqual([3, 1]);
    shared.close();
  });
});

describe('checking a finished video', () => {
  test('passes a whole one', async () => {
    expect(await inspector.verify(movie, expected)).toMatchObject({ kind: 'video', width: 320 });
  });

  test('a missing one is told in its own words', async () => {
    expect((await failure(inspector.verify(at('nowhere.mp4'), expected))).code).toBe('EXPORT_FILE_MISSING');
  });

  test.each([
    ['too short', { durationUs: 1_200_000 }, 'lasts', '时长为 1.000 秒，应为 1.200 秒'],
    ['too long', { durationUs: 800_000 }, 'lasts', '时长为 1.000 秒，应为 0.800 秒'],
    ['of another size', { width: 640 }, '320x180', '画面大小为 320x180，应为 640x180'],
  ])('refuses one that is %s, in either language', async (_, wrong, words, chinese) => {
    const error = await failure(inspector.verify(movie, { ...expected, ...wrong }));
    expect(error.code).toBe('EXPORT_FILE_BROKEN');
    expect(String(error.params.reason)).toContain(words);
    expect(sentence(error, 'zh')).toContain(`没有通过检查：${chinese}。`);
  });

  test('allows the difference it is told to', async () => {
    const facts = await inspector.verify(movie, { ...expected, durationUs: 1_200_000 }, { toleranceUs: 300_000 });
    expect(facts.kind).toBe('video');
  });

  test('refuses one without the sound it should have', async () => {
    const mute = await makeMovie(at('mute.mp4'));
    expect(String((await failure(inspector.verify(mute, expected))).params.reason)).toContain('no sound');
  });

  test('refuses one that is black throughout', async () => {
    const black = await makeMovie(at('black.mp4'), { color: '#000', toneHz: 440, draw: () => {} });
    expect(String((await failure(inspector.verify(black, expected))).params.reason)).toContain('black');
  });

  test('accepts one that is black but for a moment in the middle', async () => {
    // Its only key frame, and its last frame, are black.
    const flash = await makeMovie(at('flash.mp4'), {
      toneHz: 440,
      draw: (context, frame, width, height) => {
        context.fillStyle = frame >= 14 && frame <= 16 ? '#fff' : '#000';
        context.fillRect(0, 0, width, height);
      },
    });
    expect(await inspector.verify(flash, expected)).toMatchObject({ kind: 'video' });
  });

  test('refuses one whose end was cut off', async () => {
    const cut = await makeMovie(at('cut.mp4'), {
      toneHz: 440,
      videoKbps: 3000,
      draw: (context, frame, width, height) => {
        for (let x = 0; x < width; x += 4)
          for (let y = 0; y < height; y += 4) {
            context.fillStyle = `hsl(${(x * 7 + y * 13 + frame * 31) % 360} 80% 50%)`;
            context.fillRect(x, y, 4, 4);
          }
      },
    });
    await truncate(cut, 40_000);
    expect((await failure(inspector.verify(cut, expected))).code).toBe('EXPORT_FILE_BROKEN');
  });
});

describe('a cover', () => {
  test('is a small JPEG of the first frame that is not black', async () => {
    const film = await makeMovie(at('film.mp4'), {
      frames: 90,
      draw: (context, frame, width, height) => {
        context.fillStyle = frame < 40 ? '#000' : '#e02020';
        context.fillRect(0, 0, width, height);
      },
    });
    const cover = at('cover.jpg');
    await inspector.cover(film, cover, 96);
    const image = await loadImage(cover);
    expect([image.width, image.height]).toEqual([96, 54]);
    const { createCanvas } = await import('@napi-rs/canvas');
    const canvas = createCanvas(96, 54);
    canvas.getContext('2d').drawImage(image, 0, 0);
    expect(canvas.getContext('2d').getImageData(48, 27, 1, 1).data[0]).toBeGreaterThan(180);
    expect(existsSync(`${cover}.part`)).toBe(false);
  });

  test('of a file without picture is refused', async () => {
    await writeFile(at('no.mp4'), 'nothing');
    expect((await failure(inspector.cover(at('no.mp4'), at('no.jpg'), 96))).code).toBe('MEDIA_UNREADABLE');
    expect(existsSync(at('no.jpg'))).toBe(false);
  });
});
