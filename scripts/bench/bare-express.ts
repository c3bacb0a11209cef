/** The baseline of the status benchmark, in a process of its own: express, one route, the same JSON, nothing else. */
import express from 'express';

const app = express();
const answer: unknown = JSON.parse(process.argv[2] ?? '{}');
app.post('/v1/gen_video_status', (_request, response) => {
  response.json(answer);
});
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') process.send?.({ url: `http://127.0.0.1:${address.port}` });
});
process.on('disconnect', () => process.exit());
