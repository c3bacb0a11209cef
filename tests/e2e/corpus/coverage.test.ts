import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDraft } from '../../../main/drafts/draft-folder.ts';
import { type CoverageKind, coverageOf, drawnShare, merged, shareOf } from '../../../scripts/draft-coverage.ts';
import { canBeRendered, corpusNames } from '../../support/corpus.ts';
import { corpusFolder, missing } from '../../support/environment.ts';

describe.skipIf(missing('corpus'))('what the embedded engine draws of real drafts', async () => {
  const names = missing('corpus') ? [] : corpusNames().filter(canBeRendered);
  const drafts = await Promise.all(names.map((name) => openDraft(path.join(corpusFolder, name))));
  const rows = merged(drafts.flatMap(coverageOf));
  const drawn = (kind: CoverageKind) => drawnShare(shareOf(rows.filter((row) => row.kind === kind)));
  const count = (kind: CoverageKind) => {
    const { exact, approximated, not_drawn } = shareOf(rows.filter((row) => row.kind === kind));
    return exact + approximated + not_drawn;
  };

  it.each([
    ['clip', 500],
    ['text', 2000],
    ['sound', 200],
    ['compound', 5],
    ['keyframes', 40],
    ['mask', 6],
  ] as const)('is every %s', (kind, atLeast) => {
    expect(count(kind)).toBeGreaterThanOrEqual(atLeast);
    expect(drawn(kind)).toBe(1);
  });

  it.each([
    ['transition', 80],
    ['animation', 60],
    ['text_animation', 60],
  ] as const)('is at least near for nearly every %s', (kind, atLeast) => {
    expect(count(kind)).toBeGreaterThanOrEqual(atLeast);
    expect(drawn(kind)).toBeGreaterThanOrEqual(0.95);
  });

  it('is told as missing where it needs artwork that no draft brings', () => {
    const lost = new Set(rows.filter(({ fidelity }) => fidelity === 'not_drawn').map(({ kind }) => kind));
    expect([...lost].sort()).toEqual(['adjust', 'flower_text', 'sticker']);
  });
});
