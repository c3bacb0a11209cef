import type { IRouter, Response } from 'express';
import {
  healthChecks,
  inspectRequestSchema,
  updateGuardRequestSchema,
  uploadQuerySchema,
} from '../shared/operator-api.ts';
import { settingsPatchSchema } from '../shared/settings.ts';
import { apiError } from './api-error.ts';
import type { ApiContext } from './context.ts';
import { jsonBody } from './json-body.ts';
import { route, sendJson } from './reply.ts';
import { dropMasks, maskSecrets } from './settings-view.ts';
import { limited, uploadKind } from './upload.ts';
import { parse } from './validation.ts';

/** `/api/queue`, `/api/settings`, `/api/health`, `/api/statistics`, `/api/inspect`, `/api/uploads`. */
export function stationRoutes(router: IRouter, { station }: ApiContext): void {
  route(router, '/api/queue', {
    GET: (_request, response) => sendJson(response, 200, station.queueStatus()),
  });
  route(router, '/api/queue/pause', {
    POST: (_request, response) => {
      station.pause();
      sendJson(response, 200, station.queueStatus());
    },
  });
  route(router, '/api/queue/resume', {
    POST: (_request, response) => {
      station.resume();
      sendJson(response, 200, station.queueStatus());
    },
  });

  route(router, '/api/settings', {
    GET: (_request, response) => sendJson(response, 200, maskSecrets(station.settings())),
    PATCH: async (request, response) => {
      const patch = dropMasks(parse(settingsPatchSchema, await jsonBody(request), 'SETTINGS_INVALID'));
      sendJson(response, 200, maskSecrets(await station.changeSettings(patch)));
    },
  });

  route(router, '/api/health', {
    GET: async (_request, response) => sendJson(response, 200, await station.health()),
  });
  for (const check of healthChecks) {
    route(router, `/api/health/checks/${check}`, {
      POST: async (_request, response) => {
        sendJson(response, 200, await station.runCheck(check, hangUp(response)));
      },
    });
  }
  route(router, '/api/health/update-guard', {
    POST: async (request, response) => {
      const { on } = parse(updateGuardRequestSchema, await jsonBody(request));
      sendJson(response, 200, await station.switchUpdateGuard(on));
    },
  });
  route(router, '/api/statistics', {
    GET: (_request, response) => sendJson(response, 200, station.statistics()),
  });

  route(router, '/api/inspect', {
    POST: async (request, response) => {
      const { draftUrl } = parse(inspectRequestSchema, await jsonBody(request));
      sendJson(response, 200, await station.inspect(draftUrl, hangUp(response)));
    },
  });
  route(router, '/api/uploads', {
    POST: async (request, response) => {
      const { name } = parse(uploadQuerySchema, request.query);
      const kind = uploadKind(name);
      if (kind === null) throw apiError('VALIDATION_ERROR', 'UPLOAD_UNSUPPORTED', { name });
      const content = limited(request, station.settings().maxDraftMb);
      sendJson(response, 200, { draftUrl: await station.receiveUpload({ name, kind, content }) });
    },
  });
}

/** Aborted when the asker goes away before the answer is out. */
function hangUp(response: Response): AbortSignal {
  const controller = new AbortController();
  response.on('close', () => controller.abort());
  return controller.signal;
}
