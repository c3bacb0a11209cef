import { request } from 'node:http';
import { afterAll } from 'vitest';
import { type ApiOptions, createApi, type Listening, listen } from '../../main/api/index.ts';
import { FakePort } from './fake-port.ts';

export interface ApiUnderTest {
  readonly port: FakePort;
  readonly server: Listening;
  readonly url: string;
  /** What the API reported as its own failures. */
  readonly reports: unknown[];
  /** With the station's token. */
  operator(path: string, init?: RequestInit): Promise<Response>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
}

/** A real server on a free port in front of a fake station; closed after the file's tests. */
export async function startApi(options: Partial<ApiOptions> & { host?: string } = {}): Promise<ApiUnderTest> {
  const port = new FakePort();
  const reports: unknown[] = [];
  const app = createApi(port, { staticFolder: null, report: (error) => reports.push(error), ...options });
  const server = await listen(app, { host: options.host ?? '127.0.0.1', port: 0 });
  afterAll(() => server.close(0));
  return {
    port,
    server,
    url: server.url,
    reports,
    operator: (path, init = {}) =>
      fetch(server.url + path, {
        ...init,
        headers: { Authorization: `Bearer ${port.token}`, ...(init.headers as Record<string, string>) },
      }),
    post: (path, body, headers = {}) =>
      fetch(server.url + path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
  };
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
  json(): unknown;
}

/** A request with exactly these headers: `fetch` sets some of its own and refuses others (Host, Origin, Sec-Fetch-*). */
export function raw(
  url: string,
  options: { method?: string; path?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const { method = 'GET', path = '/', headers = {}, body } = options;
    const sent = request({ hostname, port, method, path, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const bytes = Buffer.concat(chunks);
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: bytes,
          json: () => JSON.parse(bytes.toString()),
        });
      });
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
