import { rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { StationError } from '../../shared/errors/index.ts';
import { addressOf } from '../link-text.ts';
import type { HttpAnswer, HttpHeaders, NetworkClient } from './client.ts';
import { watchOver } from './deadlines.ts';
import type { Downloaded, DownloadOrder, OnDisk } from './download-order.ts';
import { networkFailure, statusFailure, worthAnotherTry } from './failure.ts';
import { receive } from './receive.ts';
import { pauseBeforeRetry } from './retry.ts';
import { ifChanged, ifRange, sameValidator, strongValidator, type Validator } from './validator.ts';

/** A try that brought at least this much has got on. */
const progressBytes = 1_000_000;

/**
 * Brings one file. Broken tries are resumed where they stopped when the server vouches that it is still the same file,
 * started over otherwise; a complete file is never asked for again.
 * @throws StationError DOWNLOAD_*, ADDRESS_REFUSED, what `accept` throws; the signal's reason when it is aborted
 */
export async function download(client: NetworkClient, order: DownloadOrder, signal: AbortSignal): Promise<Downloaded> {
  const { limits } = client;
  const endsAt = performance.now() + limits.totalMs;
  const partial: OnDisk = { bytes: 0, validator: null, file: null, ...order.resume };
  try {
    for (let tried = 1, furthest = 0; ; tried++) {
      const retry: RetryHint = {};
      try {
        return await oneTry(client, order, partial, retry, endsAt - performance.now(), signal);
      } catch (thrown) {
        signal.throwIfAborted();
        const failure = networkFailure(thrown, order.url);
        // A long download may break many times, as long as it gets on in between.
        if (partial.bytes > furthest + progressBytes) tried = 1;
        furthest = Math.max(furthest, partial.bytes);
        if (!worthAnotherTry(failure) || tried >= limits.tries) throw failure;
        const pauseMs = pauseBeforeRetry(tried, retry.after, limits, Date.now(), Math.random());
        if (performance.now() + pauseMs >= endsAt) throw failure;
        order.onRetry?.(failure, pauseMs);
        await wait(pauseMs, undefined, { signal });
      }
    }
  } catch (error) {
    if (!signal.aborted) await tellBrokenOff(order, partial, error);
    if (partial.file !== null) await rm(partial.file, { force: true });
    throw signal.aborted ? signal.reason : error;
  }
}

async function tellBrokenOff(order: DownloadOrder, partial: OnDisk, error: unknown): Promise<void> {
  const isPassing = error instanceof StationError && worthAnotherTry(error);
  const { file, bytes, validator } = partial;
  if (isPassing && file !== null && bytes > 0 && validator !== null)
    await order.onBrokenOff?.({ file, bytes, validator });
}

interface RetryHint {
  after?: string | undefined;
}

async function oneTry(
  client: NetworkClient,
  order: DownloadOrder,
  partial: OnDisk,
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
    if (answer.status === 304 && order.known !== undefined) return { state: 'unchanged' };
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

function requestHeaders(partial: OnDisk, known: Validator | undefined): HttpHeaders {
  if (partial.bytes > 0 && partial.validator !== null) {
    return { range: `bytes=${partial.bytes}-`, 'if-range': ifRange(partial.validator) };
  }
  return known === undefined ? {} : ifChanged(known);
}

/** 416: the file ends where ours ends, or it is no longer the one we began. */
async function rangeRefused(
  client: NetworkClient,
  order: DownloadOrder,
  partial: OnDisk,
  answer: HttpAnswer,
  retry: RetryHint,
  leftMs: number,
  signal: AbortSignal,
): Promise<Downloaded> {
  answer.body.destroy();
  const size = /^bytes \*\/(\d+)$/.exec(answer.headers['content-range'] ?? '')?.[1];
  if (partial.file !== null && partial.bytes > 0 && Number(size) === partial.bytes) {
    return { state: 'fetched', file: partial.file, bytes: partial.bytes, validator: partial.validator };
  }
  // A server that refuses a range it was not asked for is simply broken.
  if (partial.bytes === 0) {
    throw new StationError('DOWNLOAD_REFUSED', { address: addressOf(order.url), status: answer.status });
  }
  partial.bytes = 0;
  return await oneTry(client, order, partial, retry, leftMs, signal);
}
