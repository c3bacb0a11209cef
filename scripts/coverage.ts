/**
 * How much of real drafts the embedded engine draws: exactly, approximately, not at all, and by what names.
 * Usage: npm run coverage -- [folder of drafts | draft] [--json]
 * Without a folder the test corpus is taken (DRAFT_CORPUS, or its usual place).
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openDraft } from '../main/drafts/draft-folder.ts';
import type { Fidelity } from '../main/drafts/inspect/index.ts';
import { StationError } from '../main/shared/errors/index.ts';
import { corpusFolder } from '../tests/support/environment.ts';
import { type CoverageKind, type CoverageRow, coverageOf, drawnShare, merged, shareOf } from './draft-coverage.ts';

interface DraftCoverage {
  readonly draft: string;
  readonly rows: readonly CoverageRow[];
  /** Why it could not be read. */
  readonly refused?: string;
}

/** What is asked of the engine (shares drawn at least approximately). */
const aims: Partial<Record<CoverageKind, number>> = {
  clip: 1,
  text: 1,
  sound: 1,
  compound: 1,
  keyframes: 1,
  mask: 1,
  transition: 0.95,
  animation: 0.95,
  text_animation: 0.95,
};

async function lookAt(folder: string, name: string): Promise<DraftCoverage> {
  try {
    return { draft: name, rows: coverageOf(await openDraft(folder)) };
  } catch (error) {
    return { draft: name, rows: [], refused: StationError.from(error).code };
  }
}

function draftFolders(where: string): [folder: string, name: string][] {
  if (!existsSync(where)) throw new Error(`There is no ${where}. Name a folder of drafts, or set DRAFT_CORPUS.`);
  const isDraft = ['draft_content.json', 'draft_info.json'].some((file) => existsSync(path.join(where, file)));
  if (isDraft || where.endsWith('.json')) return [[where, path.basename(where)]];
  return readdirSync(where)
    .sort()
    .map((name) => [path.join(where, name), name]);
}

const percent = (share: number): string => `${(100 * share).toFixed(share === 1 ? 0 : 1)} %`;

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row.map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0))).join('  '),
    )
    .join('\n');
}

function report(drafts: readonly DraftCoverage[]): string {
  const rows = merged(drafts.flatMap((draft) => draft.rows));
  const kinds = [...new Set([...(Object.keys(aims) as CoverageKind[]), ...rows.map(({ kind }) => kind)])];
  const ofKind = (kind: CoverageKind) => rows.filter((row) => row.kind === kind);
  const summary = kinds
    .filter((kind) => ofKind(kind).length > 0)
    .map((kind) => {
      const share = shareOf(ofKind(kind));
      const aim = aims[kind];
      const drawn = drawnShare(share);
      const verdict = aim === undefined ? '' : drawn >= aim ? `aim ${percent(aim)}` : `BELOW ${percent(aim)}`;
      return [kind, String(share.exact), String(share.approximated), String(share.not_drawn), percent(drawn), verdict];
    });
  const perDraft = drafts.map(({ draft, rows: own, refused }) => {
    if (refused !== undefined) return [draft, '', '', '', refused];
    const share = shareOf(own);
    return [
      draft,
      String(share.exact),
      String(share.approximated),
      String(share.not_drawn),
      percent(drawnShare(share)),
    ];
  });
  const names = (fidelity: Fidelity) =>
    kinds
      .map((kind) => [kind, ofKind(kind).filter((row) => row.fidelity === fidelity && row.name !== '')] as const)
      .filter(([, found]) => found.length > 0)
      .map(([kind, found]) => `  ${kind}: ${found.map(({ name, count }) => `${name} ×${count}`).join(', ')}`);
  return [
    table(['draft', 'exact', 'approximated', 'not drawn', 'drawn'], perDraft),
    '',
    table(['what', 'exact', 'approximated', 'not drawn', 'drawn', ''], summary),
    '',
    'Approximated:',
    ...names('approximated'),
    '',
    'Not drawn:',
    ...names('not_drawn'),
  ].join('\n');
}

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const drafts: DraftCoverage[] = [];
for (const [folder, name] of draftFolders(path.resolve(positionals[0] ?? corpusFolder)))
  drafts.push(await lookAt(folder, name));
if (values.json) {
  const rows = merged(drafts.flatMap((draft) => draft.rows));
  console.log(JSON.stringify({ drafts, corpus: { rows, ...shareOf(rows) } }, null, 2));
} else console.log(report(drafts));
