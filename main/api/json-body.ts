import { Buffer, isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { type ApiError, apiError } from './api-error.ts';

/** Largest JSON body: 1 MB. */
const maxBodyBytes = 1024 * 1024;
/** How much of a body that is too large is read and thrown away, so that its sender gets to see the answer. */
const politeBytes = 16 * maxBodyBytes;

/**
 * Reads the JSON body of a request.
 * Own code because status polls are the station's hot path: this costs a third of the general body parser, and every
 * way to get it wrong has its own sentence.
 */
export function readJson(
  request: IncomingMessage,
  done: (error: ApiError | null, body: unknown) => void,
  optional = false,
): void {
  const { 'content-type': type, 'content-encoding': encoding } = request.headers;
  if (!announcesBody(request)) {
    done(optional ? null : apiError('VALIDATION_ERROR', 'BODY_MISSING'), undefined);
    return;
  }
  const wrongHead = judgeHead(type, encoding);
  if (wrongHead !== null) {
    discard(request, () => done(wrongHead, undefined));
    return;
  }
  collect(request, (error, bytes) => {
    if (error !== null) done(error, undefined);
    else if (bytes.length === 0) done(optional ? null : apiError('VALIDATION_ERROR', 'BODY_MISSING'), undefined);
    else parse(bytes, done);
  });
}

/** As a promise, for routes that are not in a hurry. An absent body is `undefined`. */
export function jsonBody(request: IncomingMessage): Promise<unknown> {
  return new Promise((resolve, reject) =>
    readJson(request, (error, body) => (error === null ? resolve(body) : reject(error)), true),
  );
}

/** Whether a request says that a body follows its head. */
export function announcesBody({ headers }: IncomingMessage): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = headers;
  return encoding !== undefined || (length !== undefined && length !== '0');
}

function judgeHead(type: string | undefined, encoding: string | undefined): ApiError | null {
  if (type === undefined || !/^\s*application\/json\s*(;|$)/i.test(type)) {
    return apiError('VALIDATION_ERROR', 'BODY_NOT_JSON', { type: type ?? '-' });
  }
  if (encoding !== undefined && encoding !== 'identity') {
    return apiError('VALIDATION_ERROR', 'BODY_ENCODED', { encoding });
  }
  return null;
}

function parse(bytes: Buffer, done: (error: ApiError | null, body: unknown) => void): void {
  if (!isUtf8(bytes)) {
    done(apiError('VALIDATION_ERROR', 'BODY_NOT_UTF8'), undefined);
    return;
  }
  let body: unknown;
  try {
    // Windows tools put a byte order mark in front.
    body = JSON.parse(bytes.toString('utf8', startsWithMark(bytes) ? 3 : 0));
  } catch {
    done(apiError('VALIDATION_ERROR', 'BODY_MALFORMED'), undefined);
    return;
  }
  done(null, body);
}

function startsWithMark(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function collect(request: IncomingMessage, done: (error: ApiError | null, bytes: Buffer) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const onData = (chunk: Buffer): void => {
    size += chunk.length;
    if (size <= maxBodyBytes) {
      chunks.push(chunk);
      return;
    }
    request.off('data', onData).off('end', onEnd);
    discard(request, () => done(apiError('VALIDATION_ERROR', 'BODY_TOO_LARGE', { limit: '1 MB' }), noBytes));
  };
  const onEnd = (): void => done(null, chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size));
  // A sender that goes away needs no answer: its socket is gone, and the server forgets the request.
  request.on('data', onData).on('end', onEnd);
}

const noBytes = Buffer.alloc(0);

/** Reads on without keeping anything, up to a limit; then the answer is due, and the connection ends with it. */
function discard(request: IncomingMessage, done: () => void): void {
  let size = 0;
  const finish = (): void => {
    request.off('data', onData).off('end', finish);
    done();
  };
  const onData = (chunk: Buffer): void => {
    size += chunk.length;
    if (size > politeBytes) finish();
  };
  request.on('data', onData).on('end', finish);
}
