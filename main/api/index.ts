import express, { type Express } from 'express';
import { guard, operatorsOnly } from './access.ts';
import { stateOf } from './app-state.ts';
import { type ApiContext, isLoopbackAddress, publicBase } from './context.ts';
import { contractRoutes } from './contract-routes.ts';
import { eventRoutes } from './event-routes.ts';
import { openApiDocument } from './openapi.ts';
import { errorHandler, route, routeUnknown, sendJson } from './reply.ts';
import { FailureLimiter } from './secrets.ts';
import type { StationPort } from './station-port.ts';
import { stationRoutes } from './station-routes.ts';
import { taskRoutes } from './task-routes.ts';
import { videoRoutes } from './video-routes.ts';
import { windowRoutes } from './window-routes.ts';

export { isLoopbackAddress } from './context.ts';
export { type Listening, listen } from './listen.ts';
export type * from './station-port.ts';

export interface ApiOptions {
  /** Folder of the built window; null or not built = a page that says how to build it. */
  readonly staticFolder: string | null;
  /** Told of every failure that is the station's own (5xx). Default: none. */
  readonly report?: (error: unknown) => void;
  /** Clock of the limit on wrong keys, ms. */
  readonly now?: () => number;
}

/**
 * The HTTP side of a station: the contract, its dialect, finished videos, the operators' side and the window.
 * The order is the order of need: the guard, then the hot path, then the rest.
 */
export function createApi(station: StationPort, options: ApiOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');

  const state = stateOf(app);
  const context: ApiContext = {
    station,
    limiter: new FailureLimiter(options.now),
    closing: state.closing.signal,
    exposed: () => !isLoopbackAddress(state.boundAddress ?? station.settings().host),
  };
  app.use(guard(context));
  contractRoutes(app, context);
  videoRoutes(app, context);
  route(app, '/openapi.json', {
    GET: (request, response) => {
      sendJson(response, 200, openApiDocument(publicBase(request, station), station.version));
    },
  });
  app.use('/api', operatorsOnly(context));
  taskRoutes(app, context);
  stationRoutes(app, context);
  eventRoutes(app, context);
  windowRoutes(app, context, options.staticFolder);
  app.use(routeUnknown);
  app.use(errorHandler(options.report ?? (() => {})));
  return app;
}
