import { apiErrors } from './api.ts';
import { draftsErrors } from './drafts.ts';
import { embeddedErrors } from './embedded.ts';
import { jianyingErrors } from './jianying.ts';
import { publishErrors } from './publish.ts';
import { queueErrors } from './queue.ts';
import type { ErrorClass, ErrorEntry, ErrorParams } from './types.ts';

export type { ErrorClass, ErrorEntry, ErrorParams } from './types.ts';

/** Every failure that a person can meet, by code. Each area keeps its own file; a code is never reused. */
export const errorCatalogue = {
  ...queueErrors,
  ...draftsErrors,
  ...embeddedErrors,
  ...jianyingErrors,
  ...publishErrors,
  ...apiErrors,
} as const;

export type ErrorCode = keyof typeof errorCatalogue;

export type Language = 'zh' | 'en';

/** A failure as plain data: this is what the database, the API and child processes carry. */
export interface ErrorRecord {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

/**
 * A failure for people: its code leads to a sentence in both languages and to what the queue does about it.
 * Anything thrown that is not a StationError is a bug and becomes `INTERNAL`.
 */
export class StationError extends Error {
  override readonly name = 'StationError';
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}, options?: { cause?: unknown }) {
    super(`${code}: ${sentence({ code, params }, 'en')}`, options);
    this.code = code;
    this.params = params;
  }

  get class(): ErrorClass {
    return errorClass(this.code);
  }

  toRecord(): ErrorRecord {
    return { code: this.code, params: this.params };
  }

  /** Any thrown value as a StationError; unknown ones become `INTERNAL` with their message. */
  static from(thrown: unknown): StationError {
    if (thrown instanceof StationError) return thrown;
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return new StationError('INTERNAL', { reason }, { cause: thrown });
  }
}

/** An error as the system throws it, with its code (`ENOSPC`): for what comes from libraries and other programs. */
export function systemError(code: string, message: string): Error & { readonly code: string } {
  return Object.assign(new Error(message), { code });
}

/** The system's code of an error (`ENOSPC`), also where it is what is behind a StationError; null when there is none. */
export function systemCode(error: unknown): string | null {
  const origin = error instanceof StationError ? error.cause : error;
  return origin instanceof Error && 'code' in origin ? String(origin.code) : null;
}

/** What the queue does about a failure with this code. */
export function errorClass(code: ErrorCode): ErrorClass {
  return errorCatalogue[code].class;
}

/** Whether a string (from the database, from a child process) is a code of this version. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalogue, code);
}

/** The sentence for a person, with the params filled in. A missing param stays visible as `{name}`. */
export function sentence(error: ErrorRecord, language: Language): string {
  const entry: ErrorEntry = errorCatalogue[error.code];
  return fillIn(entry[language], error.params);
}

/**
 * A text with the params in their `{name}` places. What has no Chinese (`{reasonZh}`) is said as it is (`reason`); what is
 * counted (`{count segments}`) loses its last letter where there is one of it.
 */
export function fillIn(text: string, params: ErrorParams): string {
  return text.replaceAll(/\{(\w+)( [\w ]+)?\}/g, (place, name: string, counted = '') => {
    const value = params[name] ?? params[name.replace(/Zh$/, '')];
    if (value === undefined) return place;
    return `${value}${Number(value) === 1 ? counted.slice(0, -1) : counted}`;
  });
}
