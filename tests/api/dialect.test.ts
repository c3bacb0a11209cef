import { expect, it } from 'vitest';
import { dialectCountSchema, dialectStatusSchema } from '../../main/shared/contract.ts';
import { StationError } from '../../main/shared/errors/index.ts';
import { raw, startApi } from '../support/api-server.ts';
import { status } from '../support/fake-port.ts';

const api = await startApi();
const prefix = '/openapi/capcut-mate/v1';
const link = 'https://example.com/get_draft?draft_id=20251126212753cab03392';
const english = { 'Accept-Language': 'en-US,en;q=0.9' };

it('takes a draft in with the envelope of capcut-mate', async () => {
  const answer = await api.post(`${prefix}/gen_video`, { draft_url: link, apiKey: crypto.randomUUID() });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ code: 0, message: '视频生成任务已提交，请使用draft_url查询进度' });
  expect(api.port.submitted).toEqual([link]);
});

it('answers a status with flat fields beside code and message', async () => {
  api.port.statuses.set(
    link,
    status({ status: 'completed', progress: 100, videoUrl: '/v1/videos/a.mp4', completedAtMs: 0 }),
  );
  const answer = await api.post(`${prefix}/gen_video_status`, { draft_url: link });
  expect(dialectStatusSchema.parse(await answer.json())).toEqual({
    code: 0,
    message: '成功',
    draft_url: link,
    status: 'completed',
    progress: 100,
    video_url: `${api.url}/v1/videos/a.mp4`,
    error_message: '',
    created_at: '2026-09-24T10:30:00.000Z',
    started_at: null,
    completed_at: '1970-01-01T00:00:00.000Z',
  });
});

it('counts the live tasks', async () => {
  const answer = await raw(api.url, { path: `${prefix}/gen_video_active_count` });
  expect(dialectCountSchema.parse(answer.json())).toEqual({ code: 0, message: '成功', count: 1 });
});

it.each([
  ['gen_video', {}, 1001, /^参数校验失败\(.*draft_url/],
  ['gen_video', { draft_url: 'no link' }, 2001, /^无效的草稿URL$/],
  ['gen_video_status', {}, 1001, /^参数校验失败/],
  ['gen_video_status', { draft_url: 'https://example.com/never' }, 2031, /^视频生成任务未找到$/],
  ['nothing', {}, 404, /^HTTP Error 404/],
  ['gen_video_active_count', {}, 405, /^HTTP Error 405/],
])('answers an error of %s %j with HTTP 200 and code %i', async (name, body, code, message) => {
  const answer = await api.post(`${prefix}/${name}`, body);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    code,
    message: expect.stringMatching(message),
    details: expect.stringMatching(/\S/),
  });
});

it('has its own codes for failures of the station', async () => {
  api.port.failure = new StationError('QUEUE_FULL', { limit: 1 });
  const submit = await api.post(`${prefix}/gen_video`, { draft_url: link });
  const query = await api.post(`${prefix}/gen_video_status`, { draft_url: link });
  api.port.failure = null;
  expect(await submit.json()).toMatchObject({ code: 2030, message: '视频生成任务提交失败' });
  expect(await query.json()).toMatchObject({ code: 2032, message: '视频任务状态查询失败' });
});

it('speaks English to whom it asks for', async () => {
  const submit = await api.post(`${prefix}/gen_video`, { draft_url: link }, english);
  expect(await submit.json()).toMatchObject({
    code: 0,
    message: expect.stringMatching(/^Video generation task submitted/),
  });
  const bad = await api.post(`${prefix}/gen_video`, {}, english);
  expect(await bad.json()).toMatchObject({
    code: 1001,
    message: expect.stringMatching(/^Parameter validation failed/),
  });
  api.port.statuses.set(
    'https://example.com/f',
    status({ status: 'failed', error: { code: 'TASK_CANCELLED', params: {} } }),
  );
  const failed = await api.post(`${prefix}/gen_video_status`, { draft_url: 'https://example.com/f' }, english);
  expect(await failed.json()).toMatchObject({
    message: 'Success',
    error_message: expect.stringMatching(/^The task was cancelled/),
  });
});

it('asks for the key too when one is set', async () => {
  api.port.settingsNow = { ...api.port.settingsNow, apiKey: 's3cret' };
  const without = await api.post(`${prefix}/gen_video`, { draft_url: link });
  expect(await without.json()).toMatchObject({ code: 2036 });
  const withKey = await api.post(`${prefix}/gen_video`, { draft_url: link, apiKey: 's3cret' });
  expect(await withKey.json()).toMatchObject({ code: 0 });
  const count = await raw(api.url, { path: `${prefix}/gen_video_active_count?apiKey=s3cret` });
  expect(count.json()).toMatchObject({ code: 0 });
});
