import { setTimeout as delay } from 'node:timers/promises';
import type { Draft } from '../../drafts/model.ts';
import { blackBelow } from '../../media/brightness.ts';
import type { ErrorRecord } from '../../shared/errors/index.ts';
import { type AudioMixer, createAudioMixer } from './audio/index.ts';
import { requireSomething } from './decode/source-shelf.ts';
import { checkVideo } from './encode/check-video.ts';
import { EncodingLine } from './encode/encoding-line.ts';
import { FrameConverter } from './encode/frame-converter.ts';
import { OutputFile } from './encode/output-file.ts';
import { outputSampleRate, SoundTrack, samplesPerPacket } from './encode/sound-track.ts';
import { VideoFile } from './encode/video-file.ts';
import { layOut } from './lay-out.ts';
import type { Part } from './parts.ts';
import type { PartReport } from './protocol.ts';
import { Studio, type StudioOptions } from './studio.ts';
import { type NotedWarning, Warnings } from './warnings.ts';

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
  const { shape, timeline } = studio;
  const { frames } = timeline;
  const mixer = mixerOf(studio.draft, options, studio.warnings);
  try {
    const brightest = await film(studio, { from: 0, to: frames }, mixer, options);
    requireSomething([studio.shelf.opened]);
    await checkVideo(options.output, shape, frames, brightest < blackBelow);
    options.onProgress?.(frames, frames);
    return studio.warnings.list();
  } finally {
    await studio.close();
    mixer.close();
  }
}

/**
 * Renders some frames of a draft to a file, without sound and unchecked: a part of a video, to be joined with others.
 * @throws StationError
 */
export async function renderPart(asked: Draft, part: Part, options: RenderOptions): Promise<PartReport> {
  const studio = new Studio(asked, { ...options, part: `${part.from} ` });
  try {
    const brightest = await film(studio, part, null, options);
    return { warnings: studio.warnings.noted(), opened: studio.shelf.opened, brightest };
  } finally {
    await studio.close();
  }
}

/**
 * Renders the whole sound of a draft to a file without a picture.
 * @returns what could not be heard
 * @throws StationError
 */
export async function renderSound(asked: Draft, options: RenderOptions): Promise<readonly NotedWarning[]> {
  const warnings = new Warnings();
  const mixer = mixerOf(layOut(asked, options).draft, options, warnings);
  const { container, audioKbps } = options.preset;
  const file = OutputFile.create(options.output, container);
  let track: SoundTrack | null = null;
  try {
    track = await SoundTrack.add(file, audioKbps);
    await file.start(false);
    for (;;) {
      const samples = await mixer.read(samplesPerPacket);
      if (samples === null) break;
      await track.write(samples.left, samples.right);
      options.onProgress?.(track.samples, mixer.totalSamples);
    }
    await track.flush();
    await file.finish();
    return warnings.noted();
  } finally {
    await file.close();
    track?.close();
    mixer.close();
  }
}

/** Draws and encodes frames, and the sound beside them. @returns the brightest of those that a check will look at, 0..255 */
async function film(studio: Studio, part: Part, mixer: AudioMixer | null, options: RenderOptions): Promise<number> {
  const { stage, shape, timeline } = studio;
  const { from, to } = part;
  const lookAhead = Math.ceil((lookAheadSeconds * shape.rate.num) / shape.rate.den);
  stage.scene.prepare(from, from + lookAhead);
  const file = await VideoFile.create(options.output, shape, options.preset, {
    sound: mixer !== null,
    part: to - from < timeline.frames,
  });
  if (options.preset.encoder !== 'auto' && file.refused !== null)
    studio.warnings.add('ENCODER_REPLACED', { used: file.encoder.name, ...file.refused }, 'encoder');
  const converter = new FrameConverter(shape, file.encoder.pixelFormat);
  const line = new EncodingLine(file, converter, mixer, part, timeline.frames);
  try {
    for (let frame = from; frame < to; frame += 1) {
      options.signal?.throwIfAborted();
      if (frame % 4 === 0) stage.scene.prepare(frame, frame + lookAhead);
      await line.add(await stage.compose(frame), stage);
      if (frame > from && frame % lookAhead === 0) await stage.scene.retire(frame);
      options.onProgress?.(line.written, to - from);
      // Lets messages and timers of the process through: native work may finish without ever waiting.
      if (frame % 30 === 0) await delay(0);
    }
    return await line.finish();
  } catch (error) {
    await line.abandon();
    throw error;
  } finally {
    converter.close();
  }
}

function mixerOf(draft: Draft, { resolve, signal }: RenderOptions, warnings: Warnings): AudioMixer {
  return createAudioMixer(draft, {
    sampleRate: outputSampleRate,
    resolve: ({ path }) => resolve(path),
    signal: signal ?? new AbortController().signal,
    onWarning: (warning) => warnings.addSound(warning),
  });
}
