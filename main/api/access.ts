import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { apiError } from './api-error.ts';
import { type ApiContext, boundPort } from './context.ts';
import { judge } from './guard.ts';
import { bearer, cookieName, cookieValue, sameSecret } from './secrets.ts';

/** The guard as the first thing every request meets; also answers the preflights of listed origins. */
export function guard(context: ApiContext): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const { headers } = request;
    const verdict = judge(
      {
        method: request.method,
        path: request.path,
        host: headers.host,
        origin: headers.origin,
        referer: headers.referer,
        fetchSite: single(headers['sec-fetch-site']),
        fetchMode: single(headers['sec-fetch-mode']),
        fetchDest: single(headers['sec-fetch-dest']),
      },
      {
        port: boundPort(request),
        exposed: context.exposed(),
        allowedHosts: context.station.settings().allowedHosts,
      },
    );
    if (!verdict.allowed) {
      next(apiError('FORBIDDEN', verdict.code, verdict.params));
      return;
    }
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cross-Origin-Resource-Policy', verdict.embedded ? 'cross-origin' : 'same-origin');
    if (verdict.corsOrigin !== null) allowOrigin(response, verdict.corsOrigin);
    if (request.method === 'OPTIONS' && headers['access-control-request-method'] !== undefined) {
      preflight(response);
      return;
    }
    next();
  };
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

function allowOrigin(response: Response, origin: string): void {
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader(
    'Access-Control-Expose-Headers',
    'Accept-Ranges, Content-Length, Content-Range, ETag, Retry-After',
  );
  response.vary('Origin');
}

function preflight(response: Response): void {
  response.setHeader('Access-Control-Allow-Methods', 'GET, HEAD, POST, PATCH, DELETE');
  response.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type, apiKey, Range');
  response.setHeader('Access-Control-Allow-Private-Network', 'true');
  response.setHeader('Access-Control-Max-Age', '600');
  response.status(204).end();
}

/**
 * Lets a caller of the contract in. The operators' token opens this door too: the window tries the interface out.
 * @param bodyKey `apiKey` of the body
 * @throws ApiError UNAUTHORIZED, TOO_MANY_REQUESTS
 */
export function checkCaller(context: ApiContext, request: Request, bodyKey: unknown): void {
  const { apiKey } = context.station.settings();
  if ((apiKey === '' && !context.exposed()) || isOperator(context, request)) return;
  if (apiKey === '') throw apiError('UNAUTHORIZED', 'API_KEY_UNSET', {}, challenge);
  const given = [bearer(request.headers.authorization), request.headers.apikey, bodyKey, request.query.apiKey].find(
    (key): key is string => typeof key === 'string' && key !== '',
  );
  if (given === undefined) throw apiError('UNAUTHORIZED', 'API_KEY_MISSING', {}, challenge);

  // Keys are chosen by people, so guessing must be slow; too many wrong ones and the next is not even looked at.
  const address = request.socket.remoteAddress ?? '-';
  const seconds = context.limiter.waitSeconds(address);
  if (seconds > 0) {
    throw apiError('TOO_MANY_REQUESTS', 'TOO_MANY_FAILURES', { seconds }, { 'Retry-After': String(seconds) });
  }
  if (sameSecret(given, apiKey)) return;
  context.limiter.failed(address);
  throw apiError('UNAUTHORIZED', 'API_KEY_WRONG', {}, challenge);
}

/**
 * Lets an operator in: everything under `/api/`. The token is long and random: there is nothing to guess, and a caller
 * with a wrong key must not lock the operators of the same machine out.
 */
export function operatorsOnly(context: ApiContext): RequestHandler {
  return (request, _response, next) => {
    if (isOperator(context, request)) {
      next();
      return;
    }
    const none = bearer(request.headers.authorization) === null && cookieToken(request) === null;
    throw apiError('UNAUTHORIZED', none ? 'TOKEN_MISSING' : 'TOKEN_WRONG', {}, challenge);
  };
}

const challenge = { 'WWW-Authenticate': 'Bearer' };

function cookieToken(request: Request): string | null {
  return cookieValue(request.headers.cookie, cookieName(boundPort(request)));
}

/** Whether the request carries the station's token, as a bearer or in the window's cookie. */
function isOperator(context: ApiContext, request: Request): boolean {
  const given = [bearer(request.headers.authorization), cookieToken(request)];
  return given.some((token) => token !== null && sameSecret(token, context.station.token));
}
