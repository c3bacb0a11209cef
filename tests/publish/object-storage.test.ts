import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { uploadVideo } from '../../main/publish/object-storage.ts';
import { defaultSettings } from '../../main/shared/settings.ts';
import { tempFolder } from '../support/temp.ts';

/** An S3-compatible store, as far as uploads need one: it keeps objects and parts, or refuses. */
async function store(refuse = 0) {
  const objects = new Map<string, Buffer>();
  const parts = new Map<number, Buffer>();
  const types: (string | undefined)[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    if (refuse > 0) {
      response
        .writeHead(refuse, { 'content-type': 'application/xml' })
        .end(`<Error><Code>AccessDenied</Code><Message>no</Message></Error>`);
      return;
    }
    const url = new URL(request.url ?? '/', 'http://store');
    const key = decodeURIComponent(url.pathname);
    response.setHeader('content-type', 'application/xml');
    if (request.method === 'POST' && url.searchParams.has('uploads')) {
      response.end('<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>');
    } else if (request.method === 'PUT' && url.searchParams.has('partNumber')) {
      parts.set(Number(url.searchParams.get('partNumber')), body);
      response.setHeader('etag', '"part"').end();
    } else if (request.method === 'POST') {
      objects.set(key, Buffer.concat([...parts].sort(([a], [b]) => a - b).map(([, part]) => part)));
      response.end('<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>');
    } else {
      objects.set(key, body);
      types.push(request.headers['content-type']);
      response.setHeader('etag', '"one"').end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const settings = {
    ...defaultSettings.s3,
    enabled: true,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'test',
    bucket: 'videos',
    accessKeyId: 'key',
    secretAccessKey: 'secret',
    prefix: '/night/',
    pathStyle: true,
  };
  return { objects, types, settings };
}

function video(bytes: number): { file: string; content: Buffer } {
  const file = path.join(tempFolder(), 'v.mp4');
  const content = randomBytes(bytes);
  writeFileSync(file, content);
  return { file, content };
}

const options = (bytes: number) => ({ signal: new AbortController().signal, onProgress: () => {}, bytes });

describe('object storage', () => {
  it.each([100_000, 12_000_000])(
    'holds a video of %i bytes whole, under a key that depends on its name',
    async (bytes) => {
      const { objects, settings } = await store();
      const { file, content } = video(bytes);
      const link = await uploadVideo(settings, file, 'video_x.mp4', options(bytes));
      expect(objects.get('/videos/night/video_x.mp4')?.equals(content)).toBe(true);
      expect(link).toMatch(/\/videos\/night\/video_x\.mp4\?.*X-Amz-Expires=604800/);
    },
  );

  it.each([
    ['video_x.mp4', 'video/mp4'],
    ['video_x.mov', 'video/quicktime'],
  ])('holds %s as %s, so that browsers play it', async (name, type) => {
    const { types, settings } = await store();
    await uploadVideo(settings, video(1000).file, name, options(1000));
    expect(types).toEqual([type]);
  });

  it('answers the public address when there is one', async () => {
    const { settings } = await store();
    const { file } = video(10);
    const link = await uploadVideo(
      { ...settings, publicBase: 'https://cdn.example.com/' },
      file,
      'video_x.mp4',
      options(10),
    );
    expect(link).toBe('https://cdn.example.com/night/video_x.mp4');
  });

  it('that refuses pauses the queue for the operator', async () => {
    const { settings } = await store(403);
    const { file } = video(10);
    await expect(uploadVideo(settings, file, 'x.mp4', options(10))).rejects.toMatchObject({
      code: 'UPLOAD_REFUSED',
      class: 'operator',
    });
  });

  it('that asks to come back later is asked again later', async () => {
    const { settings } = await store(425);
    const { file } = video(10);
    await expect(uploadVideo(settings, file, 'x.mp4', options(10))).rejects.toMatchObject({
      code: 'UPLOAD_FAILED',
      class: 'retry_later',
    });
  });

  it('that cannot be reached is tried again later', async () => {
    const { settings } = await store();
    const { file } = video(10);
    const away = { ...settings, endpoint: 'http://127.0.0.1:9' };
    await expect(uploadVideo(away, file, 'x.mp4', options(10))).rejects.toMatchObject({
      code: 'UPLOAD_FAILED',
      class: 'retry_later',
    });
  });
});
