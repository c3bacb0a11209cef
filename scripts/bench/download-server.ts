/** Serves the files of the download benchmark from memory: `/small/<n>` has 1 MB, `/big` 1 GB. Tells its port and waits. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';

const piece = Buffer.alloc(1_000_000, 'station');
Buffer.from('0000001866747970', 'hex').copy(piece);
piece.write('isom', 8);

const server = http.createServer((request, response) => {
  const pieces = request.url === '/big' ? 1000 : 1;
  response.writeHead(200, {
    'content-type': 'video/mp4',
    'content-length': pieces * piece.length,
    etag: `"${request.url}"`,
  });
  let sent = 0;
  const pour = () => {
    while (sent < pieces) {
      sent += 1;
      if (!response.write(piece)) return void response.once('drain', pour);
    }
    response.end();
  };
  pour();
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
