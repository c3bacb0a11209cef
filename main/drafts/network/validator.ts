import { httpDateMs } from '../../shared/http-answers.ts';
import type { HttpHeaders } from './client.ts';

/** What tells one version of a remote file from another. Only strong ones: byte ranges of equal validators fit together. */
export interface Validator {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** The strong validator of an answer, null when it has none (RFC 9110, 8.8). */
export function strongValidator(headers: HttpHeaders): Validator | null {
  const etag = headers.etag?.trim();
  if (etag !== undefined && /^"[^"]*"$/.test(etag)) return { etag, lastModified: null };
  const modified = headers['last-modified'];
  const date = headers.date;
  if (modified === undefined || date === undefined) return null;
  // A file that changed in the very second of the answer may change again within it.
  const nowMs = Date.now();
  const [atMs, modifiedMs] = [httpDateMs(date, nowMs), httpDateMs(modified, nowMs)];
  const isSettled = atMs !== null && modifiedMs !== null && atMs - modifiedMs >= 1000;
  return isSettled ? { etag: null, lastModified: modified } : null;
}

/** Value for `If-Range`. */
export function ifRange(validator: Validator): string | undefined {
  return validator.etag ?? validator.lastModified ?? undefined;
}

/** Headers that ask for a body only if the file is another one by now. */
export function ifChanged(validator: Validator): HttpHeaders {
  if (validator.etag !== null) return { 'if-none-match': validator.etag };
  return validator.lastModified === null ? {} : { 'if-modified-since': validator.lastModified };
}

export function sameValidator(a: Validator | null, b: Validator | null): boolean {
  return a !== null && b !== null && a.etag === b.etag && a.lastModified === b.lastModified;
}
