import path from 'node:path';
import { AV_LOG_QUIET, Log } from 'node-av';
import { expect, test, vi } from 'vitest';
import { EncodingLine } from '../../../../main/engines/embedded/encode/encoding-line.ts';
import { FrameConverter, type OwnFrame } from '../../../../main/engines/embedded/encode/frame-converter.ts';
import { SharedFrame } from '../../../../main/engines/embedded/encode/shared-frame.ts';
import { VideoFile } from '../../../../main/engines/embedded/encode/video-file.ts';
import { Studio } from '../../../../main/engines/embedded/studio.ts';
import { exportPresetSchema } from '../../../../main/shared/settings.ts';
import { aDraft, aSegment, aText, second } from '../../../support/drafts.ts';
import { tempFolder } from '../../../support/temp.ts';

Log.setLevel(AV_LOG_QUIET);

test('a layer that cannot be laid fails the export and gives the frame below it back', async () => {
  const segment = aSegment(aText('字', 14), { durationUs: second });
  const draft = aDraft([{ type: 'text', segments: [segment] }], { width: 64, height: 36 });
  const preset = exportPresetSchema.parse({});
  const studio = new Studio(draft, { preset, resolve: () => null });
  const file = await VideoFile.create(path.join(tempFolder(), 'v.mp4'), studio.shape, preset, { sound: false });
  const converter = new FrameConverter(studio.shape, file.encoder.pixelFormat);
  const line = new EncodingLine(file, converter, null, { from: 0, to: 30 }, 30);
  const made = vi.spyOn(converter, 'toOwn');
  const scaled = new SharedFrame<OwnFrame>(Promise.reject(new Error('the frame cannot be scaled')));
  const overlay = {
    scaled,
    width: 32,
    height: 18,
    part: { left: 0, top: 0, right: 32, bottom: 18 },
    matrix: { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 },
    alpha: 1,
    fullColours: false,
  };

  const composed = { identity: 'frame', ground: { type: 'canvas', identity: 'canvas' }, overlays: [overlay] } as const;
  await line.add(composed, studio.stage);
  await expect(line.finish()).rejects.toThrow('the frame cannot be scaled');

  const grabbed = converter.grab(studio.stage.canvas);
  const [first, next] = [await made.mock.results[0]?.value, await converter.toOwn(grabbed)];
  expect(next).toBe(first);
  next.free();
  grabbed.free();
  await line.abandon();
  await studio.close();
  converter.close();
});
