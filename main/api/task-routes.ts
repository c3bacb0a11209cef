import type { IRouter, Request } from 'express';
import { StationError, sentence } from '../shared/errors/index.ts';
import {
  type BulkAction,
  bulkRequestSchema,
  logQuerySchema,
  moveRequestSchema,
  type SubmitResult,
  submitRequestSchema,
} from '../shared/operator-api.ts';
import type { Bilingual } from '../shared/task.ts';
import { taskQuerySchema } from '../shared/task-query.ts';
import { type ApiError, apiError, toApiError } from './api-error.ts';
import type { ApiContext } from './context.ts';
import { jsonBody } from './json-body.ts';
import { route, sendJson } from './reply.ts';
import { attachment, sendFile } from './send-file.ts';
import type { StationPort } from './station-port.ts';
import { sendTaskTable } from './task-table.ts';
import { parse } from './validation.ts';

/** `/api/tasks`: what operators do with tasks. */
export function taskRoutes(router: IRouter, { station }: ApiContext): void {
  route(router, '/api/tasks', {
    GET: (request, response) => {
      sendJson(response, 200, station.listTasks(parse(taskQuerySchema, request.query)));
    },
    POST: async (request, response) => {
      const { draftUrls } = parse(submitRequestSchema, await jsonBody(request));
      const results: SubmitResult[] = [];
      for (const draftUrl of draftUrls) results.push(await submitOne(station, draftUrl));
      sendJson(response, 200, { results });
    },
  });
  route(router, '/api/tasks.csv', {
    GET: async (request, response) => {
      await sendTaskTable(station, parse(taskQuerySchema, request.query), response);
    },
  });
  route(router, '/api/tasks/sample', {
    POST: async (_request, response) => {
      const { taskId } = await station.submitSample();
      sendJson(response, 200, { taskId });
    },
  });
  route(router, '/api/tasks/retry-failed', {
    POST: async (_request, response) => {
      sendJson(response, 200, { count: await station.retryAllFailed() });
    },
  });
  route(router, '/api/tasks/bulk', {
    POST: async (request, response) => {
      const { action, ids } = parse(bulkRequestSchema, await jsonBody(request));
      sendJson(response, 200, { results: await actOnAll(station, action, ids) });
    },
  });
  route(router, '/api/tasks/:id', {
    GET: (request, response) => {
      const task = station.task(idOf(request));
      if (task === null) throw unknownTask(idOf(request));
      sendJson(response, 200, task);
    },
    DELETE: async (request, response) => {
      await act(station, 'remove', idOf(request));
      response.status(204).end();
    },
  });
  for (const action of ['cancel', 'retry'] as const) {
    route(router, `/api/tasks/:id/${action}`, {
      POST: async (request, response) => {
        const taskId = await act(station, action, idOf(request));
        sendJson(response, 200, { taskId: taskId ?? idOf(request) });
      },
    });
  }
  route(router, '/api/tasks/:id/move', {
    POST: async (request, response) => {
      const { before } = parse(moveRequestSchema, await jsonBody(request));
      move(station, idOf(request), before);
      sendJson(response, 200, { taskId: idOf(request) });
    },
  });
  route(router, '/api/tasks/:id/notify', {
    POST: (request, response) => {
      notifyAgain(station, idOf(request));
      sendJson(response, 200, { taskId: idOf(request) });
    },
  });
  route(router, '/api/tasks/:id/log', {
    GET: async (request, response) => {
      const { after } = parse(logQuerySchema, request.query);
      const lines = await station.log(idOf(request), after);
      if (lines === null) throw unknownTask(idOf(request));
      sendJson(response, 200, { lines, next: after + lines.length });
    },
  });
  route(router, '/api/tasks/:id/files/:name', {
    GET: async (request, response) => {
      const name = String(request.params.name);
      const file = station.taskFile(idOf(request), name);
      // Evidence may hold anything a draft or a screen showed: it is shown as a picture or text, never run as a page.
      const headers = {
        'Cache-Control': 'private, no-cache',
        'Content-Security-Policy': "default-src 'none'; sandbox",
      };
      const sent = file !== null && (await sendFile(response, file, headers));
      if (!sent) throw apiError('NOT_FOUND', 'TASK_FILE_UNKNOWN', { name });
    },
  });
  route(router, '/api/tasks/:id/support.zip', {
    GET: async (request, response) => {
      const archive = await station.supportArchive(idOf(request));
      if (archive === null) throw unknownTask(idOf(request));
      response.setHeader('Content-Type', 'application/zip');
      response.setHeader('Content-Disposition', attachment(`task-${idOf(request)}.zip`));
      archive.on('error', () => response.destroy());
      response.on('close', () => archive.destroy());
      archive.pipe(response);
    },
  });
}

function idOf(request: Request): string {
  return String(request.params.id);
}

function unknownTask(id: string): ApiError {
  return apiError('NOT_FOUND', 'TASK_UNKNOWN', { id });
}

async function submitOne(station: StationPort, draftUrl: string): Promise<SubmitResult> {
  try {
    return { draftUrl, ...(await station.submit(draftUrl)), error: null };
  } catch (thrown) {
    return { draftUrl, taskId: null, created: false, error: bilingual(StationError.from(thrown)) };
  }
}

/**
 * One action on one task.
 * @returns the new task of a retry, else null
 * @throws ApiError
 */
async function act(station: StationPort, action: Exclude<BulkAction, 'front'>, id: string): Promise<string | null> {
  switch (action) {
    case 'cancel': {
      const outcome = await station.cancel(id);
      if (outcome === 'not_found') throw unknownTask(id);
      if (outcome === 'already_finished') throw apiError('CONFLICT', 'TASK_FINISHED', { id });
      return null;
    }
    case 'retry': {
      const taskId = await station.retry(id);
      if (taskId === null) throw unknownTask(id);
      return taskId;
    }
    case 'remove': {
      if (await station.remove(id)) return null;
      throw station.task(id) === null ? unknownTask(id) : apiError('CONFLICT', 'TASK_LIVE', { id });
    }
  }
}

function move(station: StationPort, id: string, before: string | null): void {
  if (station.move(id, before)) return;
  throw station.task(id) === null ? unknownTask(id) : apiError('CONFLICT', 'TASK_NOT_WAITING', { id });
}

function notifyAgain(station: StationPort, id: string): void {
  if (station.settings().webhookUrl === '') throw apiError('CONFLICT', 'WEBHOOK_UNSET');
  if (station.notifyAgain(id)) return;
  throw station.task(id) === null ? unknownTask(id) : apiError('CONFLICT', 'TASK_UNFINISHED', { id });
}

/** One action on many tasks; what goes wrong with one does not keep it from the others. */
async function actOnAll(station: StationPort, action: BulkAction, ids: readonly string[]) {
  const results = new Map<string, { id: string; error: Bilingual | null; taskId: string | null }>();
  // To the front in reverse, so that the first of them ends up first.
  for (const id of action === 'front' ? ids.toReversed() : ids) {
    try {
      const taskId = action === 'front' ? move(station, id, null) : await act(station, action, id);
      results.set(id, { id, error: null, taskId: taskId ?? null });
    } catch (thrown) {
      results.set(id, { id, error: bilingual(toApiError(thrown, 'operate').reason), taskId: null });
    }
  }
  return ids.map((id) => results.get(id)).filter((result) => result !== undefined);
}

function bilingual(error: StationError): Bilingual {
  const record = error.toRecord();
  return { code: record.code, zh: sentence(record, 'zh'), en: sentence(record, 'en') };
}
