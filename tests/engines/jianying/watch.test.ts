import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deadlinesFor } from '../../../main/engines/jianying/driver/deadlines.ts';
import { isNameOf, stemOf } from '../../../main/engines/jianying/driver/names.ts';
import { diskFiles } from '../../../main/engines/jianying/files.ts';
import type { Tree } from '../../../main/engines/jianying/ui/backend.ts';
import { findCaption, percent, readExportPath, shownValue } from '../../../main/engines/jianying/ui/elements.ts';
import { shapeFits, wantedExport } from '../../../main/engines/jianying/wanted.ts';
import { isCompleteMp4 } from '../../../main/engines/jianying/watch/mp4.ts';
import { findOutput } from '../../../main/engines/jianying/watch/output.ts';
import { encodePng } from '../../../main/engines/jianying/windows/capture-png.ts';
import { exportPresetSchema } from '../../../main/shared/settings.ts';

function box(type: string, body: number): Buffer {
  const bytes = Buffer.alloc(8 + body);
  bytes.writeUInt32BE(8 + body);
  bytes.write(type, 4, 'latin1');
  return bytes;
}

async function fileOf(bytes: Buffer, name = 'a.mp4'): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'watch-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, name);
  await writeFile(file, bytes);
  return file;
}

describe('a finished video', () => {
  const whole = Buffer.concat([box('ftyp', 16), box('mdat', 100), box('moov', 50)]);

  it('has all its boxes and ends where the last one ends', async () => {
    expect(await isCompleteMp4(diskFiles, await fileOf(whole), whole.length)).toBe(true);
    const large = Buffer.concat([box('ftyp', 16), box('moov', 50), Buffer.alloc(16)]);
    large.writeUInt32BE(1, large.length - 16);
    large.write('mdat', large.length - 12, 'latin1');
    large.writeBigUInt64BE(116n, large.length - 8);
    const sixtyFour = Buffer.concat([large, Buffer.alloc(100)]);
    expect(await isCompleteMp4(diskFiles, await fileOf(sixtyFour), sixtyFour.length)).toBe(true);
  });

  it('is not one that was cut off anywhere, or is something else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
        const file = await fileOf(whole.subarray(0, length));
        expect(await isCompleteMp4(diskFiles, file, length)).toBe(false);
      }),
      { numRuns: 40, seed: 1 },
    );
    const text = Buffer.from('this is no video at all, but long enough to look at');
    expect(await isCompleteMp4(diskFiles, await fileOf(text), text.length)).toBe(false);
  });

  it('is found under the name of its draft only, also as a second copy', async () => {
    const file = await fileOf(whole, 'q-7f3a21 (1).mp4');
    const folder = path.dirname(file);
    expect(await findOutput(diskFiles, 'q-7f3a21', path.join(folder, 'q-7f3a21.mp4'), [])).toMatchObject({
      file,
      complete: true,
    });
    expect(await findOutput(diskFiles, 'q-7f3a21', null, ['/absent', folder])).toMatchObject({ file });
    expect(await findOutput(diskFiles, 'q-7f3a2', null, [folder])).toBeNull();
  });
});

it('names are compared as a whole', () => {
  expect(stemOf('D:\\视频\\q-7f3a21.mp4')).toBe('q-7f3a21');
  for (const good of ['q-7f3a21', 'Q-7F3A21', 'q-7f3a21 (2)', 'q-7f3a21(1)'])
    expect(isNameOf(good, 'q-7f3a21')).toBe(true);
  for (const bad of ['q-7f3a2', 'q-7f3a21b', 'q-7f3a21 copy', 'my q-7f3a21', ''])
    expect(isNameOf(bad, 'q-7f3a21')).toBe(false);
});

function tree(...controls: { description?: string; name?: string }[]): Tree {
  const rect = { left: 0, top: 0, width: 10, height: 10 };
  const all = [{}, ...controls];
  return {
    id: 1,
    hwnd: 1,
    elements: all.map(({ description = '', name = '' }: { description?: string; name?: string }, index) => ({
      index,
      type: 50020,
      name,
      description,
      className: '',
      automationId: '',
      rect,
      offscreen: false,
      enabled: true,
    })),
  };
}

describe('reading the export dialog', () => {
  it('takes the path beside its label, with or without a cover line between', () => {
    expect(readExportPath(tree({ description: 'ExportPath' }, { description: 'D:\\视频 x\\q-1.mp4' }))).toBe(
      'D:\\视频 x\\q-1.mp4',
    );
    expect(
      readExportPath(tree({ description: 'ExportPath' }, { description: 'cover' }, { name: '\\\\nas\\v\\q-1.mov' })),
    ).toBe('\\\\nas\\v\\q-1.mov');
    expect(readExportPath(tree({ description: 'D:\\q-1.mp4' }))).toBeNull();
    expect(readExportPath(tree({ description: 'ExportPath' }, { description: 'D:\\folder' }))).toBeNull();
  });

  it('reads percentages, values and captions, and does not take a sentence for a button', () => {
    expect(percent(tree({ name: '导出中 42%' }))).toBe(0.42);
    expect(percent(tree({ name: '缩放 250%' }))).toBeNull();
    expect(
      shownValue(tree({ description: 'ExportSharpnessInput', name: '1080P' }), 'ExportSharpnessInput', ['4K', '1080P']),
    ).toBe('1080P');
    expect(
      shownValue(
        tree({ description: 'ExportSharpnessInput' }, { description: 'FrameRateInput', name: '4K' }),
        'ExportSharpnessInput',
        ['4K'],
      ),
    ).toBeNull();
    expect(findCaption(tree({ name: '点击取消可以放弃本次操作' }, { name: '取消' }), ['取消'])?.index).toBe(2);
    expect(findCaption(tree({ name: '点击取消可以放弃本次操作' }), ['取消'])).toBeNull();
  });
});

describe('what is chosen in the dialog', () => {
  const preset = (change: object) => exportPresetSchema.parse(change);
  it.each([
    [{}, { width: 1920, height: 1080 }, 30, '1080P', '30fps'],
    [{}, { width: 1080, height: 1920 }, 25, '1080P', '25fps'],
    [{}, { width: 1000, height: 600 }, 29.97, '720P', '30fps'],
    [{ resolution: '4k', fps: 60 }, { width: 1920, height: 1080 }, 30, '4K', '60fps'],
    [{}, { width: 0, height: 0 }, 30, null, '30fps'],
  ])('%j of a draft %j at %d', (change, canvas, fps, resolution, rate) => {
    expect(wantedExport(preset(change), { canvas, fps })).toMatchObject({ resolution, fps: rate });
  });

  it('a video of another shape is not the draft', () => {
    expect(shapeFits({ width: 1920, height: 1080 }, { width: 1280, height: 720 })).toBe(true);
    expect(shapeFits({ width: 1920, height: 1080 }, { width: 854, height: 480 })).toBe(true);
    expect(shapeFits({ width: 1920, height: 1080 }, { width: 1080, height: 1920 })).toBe(false);
  });
});

it('long drafts get longer deadlines, patience stretches waiting but not the rhythm', () => {
  const hour = deadlinesFor(3_600_000_000, 2);
  expect(hour.total).toBe(72_000_000);
  expect(hour.dialog).toBe((120_000 + 300_000) * 2);
  expect(hour.dialogEvery).toBe(4_000);
  expect(hour.tileTries).toBe(6);
});

it('a picture of a window is a PNG', async () => {
  const png = encodePng(Buffer.from([1, 2, 3, 0, 255, 0, 0, 0]), 2, 1);
  const { loadImage } = await import('@napi-rs/canvas');
  expect(await loadImage(png)).toMatchObject({ width: 2, height: 1 });
  expect(await readFile(await fileOf(png))).toEqual(png);
});
