import { type ErrorRecord, errorClass } from '../shared/errors/index.ts';

export interface Backoff {
  readonly firstMs: number;
  readonly limitMs: number;
}

const now: Backoff = { firstMs: 1_000, limitMs: 60_000 };
const later: Backoff = { firstMs: 30_000, limitMs: 15 * 60_000 };

/** A station that died this often with the same task running leaves that task alone. */
export const crashLimit = 2;

export type RetryDecision =
  | { readonly kind: 'give_up' }
  | { readonly kind: 'retry'; readonly afterMs: number }
  /** The task waits at its place and the queue pauses until a person has done something. */
  | { readonly kind: 'pause_queue' };

/**
 * What follows a failed attempt.
 * @param failures ordinary failures of this task so far, this one included
 * @param random 0..1, for the jitter
 */
export function afterFailure(error: ErrorRecord, failures: number, maxAttempts: number, random: number): RetryDecision {
  const kind = errorClass(error.code);
  switch (kind) {
    case 'never':
      return { kind: 'give_up' };
    case 'operator':
      return { kind: 'pause_queue' };
    case 'retry_now':
    case 'retry_later':
      if (failures >= maxAttempts) return { kind: 'give_up' };
      return { kind: 'retry', afterMs: backoffMs(kind === 'retry_now' ? now : later, failures, random) };
    default:
      return kind satisfies never;
  }
}

/** Exponential with jitter: between half and all of `first * 2^(failures-1)`, at most the limit. */
export function backoffMs(backoff: Backoff, failures: number, random: number): number {
  const full = Math.min(backoff.limitMs, backoff.firstMs * 2 ** Math.max(0, failures - 1));
  return Math.round(full / 2 + (full / 2) * random);
}
