import path from 'node:path';
import type { IRouter } from 'express';
import { videoTypes } from '../shared/video-types.ts';
import { apiError } from './api-error.ts';
import type { ApiContext } from './context.ts';
import { route } from './reply.ts';
import { attachment, sendFile } from './send-file.ts';

/**
 * Finished videos. Their names cannot be guessed, so no key is asked for: `video` tags and download managers send none.
 * Pages of other origins are still refused by the guard unless they are listed.
 */
export function videoRoutes(router: IRouter, { station }: ApiContext): void {
  route(router, '/v1/videos/:name', {
    GET: async (request, response) => {
      const name = String(request.params.name);
      const type = videoTypes.get(path.extname(name).toLowerCase());
      const file = type !== undefined && /^[\w-][\w.-]*$/.test(name) ? station.videoFile(name) : null;
      const download = request.query.download;
      const sent =
        file !== null &&
        (await sendFile(response, file, {
          'Content-Type': type ?? '',
          'Cache-Control': 'private, max-age=3600',
          ...(download === undefined ? {} : { 'Content-Disposition': attachment(saveAs(download, name)) }),
        }));
      if (!sent) throw apiError('NOT_FOUND', 'VIDEO_UNKNOWN', { name });
    },
  });
}

/** `?download=1` saves under the public name, `?download=<title>` under a title. */
function saveAs(download: unknown, name: string): string {
  if (typeof download !== 'string' || download === '' || download === '1') return name;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a file name must not have
  const title = download.replaceAll(/[\u0000-\u001f<>:"/\\|?*]/g, '_').slice(0, 120);
  const extension = path.extname(name);
  return title.toLowerCase().endsWith(extension) ? title : title + extension;
}
