import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTaskLog, TaskLog } from '../../main/queue/task-log.ts';
import { errorNote, logNotes, note, stageParams } from '../../main/shared/log-notes.ts';
import { tempFolder } from '../support/temp.ts';

const now = Date.UTC(2026, 0, 1);
const time = new Date(now).toISOString();

describe('the log of a task', () => {
  it('is English in its file and in both languages for its readers', async () => {
    const folder = tempFolder();
    const log = new TaskLog(folder);
    log.write(now, 'info', ...note('STAGE_STARTS', { ...stageParams('fetch'), attempt: 2 }));
    log.write(now, 'error', ...errorNote({ code: 'QUEUE_FULL', params: { limit: 7 } }, { cause: 'a stack' }));
    log.write(now, 'debug', 'click export', { at: [1, 2] });
    expect(readFileSync(path.join(folder, 'log.jsonl'), 'utf8').split('\n').slice(0, 1)).toEqual([
      `{"time":"${time}","level":"info","message":"Stage fetch starts (attempt 2).","data":{"code":"STAGE_STARTS","params":{"zh":"获取草稿与素材","en":"fetch","attempt":2}}}`,
    ]);
    expect(await readTaskLog(folder, 0)).toEqual([
      {
        time,
        level: 'info',
        message: 'Stage fetch starts (attempt 2).',
        zh: '开始获取草稿与素材（第 2 次尝试）。',
      },
      {
        time,
        level: 'error',
        message: 'There are already 7 waiting tasks, which is the limit. Submit again later.',
        zh: '等待中的任务已达上限 7 个。请稍后再提交。',
        data: { cause: 'a stack' },
      },
      { time, level: 'debug', message: 'click export', data: { at: [1, 2] } },
    ]);
  });

  it('of another version stays readable as it is', async () => {
    const folder = tempFolder();
    const log = new TaskLog(folder);
    const kept = [
      { time, level: 'info', message: 'new', data: { code: 'NOT_KNOWN_HERE', params: {} } },
      { time, level: 'error', message: 'old', data: { code: 'QUEUE_FULL', zh: '旧' } },
      { time, level: 'info', message: 'odd', data: { code: 7, params: 'x' } },
    ];
    log.write(now, 'info', 'first');
    for (const line of kept) appendFileSync(path.join(folder, 'log.jsonl'), `${JSON.stringify(line)}\n`);
    appendFileSync(path.join(folder, 'log.jsonl'), '{"time":"torn');
    expect(await readTaskLog(folder, 1)).toEqual(kept);
  });

  it('says once that it is full, in both languages, and grows no further', async () => {
    const folder = tempFolder();
    const log = new TaskLog(folder);
    for (let n = 0; n < 9; n++) log.write(now, 'info', 'x'.repeat(1_000_000));
    const lines = (await readTaskLog(folder, 0)) ?? [];
    expect(lines.length).toBeLessThan(7);
    expect(lines.at(-1)).toMatchObject({ level: 'warn', zh: '日志已满，不再写入。' });
    expect(lines.filter(({ zh }) => zh !== undefined)).toHaveLength(1);
  });
});

it('every sentence of a log names the same in both languages', () => {
  const params = (text: string) =>
    [...text.matchAll(/\{(\w+)\}/g)]
      .map(([, name]) => name)
      .filter((name) => name !== 'zh' && name !== 'en')
      .sort();
  for (const [code, { zh, en }] of Object.entries(logNotes)) {
    expect(params(zh), code).toEqual(params(en));
    expect(zh.includes('{zh}'), code).toBe(en.includes('{en}'));
    expect(zh, code).toMatch(/\p{Script=Han}/u);
    expect(en, code).toMatch(/^[\x20-\x7e]+$/);
  }
});
