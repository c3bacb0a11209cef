import type { IncomingMessage } from 'node:http';
import { type Readable, Transform } from 'node:stream';
import { StationError } from '../shared/errors/index.ts';

const bytesPerMb = 1024 * 1024;

/** What a dropped file is, by its name; null when it is no draft. */
export function uploadKind(name: string): 'zip' | 'json' | null {
  const extension = /\.(zip|json)$/i.exec(name)?.[1]?.toLowerCase();
  return extension === 'zip' || extension === 'json' ? extension : null;
}

/**
 * The body of an upload, which fails when it is larger than the limit or its sender goes away. The request itself stays
 * whole, so that the sender can be answered.
 * @throws StationError UPLOAD_TOO_LARGE at once when the sender tells the size; as an error of the stream otherwise
 */
export function limited(request: IncomingMessage, limitMb: number): Readable {
  const limit = limitMb * bytesPerMb;
  if (Number(request.headers['content-length'] ?? 0) > limit) throw new StationError('UPLOAD_TOO_LARGE', { limitMb });
  let size = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > limit) done(new StationError('UPLOAD_TOO_LARGE', { limitMb }));
      else done(null, chunk);
    },
  });
  counted.on('error', () => request.unpipe(counted));
  request.on('close', () => {
    if (!request.complete) counted.destroy(new Error('the sender went away'));
  });
  return request.pipe(counted);
}
