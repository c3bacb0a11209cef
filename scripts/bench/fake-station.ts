/** The API in front of a station in memory, in a process of its own: what the HTTP side alone costs. */
import { createApi, listen } from '../../main/api/index.ts';
import { FakePort, status } from '../../tests/support/fake-port.ts';

const port = new FakePort();
const draftUrl = process.argv[2] ?? '';
port.statuses.set(draftUrl, status({ draftUrl, status: 'processing', progress: 65, startedAtMs: Date.now() }));
const server = await listen(createApi(port, { staticFolder: null }), { host: '127.0.0.1', port: 0 });
process.send?.({ url: server.url });
process.on('disconnect', () => process.exit());
