import type { z } from 'zod';

/** A refused or failed call, in the station's own words. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** HTTP status; 0 = the station could not be reached. */
  readonly status: number;
  readonly code: string;
  /** What to do about it, when the station says. */
  readonly details: string;

  constructor(status: number, code: string, message: string, details: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
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
  if (!parsed.success)
    throw new ApiError(response.status, 'UNEXPECTED_ANSWER', `${method} ${path}`, parsed.error.message);
  return parsed.data;
}

/** Sends one request with the station's cookie; files go as they are, everything else as JSON. */
export async function send(method: string, path: string, body?: unknown): Promise<Response> {
  const raw = body instanceof Blob;
  const init: RequestInit = { method, headers: { accept: 'application/json' }, credentials: 'same-origin' };
  if (raw) {
    init.body = body;
    init.headers = { accept: 'application/json', 'content-type': body.type || 'application/octet-stream' };
  } else if (method !== 'GET') {
    init.body = JSON.stringify(body ?? {});
    init.headers = { accept: 'application/json', 'content-type': 'application/json' };
  }
  try {
    return await fetch(path, init);
  } catch {
    throw new ApiError(0, 'UNREACHABLE', '', '');
  }
}

function refusal(status: number, answer: unknown): ApiError {
  const error = typeof answer === 'object' && answer !== null && 'error' in answer ? answer.error : answer;
  const field = (name: string): string => {
    if (typeof error !== 'object' || error === null || !(name in error)) return '';
    const value: unknown = Reflect.get(error, name);
    return typeof value === 'string' ? value : '';
  };
  return new ApiError(status, field('code') || `HTTP_${status}`, field('message'), field('details'));
}
