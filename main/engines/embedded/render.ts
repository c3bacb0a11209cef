import { readFileSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Draft } from '../../drafts/model.ts';
import { blackBelow } from '../../media/brightness.ts';
import { verifyVideo } from '../../media/verify.ts';
import type { ErrorRecord } from '../../shared/errors/index.ts';
import type { ExportPreset } from '../../shared/settings.ts';
import { createAudioMixer } from './audio/index.ts';
import { Stage } from './compositor/stage.ts';
import type { Workshop } from './compositor/workshop.ts';
import { type ResolvePath, SourceShelf } from './decode/source-shelf.ts';
import { EncodingLine } from './encode/encoding-line.ts';
import { FrameConverter } from './encode/frame-converter.ts';
import { outputShape } from './encode/output.ts';
import { outputSampleRate, VideoFile } from './encode/video-file.ts';
import { noteFeatures } from './feature-warnings.ts';
import { checkLimits } from './limits.ts';
import { createFontBook } from './text/index.ts';
import { frameTimeUs } from './timeline/frame-grid.ts';
import { buildTimeline } from './timeline/timeline.ts';
import { Warnings } from './warnings.ts';

export interface RenderOptions {
  readonly preset: ExportPreset;
  readonly output: string;
  /** Where a written media path leads; null when nowhere. */
  readonly resolve: ResolvePath;
  /** Folder with fonts; empty or absent = bundled ones only. */
  readonly fontFolder?: string;
  readonly signal?: AbortSignal;
  onProgress?(done: number, total: number): void;
}

/** Sources are opened this long before they are on screen. */
const lookAheadSeconds = 0.5;

/**
 * Renders a draft to a file and checks the file.
 * @returns what was approximated or left out
 * @throws StationError
 */
export async function renderDraft(draft: Draft, options: RenderOptions): Promise<readonly ErrorRecord[]> {
  checkLimits(draft);
  const warnings = new Warnings();
  noteFeatures(draft, warnings);
  const shape = outputShape(draft, options.preset);
  const timeline = buildTimeline(draft, shape.rate);
  const shelf = new SourceShelf(options.resolve, warnings);
  const workshop: Workshop = {
    shelf,
    fonts: createFontBook({ folder: options.fontFolder ?? '' }),
    warnings,
    resolve: options.resolve,
    readFile: (path) => readTable(path, options.resolve, warnings),
    painters: [],
  };
  const stage = new Stage(timeline, shape, workshop);
  const file = await VideoFile.create(options.output, shape, options.preset, true);
  const converter = new FrameConverter(shape, file.encoder.pixelFormat);
  const mixer = createAudioMixer(draft, {
    sampleRate: outputSampleRate,
    resolve: ({ path }) => options.resolve(path),
    signal: options.signal ?? new AbortController().signal,
    onWarning: (warning) => warnings.addSound(warning),
  });
  const line = new EncodingLine(file, converter, mixer, timeline.frames);
  const lookAhead = Math.ceil((lookAheadSeconds * shape.rate.num) / shape.rate.den);
  try {
    for (let frame = 0; frame < timeline.frames; frame += 1) {
      if (frame % 4 === 0) stage.scene.prepare(frame, frame + lookAhead);
      await line.add(await stage.compose(frame), stage);
      if (frame > 0 && frame % lookAhead === 0) await stage.scene.retire(frame);
      options.onProgress?.(line.written, timeline.frames);
      // Lets messages and timers of the process through: native work may finish without ever waiting.
      if (frame % 30 === 0) await delay(0);
    }
    shelf.requireSomething();
    const brightest = await line.finish();
    await verifyVideo(
      options.output,
      {
        durationUs: frameTimeUs(timeline.frames, shape.rate),
        fps: shape.rate.num / shape.rate.den,
        width: shape.width,
        height: shape.height,
        hasAudio: true,
      },
      { mayBeBlack: brightest < blackBelow },
    );
    options.onProgress?.(timeline.frames, timeline.frames);
    for (const painter of workshop.painters) for (const warning of painter.warnings()) warnings.addText(warning);
    return warnings.list();
  } catch (error) {
    await line.abandon();
    throw error;
  } finally {
    await stage.scene.close();
    await shelf.close();
    mixer.close();
    converter.close();
  }
}

/** A colour table is text of a few MB at most. */
const largestTable = 64 << 20;

function readTable(path: string, resolve: ResolvePath, warnings: Warnings): string | null {
  const file = resolve(path);
  try {
    if (file !== null && statSync(file).size <= largestTable) return readFileSync(file, 'utf8');
  } catch {
    // Told below, like a path that leads nowhere.
  }
  warnings.feature('not_drawn', 'colour table', path.split(/[\\/]/).at(-1) ?? path, path);
  return null;
}
