import { type Readable, Transform } from 'node:stream';
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
 * The body as the file it stands for: unpacked when the server packed it, and watched for bombs.
 * @throws StationError DOWNLOAD_ENCODING for a packing of another kind; the stream fails with it, too
 */
export function plainBody(body: Readable, headers: HttpHeaders, url: string): Readable {
  if (!isPacked(headers)) return body;
  const failure = (reason: string) => new StationError('DOWNLOAD_ENCODING', { address: addressOf(url), reason });
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  const unpacker = unpackerFor(encoding);
  if (unpacker === null) throw failure(encoding.slice(0, 40));
  let packed = 0;
  let plain = 0;
  body.on('data', (piece: Uint8Array) => {
    packed += piece.byteLength;
  });
  const watched = new Transform({
    transform(piece: Uint8Array, _encoding, done) {
      plain += piece.byteLength;
      const isBomb = plain > ratioFreeBytes && plain > packed * largestRatio;
      done(isBomb ? failure(`more than ${largestRatio}:1`) : null, piece);
    },
  });
  body.on('error', (error) => watched.destroy(error));
  unpacker.on('error', (error) => watched.destroy('code' in error ? failure(String(error.code)) : error));
  watched.on('close', () => unpacker.destroy());
  return body.pipe(unpacker).pipe(watched);
}

function unpackerFor(encoding: string): Transform | null {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return zlib.createGunzip();
    case 'deflate':
      return zlib.createInflate();
    case 'br':
      return zlib.createBrotliDecompress();
    default:
      return null;
  }
}

/**
 * Hands on every piece of a stream as it came: iterating would join waiting pieces, which costs a copy of every byte.
 * @param take may return a promise that the stream has to wait for
 * @throws what the stream and `take` throw
 */
export async function eachPiece(stream: Readable, take: (piece: Uint8Array) => Promise<void> | null): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let waiting: Promise<void> | null = null;
  stream.on('data', (piece: Uint8Array) => {
    try {
      waiting = take(piece);
    } catch (error) {
      stream.pause();
      return reject(error);
    }
    if (waiting === null) return;
    stream.pause();
    waiting.then(() => stream.resume(), reject);
  });
  stream.on('end', resolve);
  stream.on('error', reject);
  stream.on('close', () => reject(Object.assign(new Error('closed early'), { code: 'ECONNRESET' })));
  await promise;
  await waiting;
}
