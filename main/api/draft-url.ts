import type { z } from 'zod';
import { type genVideoRequestSchema, maxDraftUrlBytes } from '../shared/contract.ts';
import { type ErrorCode, type ErrorParams, StationError } from '../shared/errors/index.ts';
import { ApiError } from './api-error.ts';

/**
 * The `draft_url` of a contract request, as the caller wrote it. What the link means is for the drafts to decide; here
 * it only has to be a text of reasonable length.
 * @throws ApiError VALIDATION_ERROR
 */
export function draftUrlOf(body: unknown, schema: typeof genVideoRequestSchema): string {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw invalid(body, parsed.error);
  const { draft_url: draftUrl } = parsed.data;
  if (draftUrl.trim() === '') throw fault('DRAFT_URL_EMPTY');
  if (Buffer.byteLength(draftUrl) > maxDraftUrlBytes) throw tooLong();
  return draftUrl;
}

function invalid(body: unknown, error: z.ZodError): ApiError {
  const issue = error.issues[0];
  const field = issue?.path[0];
  if (field === 'apiKey') {
    return fault('BODY_INVALID', { zh: 'apiKey 必须是字符串', en: 'apiKey must be a string' });
  }
  if (field !== 'draft_url') {
    return fault('BODY_INVALID', { zh: '请求体必须是 JSON 对象', en: 'the body must be a JSON object' });
  }
  if (issue?.code === 'too_small') return fault('DRAFT_URL_EMPTY');
  if (issue?.code === 'too_big') return tooLong();
  const absent = typeof body === 'object' && body !== null && !('draft_url' in body);
  return fault(absent ? 'DRAFT_URL_MISSING' : 'DRAFT_URL_NOT_TEXT');
}

function tooLong(): ApiError {
  return fault('DRAFT_URL_TOO_LONG', { limit: maxDraftUrlBytes });
}

function fault(code: ErrorCode, params: ErrorParams = {}): ApiError {
  return new ApiError('VALIDATION_ERROR', new StationError(code, params));
}
