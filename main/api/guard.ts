import { isIP } from 'node:net';
import type { ErrorParams } from '../shared/errors/index.ts';

/*
 * Who may call at all, decided on the request's head alone. The threats: a web page that posts to localhost (CSRF), a
 * name that is rebound to 127.0.0.1 (DNS rebinding), and, when the station is open to the network, everybody on it.
 * - `Host` must be loopback with our port, or on the operator's list. Open to the network, an IP address with our port
 *   will do as well: rebinding needs a name.
 * - A page of another origin is refused unless its host is on the same list. Pages show themselves by `Origin`,
 *   by `Sec-Fetch-Site` (browsers set it, pages cannot) and, where neither names them, by `Referer`.
 * - A link that a person follows (top-level navigation) may come from anywhere: it only reads, and no page sees the
 *   answer. The operators' side is excepted.
 */

export interface RequestHead {
  readonly method: string;
  readonly path: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly referer: string | undefined;
  readonly fetchSite: string | undefined;
  readonly fetchMode: string | undefined;
  readonly fetchDest: string | undefined;
}

export interface GuardRules {
  /** The port that is really bound. */
  readonly port: number;
  /** Bound to more than loopback. */
  readonly exposed: boolean;
  /** Setting `allowedHosts`. */
  readonly allowedHosts: readonly string[];
}

export type Verdict =
  /** `corsOrigin`: a listed foreign origin that may read the answer; `embedded`: a page other than ours shows it. */
  | { readonly allowed: true; readonly corsOrigin: string | null; readonly embedded: boolean }
  | { readonly allowed: false; readonly code: 'HOST_REFUSED' | 'ORIGIN_REFUSED'; readonly params: ErrorParams };

const ours: Verdict = { allowed: true, corsOrigin: null, embedded: false };

/** Host name (lower case, without brackets) and port of a `Host` header; null when it is not one. */
export function splitHost(host: string): { name: string; port: number | null } | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9_][a-z0-9_.-]*))(?::(\d{1,5}))?$/i.exec(host);
  const name = match?.[1] ?? match?.[2];
  if (name === undefined) return null;
  return { name: name.toLowerCase(), port: match?.[3] === undefined ? null : Number(match[3]) };
}

/** Whether a host name or address can only be this machine. */
export function isLoopback(name: string): boolean {
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
}

/** Whether an entry of `allowedHosts` (`host`, `*.host`, either with `:port`) covers a host. */
export function isListed(host: string, allowedHosts: readonly string[]): boolean {
  const asked = splitHost(host);
  if (asked === null) return false;
  return allowedHosts.some((entry) => {
    const wildcard = entry.startsWith('*.');
    const rule = splitHost(wildcard ? entry.slice(2) : entry);
    if (rule === null || (rule.port !== null && rule.port !== asked.port)) return false;
    return wildcard ? asked.name.endsWith(`.${rule.name}`) : asked.name === rule.name;
  });
}

function isOurHost(host: string, rules: GuardRules): boolean {
  const asked = splitHost(host);
  if (asked === null || (asked.port ?? 80) !== rules.port) return false;
  return isLoopback(asked.name) || (rules.exposed && isIP(asked.name) !== 0);
}

function hostOf(url: string): string | null {
  // `URL` drops the default port of the scheme, which `Host` does as well.
  const parsed = URL.parse(url);
  return parsed !== null && /^https?:$/.test(parsed.protocol) ? parsed.host : null;
}

/** Decides on the head of one request. */
export function judge(head: RequestHead, rules: GuardRules): Verdict {
  const { host } = head;
  if (host === undefined || !(isOurHost(host, rules) || isListed(host, rules.allowedHosts))) {
    return { allowed: false, code: 'HOST_REFUSED', params: { host: host ?? '-' } };
  }
  // Everything but a browser ends here.
  if (head.origin === undefined && head.fetchSite === undefined) return ours;

  if (head.origin !== undefined) {
    const from = hostOf(head.origin);
    if (from !== null && (from === host.toLowerCase() || isOurHost(from, rules))) return ours;
    if (from !== null && isListed(from, rules.allowedHosts)) {
      return { allowed: true, corsOrigin: head.origin, embedded: true };
    }
    return refused(head.origin);
  }
  if (head.fetchSite === 'same-origin' || head.fetchSite === 'none') return ours;
  if (isPersonFollowingALink(head)) return ours;
  // `cross-site` and `same-site` (another port or subdomain) without Origin: an embedded video, image or frame.
  const page = head.referer === undefined ? null : hostOf(head.referer);
  if (page !== null && (isOurHost(page, rules) || isListed(page, rules.allowedHosts))) {
    return { allowed: true, corsOrigin: null, embedded: true };
  }
  return refused(page ?? head.fetchSite ?? '-');
}

function isPersonFollowingALink(head: RequestHead): boolean {
  const reads = head.method === 'GET' || head.method === 'HEAD';
  return reads && head.fetchMode === 'navigate' && head.fetchDest === 'document' && !head.path.startsWith('/api/');
}

function refused(origin: string): Verdict {
  return { allowed: false, code: 'ORIGIN_REFUSED', params: { origin } };
}
