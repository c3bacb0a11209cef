import { setTimeout as delay } from 'node:timers/promises';
import type { Draft } from '../../drafts/model.ts';
import { blackBelow } from '../../media/brightness.ts';
import { verifyVideo } from '../../media/verify.ts';
import type { ErrorRecord } from '../../shared/errors/index.ts';
import { createAudioMixer } from './audio/index.ts';
import { EncodingLine } from './encode/encoding-line.ts';
import { FrameConverter } from './encode/frame-converter.ts';
import { outputSampleRate } from './encode/sound-track.ts';
import { VideoFile } from './encode/video-file.ts';
import { Studio, type StudioOptions } from './studio.ts';
import { frameTimeUs } from './timeline/frame-grid.ts';

export interface RenderOptions extends StudioOptions {
  readonly output: string;
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
export async function renderDraft(asked: Draft, options: RenderOptions): Promise<readonly ErrorRecord[]> {
  const studio = new Studio(asked, options);
  const { draft, stage, shape, timeline, warnings } = studio;
  const { frames } = timeline;
  const signal = options.signal ?? new AbortController().signal;
  const lookAhead = Math.ceil((lookAheadSeconds * shape.rate.num) / shape.rate.den);
  stage.scene.prepare(0, lookAhead);
  const file = await VideoFile.create(options.output, shape, options.preset, { sound: true }).catch(
    async (error: unknown) => {
      await studio.close();
      throw error;
    },
  );
  const converter = new FrameConverter(shape, file.encoder.pixelFormat);
  const mixer = createAudioMixer(draft, {
    sampleRate: outputSampleRate,
    resolve: ({ path }) => options.resolve(path),
    signal,
    onWarning: (warning) => warnings.addSound(warning),
  });
  const line = new EncodingLine(file, converter, mixer, frames);
  try {
    for (let frame = 0; frame < frames; frame += 1) {
      signal.throwIfAborted();
      if (frame % 4 === 0) stage.scene.prepare(frame, frame + lookAhead);
      await line.add(await stage.compose(frame), stage);
      if (frame > 0 && frame % lookAhead === 0) await stage.scene.retire(frame);
      options.onProgress?.(line.written, frames);
      // Lets messages and timers of the process through: native work may finish without ever waiting.
      if (frame % 30 === 0) await delay(0);
    }
    studio.shelf.requireSomething();
    const brightest = await line.finish();
    const { num, den } = shape.rate;
    const expected = { ...shape, fps: num / den, durationUs: frameTimeUs(frames, shape.rate), hasAudio: true };
    await verifyVideo(options.output, expected, { mayBeBlack: brightest < blackBelow });
    options.onProgress?.(frames, frames);
    return studio.warnings.list();
  } catch (error) {
    await line.abandon();
    throw error;
  } finally {
    await studio.close();
    mixer.close();
    converter.close();
  }
}
