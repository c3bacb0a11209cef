import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Notice {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Receiver {
  readonly url: string;
  readonly port: number;
  /** In the order in which they came, repetitions included. */
  readonly notices: Notice[];
  /** How the next ones are answered; 200 at first. */
  answer: (response: ServerResponse, notice: Notice) => void;
  close(): Promise<void>;
}

/** A webhook's receiver on loopback, in the test's hands; `port` 0 = a free one. */
export async function startReceiver(port = 0): Promise<Receiver> {
  const notices: Notice[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const notice = { headers: request.headers, body: Buffer.concat(chunks).toString() };
      notices.push(notice);
      receiver.answer(response, notice);
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    port: (server.address() as AddressInfo).port,
    notices,
    answer: (response) => void response.writeHead(200).end('ok'),
    close: async () => {
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
  onTestFinished(() => receiver.close());
  return receiver;
}

/** The deliveries that came, each once, in order. */
export function deliveriesOf(receiver: Receiver): string[] {
  return [...new Set(receiver.notices.map(({ headers }) => String(headers['x-station-delivery'])))];
}
