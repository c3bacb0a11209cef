import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares two secrets in a time that tells nothing about them, their lengths included. */
export function sameSecret(given: string, wanted: string): boolean {
  return timingSafeEqual(digest(given), digest(wanted));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** The token of `Authorization: Bearer <token>`, null when the header is absent or of another kind. */
export function bearer(header: string | undefined): string | null {
  const match = /^Bearer +(\S+) *$/i.exec(header ?? '');
  return match?.[1] ?? null;
}

/** One cookie of a `Cookie` header. */
export function cookieValue(header: string | undefined, name: string): string | null {
  for (const part of header?.split(';') ?? []) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value !== undefined) return value;
  }
  return null;
}

/** Cookies know no ports: the name keeps two stations on one machine apart. */
export function cookieName(port: number): string {
  return `station_token_${port}`;
}

export interface FailureLimits {
  /** Wrong keys that one address may send within the window. */
  readonly failures: number;
  readonly windowMs: number;
  /** Addresses remembered at most. */
  readonly addresses: number;
}

/**
 * Slows down whoever tries keys. The limit is far above a misconfigured workflow that polls, and far below what
 * guessing needs.
 */
export class FailureLimiter {
  readonly #limits: FailureLimits;
  readonly #now: () => number;
  readonly #seen = new Map<string, { count: number; sinceMs: number }>();

  constructor(
    now: () => number = Date.now,
    limits: FailureLimits = { failures: 120, windowMs: 60_000, addresses: 10_000 },
  ) {
    this.#now = now;
    this.#limits = limits;
  }

  /** Seconds until this address may try again; 0 = it may. */
  waitSeconds(address: string): number {
    const entry = this.#seen.get(address);
    if (entry === undefined) return 0;
    const leftMs = entry.sinceMs + this.#limits.windowMs - this.#now();
    if (leftMs <= 0) {
      this.#seen.delete(address);
      return 0;
    }
    return entry.count >= this.#limits.failures ? Math.ceil(leftMs / 1000) : 0;
  }

  failed(address: string): void {
    const entry = this.#seen.get(address);
    if (entry !== undefined) {
      entry.count += 1;
      return;
    }
    if (this.#seen.size >= this.#limits.addresses) {
      const oldest = this.#seen.keys().next();
      if (!oldest.done) this.#seen.delete(oldest.value);
    }
    this.#seen.set(address, { count: 1, sinceMs: this.#now() });
  }
}
