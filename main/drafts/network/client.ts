import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { Agent } from 'undici';
import { StationError } from '../../shared/errors/index.ts';
import { addressOf } from '../link-text.ts';
import { guardedConnector } from './connector.ts';
import { defaultNetworkLimits, type NetworkLimits } from './limits.ts';

/** Some media hosts refuse clients they do not know. */
const userAgent = 'Mozilla/5.0 (compatible; JianyingRenderStation)';

export type HttpHeaders = Readonly<Record<string, string | undefined>>;

export interface HttpAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: HttpHeaders;
  readonly body: Readable;
  /** After redirects. */
  readonly url: string;
}

export interface NetworkClient {
  readonly limits: NetworkLimits;
  /**
   * One GET; redirects are followed one by one and every hop's address is checked when it is connected to.
   * Whatever the caller does not read of the body it destroys.
   * @throws AddressRefused, StationError DOWNLOAD_REDIRECTS, errors of undici and of sockets
   */
  get(url: string, headers: HttpHeaders, signal: AbortSignal): Promise<HttpAnswer>;
  /** Closes all connections at once. */
  close(): Promise<void>;
}

export interface NetworkOptions {
  /** Hosts of the operator (`mediaHosts`) that may have private addresses. */
  readonly allowedHosts: readonly string[];
  readonly limits?: NetworkLimits;
  /** Name resolution; the system's by default. */
  readonly lookup?: LookupFunction;
}

export function networkClient(options: NetworkOptions): NetworkClient {
  const limits = options.limits ?? defaultNetworkLimits;
  const agent = new Agent({
    connect: guardedConnector(options.allowedHosts, limits.connectMs, options.lookup),
    // Deadlines are the download's own: undici's timers are coarse.
    headersTimeout: 0,
    bodyTimeout: 0,
    pipelining: 1,
  });
  return {
    limits,
    get: (url, headers, signal) => follow(agent, url, headers, signal, limits.redirects),
    close: () => agent.destroy(),
  };
}

async function follow(
  agent: Agent,
  url: string,
  headers: HttpHeaders,
  signal: AbortSignal,
  redirects: number,
): Promise<HttpAnswer> {
  const seen = new Set<string>();
  for (let current = new URL(url); ; ) {
    const answer = await agent.request({
      origin: current.origin,
      path: `${current.pathname}${current.search}`,
      method: 'GET',
      // Bytes are counted and resumed as they come, so they must not be packed on the way.
      headers: { 'user-agent': userAgent, accept: '*/*', 'accept-encoding': 'identity', ...headers },
      signal,
      highWaterMark: 1 << 20,
    });
    const plain: HttpHeaders = Object.fromEntries(
      Object.entries(answer.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
    );
    const location = plain.location;
    if (![301, 302, 303, 307, 308].includes(answer.statusCode) || location === undefined) {
      return { status: answer.statusCode, headers: plain, body: answer.body, url: current.href };
    }
    // The body of a redirect is not wanted; aborting it would be reported as an error.
    answer.body.on('error', () => {}).destroy();
    seen.add(current.href);
    current = nextHop(current, location);
    if (seen.has(current.href)) throw redirectFailure(url, 'loop');
    if (seen.size > redirects) throw redirectFailure(url, `more than ${redirects}`);
  }
}

function nextHop(from: URL, location: string): URL {
  const next = URL.parse(location, from.href);
  if (next === null || !/^https?:$/.test(next.protocol)) throw redirectFailure(from.href, 'not http');
  next.hash = '';
  return next;
}

function redirectFailure(url: string, reason: string): StationError {
  return new StationError('DOWNLOAD_REDIRECTS', { address: addressOf(url), reason });
}
