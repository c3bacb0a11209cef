import { StationError } from '../../shared/errors/index.ts';
import { addressOf } from '../link-text.ts';
import type { Transferred } from './transfer.ts';

const namedFiles = 20;

/**
 * What failed downloads mean for the draft: null when everything that is needed is there. A file that can never be had
 * fails the draft for good, also beside others that might come later; everything that did come is in the cache then.
 */
export function failureOf(transferred: readonly Transferred[]): StationError | null {
  const failed = transferred.flatMap(({ media, result }) =>
    'failure' in result && media.uses.some(({ need }) => need === 'needed') ? [{ media, failure: result.failure }] : [],
  );
  const [first] = failed;
  if (first === undefined) return null;
  const hopeless = failed.filter(({ failure }) => failure.class === 'never');
  // One setting mends all of these: its own sentence says which.
  if (hopeless.length > 0 && hopeless.every(({ failure }) => failure.code === 'ADDRESS_REFUSED')) {
    return hopeless[0]?.failure ?? null;
  }
  const named = hopeless.length > 0 ? hopeless : failed;
  const files = named.slice(0, namedFiles).map(({ media, failure }) => {
    const name = media.uses[0]?.name ?? '?';
    const address = media.source.type === 'url' ? addressOf(media.source.url) : media.source.file;
    return `${name} (${address}: ${shortReason(failure)})`;
  });
  if (named.length > namedFiles) files.push(`… +${named.length - namedFiles}`);
  return new StationError(hopeless.length > 0 ? 'MEDIA_FAILED' : 'MEDIA_UNREACHABLE', {
    count: named.length,
    files: files.join('; '),
  });
}

function shortReason({ code, params }: StationError): string {
  if (params.status !== undefined) return `HTTP ${params.status}`;
  const detail = params.reason ?? params.found ?? params.ip;
  return detail === undefined ? code : `${code} ${detail}`;
}
