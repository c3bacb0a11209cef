import type { Draft } from '../../../drafts/model.ts';
import type { ExportPreset } from '../../../shared/settings.ts';
import { type FrameRate, frameRate } from '../timeline/frame-grid.ts';

/** What the finished file looks like. */
export interface OutputShape {
  /** Even pixels. */
  readonly width: number;
  readonly height: number;
  readonly rate: FrameRate;
}

const shorterSides: Readonly<Record<Exclude<ExportPreset['resolution'], 'draft'>, number>> = {
  '480p': 480,
  '720p': 720,
  '1080p': 1080,
  '2k': 1440,
  '4k': 2160,
};

/** Size and rate of the video that a preset makes of a draft. */
export function outputShape(draft: Pick<Draft, 'canvas' | 'fps'>, preset: ExportPreset): OutputShape {
  const { width, height } = draft.canvas;
  const factor = preset.resolution === 'draft' ? 1 : shorterSides[preset.resolution] / Math.min(width, height);
  const even = (pixels: number) => Math.max(2, 2 * Math.round((pixels * factor) / 2));
  return { width: even(width), height: even(height), rate: frameRate(preset.fps === 0 ? draft.fps : preset.fps) };
}
