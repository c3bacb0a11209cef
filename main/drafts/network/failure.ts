import { errors } from 'undici';
import { StationError } from '../../shared/errors/index.ts';
import { isPassingStatus } from '../../shared/http-answers.ts';
import { addressOf } from '../link-text.ts';
import { AddressRefused } from './connector.ts';

/** Thrown inside a download when one of its deadlines passes. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed';
}

const tlsCode =
  /^(?:ERR_TLS_|ERR_SSL_|CERT_|EPROTO$|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)/;
const nameCode = /^(?:ENOTFOUND|EAI_)/;
const timeoutCode = /^(?:ETIMEDOUT|UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT)$/;
const unreachableCode = /^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL)$/;
const brokenCode = /^(?:ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_.*|HPE_.*)$/;

/** What a thrown network error means, for people and for the queue. The query of the address never gets in. */
export function networkFailure(thrown: unknown, url: string): StationError {
  if (thrown instanceof StationError) return thrown;
  const address = addressOf(url);
  if (thrown instanceof AddressRefused)
    return new StationError('ADDRESS_REFUSED', { host: thrown.host, ip: thrown.ip });
  if (thrown instanceof DeadlinePassed)
    return new StationError('DOWNLOAD_TIMEOUT', { address, reason: thrown.message });
  const code = codeOf(thrown);
  if (tlsCode.test(code)) return new StationError('DOWNLOAD_TLS', { address, reason: code });
  if (timeoutCode.test(code)) return new StationError('DOWNLOAD_TIMEOUT', { address, reason: code });
  if (nameCode.test(code) || unreachableCode.test(code)) {
    return new StationError('DOWNLOAD_UNREACHABLE', { address, reason: code });
  }
  if (brokenCode.test(code)) return new StationError('DOWNLOAD_INTERRUPTED', { address, reason: code });
  return StationError.from(thrown);
}

/** What an HTTP status means; null when it comes with the file. */
export function statusFailure(status: number, url: string): StationError | null {
  if (status === 200 || status === 203 || status === 206) return null;
  const params = { address: addressOf(url), status };
  if (status === 401 || status === 403) return new StationError('DOWNLOAD_FORBIDDEN', params);
  if (status === 404 || status === 410) return new StationError('DOWNLOAD_NOT_FOUND', params);
  if (isPassingStatus(status)) return new StationError('DOWNLOAD_SERVER_BUSY', params);
  return new StationError('DOWNLOAD_REFUSED', params);
}

/** Whether asking again at once can help: busy servers, broken and stalled connections; not names, TLS or refusals. */
export function worthAnotherTry(failure: StationError): boolean {
  switch (failure.code) {
    case 'DOWNLOAD_SERVER_BUSY':
    case 'DOWNLOAD_INTERRUPTED':
    case 'DOWNLOAD_TIMEOUT':
      return true;
    default:
      return false;
  }
}

function codeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return '';
  const inner = thrown instanceof AggregateError ? thrown.errors.map(codeOf).find((code) => code !== '') : undefined;
  // The parser's errors have no code of their own in every case.
  if (thrown instanceof errors.HTTPParserError) return 'HPE_INVALID';
  const own = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  return own || inner || codeOf(thrown.cause);
}
