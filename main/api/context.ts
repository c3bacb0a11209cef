import type { Request } from 'express';
import { isListed, isLoopback, splitHost } from './guard.ts';
import type { FailureLimiter } from './secrets.ts';
import type { StationPort } from './station-port.ts';

/** What every route works with. */
export interface ApiContext {
  readonly station: StationPort;
  readonly limiter: FailureLimiter;
  /** Whether more than this machine can reach the station: by the address that is really bound. */
  exposed(): boolean;
  /** Aborted when the server closes. */
  readonly closing: AbortSignal;
}

/** The port that this request came in on: the one that is really bound, whatever the settings say by now. */
export function boundPort(request: Request): number {
  return request.socket.localPort ?? 0;
}

/** Whether an address to listen on is reachable from this machine only. */
export function isLoopbackAddress(address: string): boolean {
  return isLoopback(splitHost(address.includes(':') ? `[${address}]` : address)?.name ?? '');
}

/**
 * Where this station is for this caller, without a slash at the end: the configured public address, else the one the
 * caller used. A tunnel's own headers count only when the host they name is on the operator's list.
 */
export function publicBase(request: Request, station: StationPort): string {
  const { publicBaseUrl, allowedHosts } = station.settings();
  if (publicBaseUrl !== '') return publicBaseUrl.replace(/\/+$/, '');
  const host = request.headers.host ?? `127.0.0.1:${boundPort(request)}`;
  const forwarded = firstOf(request.headers['x-forwarded-host']);
  const outside = [forwarded, host].find((name) => name !== undefined && isListed(name, allowedHosts));
  if (outside === undefined) return `http://${host}`;
  const scheme = firstOf(request.headers['x-forwarded-proto'])?.toLowerCase() === 'https' ? 'https' : 'http';
  return `${scheme}://${outside}`;
}

/** The first value of a header that proxies append to. */
function firstOf(header: string | string[] | undefined): string | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  return text?.split(',', 1)[0]?.trim();
}
