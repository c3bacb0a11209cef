import { mkdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Engine } from './engines/engine.ts';
import { StationError, sentence } from './shared/errors/index.ts';
import type { HealthLine } from './shared/health.ts';
import type { ExportPreset } from './shared/settings.ts';

const durationUs = 1_000_000;

/** One second with a line of text on a colour: passes through drawing, encoding, muxing and checking. */
const draft = {
  name: 'self-test',
  canvas_config: { width: 320, height: 180, ratio: 'original' },
  fps: 30,
  duration: durationUs,
  materials: {
    texts: [
      {
        id: 'line',
        alignment: 1,
        content: JSON.stringify({
          text: '自检 OK',
          styles: [{ range: [0, 5], size: 20, fill: { content: { solid: { color: [1, 1, 1] } } } }],
        }),
      },
    ],
  },
  tracks: [
    {
      type: 'text',
      segments: [
        {
          material_id: 'line',
          target_timerange: { start: 0, duration: durationUs },
          clip: { alpha: 1, rotation: 0, scale: { x: 1, y: 1 }, transform: { x: 0, y: 0 } },
        },
      ],
    },
  ],
};

/** Renders and checks a tiny video with the embedded engine and the operator's preset. */
export async function selfTest(
  engine: Engine,
  preset: ExportPreset,
  folder: string,
  signal: AbortSignal,
): Promise<HealthLine> {
  const began = performance.now();
  const base = { id: 'self_test', remedy: 'run_self_test' as const };
  mkdirSync(folder, { recursive: true });
  try {
    const contentFile = path.join(folder, 'draft_content.json');
    await writeFile(contentFile, JSON.stringify(draft));
    const outputFile = path.join(folder, `self-test.${preset.container}`);
    const local = { folder, contentFile, name: draft.name, durationUs };
    const job = { taskId: 'self-test', attempt: 1, draft: local, preset, outputFile, workFolder: folder };
    await engine.export(job, { signal, onProgress: () => {}, log: () => {} });
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    return {
      ...base,
      level: 'ok',
      zh: `内置渲染器自检通过，用时 ${seconds} 秒`,
      en: `The embedded renderer passed its self-test in ${seconds} s`,
      facts: { seconds },
    };
  } catch (thrown) {
    const error = StationError.from(thrown).toRecord();
    return {
      ...base,
      level: 'problem',
      zh: `内置渲染器自检失败：${sentence(error, 'zh')}`,
      en: `The embedded renderer failed its self-test: ${sentence(error, 'en')}`,
      facts: { code: error.code },
    };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
