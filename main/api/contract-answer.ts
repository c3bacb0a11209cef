import { type ContractError, type GenVideoStatusAnswer, publicErrors } from '../shared/contract.ts';
import { type Language, sentence } from '../shared/errors/index.ts';
import type { OperatorError } from '../shared/operator-api.ts';
import type { ApiError } from './api-error.ts';
import type { DraftStatus } from './station-port.ts';

/**
 * A task as the contract answers it.
 * @param draftUrl as this caller wrote it: spellings of one link are one draft, and a caller finds its own again
 * @param base address of this station for this caller, without a slash at the end
 */
export function statusAnswer(
  status: DraftStatus,
  draftUrl: string,
  base: string,
  language: Language = 'zh',
): GenVideoStatusAnswer {
  return {
    draft_url: draftUrl,
    status: status.status,
    progress: status.progress,
    video_url: absoluteUrl(status.videoUrl, base),
    error_message: status.status === 'failed' && status.error !== null ? sentence(status.error, language) : '',
    created_at: isoTime(status.createdAtMs),
    started_at: status.startedAtMs === null ? null : isoTime(status.startedAtMs),
    completed_at: status.completedAtMs === null ? null : isoTime(status.completedAtMs),
  };
}

/** ISO 8601 in UTC with milliseconds. */
function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

/** A path on this station as a link that works elsewhere; links of an object store stay as they are. */
export function absoluteUrl(pathOrUrl: string, base: string): string {
  return pathOrUrl.startsWith('/') ? base + pathOrUrl : pathOrUrl;
}

/** An error as the contract documents it. */
export function contractError(error: ApiError): ContractError {
  return {
    error: {
      code: error.code,
      message: publicErrors[error.code].zh,
      details: sentence(error.reason.toRecord(), 'zh'),
    },
  };
}

/** An error as the operators' side gets it. */
export function operatorError(error: ApiError): OperatorError {
  const record = error.reason.toRecord();
  const zh = sentence(record, 'zh');
  return {
    error: {
      code: error.code,
      message: publicErrors[error.code].zh,
      details: zh,
      reason: record.code,
      zh,
      en: sentence(record, 'en'),
      ...(error.fields === undefined ? {} : { fields: error.fields }),
    },
  };
}

/** An error in the envelope of the capcut-mate dialect. */
export function dialectError(error: ApiError, language: Language): { code: number; message: string; details: string } {
  const { dialect, zh, en } = publicErrors[error.code];
  const details = sentence(error.reason.toRecord(), language);
  const messages: Partial<Record<ApiError['code'], string>> = {
    VALIDATION_ERROR: language === 'zh' ? `参数校验失败(${details})` : `Parameter validation failed (${details})`,
    NOT_FOUND: 'HTTP Error 404, detail: Not Found',
    METHOD_NOT_ALLOWED: 'HTTP Error 405, detail: Method Not Allowed',
  };
  return { code: dialect, message: messages[error.code] ?? (language === 'zh' ? zh : en), details };
}
