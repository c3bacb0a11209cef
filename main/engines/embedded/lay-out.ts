import { existsSync } from 'node:fs';
import type { Draft } from '../../drafts/model.ts';
import { everySegment } from '../../drafts/walk.ts';
import { StationError } from '../../shared/errors/index.ts';
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
  requireMaterial(asked);
  const draft = withoutLostCopies(asked, (written) => existsSync(resolve(written) ?? ''));
  const shape = outputShape(draft, preset);
  checkShape(shape, preset.codec);
  return { draft, shape, timeline: buildTimeline(draft, shape.rate) };
}

/** Refuses a draft that refers only to material it does not have: nothing but black would come of it. */
function requireMaterial(draft: Draft): void {
  const segments = everySegment(draft).filter(({ content }) => content.type !== 'compound');
  if (segments.length === 0 || segments.some(({ content }) => content.type !== 'unresolved')) return;
  const ids = segments.slice(0, 3).map(({ content }) => ('materialId' in content ? content.materialId : ''));
  throw new StationError('RENDER_NOTHING_TO_DRAW', {
    reason: `none of its ${segments.length} segments has its material in the draft (${ids.join(', ')})`,
    reasonZh: `${segments.length} 个片段引用的素材都不在草稿中（${ids.join('、')}）`,
  });
}
