import { existsSync, statSync } from 'node:fs';
import type { OpenedDraft } from '../main/drafts/draft-folder.ts';
import { collectFeatures, type FeatureKind, type Fidelity, nameKey } from '../main/drafts/inspect/index.ts';
import type { Segment } from '../main/drafts/model.ts';
import { everySegment } from '../main/drafts/walk.ts';
import { stickerFile } from '../main/engines/embedded/decode/sticker-folder.ts';
import { embeddedDrawability } from '../main/engines/embedded/drawability.ts';

/** What the embedded engine makes of a draft, counted. */

/** Besides the features: what every draft is made of. */
export type CoverageKind = 'clip' | 'text' | 'sound' | 'compound' | 'keyframes' | FeatureKind;

export interface CoverageRow {
  readonly kind: CoverageKind;
  readonly name: string;
  readonly fidelity: Fidelity;
  /** Segments that have it. */
  readonly count: number;
}

export interface Share {
  readonly exact: number;
  readonly approximated: number;
  readonly not_drawn: number;
}

/**
 * Everything that the visible segments of a draft ask for. Media count as there: what is missing is the inspection's
 * matter. A sticker is drawn, in about its size, only when the draft brings its picture.
 */
export function coverageOf({ draft, problems }: Pick<OpenedDraft, 'draft' | 'problems'>): CoverageRow[] {
  const segments = everySegment(draft).filter(({ visible }) => visible);
  const basics = segments.flatMap(basicKinds);
  const unknown = problems.filter(({ kind }) => kind === 'keyframe_unknown');
  const stickers = segments.filter((segment) => stickerPath(segment) !== null);
  const features = collectFeatures(draft).filter(({ kind }) => kind !== 'sticker');
  return merged([
    ...basics.map(({ kind, fidelity }) => ({ kind, name: '', fidelity, count: 1 })),
    ...unknown.map(({ subject, count }) => ({
      kind: 'keyframes' as const,
      name: subject,
      fidelity: 'not_drawn' as const,
      count,
    })),
    ...stickers.map((segment) => ({
      kind: 'sticker' as const,
      name: segment.content.type === 'media' ? segment.content.media.name : '',
      fidelity: isDrawable(stickerPath(segment) ?? '') ? ('approximated' as const) : ('not_drawn' as const),
      count: 1,
    })),
    ...features.map((feature) => ({
      kind: feature.kind,
      name: feature.name,
      fidelity: embeddedDrawability.fidelity(feature),
      count: feature.count,
    })),
  ]);
}

function basicKinds(segment: Segment): { kind: CoverageKind; fidelity: Fidelity }[] {
  const found: { kind: CoverageKind; fidelity: Fidelity }[] = [];
  const { content } = segment;
  if (Object.keys(segment.keyframes).length > 0) found.push({ kind: 'keyframes', fidelity: 'exact' });
  if (content.type === 'text') found.push({ kind: 'text', fidelity: 'exact' });
  if (content.type === 'compound') found.push({ kind: 'compound', fidelity: 'exact' });
  if (content.type === 'media' && content.media.kind === 'audio') found.push({ kind: 'sound', fidelity: 'exact' });
  else if (content.type === 'media' && content.media.kind !== 'sticker')
    found.push({ kind: 'clip', fidelity: 'exact' });
  if (content.type === 'unresolved')
    found.push({ kind: segment.trackType === 'text' ? 'text' : 'clip', fidelity: 'not_drawn' });
  return found;
}

function stickerPath({ content }: Segment): string | null {
  return content.type === 'media' && content.media.kind === 'sticker' ? content.media.path : null;
}

/** A sticker's file, or a folder that says which of its files is the sticker. */
function isDrawable(place: string): boolean {
  if (!existsSync(place)) return false;
  if (!statSync(place).isDirectory()) return true;
  try {
    return stickerFile(place) !== '';
  } catch {
    return false;
  }
}

/** Rows of the same thing added up, the most frequent first. */
export function merged(rows: readonly CoverageRow[]): CoverageRow[] {
  const sums = new Map<string, CoverageRow>();
  for (const row of rows) {
    const key = `${row.kind}\0${nameKey(row.name)}\0${row.fidelity}`;
    const known = sums.get(key);
    sums.set(key, { ...(known ?? row), count: row.count + (known?.count ?? 0) });
  }
  return [...sums.values()].sort((a, b) => b.count - a.count);
}

export function shareOf(rows: readonly CoverageRow[]): Share {
  const sum = (wanted: Fidelity) =>
    rows.filter(({ fidelity }) => fidelity === wanted).reduce((total, { count }) => total + count, 0);
  return { exact: sum('exact'), approximated: sum('approximated'), not_drawn: sum('not_drawn') };
}

/** Share that is drawn at least approximately, 0..1; 1 when nothing is asked for. */
export function drawnShare({ exact, approximated, not_drawn }: Share): number {
  const all = exact + approximated + not_drawn;
  return all === 0 ? 1 : (exact + approximated) / all;
}
