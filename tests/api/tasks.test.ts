import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  bulkAnswerSchema,
  countAnswerSchema,
  logAnswerSchema,
  operatorErrorSchema,
  submitAnswerSchema,
  taskIdAnswerSchema,
} from '../../main/shared/operator-api.ts';
import { taskDetailSchema } from '../../main/shared/task.ts';
import { taskPageSchema } from '../../main/shared/task-query.ts';
import { startApi } from '../support/api-server.ts';
import { someTask } from '../support/fake-port.ts';

const api = await startApi();
const { port } = api;
const folder = mkdtempSync(path.join(tmpdir(), 'evidence-'));
afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(() => {
  port.tasks.length = 0;
  port.moves.length = 0;
  port.submitted.length = 0;
  for (const [id, state] of [
    ['w1', 'pending'],
    ['w2', 'pending'],
    ['done', 'completed'],
    ['bad', 'failed'],
  ] as const) {
    port.tasks.push(someTask(id, { state }));
  }
});

async function post(place: string, sent?: unknown) {
  const answer = await api.operator(place, {
    method: 'POST',
    ...(sent === undefined ? {} : { body: JSON.stringify(sent), headers: { 'Content-Type': 'application/json' } }),
  });
  const body: unknown = await answer.json();
  return { status: answer.status, body };
}

async function get(place: string) {
  const answer = await api.operator(place);
  const body: unknown = await answer.json();
  return { status: answer.status, body };
}

function errorOf(body: unknown) {
  return operatorErrorSchema.parse(body).error;
}

describe('the list', () => {
  it('filters by state and pages by key', async () => {
    expect(taskPageSchema.parse((await get('/api/tasks?state=pending,failed')).body).tasks.map(({ id }) => id)).toEqual(
      ['w1', 'w2', 'bad'],
    );
    const first = taskPageSchema.parse((await get('/api/tasks?limit=3')).body);
    expect(first.tasks).toHaveLength(3);
    const second = (await get(`/api/tasks?limit=3&after=${first.next}`)).body;
    expect(second).toMatchObject({ tasks: [{ id: 'bad' }], next: null });
  });

  it.each(['limit=0', 'limit=x', 'state=lost', 'sort=random', 'from=yesterday', 'engine=other'])(
    'names the field of a wrong query (%s)',
    async (query) => {
      const { status, body } = await get(`/api/tasks?${query}`);
      expect(status).toBe(400);
      const field = query.split('=')[0] ?? '';
      const { fields = {}, ...error } = errorOf(body);
      const key = Object.keys(fields)[0];
      expect(key?.split('.')[0]).toBe(field);
      expect(error).toMatchObject({ code: 'VALIDATION_ERROR', reason: 'BODY_INVALID' });
      expect(fields[key ?? '']).toEqual({
        zh: expect.stringMatching(/[\u4e00-\u9fff]/),
        en: expect.stringMatching(/^[\x20-\x7e]+$/),
      });
    },
  );

  it('shows one task whole, and says when there is none', async () => {
    expect(taskDetailSchema.parse((await get('/api/tasks/done')).body)).toMatchObject({
      id: 'done',
      evidence: ['screen.png'],
    });
    const { status, body } = await get('/api/tasks/never');
    expect(status).toBe(404);
    expect(errorOf(body)).toMatchObject({
      code: 'NOT_FOUND',
      reason: 'TASK_UNKNOWN',
      en: expect.stringContaining('never'),
    });
  });
});

describe('the notice of a result', () => {
  it('is sent again when there is a result and somebody to tell', async () => {
    expect(errorOf((await post('/api/tasks/done/notify')).body)).toMatchObject({ reason: 'WEBHOOK_UNSET' });
    port.settingsNow = { ...port.settingsNow, webhookUrl: 'https://example.com/hook' };
    expect(await post('/api/tasks/done/notify')).toEqual({ status: 200, body: { taskId: 'done' } });
    expect(port.notified).toEqual(['done']);
    const unfinished = await post('/api/tasks/w1/notify');
    expect([unfinished.status, errorOf(unfinished.body).reason]).toEqual([409, 'TASK_UNFINISHED']);
    expect((await post('/api/tasks/never/notify')).status).toBe(404);
    port.settingsNow = { ...port.settingsNow, webhookUrl: '' };
  });
});

describe('submitting', () => {
  it('answers every link by itself, in order', async () => {
    const draftUrls = ['https://example.com/a.json', 'nonsense', 'https://example.com/a.json'];
    const { status, body } = await post('/api/tasks', { draftUrls });
    expect(status).toBe(200);
    expect(submitAnswerSchema.parse(body).results).toEqual([
      { draftUrl: draftUrls[0], taskId: 't5', created: true, error: null },
      {
        draftUrl: 'nonsense',
        taskId: null,
        created: false,
        error: { code: 'DRAFT_LINK_UNRECOGNISED', zh: expect.any(String), en: expect.any(String) },
      },
      { draftUrl: draftUrls[2], taskId: 't5', created: false, error: null },
    ]);
  });

  it('refuses a list that is empty or no list, and queues nothing', async () => {
    for (const body of [{ draftUrls: [] }, { draftUrls: 'x' }, {}, undefined]) {
      expect((await post('/api/tasks', body)).status).toBe(400);
    }
    expect(port.submitted).toEqual([]);
  });

  it('submits the sample', async () => {
    expect((await post('/api/tasks/sample')).body).toEqual({ taskId: 'sample' });
  });
});

describe('actions', () => {
  it('cancels a live task once', async () => {
    expect(await post('/api/tasks/w1/cancel')).toMatchObject({ status: 200, body: { taskId: 'w1' } });
    expect(await post('/api/tasks/w1/cancel')).toMatchObject({
      status: 409,
      body: { error: { code: 'CONFLICT', reason: 'TASK_FINISHED' } },
    });
    expect((await post('/api/tasks/never/cancel')).status).toBe(404);
  });

  it('retries as a new task', async () => {
    const { body } = await post('/api/tasks/bad/retry');
    expect(taskIdAnswerSchema.parse(body).taskId).toBe('t5');
    expect((await post('/api/tasks/never/retry')).status).toBe(404);
    expect(countAnswerSchema.parse((await post('/api/tasks/retry-failed')).body)).toEqual({ count: 1 });
  });

  it('removes only what has finished', async () => {
    const done = await api.operator('/api/tasks/done', { method: 'DELETE' });
    expect(done.status).toBe(204);
    expect(port.task('done')).toBeNull();
    const live = await api.operator('/api/tasks/w1', { method: 'DELETE' });
    expect(live.status).toBe(409);
    expect(await live.json()).toMatchObject({ error: { reason: 'TASK_LIVE' } });
    expect((await api.operator('/api/tasks/never', { method: 'DELETE' })).status).toBe(404);
  });

  it('moves a waiting task before another or to the front', async () => {
    expect((await post('/api/tasks/w2/move', { before: 'w1' })).status).toBe(200);
    expect((await post('/api/tasks/w2/move', { before: null })).status).toBe(200);
    expect(port.moves).toEqual([
      ['w2', 'w1'],
      ['w2', null],
    ]);
    expect(errorOf((await post('/api/tasks/done/move', { before: null })).body).reason).toBe('TASK_NOT_WAITING');
    expect((await post('/api/tasks/w2/move', {})).status).toBe(400);
  });

  it('acts on many, each with its own outcome', async () => {
    const { body } = await post('/api/tasks/bulk', { action: 'cancel', ids: ['w1', 'done', 'never', 'w2'] });
    expect(bulkAnswerSchema.parse(body).results.map(({ id, error }) => [id, error?.code])).toEqual([
      ['w1', undefined],
      ['done', 'TASK_FINISHED'],
      ['never', 'TASK_UNKNOWN'],
      ['w2', undefined],
    ]);
    expect(port.activeCount()).toBe(0);
  });

  it('keeps the order of many that go to the front', async () => {
    await post('/api/tasks/bulk', { action: 'front', ids: ['w1', 'w2'] });
    expect(port.moves).toEqual([
      ['w2', null],
      ['w1', null],
    ]);
  });

  it('knows no other actions and methods', async () => {
    expect((await post('/api/tasks/bulk', { action: 'explode', ids: ['w1'] })).status).toBe(400);
    expect((await post('/api/tasks/w1/explode')).status).toBe(404);
    const answer = await api.operator('/api/tasks/w1/cancel');
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
  });
});

describe('what belongs to a task', () => {
  it('reads the log on from a line', async () => {
    expect(logAnswerSchema.parse((await get('/api/tasks/w1/log')).body)).toMatchObject({
      next: 3,
      lines: [{ message: 'one' }, {}, {}],
    });
    expect((await get('/api/tasks/w1/log?after=2')).body).toMatchObject({ next: 3, lines: [{ message: 'three' }] });
    expect((await get('/api/tasks/never/log')).status).toBe(404);
    expect((await get('/api/tasks/w1/log?after=-1')).status).toBe(400);
  });

  it('shows evidence that can run no script', async () => {
    const file = path.join(folder, 'screen.png');
    writeFileSync(file, 'PNG');
    port.files.set('bad/screen.png', file);
    const answer = await api.operator('/api/tasks/bad/files/screen.png');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    expect((await api.operator('/api/tasks/bad/files/..%2Fscreen.png')).status).toBe(404);
    expect((await api.operator('/api/tasks/bad/files/other.png')).status).toBe(404);
  });

  it('packs what support needs', async () => {
    const answer = await api.operator('/api/tasks/bad/support.zip');
    expect(answer.headers.get('content-type')).toBe('application/zip');
    expect(answer.headers.get('content-disposition')).toContain('task-bad.zip');
    expect(await answer.text()).toBe('PK-archive');
    expect((await api.operator('/api/tasks/never/support.zip')).status).toBe(404);
  });
});
