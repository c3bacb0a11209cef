import { readFileSync } from 'node:fs';
import path from 'node:path';
import { AVCOL_PRI_BT709, AVCOL_RANGE_MPEG, AVCOL_SPC_BT709, AVCOL_TRC_BT709 } from 'node-av';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encoderChoices } from '../../../main/engines/embedded/encode/encoders.ts';
import { outputShape } from '../../../main/engines/embedded/encode/output.ts';
import { workingEncoders } from '../../../main/engines/embedded/encode/video-context.ts';
import { renderDraft } from '../../../main/engines/embedded/render.ts';
import { openMedia } from '../../../main/media/open.ts';
import { probeMedia } from '../../../main/media/probe.ts';
import { sentence } from '../../../main/shared/errors/index.ts';
import { type ExportPreset, exportPresetSchema } from '../../../main/shared/settings.ts';
import { aDraft, aMedia, aSegment, second } from '../../support/drafts.ts';
import { makeMovie, scratchFolder } from '../../support/media.ts';

const scratch = scratchFolder('output');
const at = (name: string) => path.join(scratch.folder, name);
let movie = '';
beforeAll(async () => {
  movie = await makeMovie(at('movie.mp4'), { frames: 30, toneHz: 440 });
});
afterAll(() => scratch.remove());

let outputs = 0;
async function render(preset: Partial<ExportPreset>, more = {}) {
  outputs += 1;
  const whole = exportPresetSchema.parse(preset);
  const output = at(`out-${outputs}.${whole.container}`);
  const draft = aDraft([{ type: 'video', segments: [aSegment(aMedia('video', movie), { durationUs: second })] }], more);
  const warnings = await renderDraft(draft, { preset: whole, output, resolve: (file) => file });
  return { output, warnings, facts: await probeMedia(output) };
}

describe('the size of the video', () => {
  test.each([
    ['draft', 1920, 1080, 1920, 1080],
    ['720p', 1920, 1080, 1280, 720],
    ['1080p', 720, 1280, 1080, 1920],
    ['4k', 1080, 1080, 2160, 2160],
    ['480p', 1000, 999, 480, 480],
    ['draft', 1081, 721, 1082, 722],
  ] as const)('%s of %ix%i is %ix%i', (resolution, width, height, wide, high) => {
    const shape = outputShape(
      { canvas: { width, height, ratio: '' }, fps: 30 },
      exportPresetSchema.parse({ resolution }),
    );
    expect([shape.width, shape.height]).toEqual([wide, high]);
  });

  test('is what the file has', async () => {
    expect((await render({ resolution: '480p' })).facts).toMatchObject({ width: 854, height: 480 });
  });
});

describe('a picture that is very small', () => {
  test.each([
    ['h264', 16, 16],
    ['hevc', 32, 32],
    ['av1', 32, 34],
  ] as const)('is encoded with %s down to %ix%i', async (codec, width, height) => {
    expect((await render({ codec }, { width, height })).facts).toMatchObject({ width, height });
  });

  test.each([
    ['hevc', 30, 4000],
    ['av1', 24, 200],
    ['av1', 200, 16],
  ] as const)('is refused with %s at %ix%i, with what would work', async (codec, width, height) => {
    await expect(render({ codec }, { width, height })).rejects.toMatchObject({
      code: 'RENDER_TOO_SMALL',
      params: { codec: codec.toUpperCase(), size: `${width}x${height}`, least: 32 },
    });
  });
});

describe('the file', () => {
  test('starts with its index, so that it plays while it is downloaded', async () => {
    const { output } = await render({});
    const bytes = readFileSync(output).toString('latin1');
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
    expect(bytes.indexOf('moov')).toBeGreaterThan(0);
  });

  test('says that its colours are BT.709', async () => {
    const { output } = await render({});
    const media = await openMedia(output);
    const parameters = media.video?.stream.codecpar;
    expect([parameters?.colorSpace, parameters?.colorPrimaries, parameters?.colorTrc, parameters?.colorRange]).toEqual([
      AVCOL_SPC_BT709,
      AVCOL_PRI_BT709,
      AVCOL_TRC_BT709,
      AVCOL_RANGE_MPEG,
    ]);
    await media.close();
  });

  test.each([
    [{ codec: 'hevc' }, 'hevc'],
    [{ codec: 'av1' }, 'av1'],
    [{ container: 'mov' }, 'h264'],
    [{ container: 'mov', codec: 'hevc' }, 'hevc'],
    [{ fps: 60 }, 'h264'],
    [{ fps: 24 }, 'h264'],
  ] as const)('with %j is made', async (preset, codec) => {
    const { facts } = await render(preset);
    expect(facts.videoCodec).toContain(codec === 'av1' ? 'av1' : codec);
    expect(facts.fps).toBeCloseTo('fps' in preset ? preset.fps : 30, 1);
    expect(Math.abs(facts.durationUs - second)).toBeLessThan(45_000);
    expect(facts.audioCodec).toBe('aac');
  });

  test('of a draft at 29.97 frames keeps that rate', async () => {
    const { facts } = await render({}, { fps: 29.97 });
    expect(facts.fps).toBeCloseTo(29.97, 2);
  });

  test('keeps to a bit rate', async () => {
    const [small, large] = [await render({ videoKbps: 60 }), await render({ videoKbps: 1500 })];
    expect(small.facts.bytes).toBeLessThan(large.facts.bytes);
  });
});

describe('encoders', () => {
  test('automatic tries hardware first and always ends with software', () => {
    const choices = encoderChoices(exportPresetSchema.parse({ encoder: 'auto' }));
    expect(choices.at(-1)).toMatchObject({ name: 'libx264', hardware: false });
    expect(choices.slice(0, -1).every(({ hardware }) => hardware)).toBe(true);
  });

  test('automatic makes a video on a machine without any hardware encoder', async () => {
    expect((await render({ encoder: 'auto' })).facts.videoCodec).toBe('h264');
  });

  test.each(['nvenc', process.platform === 'darwin' ? 'amf' : 'videotoolbox'] as const)(
    '%s was asked for; where it does not work it gives way to software, with a warning that says so',
    async (encoder) => {
      const { facts, warnings } = await render({ encoder });
      expect(facts.videoCodec).toBe('h264');
      const works = (await workingEncoders()).some((name) => name === `h264_${encoder}`);
      const replaced = { code: 'ENCODER_REPLACED', params: { used: 'libx264' } };
      expect(warnings).toMatchObject(works ? [] : [replaced]);
      const chinese = warnings.map((warning) => sentence(warning, 'zh')).join();
      if (!works) expect(chinese).toMatch(/（(h264_nvenc 未通过自检|\w+：本系统没有这种编码器)）/);
    },
  );
});
