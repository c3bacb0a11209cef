/** How long and how often the network is waited for. All times ms. */
export interface NetworkLimits {
  readonly connectMs: number;
  /** From the request to the answer's headers. */
  readonly headersMs: number;
  /** Between two pieces of a body. */
  readonly idleMs: number;
  /** One file with all its tries. */
  readonly totalMs: number;
  /** A download slower than `slowBytesPerSecond` over this time is given up: a trickle would hold its lane for ever. */
  readonly slowWindowMs: number;
  readonly slowBytesPerSecond: number;
  /** Tries without progress between them. */
  readonly tries: number;
  /** Pause before the second try; doubles with every further one. */
  readonly backoffMs: number;
  /** No pause is longer, whatever `Retry-After` says. */
  readonly longestPauseMs: number;
  readonly redirects: number;
  /** Files at once. */
  readonly parallel: number;
}

export const defaultNetworkLimits: NetworkLimits = {
  connectMs: 10_000,
  headersMs: 30_000,
  idleMs: 30_000,
  totalMs: 2 * 3_600_000,
  slowWindowMs: 60_000,
  slowBytesPerSecond: 2048,
  tries: 4,
  backoffMs: 500,
  longestPauseMs: 30_000,
  redirects: 5,
  parallel: 6,
};

/** Limits stretched by the operator's factor on all deadlines. */
export function patientLimits(limits: NetworkLimits, patience: number): NetworkLimits {
  return {
    ...limits,
    connectMs: limits.connectMs * patience,
    headersMs: limits.headersMs * patience,
    idleMs: limits.idleMs * patience,
    totalMs: limits.totalMs * patience,
    slowWindowMs: limits.slowWindowMs * patience,
  };
}
