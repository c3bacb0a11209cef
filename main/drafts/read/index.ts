/** The draft reader: JSON of any Jianying or CapCut version, written by the application or a generator, as a typed draft. */
import { StationError } from '../../shared/errors/index.ts';
import { contentKind, decodeText } from '../content-kind.ts';
import type { Draft } from '../model.ts';
import { readTimeline } from './draft.ts';
import { unwrapDraft } from './envelope.ts';
import { ProblemLog, type ReadProblem } from './problems.ts';

export { largestCanvas } from './draft.ts';
export { longestUs } from './fields.ts';
export type { ReadProblem } from './problems.ts';

export interface ReadOptions {
  /** Title for people, from the draft's meta file; otherwise the timeline's own name. */
  readonly name?: string;
}

export interface ReadDraft {
  readonly draft: Draft;
  /** What had to be mended or left out on the way. */
  readonly problems: readonly ReadProblem[];
}

/**
 * Reads a draft. Pure and tolerant: unknown fields are ignored, wrong values become their defaults, ids that lead
 * nowhere are skipped; a draft without any segment is a draft too (see `requireSegments`).
 * @param json the parsed file, also inside the envelopes that draft services put around it
 * @throws StationError DRAFT_NOT_RECOGNISED, DRAFT_FOREIGN_MODEL
 */
export function readDraft(json: unknown, options: ReadOptions = {}): Draft {
  return readDraftWithProblems(json, options).draft;
}

/** `readDraft`, and what was wrong with the file: the inspection tells it. */
export function readDraftWithProblems(json: unknown, options: ReadOptions = {}): ReadDraft {
  const log = new ProblemLog();
  const draft = readTimeline(unwrapDraft(json), options.name ?? '', log);
  return { draft, problems: log.list() };
}

/**
 * The JSON of a draft file.
 * @throws StationError DRAFT_ENCRYPTED, DRAFT_DAMAGED, DRAFT_NOT_RECOGNISED (a zip or an HTML page)
 */
export function parseDraftFile(bytes: Uint8Array): unknown {
  const kind = contentKind(bytes);
  if (kind === 'encrypted') throw new StationError('DRAFT_ENCRYPTED');
  if (kind === 'zip' || kind === 'html') throw new StationError('DRAFT_NOT_RECOGNISED', { found: kind });
  if (kind === 'damaged') throw new StationError('DRAFT_DAMAGED', { reason: bytes.length === 0 ? 'empty' : 'no JSON' });
  try {
    return JSON.parse(decodeText(bytes));
  } catch (error) {
    throw new StationError(
      'DRAFT_DAMAGED',
      { reason: error instanceof Error ? error.message : 'no JSON' },
      { cause: error },
    );
  }
}

/**
 * A draft that can be exported has at least one segment; templates and empty shells have none.
 * @throws StationError DRAFT_EMPTY
 */
export function requireSegments(draft: Draft): void {
  if (draft.durationUs === 0) throw new StationError('DRAFT_EMPTY');
}
