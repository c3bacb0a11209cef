import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TestServer {
  /** `http://127.0.0.1:<port>` */
  readonly base: string;
  /** `127.0.0.1:<port>`, for the allow-list. */
  readonly host: string;
  /** Every request: method and path with query, and its headers. */
  readonly requests: { readonly line: string; readonly headers: http.IncomingHttpHeaders }[];
  close(): Promise<void>;
}

export type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void;

/** A loopback server that answers by path; unknown paths are 404. */
export async function serve(routes: Readonly<Record<string, Handler | Buffer | string>>): Promise<TestServer> {
  const requests: TestServer['requests'] = [];
  const server = http.createServer((request, response) => {
    requests.push({ line: `${request.method} ${request.url}`, headers: request.headers });
    const path = decodeURIComponent((request.url ?? '').split('?')[0] ?? '');
    const route = routes[path];
    if (route === undefined) response.writeHead(404).end('nothing here');
    else if (typeof route === 'function') route(request, response);
    else serveBytes(Buffer.from(route), request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What a good static server does: strong ETag, ranges, If-Range, 304, 416. */
export function serveBytes(body: Buffer, request: http.IncomingMessage, response: http.ServerResponse): void {
  const etag = `"${body.length}-${body.subarray(0, 16).toString('hex')}"`;
  const common = { etag, 'accept-ranges': 'bytes' };
  if (request.headers['if-none-match'] === etag) return void response.writeHead(304, common).end();
  const asked = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
  const ifRange = request.headers['if-range'];
  if (asked === undefined || (ifRange !== undefined && ifRange !== etag)) {
    return void response.writeHead(200, { ...common, 'content-length': body.length }).end(body);
  }
  const start = Number(asked);
  if (start >= body.length) {
    return void response.writeHead(416, { ...common, 'content-range': `bytes */${body.length}` }).end();
  }
  const part = body.subarray(start);
  response.writeHead(206, {
    ...common,
    'content-length': part.length,
    'content-range': `bytes ${start}-${body.length - 1}/${body.length}`,
  });
  response.end(part);
}
