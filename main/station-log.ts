import { existsSync, renameSync, statSync } from 'node:fs';
import pino, { type Logger } from 'pino';

const keptBytes = 10 * 1024 * 1024;

/** The station's own log: JSON lines; the file of the run before is kept beside it when it has grown large. */
export function stationLog(file: string): Logger {
  if (existsSync(file) && statSync(file).size > keptBytes) renameSync(file, `${file}.1`);
  return pino(
    {
      level: 'info',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ['*.token', '*.apiKey', '*.headers.authorization'],
    },
    pino.destination({ dest: file, sync: true }),
  );
}
