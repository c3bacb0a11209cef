import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { StationError } from '../shared/errors/index.ts';
import { stateOf } from './app-state.ts';
import { answerClientError } from './client-error.ts';

export interface Listening {
  /** For this machine, e.g. `http://127.0.0.1:8000`. */
  readonly url: string;
  readonly port: number;
  /** Takes no new requests, ends the event streams, lets running answers finish for `deadlineMs`, then cuts them off. */
  close(deadlineMs: number): Promise<void>;
}

/**
 * Serves the API. Port 0 takes a free one.
 * @throws StationError PORT_TAKEN, PORT_FORBIDDEN, ADDRESS_UNAVAILABLE
 */
export async function listen(app: Express, options: { host: string; port: number }): Promise<Listening> {
  const server = createServer(
    {
      // A head must arrive at once; a body may be a long upload. Answers (downloads, event streams) may take any time.
      headersTimeout: 15_000,
      requestTimeout: 3_600_000,
      keepAliveTimeout: 30_000,
      maxHeaderSize: 32 * 1024,
      // The guard refuses a request without Host, and says why.
      requireHostHeader: false,
    },
    app,
  );
  server.on('clientError', answerClientError);
  await bind(server, options);
  const address = server.address() as AddressInfo;
  stateOf(app).boundAddress = address.address;
  return {
    url: `http://${urlHost(address)}:${address.port}`,
    port: address.port,
    close: (deadlineMs) => close(server, app, deadlineMs),
  };
}

function bind(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    server.listen({ host, port }, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): unknown {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StationError('PORT_TAKEN', { port }, { cause: error });
    case 'EACCES':
      return new StationError('PORT_FORBIDDEN', { port }, { cause: error });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return new StationError('ADDRESS_UNAVAILABLE', { host }, { cause: error });
    default:
      return error;
  }
}

function urlHost({ address, family }: AddressInfo): string {
  if (address === '0.0.0.0' || address === '::') return '127.0.0.1';
  return family === 'IPv6' ? `[${address}]` : address;
}

function close(server: Server, app: Express, deadlineMs: number): Promise<void> {
  return new Promise((resolve) => {
    // A connection whose answer has just finished would otherwise stay open for the next request.
    const idle = setInterval(() => server.closeIdleConnections(), 20);
    const cutOff = setTimeout(() => server.closeAllConnections(), deadlineMs);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(cutOff);
      resolve();
    });
    stateOf(app).closing.abort();
  });
}
