/**
 * How much of real drafts the embedded engine draws, of each and of all together: what is drawn exactly, approximately and
 * not at all, by kind, with the names of what is lost.
 * Usage: npm run coverage -- [folder of drafts | draft] [--json]
 * Without a folder the test corpus is taken (DRAFT_CORPUS, or its usual place).
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openDraft } from '../main/drafts/draft-folder.ts';
import { StationError } from '../main/shared/errors/index.ts';
import { corpusFolder } from '../tests/support/environment.ts';
import { coverageData, coverageReport, type DraftCoverage } from './coverage-report.ts';
import { coverageOf } from './draft-coverage.ts';

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

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const drafts: DraftCoverage[] = [];
for (const [folder, name] of draftFolders(path.resolve(positionals[0] ?? corpusFolder)))
  drafts.push(await lookAt(folder, name));
console.log(values.json ? JSON.stringify(coverageData(drafts), null, 2) : coverageReport(drafts));
