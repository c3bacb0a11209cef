import { describe, expect, it } from 'vitest';
import { linksIn } from '../../renderer/actions/links.ts';
import { crc32, isDraftFolder } from '../../renderer/actions/zip.ts';
import { exampleBody, openApiSchema, operationsOf } from '../../renderer/pages/api/document.ts';
import { snippet, snippetKinds } from '../../renderer/pages/api/snippets.ts';
import { isFiltered, readFilter, taskFilter } from '../../renderer/pages/history/filter.ts';
import { axis, summarise } from '../../renderer/pages/statistics/summary.ts';
import { filterLog, lineText } from '../../renderer/pages/task/log-lines.ts';
import { timelineOf } from '../../renderer/pages/task/timeline.ts';
import { running } from './some-task.ts';

describe('pasted text', () => {
  it('is one link a line, without doubles, blanks and comments', () => {
    expect(linksIn(' https://a.example/1 \r\n\n# note\nhttps://b.example\nhttps://a.example/1\n7434')).toEqual([
      'https://a.example/1',
      'https://b.example',
      '7434',
    ]);
  });

  it('may hold several links in a line, but a name with blanks stays whole', () => {
    expect(linksIn('https://a.example https://b.example')).toEqual(['https://a.example', 'https://b.example']);
    expect(linksIn('C:\\drafts\\my draft.zip')).toEqual(['C:\\drafts\\my draft.zip']);
  });
});

describe('a dropped folder', () => {
  it('is a draft when its document is at the top or one level below', () => {
    const folder = (...paths: string[]) => isDraftFolder(paths.map((path) => ({ path, file: new Blob() })));
    expect(folder('draft_content.json', 'a.mp4')).toBe(true);
    expect(folder('my draft/draft_info.json')).toBe(true);
    expect(folder('a/b/draft_content.json', 'x.json')).toBe(false);
  });

  it('is packed with the checksum of zip files', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  });
});

describe('the history filter', () => {
  const now = Date.parse('2026-11-28T10:30:00+08:00');
  const filter = (query: Record<string, string>) => readFilter(new Map(Object.entries(query)));

  it('leaves out words it does not know', () => {
    expect(filter({ state: 'lost', engine: 'x', period: 'ever', from: 'monday' })).toMatchObject({
      state: '',
      engine: '',
      period: 'all',
      from: '',
    });
    expect(isFiltered(filter({ sort: 'oldest' }))).toBe(false);
  });

  it('means days of the reader', () => {
    expect(taskFilter(filter({ period: 'today' }), now)).toMatchObject({
      from: '2026-11-27T16:00:00.000Z',
      to: undefined,
    });
    expect(taskFilter(filter({ period: 'yesterday' }), now)).toMatchObject({
      from: '2026-11-26T16:00:00.000Z',
      to: '2026-11-27T16:00:00.000Z',
    });
    expect(taskFilter(filter({ period: 'custom', from: '2026-11-01', to: '2026-11-02' }), now)).toMatchObject({
      from: '2026-10-31T16:00:00.000Z',
      to: '2026-11-02T16:00:00.000Z',
    });
    expect(taskFilter(filter({ period: 'custom', from: '2026-11-01' }), now).to).toBeUndefined();
  });
});

describe('the statistics', () => {
  it('leave cancelled tasks out of the success rate', () => {
    const days = [
      { day: '2026-11-27', completed: 9, failed: 1, cancelled: 5 },
      { day: '2026-11-28', completed: 0, failed: 0, cancelled: 0 },
    ];
    expect(summarise(days)).toEqual({ completed: 9, successRate: 0.9, perDay: 9, busiest: { ...days[0] } });
    expect(summarise([]).successRate).toBeNull();
  });

  it('have round numbers on the axis, up to the highest value', () => {
    expect(axis(39)).toEqual([0, 10, 20, 30, 40]);
    expect(axis(1)).toEqual([0, 1]);
    expect(axis(730)).toEqual([0, 200, 400, 600, 800]);
  });
});

describe('the timeline', () => {
  const task = {
    ...running('t1', '2026-11-28T02:00:00.000Z', { attempt: 2 }),
    timings: [
      { attempt: 1, stage: 'fetch' as const, startedAt: '2026-11-28T02:00:00.000Z', durationMs: 4000 },
      { attempt: 2, stage: 'fetch' as const, startedAt: '2026-11-28T02:00:10.000Z', durationMs: 1000 },
    ],
    warningList: [],
    inspection: null,
    evidence: [],
    videoFile: null,
    crashes: 0,
    webhook: null,
  };

  it('has a line for each attempt, and lets the present stage grow', () => {
    const [first, second] = timelineOf(task, Date.parse('2026-11-28T02:00:14.000Z'));
    expect(first).toMatchObject({ attempt: 1, totalMs: 4000 });
    expect(second?.bars).toMatchObject([
      { stage: 'fetch', from: 0, share: 0.25, running: false },
      { stage: 'export', from: 0.25, share: 0.75, durationMs: 3000, running: true },
    ]);
  });
});

describe('the log', () => {
  const line = (level: 'debug' | 'info' | 'error', message: string, data?: Record<string, unknown>) => ({
    time: '2026-11-28T02:00:00.000Z',
    level,
    message,
    ...(data === undefined ? {} : { data }),
  });
  const lines = [line('debug', 'a'), line('info', 'Media 1'), line('error', 'b', { file: 'media.mp4' })];

  it('is filtered by level and by text, also of the data, and cut to its end', () => {
    expect(filterLog(lines, 'info', '', 10, 'en').shown).toHaveLength(2);
    expect(filterLog(lines, 'debug', 'MEDIA', 10, 'en').shown).toEqual(lines.slice(1));
    expect(filterLog(lines, 'debug', '', 1, 'en')).toEqual({ shown: lines.slice(2), cut: true });
  });

  it('is read and searched in the language of the window; what has one language only stays as it is', () => {
    const both = { ...line('info', 'Stage fetch starts'), zh: '开始获取' };
    expect([lineText(both, 'zh'), lineText(both, 'en')]).toEqual(['开始获取', 'Stage fetch starts']);
    expect(lineText(line('debug', 'driver step'), 'zh')).toBe('driver step');
    expect(filterLog([both, ...lines], 'debug', '获取', 10, 'zh').shown).toEqual([both]);
    expect(filterLog([both, ...lines], 'debug', '获取', 10, 'en').shown).toEqual([]);
  });
});

describe('the API page', () => {
  const document = openApiSchema.parse({
    info: { title: 't', version: '1' },
    paths: {
      '/v1/gen_video': {
        post: {
          summary: 's',
          requestBody: {
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['draft_url'],
                  properties: { draft_url: { type: 'string' }, apiKey: {} },
                },
              },
            },
          },
          responses: { '200': { description: 'ok' } },
        },
      },
    },
  });

  it('lists the calls of the document with a body to begin with', () => {
    const [operation] = operationsOf(document);
    expect(operation).toMatchObject({ method: 'POST', path: '/v1/gen_video', summary: 's' });
    expect(Object.keys(exampleBody(operation?.request ?? null))).toEqual(['draft_url']);
  });

  it('puts address, link and, when there is one, the key into every snippet', () => {
    for (const kind of snippetKinds) {
      const text = snippet(kind, { base: 'http://10.0.0.2:8000', keyed: true }, 'https://d.example/1');
      expect(text).toContain('http://10.0.0.2:8000');
      expect(text).toContain('https://d.example/1');
      expect(text).toContain('Bearer YOUR_API_KEY');
      expect(snippet(kind, { base: 'http://x', keyed: false }, 'l')).not.toContain('API_KEY');
    }
  });
});
