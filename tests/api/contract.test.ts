import { describe, expect, it } from 'vitest';
import { genVideoStatusAnswerSchema } from '../../main/shared/contract.ts';
import { StationError } from '../../main/shared/errors/index.ts';
import { raw, startApi } from '../support/api-server.ts';
import { someTimeMs, status } from '../support/fake-port.ts';

const api = await startApi();
const draftUrl = 'https://ts.fyshark.com/#/cozeToJianyin?drafId=7434912345678901234';

describe('gen_video', () => {
  it('takes a link in and answers with the documented message', async () => {
    const answer = await api.post('/v1/gen_video', { draft_url: draftUrl });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await answer.json()).toEqual({ message: '视频生成任务已提交，请使用draft_url查询进度' });
    expect(api.port.submitted).toContain(draftUrl);
  });

  it('accepts an apiKey although none is set', async () => {
    const answer = await api.post('/v1/gen_video', { draft_url: draftUrl, apiKey: 'any' });
    expect(answer.status).toBe(200);
  });

  it.each([
    [new StationError('DRAFT_LINK_UNRECOGNISED', { link: 'x' }), 404, 'INVALID_DRAFT_URL', '无效的草稿URL'],
    [new StationError('DRAFT_NOT_IN_LIBRARY', { id: '7' }), 404, 'INVALID_DRAFT_URL', '无效的草稿URL'],
    [new StationError('QUEUE_FULL', { limit: 5 }), 500, 'VIDEO_GENERATION_SUBMIT_FAILED', '视频生成任务提交失败'],
    [new Error('disk on fire'), 500, 'VIDEO_GENERATION_SUBMIT_FAILED', '视频生成任务提交失败'],
  ])('says what is wrong when the station answers %s', async (failure, code, name, message) => {
    api.port.failure = failure;
    const answer = await api.post('/v1/gen_video', { draft_url: draftUrl });
    api.port.failure = null;
    expect(answer.status).toBe(code);
    expect(await answer.json()).toEqual({
      error: { code: name, message, details: expect.stringMatching(/[\u4e00-\u9fff]/) },
    });
    if (code === 500) expect(api.reports.pop()).toBe(failure);
  });

  it('tells a caller when to come back to a full queue', async () => {
    api.port.failure = new StationError('QUEUE_FULL', { limit: 5 });
    const answer = await api.post('/v1/gen_video', { draft_url: draftUrl });
    api.port.failure = null;
    expect(answer.headers.get('retry-after')).toBe('60');
    expect(await answer.json()).toMatchObject({ error: { details: expect.stringContaining('5 个') } });
  });
});

describe('gen_video_status', () => {
  const link = 'https://example.com/d.json';

  it.each([
    [
      'waiting',
      status(),
      { status: 'pending', progress: 0, video_url: '', error_message: '', started_at: null, completed_at: null },
    ],
    [
      'processing',
      status({ status: 'processing', progress: 65, startedAtMs: someTimeMs + 5000 }),
      { status: 'processing', progress: 65, started_at: '2026-09-24T10:30:05.000Z', completed_at: null },
    ],
    [
      'failed',
      status({
        status: 'failed',
        error: { code: 'TASK_CANCELLED', params: {} },
        startedAtMs: someTimeMs + 5000,
        completedAtMs: someTimeMs + 135_000,
      }),
      {
        status: 'failed',
        progress: 0,
        video_url: '',
        error_message: '任务已被取消。需要视频时请重新提交。',
        completed_at: '2026-09-24T10:32:15.000Z',
      },
    ],
  ])('describes a task that is %s in exactly eight fields', async (_name, found, expected) => {
    api.port.statuses.set(link, found);
    const answer = await api.post('/v1/gen_video_status', { draft_url: link });
    expect(answer.status).toBe(200);
    const body = genVideoStatusAnswerSchema.parse(await answer.json());
    expect(Object.keys(body)).toEqual([
      'draft_url',
      'status',
      'progress',
      'video_url',
      'error_message',
      'created_at',
      'started_at',
      'completed_at',
    ]);
    expect(body).toMatchObject({ draft_url: link, created_at: '2026-09-24T10:30:00.000Z', ...expected });
  });

  it('gives an absolute video_url at the address that the caller used', async () => {
    api.port.statuses.set(link, status({ status: 'completed', progress: 100, videoUrl: '/v1/videos/video_x.mp4' }));
    const answer = await api.post('/v1/gen_video_status', { draft_url: link });
    expect(await answer.json()).toMatchObject({ video_url: `${api.url}/v1/videos/video_x.mp4` });
    const named = await raw(api.url, {
      method: 'POST',
      path: '/v1/gen_video_status',
      headers: { Host: `localhost:${api.server.port}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ draft_url: link }),
    });
    expect(named.json()).toMatchObject({ video_url: `http://localhost:${api.server.port}/v1/videos/video_x.mp4` });
  });

  it('prefers the public address of the settings, and leaves links of an object store alone', async () => {
    api.port.settingsNow = { ...api.port.settingsNow, publicBaseUrl: 'https://videos.example.com/base/' };
    api.port.statuses.set(link, status({ status: 'completed', videoUrl: '/v1/videos/video_x.mp4' }));
    const answer = await api.post('/v1/gen_video_status', { draft_url: link });
    expect(await answer.json()).toMatchObject({ video_url: 'https://videos.example.com/base/v1/videos/video_x.mp4' });
    api.port.statuses.set(link, status({ status: 'completed', videoUrl: 'https://bucket.example.com/a.mp4' }));
    const stored = await api.post('/v1/gen_video_status', { draft_url: link });
    expect(await stored.json()).toMatchObject({ video_url: 'https://bucket.example.com/a.mp4' });
    api.port.settingsNow = { ...api.port.settingsNow, publicBaseUrl: '' };
  });

  it('knows nothing of a draft that was never submitted', async () => {
    const answer = await api.post('/v1/gen_video_status', { draft_url: 'https://example.com/never.json' });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({
      error: {
        code: 'VIDEO_TASK_NOT_FOUND',
        message: '视频生成任务未找到',
        details: expect.stringContaining('指定的草稿URL没有对应的视频生成任务'),
      },
    });
  });

  it.each([
    [new StationError('DRAFT_LINK_UNRECOGNISED', { link: 'x' }), 404, 'VIDEO_TASK_NOT_FOUND'],
    [new Error('database is locked'), 500, 'VIDEO_STATUS_QUERY_FAILED'],
  ])('has the documented error for %s', async (failure, code, name) => {
    api.port.failure = failure;
    const answer = await api.post('/v1/gen_video_status', { draft_url: link });
    api.port.failure = null;
    expect(answer.status).toBe(code);
    expect(await answer.json()).toMatchObject({ error: { code: name } });
  });
});
