/** The station without a window: `npm run serve -- [--data <folder>] [--port <n>] [--host <address>]`. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { defaultDataFolder } from './paths.ts';
import { type ErrorRecord, StationError, sentence } from './shared/errors/index.ts';
import { startStation } from './station.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    port: { type: 'string' },
    host: { type: 'string' },
    window: { type: 'string' },
    drain: { type: 'string', default: '3' },
  },
});

function complain(error: ErrorRecord): void {
  console.error(`${sentence(error, 'zh')}\n${sentence(error, 'en')}`);
}

const builtWindow = values.window ?? path.join(import.meta.dirname, '..', 'dist', 'renderer');

try {
  const station = await startStation({
    dataFolder: path.resolve(values.data ?? defaultDataFolder()),
    staticFolder: existsSync(builtWindow) ? builtWindow : null,
    report: (error) => console.error(error),
    ...(values.host === undefined ? {} : { host: values.host }),
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
  });
  console.log(`接口 API     ${station.listening.url}`);
  console.log(`窗口 Window  ${station.windowUrl}`);
  console.log(`数据 Data    ${station.paths.data}`);

  let stopping = false;
  const stop = () => {
    // Asked twice: at once.
    if (stopping) process.exit(130);
    stopping = true;
    void station.stop(Number(values.drain) * 1000).then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // The parent that started the station (a test, the desktop app) may tell it over the channel, also on Windows.
  process.on('message', (message) => {
    if (message === 'stop') stop();
  });
  // A station that a program started does not outlive it.
  process.on('disconnect', stop);
  process.send?.({ url: station.listening.url, port: station.listening.port, windowUrl: station.windowUrl });
} catch (error) {
  if (!(error instanceof StationError)) throw error;
  complain(error.toRecord());
  process.exit(1);
}
