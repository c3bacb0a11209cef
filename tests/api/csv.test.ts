import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cell, csvLine } from '../../main/api/csv.ts';
import { startApi } from '../support/api-server.ts';
import { someTask } from '../support/fake-port.ts';

const api = await startApi();

it('exports every task that the query finds, page after page, as Excel reads it', async () => {
  for (let index = 0; index < 1201; index += 1) {
    api.port.tasks.push(someTask(`t${index}`, { state: index % 2 === 0 ? 'completed' : 'failed', name: '名,称"' }));
  }
  const answer = await api.operator('/api/tasks.csv?state=completed');
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(answer.headers.get('content-disposition')).toContain('tasks.csv');
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const lines = bytes.toString().trimEnd().split('\r\n');
  expect(lines).toHaveLength(1 + 601);
  expect(lines[0]).toContain('编号 id,名称 name');
  expect(lines[1]).toMatch(/^t0,"名,称""",https:/);
  expect(lines.at(-1)).toMatch(/^t1200,/);
});

it('starts where the query starts', async () => {
  const answer = await api.operator('/api/tasks.csv?after=1200');
  expect((await answer.text()).trimEnd().split('\r\n')).toHaveLength(2);
});

it('refuses a wrong query before it sends anything', async () => {
  const answer = await api.operator('/api/tasks.csv?state=lost');
  expect(answer.status).toBe(400);
});

it.each([
  ['=HYPERLINK("http://evil")', `"'=HYPERLINK(""http://evil"")"`],
  ['+1', `"'+1"`],
  ['-1', `"'-1"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['  =1', `"'  =1"`],
  ['\t=1', `"'\t=1"`],
  ['plain', 'plain'],
  ['a-b', 'a-b'],
  [null, ''],
  [-5, '-5'],
])('takes the danger out of %j', (value, text) => {
  expect(cell(value)).toBe(text);
});

it('keeps one task on one row of fifteen cells, whatever is in its texts', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (name, draftUrl) => {
      const line = csvLine(someTask('x', { name, draftUrl }));
      expect(rows(line)).toHaveLength(1);
      expect(rows(line)[0]).toHaveLength(15);
      const read = rows(line)[0]?.[1] ?? '';
      expect([name, `'${name}`]).toContain(read);
      expect(/^\s*[=+\-@]/.test(read)).toBe(false);
    }),
    { seed: 3, numRuns: 500 },
  );
});

/** A reader of CSV by the book. */
function rows(text: string): string[][] {
  const result: string[][] = [];
  let row: string[] = [];
  let value = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quoted) {
      if (char !== '"') value += char;
      else if (text[at + 1] === '"') {
        value += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === ',') {
      row.push(value);
      value = '';
    } else if (char === '\r' && text[at + 1] === '\n') {
      result.push([...row, value]);
      row = [];
      value = '';
      at += 1;
    } else value += char;
  }
  return result;
}
