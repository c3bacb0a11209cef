import { once } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { onTestFinished } from 'vitest';

export interface DraftServer {
  /** `127.0.0.1:<port>`, for the setting `mediaHosts`. */
  readonly host: string;
  readonly url: string;
  readonly requested: string[];
  /** Files by path, besides those of the folder. */
  readonly documents: Map<string, object>;
}

/** Serves the files of a folder and JSON documents on loopback, as a workflow's storage does. */
export async function startDraftServer(folder: string): Promise<DraftServer> {
  const documents = new Map<string, object>();
  const requested: string[] = [];
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://server');
    requested.push(pathname);
    const document = documents.get(pathname);
    const file = path.join(folder, path.basename(pathname));
    if (document !== undefined) response.setHeader('content-type', 'application/json').end(JSON.stringify(document));
    else if (existsSync(file)) createReadStream(file).pipe(response);
    else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { host, url: `http://${host}`, requested, documents };
}
