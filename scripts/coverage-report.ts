import type { Fidelity } from '../main/drafts/inspect/index.ts';
import { type CoverageKind, type CoverageRow, drawnShare, merged, type Share, shareOf } from './draft-coverage.ts';

/** What is told of one draft. */
export interface DraftCoverage {
  readonly draft: string;
  readonly rows: readonly CoverageRow[];
  /** Why it could not be read. */
  readonly refused?: string;
}

/** What is asked of the engine (shares drawn at least approximately), in the order in which it is told. */
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

const words: Readonly<Record<Fidelity, string>> = {
  exact: 'exact',
  approximated: 'approximated',
  not_drawn: 'not drawn',
};
const lesser = ['approximated', 'not_drawn'] as const satisfies readonly Fidelity[];
const columns = Object.values(words);

/** Every draft with its kinds and the names of what it loses, then the same of all of them together. */
export function coverageReport(drafts: readonly DraftCoverage[]): string {
  const all = merged(drafts.flatMap(({ rows }) => rows));
  const summary = kindsOf(all).map(([kind, rows]) => {
    const share = shareOf(rows);
    return [label(kind), ...counts(share), percent(drawnShare(share)), verdict(kind, share)];
  });
  return [
    ...drafts.map(draftReport),
    `All ${drafts.length} drafts: ${percent(drawnShare(shareOf(all)))} drawn`,
    table(['what', ...columns, 'drawn', ''], summary),
    ...lesser.flatMap((fidelity) => ['', `Names of what is ${words[fidelity]}:`, ...namesByKind(all, fidelity)]),
  ].join('\n');
}

/** The same as data. */
export function coverageData(drafts: readonly DraftCoverage[]) {
  const all = merged(drafts.flatMap(({ rows }) => rows));
  const data = (rows: readonly CoverageRow[]) => ({
    ...shareOf(rows),
    kinds: Object.fromEntries(kindsOf(rows).map(([kind, own]) => [kind, shareOf(own)])),
    rows,
  });
  return { drafts: drafts.map(({ rows, ...draft }) => ({ ...draft, ...data(rows) })), corpus: data(all) };
}

function draftReport({ draft, rows, refused }: DraftCoverage): string {
  if (refused !== undefined) return `${draft}: cannot be read (${refused})\n`;
  if (rows.length === 0) return `${draft}: has nothing to draw\n`;
  const lines = kindsOf(rows).map(([kind, own]) => [
    `  ${label(kind)}`,
    ...counts(shareOf(own)),
    lesser
      .map((fidelity) => [words[fidelity], namesOf(own, fidelity)] as const)
      .flatMap(([word, names]) => (names === '' ? [] : [`${word}: ${names}`]))
      .join('; '),
  ]);
  return `${draft}: ${percent(drawnShare(shareOf(rows)))} drawn\n${table(['', ...columns, ''], lines)}\n`;
}

/** Rows by what they are about, what every draft is made of first. */
function kindsOf(rows: readonly CoverageRow[]): [CoverageKind, CoverageRow[]][] {
  const kinds = [...new Set([...(Object.keys(aims) as CoverageKind[]), ...rows.map(({ kind }) => kind)])];
  return kinds
    .map((kind): [CoverageKind, CoverageRow[]] => [kind, rows.filter((row) => row.kind === kind)])
    .filter(([, own]) => own.length > 0);
}

function namesByKind(rows: readonly CoverageRow[], fidelity: Fidelity): string[] {
  const lines = kindsOf(rows).map(([kind, own]) => [kind, namesOf(own, fidelity)] as const);
  const told = lines.filter(([, names]) => names !== '').map(([kind, names]) => `  ${label(kind)}: ${names}`);
  return told.length === 0 ? ['  none'] : told;
}

function namesOf(rows: readonly CoverageRow[], fidelity: Fidelity): string {
  return rows
    .filter((row) => row.fidelity === fidelity)
    .map(({ name, count }) => `${name.trim() || 'without a name'}${count === 1 ? '' : ` ×${count}`}`)
    .join(', ');
}

function verdict(kind: CoverageKind, share: Share): string {
  const aim = aims[kind];
  if (aim === undefined) return '';
  return drawnShare(share) >= aim ? `aim ${percent(aim)}` : `BELOW ${percent(aim)}`;
}

const label = (kind: CoverageKind): string => kind.replaceAll('_', ' ');
const counts = (share: Share): string[] =>
  [share.exact, share.approximated, share.not_drawn].map((count) => (count === 0 ? '-' : String(count)));
const percent = (share: number): string => `${(100 * share).toFixed(share === 1 ? 0 : 1)} %`;

/** Columns of numbers to the right, names to the left. */
function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows];
  const last = header.length - 1;
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number) => {
    if (column === last) return text;
    return column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
  };
  return all.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}
