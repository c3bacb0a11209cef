import type { PublicErrorCode } from '../shared/contract.ts';
import { type ErrorCode, type ErrorParams, StationError } from '../shared/errors/index.ts';
import type { FieldErrors } from '../shared/operator-api.ts';

/** A request that ends with an error: what the caller is told (`code`), and the sentence behind it (`reason`). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: PublicErrorCode;
  readonly reason: StationError;
  readonly headers: Readonly<Record<string, string>>;
  readonly fields: FieldErrors | undefined;

  constructor(
    code: PublicErrorCode,
    reason: StationError,
    more: { headers?: Record<string, string>; fields?: FieldErrors } = {},
  ) {
    super(`${code}: ${reason.message}`, { cause: reason });
    this.code = code;
    this.reason = reason;
    this.headers = more.headers ?? {};
    this.fields = more.fields;
  }
}

/** An error with a sentence of the catalogue. */
export function apiError(
  code: PublicErrorCode,
  reason: ErrorCode,
  params: ErrorParams = {},
  headers: Record<string, string> = {},
): ApiError {
  return new ApiError(code, new StationError(reason, params), { headers });
}

/** The port calls in which a failure of the station can come up; each has its own documented error. */
export type Doing = 'submit' | 'status' | 'operate';

/**
 * What a failure of the station is called on the wire.
 * A link that is no link at all is the caller's mistake (400); one that leads to no draft is 404; the rest is ours (500).
 */
export function publicCode(reason: ErrorCode, doing: Doing): PublicErrorCode {
  if (reason === 'SETTINGS_INVALID' || (reason as string) === 'DRAFT_LINK_INVALID') return 'VALIDATION_ERROR';
  if (reason === 'UPLOAD_TOO_LARGE') return 'TOO_LARGE';
  const badLink = reason.startsWith('DRAFT_LINK_') || reason === 'DRAFT_NOT_IN_LIBRARY';
  if (doing === 'status') return badLink ? 'VIDEO_TASK_NOT_FOUND' : 'VIDEO_STATUS_QUERY_FAILED';
  if (badLink) return 'INVALID_DRAFT_URL';
  if (doing === 'submit') return 'VIDEO_GENERATION_SUBMIT_FAILED';
  // To operators a failed inspection is about the draft, not about the station.
  return reason.startsWith('DRAFT_') || reason.startsWith('MEDIA_') ? 'INVALID_DRAFT_URL' : 'INTERNAL_ERROR';
}

/** Any thrown value as the error of a request. */
export function toApiError(thrown: unknown, doing: Doing): ApiError {
  if (thrown instanceof ApiError) return thrown;
  const reason = StationError.from(thrown);
  const headers: Record<string, string> = reason.class === 'retry_later' ? { 'Retry-After': '60' } : {};
  return new ApiError(publicCode(reason.code, doing), reason, { headers });
}
