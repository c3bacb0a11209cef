import type { IRouter, Request, Response } from 'express';
import type { ApiContext } from './context.ts';
import { EventLine } from './event-line.ts';
import { route } from './reply.ts';

const heartbeatMs = 15_000;
/** A client that has read nothing for this long is gone. */
const patienceMs = 60_000;

/** `GET /api/events`: server-sent events, a snapshot first, then what changes. */
export function eventRoutes(router: IRouter, context: ApiContext): void {
  const open = new Set<() => void>();
  context.closing.addEventListener('abort', () => {
    for (const end of open) end();
  });
  route(router, '/api/events', {
    GET: (request, response) => {
      const end = stream(context, request, response, () => open.delete(end));
      open.add(end);
    },
  });
}

function stream(context: ApiContext, request: Request, response: Response, ended: () => void): () => void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  // How soon a browser comes back after the station went away.
  response.write('retry: 2000\n\n');
  request.socket.setNoDelay(true);

  let unsubscribe = (): void => {};
  let behind: NodeJS.Timeout | undefined;
  const line = new EventLine(
    {
      write: (text) => {
        const fast = response.write(text);
        if (!fast) behind ??= setTimeout(() => response.destroy(), patienceMs);
        return fast;
      },
    },
    () => subscribe(),
  );
  const subscribe = (): void => {
    unsubscribe();
    unsubscribe = context.station.subscribe((event) => line.take(event));
  };
  const heartbeat = setInterval(() => line.heartbeat(), heartbeatMs);
  response.on('drain', () => {
    clearTimeout(behind);
    behind = undefined;
    line.drained();
  });
  response.on('close', () => {
    clearInterval(heartbeat);
    clearTimeout(behind);
    unsubscribe();
    ended();
  });
  subscribe();
  return () => response.end();
}
