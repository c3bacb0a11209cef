import { createReadStream } from 'node:fs';
import path from 'node:path';
import { GetObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { StationError } from '../shared/errors/index.ts';
import { isPassingStatus } from '../shared/http-answers.ts';
import type { Settings } from '../shared/settings.ts';
import { videoTypes } from '../shared/video-types.ts';

/** Signed links live as long as the protocol allows: seven days. */
const signedForSeconds = 7 * 24 * 3600;

/**
 * Uploads a finished video to an S3-compatible store (COS, OSS, TOS, MinIO, R2) and answers its link. The key depends
 * on the name alone, so that uploading twice has the effect of once.
 * @throws StationError UPLOAD_FAILED, UPLOAD_REFUSED
 */
export async function uploadVideo(
  settings: Settings['s3'],
  file: string,
  name: string,
  options: { signal: AbortSignal; onProgress(fraction: number): void; bytes: number },
): Promise<string> {
  const client = new S3Client({
    region: settings.region,
    forcePathStyle: settings.pathStyle,
    credentials: { accessKeyId: settings.accessKeyId, secretAccessKey: settings.secretAccessKey },
    ...(settings.endpoint === '' ? {} : { endpoint: settings.endpoint }),
    // Not every compatible store knows the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const key = [settings.prefix.replaceAll(/^\/+|\/+$/g, ''), name].filter((part) => part !== '').join('/');
  const upload = new Upload({
    client,
    params: {
      Bucket: settings.bucket,
      Key: key,
      Body: createReadStream(file),
      ContentType: videoTypes.get(path.extname(name)) ?? 'application/octet-stream',
      ContentLength: options.bytes,
    },
  });
  const onAbort = () => void upload.abort();
  options.signal.addEventListener('abort', onAbort, { once: true });
  upload.on('httpUploadProgress', ({ loaded }) => options.onProgress((loaded ?? 0) / Math.max(1, options.bytes)));
  try {
    options.signal.throwIfAborted();
    await upload.done();
    if (settings.publicBase !== '') return `${settings.publicBase.replace(/\/+$/, '')}/${key}`;
    const command = new GetObjectCommand({ Bucket: settings.bucket, Key: key });
    return await getSignedUrl(client, command, { expiresIn: signedForSeconds });
  } catch (error) {
    options.signal.throwIfAborted();
    throw uploadError(error);
  } finally {
    options.signal.removeEventListener('abort', onAbort);
    client.destroy();
  }
}

function uploadError(error: unknown): StationError {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const status = error instanceof S3ServiceException ? (error.$metadata.httpStatusCode ?? 0) : 0;
  const refused = status >= 400 && !isPassingStatus(status);
  return new StationError(refused ? 'UPLOAD_REFUSED' : 'UPLOAD_FAILED', { reason }, { cause: error });
}
