import type { PublicErrorCode } from '../shared/contract.ts';
import { draftsErrors } from '../shared/errors/drafts.ts';
import { type ErrorCode, type ErrorParams, StationError } from '../shared/errors/index.ts';
import { jianyingErrors } from '../shared/errors/jianying.ts';
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

/** What a failure of the station is called on the wire. */
function publicCode(reason: ErrorCode, doing: Doing): PublicErrorCode {
  if (reason === 'SETTINGS_INVALID') return 'VALIDATION_ERROR';
  if (reason === 'UPLOAD_TOO_LARGE') return 'TOO_LARGE';
  // The client's state is in the way, and the operator can change it: no fault of the station.
  if (doing === 'operate' && Object.hasOwn(jianyingErrors, reason)) return 'CONFLICT';
  // What is wrong with a draft or its link is the caller's to mend; everything else is ours.
  const aboutDraft = Object.hasOwn(draftsErrors, reason);
  if (doing === 'status') return aboutDraft ? 'VIDEO_TASK_NOT_FOUND' : 'VIDEO_STATUS_QUERY_FAILED';
  if (aboutDraft) return 'INVALID_DRAFT_URL';
  return doing === 'submit' ? 'VIDEO_GENERATION_SUBMIT_FAILED' : 'INTERNAL_ERROR';
}

/**
 * As `toApiError`, for a `draft_url` of the contract: a text that is no URL at all, or one of a scheme that nobody can
 * fetch, is a wrong parameter (400); a URL that leads to no draft is 404.
 */
export function linkError(thrown: unknown, doing: Doing, draftUrl: string): ApiError {
  const error = toApiError(thrown, doing);
  const { code } = error.reason;
  const noUrl = code === 'DRAFT_LINK_UNRECOGNISED' && URL.parse(draftUrl.trim()) === null;
  return noUrl || code === 'DRAFT_LINK_SCHEME' ? new ApiError('VALIDATION_ERROR', error.reason) : error;
}

/** Any thrown value as the error of a request. */
export function toApiError(thrown: unknown, doing: Doing): ApiError {
  if (thrown instanceof ApiError) return thrown;
  const reason = StationError.from(thrown);
  const headers: Record<string, string> = reason.class === 'retry_later' ? { 'Retry-After': '60' } : {};
  return new ApiError(publicCode(reason.code, doing), reason, { headers });
}
