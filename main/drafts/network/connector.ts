import dns from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { isPublicAddress } from './addresses.ts';
import { isAllowedHost } from './allow-list.ts';

/** A host leads to an address that may not be fetched from. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
  readonly host: string;
  readonly ip: string;

  constructor(host: string, ip: string) {
    super(`${host} leads to ${ip}`);
    this.host = host;
    this.ip = ip;
  }
}

/**
 * Opens connections, deciding on the address that is really connected to: there is no moment between the check and the
 * connection in which the name could change its meaning (DNS rebinding).
 * @param allowed hosts of the operator whose addresses are not checked
 */
export function guardedConnector(
  allowed: readonly string[],
  connectMs: number,
  lookup: LookupFunction = dns.lookup as LookupFunction,
): buildConnector.connector {
  const common = { timeout: connectMs, allowH2: false, autoSelectFamily: true };
  const open = buildConnector({ ...common, lookup });
  const guarded = buildConnector({ ...common, lookup: publicOnly(lookup) });
  return (options, callback) => {
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80);
    if (isAllowedHost(options.hostname, port, allowed)) return open(options, callback);
    const shownHost = options.host ?? options.hostname;
    // Sockets do not look up what is an address already.
    if (isIP(options.hostname) !== 0 && !isPublicAddress(options.hostname)) {
      return callback(new AddressRefused(shownHost, options.hostname), null);
    }
    guarded(options, (error, socket) => {
      if (error instanceof AddressRefused) return callback(new AddressRefused(shownHost, error.ip), null);
      if (error !== null) return callback(error, null);
      if (socket === null) return callback(new Error('no socket'), null);
      const ip = socket.remoteAddress ?? '';
      if (isPublicAddress(ip)) return callback(null, socket);
      socket.destroy();
      callback(new AddressRefused(shownHost, ip), null);
    });
  };
}

/** Name resolution that answers public addresses only, and fails when there are none. */
function publicOnly(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, '', 0);
      const addresses = Array.isArray(found) ? found : [{ address: found, family: isIP(found) }];
      const usable = addresses.filter(({ address }) => isPublicAddress(address));
      const [first] = usable;
      if (first === undefined) {
        return callback(new AddressRefused(hostname, addresses[0]?.address ?? '?'), '', 0);
      }
      if (options.all === true) return callback(null, usable);
      callback(null, first.address, first.family);
    });
  };
}
