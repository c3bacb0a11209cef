import { StationError } from '../../shared/errors/index.ts';
import { type Fields, isFields, parsedFields, text } from './fields.ts';

/** Where services put the draft they answer with: the object itself, or its text. */
const wrappers = ['data', 'output', 'draft', 'draft_content', 'draftContent', 'content', 'result'] as const;
const deepestEnvelope = 5;

/**
 * The timeline object inside whatever a service wraps around it (docs/draft-format.md, "Envelopes").
 * @throws StationError DRAFT_FOREIGN_MODEL, DRAFT_NOT_RECOGNISED
 */
export function unwrapDraft(json: unknown): Fields {
  let current = parsedFields(json);
  for (let depth = 0; current !== null && depth < deepestEnvelope; depth += 1) {
    if (isTimeline(current)) return current;
    if (isForeignModel(current)) throw new StationError('DRAFT_FOREIGN_MODEL');
    const envelope: Fields = current;
    const inside = wrappers.map((key) => parsedFields(envelope[key])).find((value) => value !== null);
    if (inside === undefined) break;
    current = inside;
  }
  throw new StationError('DRAFT_NOT_RECOGNISED', { found: describe(current ?? json) });
}

function isTimeline(value: Fields): boolean {
  return Array.isArray(value.tracks) && isFields(value.materials);
}

/** Coze2JianYing keeps a model of its own: `{format_version, drafts}` or tracks without materials. */
function isForeignModel(value: Fields): boolean {
  return (Array.isArray(value.drafts) && value.materials === undefined) || Array.isArray(value.tracks);
}

/** A few words on what was found instead, for the person who has to find out; an error message of a service is kept. */
function describe(value: unknown): string {
  if (!isFields(value))
    return Array.isArray(value) ? 'list' : typeof value === 'string' ? 'text' : String(value).slice(0, 40);
  const message = text(value.message) || text(value.msg) || text(value.error) || text(value.detail);
  if (message !== '') return message.slice(0, 200);
  const keys = Object.keys(value)
    .slice(0, 6)
    .map((key) => key.slice(0, 40));
  return keys.length === 0 ? '{}' : `{${keys.join(', ')}}`;
}
