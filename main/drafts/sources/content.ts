import { readFile } from 'node:fs/promises';
import { StationError } from '../../shared/errors/index.ts';
import { contentKind } from '../content-kind.ts';
import { unwrapDraft } from '../read/envelope.ts';
import { parseDraftFile } from '../read/index.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** What a JSON document turned out to be. */
export type Document =
  | { readonly type: 'draft'; readonly content: JsonObject }
  /** A service's list of the draft's files. */
  | { readonly type: 'files'; readonly files: readonly string[] };

/** Larger draft files are not read into memory. The largest known are some 10 MB. */
export const maxDraftJsonBytes = 128_000_000;

/**
 * Reads a file that should be a draft's JSON or a service's answer around it.
 * @param address where it came from, for sentences
 * @throws StationError DRAFT_ENCRYPTED, DRAFT_DAMAGED, DRAFT_IS_WEB_PAGE, DRAFT_NOT_RECOGNISED, DRAFT_FOREIGN_MODEL,
 *   DRAFT_SERVICE_REFUSED
 */
export async function readDocument(file: string, address: string): Promise<Document> {
  const bytes = await readFile(file);
  refuseWebPage(bytes, address);
  return interpret(parseDraftFile(bytes), address);
}

/**
 * A draft where one has to be.
 * @throws StationError as `readDocument`
 */
export async function readContent(file: string, address: string): Promise<JsonObject> {
  const document = await readDocument(file, address);
  if (document.type === 'draft') return document.content;
  throw new StationError('DRAFT_NOT_RECOGNISED', { found: 'list of files' });
}

/** @throws StationError DRAFT_IS_WEB_PAGE when the first bytes are HTML */
export function refuseWebPage(head: Uint8Array, address: string): void {
  if (contentKind(head) === 'html') throw new StationError('DRAFT_IS_WEB_PAGE', { address });
}

/**
 * The answers of services: capcut-mate lists files (`{code: 0, files: [...]}`) and reports errors in the same shape inside
 * HTTP 200; others put the draft into an envelope.
 */
export function interpret(json: unknown, address: string): Document {
  const answer = asObject(json);
  if (answer === null) return { type: 'draft', content: unwrapDraft(json) };
  const isGood = answer.code === undefined || answer.code === 0 || answer.code === 200 || answer.code === '0';
  if (isGood && Array.isArray(answer.files) && answer.files.every((file) => typeof file === 'string')) {
    return { type: 'files', files: answer.files };
  }
  if (isGood || Array.isArray(answer.tracks)) return { type: 'draft', content: unwrapDraft(json) };
  const reason = [answer.message, answer.msg, answer.detail].find((text) => typeof text === 'string' && text !== '');
  throw new StationError('DRAFT_SERVICE_REFUSED', {
    address,
    serviceCode: String(answer.code).slice(0, 20),
    reason: typeof reason === 'string' ? reason.slice(0, 200) : '?',
  });
}

function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}
