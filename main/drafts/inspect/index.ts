/** What is known about a draft before it is exported: facts, the state of its media, and what will be lost. */
import type { Finding, Inspection, Severity } from '../../shared/inspection.ts';
import type { Draft } from '../model.ts';
import type { ReadProblem } from '../read/index.ts';
import { type Drawability, nothingDrawn } from './drawability.ts';
import { collectFeatures } from './features.ts';
import { inspectMedia, type MediaKnowledge } from './media.ts';
import { inspectTimeline, membershipOf } from './timeline.ts';
import { featureFinding } from './words.ts';

export { type Drawability, type Feature, type FeatureKind, type Fidelity, nothingDrawn } from './drawability.ts';
export { type CountedFeature, collectFeatures, nameKey } from './features.ts';
export type { MediaKnowledge } from './media.ts';

export interface InspectOptions {
  /** What the reader had to mend (`readDraftWithProblems`). */
  readonly problems?: readonly ReadProblem[];
  /** Time now, to tell expired addresses; without it they are not told. */
  readonly nowMs?: number;
}

const rank: Readonly<Record<Severity, number>> = { fatal: 0, degraded: 1, note: 2 };

/**
 * Pure: what is found depends on the arguments alone.
 * @param media by material id, compound clips included; a material that is not in it is judged by its written path
 * @param drawing what the embedded engine can do
 */
export function inspectDraft(
  draft: Draft,
  media: ReadonlyMap<string, MediaKnowledge>,
  drawing: Drawability = nothingDrawn,
  options: InspectOptions = {},
): Inspection {
  const files = inspectMedia(draft, media, options.nowMs ?? null);
  const findings = [
    ...inspectTimeline(draft, options.problems ?? []),
    ...files.findings,
    ...collectFeatures(draft).flatMap((feature) => featureFinding(feature, drawing.fidelity(feature)) ?? []),
  ].sort((a, b) => rank[a.severity] - rank[b.severity] || compare(a.kind, b.kind) || b.count - a.count);
  return {
    name: draft.name,
    app: draft.app,
    newVersion: draft.newVersion,
    canvas: draft.canvas,
    fps: draft.fps,
    durationUs: draft.durationUs,
    declaredDurationUs: draft.declaredDurationUs,
    tracks: draft.tracks.map(({ type, segments }) => ({ type, segments: segments.length })),
    media: files.media,
    findings,
    embedded: verdict(findings),
    membership: membershipOf(draft),
  };
}

/** By code unit, so that the order is the same in every locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function verdict(findings: readonly Finding[]): Inspection['embedded'] {
  if (findings.some(({ severity }) => severity === 'fatal')) return 'impossible';
  return findings.some(({ severity }) => severity === 'degraded') ? 'degraded' : 'exact';
}
