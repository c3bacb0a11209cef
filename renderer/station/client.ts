import type { z } from 'zod';
import { type FieldErrors, operatorErrorSchema } from '../../main/shared/operator-api.ts';

/** A refused or failed call, in the station's own words. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** HTTP status; 0 = the station could not be reached. */
  readonly status: number;
  /** Code of the station's catalogue, e.g. `TASK_LIVE`, or one of `UNREACHABLE`, `UNEXPECTED`. */
  readonly reason: string;
  /** What happened and what to do; empty when the station did not say. */
  readonly zh: string;
  readonly en: string;
  readonly fields: FieldErrors;

  constructor(status: number, reason: string, words: { zh: string; en: string }, fields: FieldErrors = {}) {
    super(`${reason}: ${words.en}`);
    this.status = status;
    this.reason = reason;
    this.zh = words.zh;
    this.en = words.en;
    this.fields = fields;
  }
}

/** Any thrown value as an ApiError. */
export function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new ApiError(0, 'UNEXPECTED', { zh: message, en: message });
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/**
 * One call to the station; the answer is checked against `schema`.
 * @throws ApiError
 */
export async function call<T>(method: Method, path: string, schema: z.ZodType<T>, body?: unknown): Promise<T> {
  const response = await send(method, path, body);
  const answer: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined);
  if (!response.ok) throw refusal(response.status, answer);
  const parsed = schema.safeParse(answer);
  if (!parsed.success) {
    console.error(`${method} ${path}`, parsed.error);
    throw new ApiError(response.status, 'UNEXPECTED_ANSWER', { zh: '', en: '' });
  }
  return parsed.data;
}

/**
 * Sends one request with the station's cookie; files go as they are, everything else as JSON.
 * @throws ApiError UNREACHABLE
 */
export async function send(method: string, path: string, body?: unknown): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (body instanceof Blob) {
    init.body = body;
    headers['content-type'] = body.type || 'application/octet-stream';
  } else if (method !== 'GET') {
    init.body = JSON.stringify(body ?? {});
    headers['content-type'] = 'application/json';
  }
  try {
    return await fetch(path, init);
  } catch {
    throw new ApiError(0, 'UNREACHABLE', { zh: '', en: '' });
  }
}

function refusal(status: number, answer: unknown): ApiError {
  const parsed = operatorErrorSchema.safeParse(answer);
  if (!parsed.success) return new ApiError(status, `HTTP_${status}`, { zh: '', en: '' });
  const { reason, zh, en, fields } = parsed.data.error;
  return new ApiError(status, reason, { zh, en }, fields);
}
