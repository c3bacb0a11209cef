import { retryAfterMs } from '../../shared/http-answers.ts';
import type { NetworkLimits } from './limits.ts';

/**
 * How long to wait before the next try; ms. The server's `Retry-After` is obeyed up to the longest pause; without one
 * the pause doubles with every try, and half of it is left to chance so that many files do not ask in step.
 * @param tried tries so far, at least 1
 * @param retryAfter the header's value: seconds or a date
 * @param chance 0..1
 */
export function pauseBeforeRetry(
  tried: number,
  retryAfter: string | undefined,
  limits: NetworkLimits,
  nowMs: number,
  chance: number,
): number {
  const asked = retryAfterMs(retryAfter, nowMs);
  if (asked !== null) return Math.min(asked, limits.longestPauseMs);
  const full = Math.min(limits.backoffMs * 2 ** (tried - 1), limits.longestPauseMs);
  return full / 2 + (full / 2) * chance;
}
