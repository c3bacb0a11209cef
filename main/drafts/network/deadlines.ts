import { DeadlinePassed } from './failure.ts';
import type { NetworkLimits } from './limits.ts';

/** The watch over one try of a download: answers late, stalls, trickles. */
export interface Watch {
  /** Aborted with `DeadlinePassed` when a deadline passes, or with the outer signal's reason. */
  readonly signal: AbortSignal;
  /** Bytes have arrived (0 = the headers). */
  arrived(bytes: number): void;
  stop(): void;
}

/** @param leftMs what remains of the file's total time */
export function watchOver(limits: NetworkLimits, leftMs: number, outer: AbortSignal): Watch {
  const own = new AbortController();
  const pass = (reason: string) => own.abort(new DeadlinePassed(reason));
  let windowBytes = 0;
  let stalledReason = `no answer in ${seconds(limits.headersMs)} s`;
  // The connection's own deadline lies within this one only when it is shorter; waiting for a free connection counts too.
  let stalled = setTimeout(() => pass(stalledReason), limits.connectMs + limits.headersMs);
  const total = setTimeout(() => pass('total time used up'), Math.max(0, leftMs));
  const slow = setInterval(() => {
    const perSecond = windowBytes / (limits.slowWindowMs / 1000);
    if (perSecond < limits.slowBytesPerSecond) pass(`only ${Math.round(perSecond)} bytes/s`);
    windowBytes = 0;
  }, limits.slowWindowMs);
  let hasAnswered = false;
  return {
    signal: AbortSignal.any([outer, own.signal]),
    arrived(bytes) {
      windowBytes += bytes;
      if (hasAnswered) return void stalled.refresh();
      hasAnswered = true;
      clearTimeout(stalled);
      stalledReason = `nothing for ${seconds(limits.idleMs)} s`;
      stalled = setTimeout(() => pass(stalledReason), limits.idleMs);
    },
    stop() {
      clearTimeout(stalled);
      clearTimeout(total);
      clearInterval(slow);
    },
  };
}

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}
