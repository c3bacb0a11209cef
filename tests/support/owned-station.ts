/** The station as a program of its own that a test's app owns: stops when told, in the time it is told. */
import { startStation } from '../../main/station.ts';

const [dataFolder = '', staticFolder = ''] = process.argv.slice(2);
const station = await startStation({ dataFolder, staticFolder, port: 0 });
process.on('message', (message) => {
  if (typeof message === 'object' && message !== null && 'stop' in message) {
    void station.stop(Number(message.stop)).then(() => process.exit(0));
  }
});
process.on('disconnect', () => process.exit(1));
process.send?.({ windowUrl: station.windowUrl, token: station.port.token, videos: station.paths.videos });
