import type { Readable } from 'node:stream';
import zlib from 'node:zlib';
import { StationError } from '../../shared/errors/index.ts';
import { addressOf } from '../link-text.ts';
import type { HttpHeaders } from './client.ts';

/** Unpacked bytes may be this many times the packed ones; real files of any use stay far below. */
const largestRatio = 200;
const ratioFreeBytes = 1 << 20;

/** Whether the server packed the body although it was asked not to; such bodies cannot be resumed. */
export function isPacked(headers: HttpHeaders): boolean {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  return encoding !== '' && encoding !== 'identity';
}

/**
 * The body as the file it stands for, unpacked when the server packed it; watched for bombs.
 * @throws StationError DOWNLOAD_ENCODING (also while reading)
 */
export async function* plainBody(body: Readable, headers: HttpHeaders, url: string): AsyncGenerator<Uint8Array> {
  const unpacker = unpackerOf(headers, url);
  if (unpacker === null) return yield* body as AsyncIterable<Uint8Array>;
  let packed = 0;
  let plain = 0;
  const failure = (reason: string) => new StationError('DOWNLOAD_ENCODING', { address: addressOf(url), reason });
  body.on('data', (piece: Uint8Array) => {
    packed += piece.byteLength;
  });
  body.on('error', (error) => unpacker.destroy(error));
  body.pipe(unpacker);
  try {
    for await (const piece of unpacker as AsyncIterable<Uint8Array>) {
      plain += piece.byteLength;
      if (plain > ratioFreeBytes && plain > packed * largestRatio) throw failure(`more than ${largestRatio}:1`);
      yield piece;
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw /^(?:Z_|ERR__ERROR_|ERR_BROTLI|ERR_)/.test(code) ? failure(code) : error;
  } finally {
    unpacker.destroy();
  }
}

function unpackerOf(headers: HttpHeaders, url: string): zlib.Gunzip | zlib.BrotliDecompress | zlib.Inflate | null {
  if (!isPacked(headers)) return null;
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return zlib.createGunzip();
    case 'deflate':
      return zlib.createInflate();
    case 'br':
      return zlib.createBrotliDecompress();
    default:
      throw new StationError('DOWNLOAD_ENCODING', { address: addressOf(url), reason: encoding.slice(0, 40) });
  }
}
