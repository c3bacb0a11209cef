import { rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { StationError } from '../../shared/errors/index.ts';
import { addressOf } from '../link-text.ts';
import { isPacked, plainBody } from './body.ts';
import type { HttpAnswer, HttpHeaders, NetworkClient } from './client.ts';
import { watchOver } from './deadlines.ts';
import { networkFailure, statusFailure, worthAnotherTry } from './failure.ts';
import { FileSink } from './file-sink.ts';
import { pauseBeforeRetry } from './retry.ts';
import { ifChanged, ifRange, sameValidator, strongValidator, type Validator } from './validator.ts';

/** Enough of a file's beginning to know what it is. */
const headBytes = 4096;
const mb = 1_000_000;

export interface DownloadOrder {
  readonly url: string;
  /** Where the bytes go; absolute. Complete when the download returns, gone when it throws. */
  readonly file: string;
  readonly maxBytes: number;
  /** The setting that `maxBytes` comes from, for the sentence. */
  readonly setting: string;
  /** An older copy: when the file has not changed, nothing is downloaded. */
  readonly known?: Validator | undefined;
  /** Looks at the first bytes; throws to refuse the file before it is loaded, may answer a smaller `maxBytes`. */
  readonly checkHead?: (head: Uint8Array, url: string) => number | undefined;
  /** Bytes on disk so far and expected in all (null = not known). May fall when a file starts over. */
  readonly onBytes?: (bytes: number, expected: number | null) => void;
  readonly onRetry?: (failure: StationError, pauseMs: number) => void;
}

export type Downloaded =
  | { readonly state: 'fetched'; readonly bytes: number; readonly validator: Validator | null }
  | { readonly state: 'unchanged' };

/** What is on disk after an interrupted try, and whether the server can go on from there. */
interface Partial {
  bytes: number;
  validator: Validator | null;
}

/**
 * Brings one file. Broken tries are resumed where they stopped when the server vouches that it is still the same file,
 * started over otherwise; a complete file is never asked for again.
 * @throws StationError DOWNLOAD_*, ADDRESS_REFUSED, what `checkHead` throws; the signal's reason when it is aborted
 */
export async function download(client: NetworkClient, order: DownloadOrder, signal: AbortSignal): Promise<Downloaded> {
  const { limits } = client;
  const endsAt = performance.now() + limits.totalMs;
  const partial: Partial = { bytes: 0, validator: null };
  try {
    for (let tried = 1, furthest = 0; ; tried++) {
      const retry: RetryHint = {};
      try {
        return await oneTry(client, order, partial, retry, endsAt - performance.now(), signal);
      } catch (thrown) {
        signal.throwIfAborted();
        const failure = networkFailure(thrown, order.url);
        // A long download may break many times, as long as it gets on in between.
        if (partial.bytes > furthest + mb) tried = 1;
        furthest = Math.max(furthest, partial.bytes);
        if (!worthAnotherTry(failure) || tried >= limits.tries) throw failure;
        const pauseMs = pauseBeforeRetry(tried, retry.after, limits, Date.now(), Math.random());
        if (performance.now() + pauseMs >= endsAt) throw failure;
        order.onRetry?.(failure, pauseMs);
        await wait(pauseMs, undefined, { signal });
      }
    }
  } catch (error) {
    await rm(order.file, { force: true });
    throw signal.aborted ? signal.reason : error;
  }
}

interface RetryHint {
  after?: string | undefined;
}

async function oneTry(
  client: NetworkClient,
  order: DownloadOrder,
  partial: Partial,
  retry: RetryHint,
  leftMs: number,
  signal: AbortSignal,
): Promise<Downloaded> {
  const watch = watchOver(client.limits, leftMs, signal);
  let answer: HttpAnswer | null = null;
  try {
    answer = await client.get(order.url, requestHeaders(partial, order.known), watch.signal);
    watch.arrived(0);
    // Destroying an unread body makes it report an error that nobody waits for.
    answer.body.on('error', () => {});
    if (answer.status === 304) return { state: 'unchanged' };
    if (answer.status === 416) return await rangeRefused(client, order, partial, answer, retry, leftMs, signal);
    const failure = statusFailure(answer.status, order.url);
    if (failure !== null) {
      retry.after = answer.headers['retry-after'];
      throw failure;
    }
    if (order.known !== undefined && sameValidator(order.known, strongValidator(answer.headers))) {
      return { state: 'unchanged' };
    }
    return await receive(order, answer, partial, (bytes) => watch.arrived(bytes));
  } catch (error) {
    throw watch.signal.aborted ? watch.signal.reason : error;
  } finally {
    watch.stop();
    answer?.body.destroy();
  }
}

function requestHeaders(partial: Partial, known: Validator | undefined): HttpHeaders {
  if (partial.bytes > 0 && partial.validator !== null) {
    return { range: `bytes=${partial.bytes}-`, 'if-range': ifRange(partial.validator) };
  }
  return known === undefined ? {} : ifChanged(known);
}

/** 416: the file ends where ours ends, or it is no longer the one we began. */
async function rangeRefused(
  client: NetworkClient,
  order: DownloadOrder,
  partial: Partial,
  answer: HttpAnswer,
  retry: RetryHint,
  leftMs: number,
  signal: AbortSignal,
): Promise<Downloaded> {
  answer.body.destroy();
  const size = /^bytes \*\/(\d+)$/.exec(answer.headers['content-range'] ?? '')?.[1];
  if (partial.bytes > 0 && Number(size) === partial.bytes) {
    return { state: 'fetched', bytes: partial.bytes, validator: partial.validator };
  }
  // A server that refuses a range it was not asked for is simply broken.
  if (partial.bytes === 0) {
    throw new StationError('DOWNLOAD_REFUSED', { address: addressOf(order.url), status: answer.status });
  }
  partial.bytes = 0;
  return await oneTry(client, order, partial, retry, leftMs, signal);
}

async function receive(
  order: DownloadOrder,
  answer: HttpAnswer,
  partial: Partial,
  arrived: (bytes: number) => void,
): Promise<Downloaded> {
  const address = addressOf(order.url);
  const { headers } = answer;
  const start = answer.status === 206 ? rangeStart(headers) : 0;
  // A server may ignore If-Range; parts of two files must not be glued together.
  const isOther = start > 0 && headers.etag !== undefined && headers.etag !== partial.validator?.etag;
  if (isOther || (start !== 0 && start !== partial.bytes)) {
    partial.bytes = 0;
    throw new StationError('DOWNLOAD_INTERRUPTED', { address, reason: isOther ? 'the file changed' : 'wrong range' });
  }
  const packed = isPacked(headers);
  const announced = packed ? null : announcedBytes(headers);
  const expected = announced === null ? null : start + announced;
  let maxBytes = order.maxBytes;
  const tooLarge = () =>
    new StationError('DOWNLOAD_TOO_LARGE', { address, limitMb: Math.ceil(maxBytes / mb), setting: order.setting });
  if (expected !== null && expected > maxBytes) throw tooLarge();

  const canResume = !packed && headers['accept-ranges']?.trim().toLowerCase() !== 'none';
  partial.validator = start > 0 ? partial.validator : canResume ? strongValidator(headers) : null;
  partial.bytes = start;
  let head: Uint8Array | null = start === 0 ? new Uint8Array() : null;
  const checkHead = () => {
    if (head === null) return;
    maxBytes = Math.min(maxBytes, order.checkHead?.(head, order.url) ?? maxBytes);
    if (expected !== null && expected > maxBytes) throw tooLarge();
    head = null;
  };

  const sink = await FileSink.open(order.file, start);
  let received = start;
  try {
    order.onBytes?.(received, expected);
    for await (const piece of plainBody(answer.body, headers, order.url)) {
      received += piece.byteLength;
      if (received > maxBytes) throw tooLarge();
      if (head !== null) {
        head = Buffer.concat([head, piece.subarray(0, headBytes)]);
        if (head.byteLength >= headBytes) checkHead();
      }
      const full = sink.write(piece);
      if (full !== null) await full;
      arrived(piece.byteLength);
      order.onBytes?.(received, expected);
    }
    checkHead();
  } finally {
    await sink.close();
    partial.bytes = received;
    if (partial.validator === null) partial.bytes = 0;
  }
  if (expected !== null && received < expected) {
    throw new StationError('DOWNLOAD_INTERRUPTED', { address, reason: `${received} of ${expected} bytes` });
  }
  return { state: 'fetched', bytes: received, validator: strongValidator(headers) };
}

function announcedBytes(headers: HttpHeaders): number | null {
  const length = headers['content-length'];
  return length !== undefined && /^\d+$/.test(length) ? Number(length) : null;
}

function rangeStart(headers: HttpHeaders): number {
  return Number(/^bytes (\d+)-/.exec(headers['content-range'] ?? '')?.[1] ?? -1);
}
