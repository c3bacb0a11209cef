import type { ErrorRequestHandler, IRouter, Request, RequestHandler, Response } from 'express';
import { publicErrors } from '../shared/contract.ts';
import type { Language } from '../shared/errors/index.ts';
import { type ApiError, apiError, type Doing, toApiError } from './api-error.ts';
import { contractError, dialectError, operatorError } from './contract-answer.ts';
import { announcesBody } from './json-body.ts';

/** Path of the capcut-mate dialect. */
export const dialectPrefix = '/openapi/capcut-mate/v1';

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** Puts the methods of one path on a router; every other method gets a 405 that names these. */
export function route(router: IRouter, path: string, handlers: Partial<Record<Method, RequestHandler>>): void {
  if (handlers.GET) router.get(path, handlers.GET);
  if (handlers.POST) router.post(path, handlers.POST);
  if (handlers.PATCH) router.patch(path, handlers.PATCH);
  if (handlers.DELETE) router.delete(path, handlers.DELETE);
  const allowed = Object.keys(handlers).flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  router.all(path, (request) => {
    throw methodUnknown(request, allowed);
  });
}

function methodUnknown(request: Request, allowed: readonly string[]): ApiError {
  const allow = allowed.join(', ');
  const path = request.baseUrl + request.path;
  return apiError(
    'METHOD_NOT_ALLOWED',
    'METHOD_UNKNOWN',
    { path, method: request.method, allowed: allow },
    { Allow: allow },
  );
}

export const routeUnknown: RequestHandler = (request) => {
  throw apiError('NOT_FOUND', 'ROUTE_UNKNOWN', { path: request.path });
};

/** Sends JSON that must not be kept by anybody. */
export function sendJson(response: Response, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.statusCode = status;
  response.end(text);
}

/** The language of the dialect's messages and of pages. */
export function languageOf(request: Request): Language {
  return /^\s*en/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh';
}

/** Answers with an error in the form of the side that was called. */
function sendError(request: Request, response: Response, error: ApiError): void {
  for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value);
  const { status } = publicErrors[error.code];
  // What is left of a body that was not read would be taken for the next request.
  if (!request.complete && announcesBody(request)) response.setHeader('Connection', 'close');
  const path = request.originalUrl;
  if (path.startsWith(dialectPrefix)) {
    // Its clients read `code`, not the status; only refusals by the guard keep theirs.
    const refused = status === 403 || status === 429;
    sendJson(response, refused ? status : 200, dialectError(error, languageOf(request)));
  } else {
    sendJson(response, status, path.startsWith('/api/') ? operatorError(error) : contractError(error));
  }
}

/** Last stop of every error. */
export function errorHandler(report: (error: unknown) => void): ErrorRequestHandler {
  return (thrown: unknown, request, response, _next) => {
    const error = httpError(thrown) ?? toApiError(thrown, doingOf(request.originalUrl));
    if (publicErrors[error.code].status >= 500) report(error.reason.cause ?? error.reason);
    if (response.headersSent) response.destroy();
    else sendError(request, response, error);
  };
}

function doingOf(url: string): Doing {
  if (url.startsWith('/api/')) return 'operate';
  return url.includes('gen_video_status') ? 'status' : 'submit';
}

/** Errors of express and its file sender, which carry an HTTP status. */
function httpError(thrown: unknown): ApiError | null {
  if (!(thrown instanceof Error) || !('status' in thrown) || typeof thrown.status !== 'number') return null;
  if (thrown.status === 416) return apiError('RANGE_NOT_SATISFIABLE', 'RANGE_UNSATISFIABLE', {}, headersOf(thrown));
  if (thrown.status === 404) return apiError('NOT_FOUND', 'ROUTE_UNKNOWN', { path: '' });
  if (thrown.status >= 400 && thrown.status < 500) {
    return apiError('VALIDATION_ERROR', 'BODY_INVALID', { zh: '请求地址无法识别', en: 'the address cannot be read' });
  }
  return null;
}

function headersOf(error: Error): Record<string, string> {
  const headers = 'headers' in error && typeof error.headers === 'object' ? error.headers : null;
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]));
}
