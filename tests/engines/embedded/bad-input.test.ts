import { execFileSync } from 'node:child_process';
import { stat, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Draft } from '../../../main/drafts/model.ts';
import { renderDraft } from '../../../main/engines/embedded/render.ts';
import { StationError, sentence } from '../../../main/shared/errors/index.ts';
import { exportPresetSchema } from '../../../main/shared/settings.ts';
import { makeCodedMovie } from '../../support/coded-movie.ts';
import { aDraft, aMask, aMedia, anEffect, aSegment, aText, second } from '../../support/drafts.ts';
import { framesOf, makeMovie, makePhoto, type Pixels, readCounter, scratchFolder } from '../../support/media.ts';

const scratch = scratchFolder('bad');
const at = (name: string) => path.join(scratch.folder, name);
let movie = '';
beforeAll(async () => {
  movie = await makeMovie(at('movie.mp4'), { frames: 30, toneHz: 300 });
});
afterAll(() => scratch.remove());

let outputs = 0;
async function render(
  draft: Draft,
): Promise<{ frames: Pixels[]; warnings: readonly { code: string; params: object }[] }> {
  outputs += 1;
  const output = at(`out-${outputs}.mp4`);
  const warnings = await renderDraft(draft, { preset: exportPresetSchema.parse({}), output, resolve: (file) => file });
  return { frames: await framesOf(output), warnings };
}

async function failureOf(draft: Draft): Promise<StationError> {
  const thrown: unknown = await render(draft).then(
    () => null,
    (error: unknown) => error,
  );
  if (thrown instanceof StationError) return thrown;
  throw new Error(`not a StationError: ${String(thrown)}`);
}

async function written(name: string, bytes: string | Buffer): Promise<string> {
  await writeFile(at(name), bytes);
  return at(name);
}

/** Tracks of one kind that all play at once. */
function crowd(kind: 'video' | 'audio', count: number): Pick<Draft, 'tracks'> {
  const segments = () => [aSegment(aMedia(kind, movie), { durationUs: second / 5 })];
  return { tracks: aDraft(Array.from({ length: count }, () => ({ type: kind, segments: segments() }))).tracks };
}

/** A good clip with something else above it. */
const above = (segment: ReturnType<typeof aSegment>) =>
  aDraft([
    { type: 'video', segments: [aSegment(aMedia('video', movie), { durationUs: second / 5 })] },
    { type: 'video', segments: [segment] },
  ]);

describe('media that cannot be shown', () => {
  const kinds: [string, () => Promise<string>][] = [
    ['missing', async () => at('nowhere.mp4')],
    ['empty', () => written('empty.mp4', '')],
    ['text called a video', () => written('text.mp4', 'hello')],
    ['noise called a photo', () => written('noise.jpg', Buffer.alloc(3000, 0xab))],
    ['a folder', async () => scratch.folder],
    [
      'cut off before its index',
      async () => {
        const file = at('half.mp4');
        await makeMovie(file, { frames: 30 });
        await truncate(file, 900);
        return file;
      },
    ],
  ];
  test.each(kinds)('%s: the rest is drawn, and the warning names material and place', async (_, make) => {
    const file = await make();
    const segment = aSegment(aMedia('video', file, { name: 'holiday.mp4' }), {
      startUs: 100_000,
      durationUs: 100_000,
      volume: 0,
    });
    const { frames, warnings } = await render(above(segment));
    expect(frames.map((frame) => readCounter(frame))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(warnings.filter(({ code }) => code === 'MEDIA_NOT_DRAWN')).toMatchObject([
      { params: { name: 'holiday.mp4', count: 1, at: '0:00.10' } },
    ]);
  });

  test('a video cut off in the middle holds its last good frame, and the warning says so', async () => {
    const whole = await makeMovie(at('whole.mp4'), {
      frames: 60,
      toneHz: 300,
      videoKbps: 4000,
      draw: (context, frame, width, height) => {
        for (let x = 0; x < width; x += 8) {
          context.fillStyle = `hsl(${(x * 5 + frame * 40) % 360} 80% 50%)`;
          context.fillRect(x, 0, 8, height);
        }
      },
    });
    await truncate(whole, (await stat(whole)).size / 2);
    const segment = aSegment(aMedia('video', whole, { name: 'holiday.mp4' }), { durationUs: 2 * second, volume: 0 });
    const { frames, warnings } = await render(above(segment));
    expect(frames).toHaveLength(60);
    expect(warnings).toMatchObject([{ code: 'MEDIA_DAMAGED', params: { name: 'holiday.mp4', at: '0:00.00' } }]);
  });

  test('a sound that ends before its file says is named in a warning', async () => {
    const song = await makeMovie(at('song.m4a'), { frames: 90, toneHz: 300 });
    await truncate(song, 30_000);
    const startUs = 100_000;
    const { warnings } = await render(
      aDraft([
        { type: 'video', segments: [aSegment(aMedia('video', movie), { durationUs: second / 5 })] },
        {
          type: 'audio',
          segments: [aSegment(aMedia('audio', song, { name: 'song' }), { startUs, durationUs: 3 * second })],
        },
      ]),
    );
    expect(warnings).toMatchObject([{ code: 'MEDIA_DAMAGED', params: { name: 'song', at: '0:00.10' } }]);
  });

  test('a photo the lower half of which is missing is drawn, and named in a warning', async () => {
    const photo = await makePhoto(at('half.jpg'), 320, 180, (context, width, height) => {
      for (let x = 0; x < width; x += 3) {
        context.fillStyle = `hsl(${x * 7} 80% 50%)`;
        context.fillRect(x, 0, 2, height);
      }
    });
    const { size } = await stat(photo);
    await truncate(photo, size / 2);
    const { warnings } = await render(
      above(aSegment(aMedia('photo', photo, { name: 'half' }), { durationUs: 100_000 })),
    );
    expect(warnings).toMatchObject([{ code: 'MEDIA_DAMAGED', params: { name: 'half' } }]);
  });

  test('a stream that begins and is jumped into between key frames is not called damaged', async () => {
    const stream = await makeCodedMovie(at('stream.ts'), { encoder: 'libx264', frames: 240, gop: 60, bFrames: 2 });
    const segments = [4, 1, 7.5].map((start, index) =>
      aSegment(aMedia('video', stream), {
        startUs: index * 500_000,
        durationUs: 500_000,
        sourceStartUs: start * second,
        volume: 0,
      }),
    );
    expect((await render(aDraft([{ type: 'video', segments }]))).warnings).toEqual([]);
  });

  test.skipIf(process.platform === 'win32')(
    'a pipe is passed over as clip, sound, background and colour table',
    async () => {
      const pipe = (name: string) => {
        execFileSync('mkfifo', [at(name)]);
        return at(name);
      };
      const lut = { ...anEffect('lut', 'table'), path: pipe('pipe.cube') };
      const canvas = { type: 'image', path: pipe('pipe.jpg') } as const;
      const draft = aDraft([
        {
          type: 'video',
          segments: [
            aSegment(aMedia('video', movie), {
              durationUs: second / 5,
              transform: { scaleX: 0.5, scaleY: 0.5 },
              extras: { canvas, effects: [lut] },
            }),
          ],
        },
        { type: 'video', segments: [aSegment(aMedia('video', pipe('pipe.mp4')), { durationUs: second / 5 })] },
        { type: 'sticker', segments: [aSegment(aMedia('gif', pipe('pipe.gif')), { durationUs: second / 5 })] },
        { type: 'audio', segments: [aSegment(aMedia('audio', pipe('pipe.mp3')), { durationUs: second / 5 })] },
      ]);
      const { frames, warnings } = await render(draft);
      expect(frames).toHaveLength(6);
      const told = warnings.map(({ code, params }) => `${'name' in params ? params.name : ''}: ${code}`);
      expect(told.sort()).toEqual([
        'pipe.cube: MEDIA_NOT_DRAWN',
        'pipe.gif: MEDIA_NOT_DRAWN',
        'pipe.jpg: MEDIA_NOT_DRAWN',
        'pipe.mp3: MEDIA_NOT_HEARD',
        'pipe.mp4: MEDIA_NOT_DRAWN',
        'pipe.mp4: MEDIA_NOT_HEARD',
      ]);
    },
  );

  test.skipIf(process.platform === 'win32')('a colour table that leads to an endless device is not read', async () => {
    await symlink('/dev/zero', at('endless.cube'));
    const lut = { ...anEffect('lut', 'table'), path: at('endless.cube') };
    const { warnings } = await render(
      above(aSegment(aMedia('video', movie), { durationUs: second / 5, extras: { effects: [lut] } })),
    );
    expect(warnings.map(({ code, params }) => [code, params])).toMatchObject([
      ['MEDIA_NOT_DRAWN', { name: 'endless.cube', reason: 'it is not a file' }],
    ]);
  });

  test.each<[string, () => Promise<string>, string]>([
    ['a playlist', () => written('list.mp4', '#EXTM3U\n#EXTINF:2,\n/etc/passwd\n#EXT-X-ENDLIST\n'), 'list.mp4'],
    ['a script of other files', () => written('script.mp4', `ffconcat version 1.0\nfile ${movie}\n`), 'script.mp4'],
    ['a page', () => written('page.jpg', '<!doctype html><html>404</html>'), 'page.jpg'],
    ['a drawing in words', () => written('drawing.png', '<svg xmlns="http://www.w3.org/2000/svg"/>'), 'drawing.png'],
  ])('%s in the place of a picture is not followed, and named', async (_, make, name) => {
    const file = await make();
    const { frames, warnings } = await render(
      above(aSegment(aMedia('video', file), { durationUs: second / 5, volume: 0 })),
    );
    expect(frames.map((frame) => readCounter(frame))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(warnings.filter(({ code }) => code === 'MEDIA_NOT_DRAWN')).toMatchObject([{ params: { name } }]);
  });

  test.each(['nowhere.mp4', 'nowhere.mp3'])(
    'a sound that should be in %s is called missing, not damaged',
    async (name) => {
      const { warnings } = await render(
        aDraft([
          { type: 'video', segments: [aSegment(aMedia('video', movie), { durationUs: second / 5 })] },
          { type: 'audio', segments: [aSegment(aMedia('audio', at(name)), { durationUs: second / 5 })] },
        ]),
      );
      expect(warnings).toMatchObject([{ code: 'MEDIA_NOT_HEARD', params: { name, reason: 'the file is missing' } }]);
    },
  );

  test('when nothing at all can be shown the export fails and says why', async () => {
    const draft = aDraft([
      { type: 'video', segments: [aSegment(aMedia('video', at('nowhere.mp4'), { name: 'lost.mp4' }))] },
    ]);
    const error = await failureOf(draft);
    expect(error.code).toBe('RENDER_NOTHING_TO_DRAW');
    expect(sentence(error, 'en')).toContain('none of its media can be opened (lost.mp4 at 0:00.00)');
    expect(sentence(error, 'zh')).toContain('素材全部无法打开（lost.mp4，首次用于 0:00.00）');
  });

  test('nor can a draft none of whose segments has its material', async () => {
    const gone = (materialId: string) => aSegment({ type: 'unresolved', materialId });
    const error = await failureOf(aDraft([{ type: 'video', segments: [gone('m1'), gone('m2')] }]));
    expect(sentence(error, 'en')).toContain('none of its 2 segments has its material in the draft (m1, m2)');
    expect(sentence(error, 'zh')).toContain('2 个片段引用的素材都不在草稿中（m1、m2）');
    const [some] = aDraft([{ type: 'video', segments: [gone('m1')] }]).tracks;
    const beside = above(aSegment(aMedia('video', movie), { durationUs: 100_000 }));
    const { frames } = await render({ ...beside, tracks: [...beside.tracks, ...(some === undefined ? [] : [some])] });
    expect(frames).toHaveLength(6);
  });

  test('the first three media are named with the time of their first use, whatever is read first', async () => {
    const lost = (name: string, startUs: number) =>
      aSegment(aMedia('photo', at(name)), { startUs, durationUs: 100_000 });
    const draft = aDraft([
      { type: 'video', segments: [lost('c.png', 300_000), lost('d.png', 400_000)] },
      { type: 'video', segments: [lost('b.png', 100_000), lost('a.png', 200_000)] },
      { type: 'video', segments: [lost('a.png', 0)] },
    ]);
    expect(String((await failureOf(draft)).params.reason)).toContain(
      '(a.png at 0:00.00, b.png at 0:00.10, c.png at 0:00.30)',
    );
  });
});

describe('absurd pictures', () => {
  test('one pixel high and very wide', async () => {
    const thin = await makePhoto(at('thin.png'), 10_000, 1, (context, width) => {
      context.fillStyle = '#fff';
      context.fillRect(0, 0, width, 1);
    });
    const { frames } = await render(above(aSegment(aMedia('photo', thin), { durationUs: second / 5 })));
    expect(frames).toHaveLength(6);
  });

  test('a picture that claims 60000 x 60000 pixels is refused, not decoded', async () => {
    const claim = Buffer.from(
      '89504e470d0a1a0a0000000d494844520000ea600000ea600802000000ffffffff0000000049454e44ae426082',
      'hex',
    );
    await writeFile(at('claim.png'), claim);
    const { warnings } = await render(above(aSegment(aMedia('photo', at('claim.png')), { durationUs: second / 5 })));
    expect(warnings).toMatchObject([
      { code: 'MEDIA_NOT_DRAWN', params: { reason: 'the picture has no size that can be used' } },
    ]);
  });
});

describe('absurd numbers', () => {
  test.each([
    ['endless scale', { scaleX: Number.MAX_VALUE, scaleY: Number.MAX_VALUE }],
    ['no scale', { scaleX: 0, scaleY: 0 }],
    ['numbers that are none', { scaleX: Number.NaN, x: Number.NaN, rotation: Number.NaN, alpha: Number.NaN }],
    ['far outside', { x: 1e12, y: -1e12 }],
    ['many turns', { rotation: 1e15 }],
  ])('%s', async (_, transform) => {
    const photo = await makePhoto(at('photo.png'), 40, 40, (context) => context.fillRect(0, 0, 40, 40));
    const { frames } = await render(above(aSegment(aMedia('photo', photo), { durationUs: second / 5, transform })));
    expect(frames).toHaveLength(6);
  });

  test('a text scaled beyond measure and a mask without size', async () => {
    const text = aSegment(aText('很大'), { durationUs: second / 5, transform: { scaleX: 1e9, scaleY: 1e9 } });
    expect((await render(above({ ...text, trackType: 'text' }))).frames).toHaveLength(6);
    const masks = [aMask({ width: 0, height: Number.NaN, shape: 'circle' })];
    const photo = await makePhoto(at('photo2.png'), 40, 40, (context) => context.fillRect(0, 0, 40, 40));
    const masked = aSegment(aMedia('photo', photo), { durationUs: second / 5, extras: { masks } });
    expect((await render(above(masked))).frames).toHaveLength(6);
  });

  test('an animation longer than its clip and a transition of no length', async () => {
    const animations = [
      { kind: 'in', name: '放大', id: '', resourceId: '', startUs: 0, durationUs: 1e15 } as const,
      { kind: 'loop', name: '', id: '', resourceId: '', startUs: 0, durationUs: 0 } as const,
    ];
    const transition = { name: '', resourceId: '', durationUs: 0, overlap: false };
    const segment = aSegment(aMedia('video', movie), { durationUs: second / 5, extras: { animations, transition } });
    expect((await render(above(segment))).frames).toHaveLength(6);
  });

  test.each<[string, Partial<Draft>, string]>([
    ['a duration of years', { durationUs: 1e15 }, 'RENDER_LIMIT'],
    ['a canvas beyond memory', { canvas: { width: 100_000, height: 100_000, ratio: '' } }, 'RENDER_LIMIT'],
    ['a canvas of nothing', { canvas: { width: 0, height: 0, ratio: '' } }, 'RENDER_NOTHING_TO_DRAW'],
    ['no segment', { tracks: [] }, 'RENDER_NOTHING_TO_DRAW'],
    ['a picture beyond 8K', { canvas: { width: 8192, height: 8192, ratio: '' } }, 'RENDER_LIMIT'],
    ['a wall of videos', crowd('video', 65), 'RENDER_LIMIT'],
    ['a crowd of sounds', crowd('audio', 1001), 'RENDER_LIMIT'],
  ])('%s is refused before anything is made', async (_, wrong, code) => {
    expect((await failureOf({ ...above(aSegment(aMedia('video', movie))), ...wrong })).code).toBe(code);
  });
});

test('a narrow canvas at a high resolution is refused for its length, not for the encoder', async () => {
  const draft = { ...above(aSegment(aMedia('video', movie))), canvas: { width: 20, height: 4000, ratio: '' } };
  const preset = exportPresetSchema.parse({ resolution: '4k' });
  const refused = renderDraft(draft, { preset, output: at('narrow.mp4'), resolve: (file) => file });
  await expect(refused).rejects.toMatchObject({ code: 'RENDER_LIMIT', params: { value: '432000', limit: '8192' } });
});

test('a draft that is black on purpose passes its check', async () => {
  const black = await makePhoto(at('black.png'), 32, 18, (context) => {
    context.fillStyle = '#000';
    context.fillRect(0, 0, 32, 18);
  });
  const { frames } = await render(
    aDraft([{ type: 'video', segments: [aSegment(aMedia('photo', black), { durationUs: second / 5 })] }]),
  );
  expect(frames).toHaveLength(6);
});
