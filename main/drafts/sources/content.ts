import { readFile } from 'node:fs/promises';
import { StationError } from '../../shared/errors/index.ts';
import { contentKind, decodeText } from '../content-kind.ts';

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
 * @throws StationError DRAFT_ENCRYPTED, DRAFT_IS_WEB_PAGE, DRAFT_NOT_RECOGNISED, DRAFT_SERVICE_REFUSED
 */
export async function readDocument(file: string, address: string): Promise<Document> {
  const bytes = await readFile(file);
  refuseOtherKinds(bytes, address);
  return interpret(parseJson(decodeText(bytes), address), address);
}

/** @throws StationError unless the first bytes are those of JSON */
export function refuseOtherKinds(head: Uint8Array, address: string): void {
  switch (contentKind(head)) {
    case 'json':
      return;
    case 'html':
      throw new StationError('DRAFT_IS_WEB_PAGE', { address });
    case 'encrypted':
      throw new StationError('DRAFT_NOT_RECOGNISED', { address, reason: 'encrypted' });
    case 'zip':
      throw new StationError('DRAFT_NOT_RECOGNISED', { address, reason: 'zip' });
    case 'damaged':
      throw new StationError('DRAFT_NOT_RECOGNISED', { address, reason: 'neither JSON nor zip' });
  }
}

function parseJson(text: string, address: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new StationError('DRAFT_NOT_RECOGNISED', { address, reason: 'broken JSON' });
  }
}

/**
 * Envelopes: capcut-mate `{code: 0, files: [...]}`, errors in the same shape inside HTTP 200, fyshark's
 * `{code: 200, msg, data: <draft>}`.
 */
export function interpret(json: unknown, address: string): Document {
  const object = asObject(json);
  if (object === null) throw new StationError('DRAFT_NOT_RECOGNISED', { address, reason: 'no JSON object' });
  if (isDraft(object)) return { type: 'draft', content: object };
  if (Array.isArray(object.files) && object.files.every((file) => typeof file === 'string') && isGood(object.code)) {
    return { type: 'files', files: object.files };
  }
  const inner = asObject(typeof object.data === 'string' ? parseJson(object.data, address) : object.data);
  if (inner !== null && isDraft(inner)) return { type: 'draft', content: inner };
  if (object.code !== undefined && !isGood(object.code)) {
    const reason = [object.message, object.msg, object.detail].find((text) => typeof text === 'string' && text !== '');
    throw new StationError('DRAFT_SERVICE_REFUSED', {
      address,
      serviceCode: String(object.code).slice(0, 20),
      reason: typeof reason === 'string' ? reason.slice(0, 200) : '?',
    });
  }
  throw new StationError('DRAFT_NOT_RECOGNISED', { address, reason: 'no tracks and materials' });
}

function isGood(code: unknown): boolean {
  return code === undefined || code === 0 || code === 200 || code === '0';
}

function isDraft(object: JsonObject): boolean {
  return Array.isArray(object.tracks) && asObject(object.materials) !== null;
}

function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}
