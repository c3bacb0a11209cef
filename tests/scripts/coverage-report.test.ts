import { describe, expect, test } from 'vitest';
import { coverageData, coverageReport, type DraftCoverage } from '../../scripts/coverage-report.ts';
import type { CoverageRow } from '../../scripts/draft-coverage.ts';

const row = (kind: CoverageRow['kind'], name: string, fidelity: CoverageRow['fidelity'], count = 1): CoverageRow => ({
  kind,
  name,
  fidelity,
  count,
});

const drafts: readonly DraftCoverage[] = [
  {
    draft: 'wedding',
    rows: [
      row('flower_text', '星光白', 'not_drawn', 4),
      row('clip', '', 'exact', 12),
      row('transition', '叠化', 'exact', 2),
      row('transition', '信号故障', 'approximated', 3),
      row('transition', 'Blur', 'approximated'),
      row('transition', '', 'not_drawn'),
    ],
  },
  { draft: 'shell', rows: [] },
  { draft: 'locked', rows: [], refused: 'DRAFT_ENCRYPTED' },
  { draft: 'party', rows: [row('clip', '', 'exact'), row('transition', 'blur', 'approximated', 2)] },
];

describe('the coverage report', () => {
  test('counts the kinds of each draft, and names what is approximated and not drawn', () => {
    expect(coverageReport(drafts).split('\n\n').slice(0, 4)).toEqual([
      [
        'wedding: 78.3 % drawn',
        '               exact  approximated  not drawn',
        '  clip            12             -          -',
        '  transition       2             4          1  approximated: 信号故障 ×3, Blur; not drawn: without a name',
        '  flower text      -             -          4  not drawn: 星光白 ×4',
      ].join('\n'),
      'shell: has nothing to draw',
      'locked: cannot be read (DRAFT_ENCRYPTED)',
      [
        'party: 100 % drawn',
        '              exact  approximated  not drawn',
        '  clip            1             -          -',
        '  transition      -             2          -  approximated: blur ×2',
      ].join('\n'),
    ]);
  });

  test('adds all drafts up, with the aims, each name once', () => {
    expect(coverageReport(drafts).split('\n\n').slice(4)).toEqual([
      [
        'All 4 drafts: 80.8 % drawn',
        'what         exact  approximated  not drawn   drawn',
        'clip            13             -          -   100 %  aim 100 %',
        'transition       2             6          1  88.9 %  BELOW 95.0 %',
        'flower text      -             -          4   0.0 %',
      ].join('\n'),
      'Names of what is approximated:\n  transition: 信号故障 ×3, Blur ×3',
      'Names of what is not drawn:\n  transition: without a name\n  flower text: 星光白 ×4',
    ]);
  });

  test('is the same as data', () => {
    const { drafts: told, corpus } = coverageData(drafts);
    expect(told[0]).toMatchObject({
      draft: 'wedding',
      exact: 14,
      approximated: 4,
      not_drawn: 5,
      kinds: {
        clip: { exact: 12, approximated: 0, not_drawn: 0 },
        transition: { exact: 2, approximated: 4, not_drawn: 1 },
        flower_text: { exact: 0, approximated: 0, not_drawn: 4 },
      },
    });
    expect(told[0]?.rows).toEqual(drafts[0]?.rows);
    expect(told[2]).toMatchObject({ refused: 'DRAFT_ENCRYPTED', exact: 0, kinds: {} });
    expect(corpus).toMatchObject({ exact: 15, approximated: 6, not_drawn: 5 });
  });
});
