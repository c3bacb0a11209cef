import { existsSync } from 'node:fs';
import type { Draft } from '../../drafts/model.ts';
import type { ExportPreset } from '../../shared/settings.ts';
import type { ResolvePath } from './decode/source-shelf.ts';
import { type OutputShape, outputShape } from './encode/output.ts';
import { checkLimits, checkShape } from './limits.ts';
import { withoutLostCopies } from './reversed-ranges.ts';
import { buildTimeline, type Timeline } from './timeline/timeline.ts';

/** A draft and the video that it becomes. */
export interface LaidOut {
  /** What is really drawn and played. */
  readonly draft: Draft;
  readonly shape: OutputShape;
  readonly timeline: Timeline;
}

export interface LayOutOptions {
  readonly preset: ExportPreset;
  /** Where a written media path leads; null when nowhere. */
  readonly resolve: ResolvePath;
}

/**
 * Lays a draft out in time, in the size and at the rate of its video.
 * @throws StationError RENDER_LIMIT, RENDER_TOO_SMALL, RENDER_NOTHING_TO_DRAW
 */
export function layOut(asked: Draft, { preset, resolve }: LayOutOptions): LaidOut {
  checkLimits(asked);
  const draft = withoutLostCopies(asked, (written) => existsSync(resolve(written) ?? ''));
  const shape = outputShape(draft, preset);
  checkShape(shape, preset.codec);
  return { draft, shape, timeline: buildTimeline(draft, shape.rate) };
}
