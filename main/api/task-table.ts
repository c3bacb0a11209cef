import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { Response } from 'express';
import type { TaskQuery } from '../shared/task-query.ts';
import { csvHead, csvLine } from './csv.ts';
import { attachment } from './send-file.ts';
import type { StationPort } from './station-port.ts';

/**
 * Streams every task that a query finds as CSV: page by page, so that a million rows cost neither memory nor the
 * answers of others.
 */
export async function sendTaskTable(station: StationPort, query: TaskQuery, response: Response): Promise<void> {
  response.setHeader('Content-Type', 'text/csv; charset=utf-8');
  response.setHeader('Content-Disposition', attachment('tasks.csv'));
  response.setHeader('Cache-Control', 'no-store');
  response.write(csvHead);
  let after = query.after;
  for (;;) {
    const { tasks, next } = station.listTasks({ ...query, limit: 500, ...(after === undefined ? {} : { after }) });
    if (tasks.length > 0 && !response.write(tasks.map(csvLine).join(''))) {
      await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
    if (next === null || response.destroyed) break;
    after = next;
    await setImmediate();
  }
  response.end();
}
