import { rm } from 'node:fs/promises';
import { StationError } from '../../shared/errors/index.ts';
import { addressOf } from '../link-text.ts';
import { eachPiece, isPacked, plainBody } from './body.ts';
import type { HttpAnswer, HttpHeaders } from './client.ts';
import type { Downloaded, DownloadOrder, OnDisk } from './download-order.ts';
import { FileSink } from './file-sink.ts';
import { strongValidator } from './validator.ts';

/** Enough of a file's beginning to know what it is. */
const headBytes = 4096;
const mb = 1_000_000;

/**
 * Writes the body of a 200 or 206 to disk and keeps `partial` up to date, whatever happens on the way.
 * @param arrived told of every piece, for the deadlines
 * @throws StationError, what the body and `accept` throw
 */
export async function receive(
  order: DownloadOrder,
  answer: HttpAnswer,
  partial: OnDisk,
  arrived: (bytes: number) => void,
): Promise<Downloaded> {
  const address = addressOf(order.url);
  const { headers } = answer;
  const start = answer.status === 206 ? rangeStart(headers) : 0;
  // A server may ignore If-Range; parts of two files must not be glued together.
  const isOther = start > 0 && headers.etag !== undefined && headers.etag !== partial.validator?.etag;
  const isWrong = (start !== 0 && start !== partial.bytes) || (answer.status === 206 && !isToTheEnd(headers));
  if (isOther || isWrong) {
    partial.bytes = 0;
    throw new StationError('DOWNLOAD_INTERRUPTED', { address, reason: isOther ? 'the file changed' : 'wrong range' });
  }
  const packed = isPacked(headers);
  const announced = packed ? null : announcedBytes(headers);
  const expected = announced === null ? null : start + announced;
  const canResume = !packed && headers['accept-ranges']?.trim().toLowerCase() !== 'none';
  partial.validator = start > 0 ? partial.validator : canResume ? strongValidator(headers) : null;
  partial.bytes = start;

  let maxBytes = order.maxBytes;
  let received = start;
  const refuseIfTooLarge = (bytes: number | null) => {
    if (bytes === null || bytes <= maxBytes) return;
    throw new StationError('DOWNLOAD_TOO_LARGE', {
      address,
      limitMb: Math.ceil(maxBytes / mb),
      setting: order.setting,
    });
  };
  refuseIfTooLarge(expected);
  let head: Uint8Array[] = [];
  let sink: FileSink | null = start > 0 && partial.file !== null ? await FileSink.open(partial.file, start) : null;
  /** The first bytes are there: decides on the file and opens it. */
  const begin = async () => {
    const bytes = head.length === 1 ? (head[0] ?? new Uint8Array()) : Buffer.concat(head);
    const accepted = order.accept(bytes.subarray(0, headBytes));
    maxBytes = Math.min(maxBytes, accepted.maxBytes ?? maxBytes);
    refuseIfTooLarge(expected);
    // The file may have become another one between two tries.
    if (partial.file !== null && partial.file !== accepted.file) await rm(partial.file, { force: true });
    partial.file = accepted.file;
    sink = await FileSink.open(accepted.file, 0);
    head = [];
    await sink.write(bytes);
  };
  try {
    order.onBytes?.(received, expected);
    await eachPiece(plainBody(answer.body, headers, order.url), (piece) => {
      received += piece.byteLength;
      refuseIfTooLarge(received);
      arrived(piece.byteLength);
      order.onBytes?.(received, expected);
      if (sink !== null) return sink.write(piece);
      head.push(piece);
      return received < headBytes ? null : begin();
    });
    order.onReceived?.();
    if (sink === null) await begin();
  } finally {
    await sink?.close();
    partial.bytes = partial.validator === null || partial.file === null ? 0 : received;
  }
  if (expected !== null && received < expected) {
    throw new StationError('DOWNLOAD_INTERRUPTED', { address, reason: `${received} of ${expected} bytes` });
  }
  if (partial.file === null) throw new Error('nothing was opened');
  return { state: 'fetched', file: partial.file, bytes: received, validator: strongValidator(headers) };
}

function announcedBytes(headers: HttpHeaders): number | null {
  const length = headers['content-length'];
  return length !== undefined && /^\d+$/.test(length) ? Number(length) : null;
}

/** Whether a range reaches to the end of the file; one of unknown length is taken to. */
function isToTheEnd(headers: HttpHeaders): boolean {
  const [, last, total] = /^bytes \d+-(\d+)\/(\d+|\*)$/.exec(headers['content-range'] ?? '') ?? [];
  return total === '*' || Number(last) + 1 === Number(total);
}

function rangeStart(headers: HttpHeaders): number {
  return Number(/^bytes (\d+)-/.exec(headers['content-range'] ?? '')?.[1] ?? -1);
}
