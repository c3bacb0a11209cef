import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { StationError } from '../../main/shared/errors/index.ts';
import { queueStatusSchema } from '../../main/shared/events.ts';
import { healthSchema } from '../../main/shared/health.ts';
import { operatorErrorSchema, secretMask, uploadAnswerSchema } from '../../main/shared/operator-api.ts';
import { defaultSettings, settingsSchema } from '../../main/shared/settings.ts';
import { statisticsSchema } from '../../main/shared/task-query.ts';
import { raw, startApi } from '../support/api-server.ts';

const api = await startApi();
const { port } = api;

async function patch(change: unknown) {
  const answer = await api.operator('/api/settings', {
    method: 'PATCH',
    body: JSON.stringify(change),
    headers: { 'Content-Type': 'application/json' },
  });
  const body: unknown = await answer.json();
  return { status: answer.status, body };
}

async function settingsShown() {
  return settingsSchema.parse(await (await api.operator('/api/settings')).json());
}

describe('settings', () => {
  afterEach(() => {
    port.settingsNow = { ...defaultSettings };
  });

  it('changes what was given and nothing else, nested too', async () => {
    port.settingsNow = settingsSchema.parse({ fetchLanes: 7, s3: { bucket: 'b' }, preset: { fps: 60 } });
    const { status, body } = await patch({ patience: 2, s3: { region: 'cn' }, preset: { codec: 'hevc' } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      fetchLanes: 7,
      patience: 2,
      s3: { bucket: 'b', region: 'cn' },
      preset: { fps: 60, codec: 'hevc' },
    });
    expect((await settingsShown()).patience).toBe(2);
  });

  it('never shows a secret, and keeps it when its mask comes back', async () => {
    port.settingsNow = settingsSchema.parse({
      apiKey: 'k-secret',
      webhookSecret: 'w-secret',
      s3: { secretAccessKey: 's-secret', accessKeyId: 'AK' },
    });
    const text = await (await api.operator('/api/settings')).text();
    expect(text).not.toContain('secret"');
    expect(text).not.toMatch(/[kws]-secret/);
    const shown = JSON.parse(text);
    expect(shown).toMatchObject({ apiKey: secretMask, webhookSecret: secretMask, s3: { secretAccessKey: secretMask } });
    await patch(shown);
    expect(port.settingsNow).toMatchObject({
      apiKey: 'k-secret',
      webhookSecret: 'w-secret',
      s3: { secretAccessKey: 's-secret', accessKeyId: 'AK' },
    });
    await patch({ apiKey: '' });
    expect(port.settingsNow.apiKey).toBe('');
    expect((await settingsShown()).apiKey).toBe('');
  });

  it('says per field what is wrong, in both languages, and changes nothing', async () => {
    const { status, body } = await patch({ port: 70_000, s3: { endpoint: 'no url' }, allowedHosts: ['a b'] });
    expect(status).toBe(400);
    const { reason, fields = {} } = operatorErrorSchema.parse(body).error;
    expect(reason).toBe('SETTINGS_INVALID');
    expect(Object.keys(fields)).toEqual(expect.arrayContaining(['port', 's3.endpoint', 'allowedHosts.0']));
    expect(fields.port).toEqual({
      zh: expect.stringContaining('65535'),
      en: expect.stringMatching(/^[\x20-\x7e]*65535[\x20-\x7e]*$/),
    });
    expect(port.settingsNow).toEqual(defaultSettings);
  });

  it('refuses names that it does not know', async () => {
    expect((await patch({ prot: 1 })).status).toBe(400);
    expect((await patch([])).status).toBe(400);
  });

  it('passes on what only the station can know', async () => {
    const { status, body } = await patch({ draftLibrary: '/forbidden' });
    expect(status).toBe(400);
    expect(operatorErrorSchema.parse(body).error).toMatchObject({
      code: 'VALIDATION_ERROR',
      reason: 'SETTINGS_INVALID',
      zh: expect.stringContaining('无法写入'),
    });
  });
});

describe('queue, health, statistics', () => {
  it('pauses and resumes', async () => {
    const paused = await api.operator('/api/queue/pause', { method: 'POST' });
    expect(queueStatusSchema.parse(await paused.json())).toMatchObject({ mode: 'paused' });
    expect(await (await api.operator('/api/queue')).json()).toMatchObject({ mode: 'paused' });
    const running = await api.operator('/api/queue/resume', { method: 'POST' });
    expect(await running.json()).toMatchObject({ mode: 'running' });
  });

  it('tells how the station is and runs checks', async () => {
    expect(healthSchema.parse(await (await api.operator('/api/health')).json())).toMatchObject({
      ok: true,
      version: '1.2.3',
    });
    await api.operator('/api/health/checks/self_test', { method: 'POST' });
    expect(port.checks).toEqual(['self_test']);
    expect((await api.operator('/api/health/checks/other', { method: 'POST' })).status).toBe(404);
    expect(statisticsSchema.parse(await (await api.operator('/api/statistics')).json())).toMatchObject({
      stageMs: { export: 3 },
    });
  });

  it('switches the update guard for operators alone, and says why it could not', async () => {
    const ask = (body: unknown, token = port.token) =>
      api.operator('/api/health/update-guard', {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      });
    expect(healthSchema.parse(await (await ask({ on: true })).json()).ok).toBe(true);
    await ask({ on: false });
    expect(port.guard).toEqual([true, false]);
    expect((await ask({ on: true }, 'another')).status).toBe(401);
    for (const wrong of [{}, { on: 'yes' }, { on: true, file: 'C:\\Windows' }])
      expect((await ask(wrong)).status).toBe(400);
    port.failure = new StationError('JIANYING_GUARD_CLIENT_RUNNING');
    const refused = await ask({ on: true });
    port.failure = null;
    expect(refused.status).toBe(409);
    expect(operatorErrorSchema.parse(await refused.json()).error.reason).toBe('JIANYING_GUARD_CLIENT_RUNNING');
    expect(port.guard).toEqual([true, false]);
    expect(api.reports).toEqual([]);
  });

  it('inspects a draft and says what is wrong with the link', async () => {
    const answer = await api.operator('/api/inspect', {
      method: 'POST',
      body: JSON.stringify({ draftUrl: 'nonsense' }),
      headers: { 'Content-Type': 'application/json' },
    });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({
      error: { code: 'INVALID_DRAFT_URL', reason: 'DRAFT_LINK_UNRECOGNISED' },
    });
  });
});

describe('uploads', () => {
  const upload = (name: string, body: string | Buffer) =>
    api.operator(`/api/uploads?name=${encodeURIComponent(name)}`, { method: 'POST', body });

  afterEach(() => {
    port.settingsNow = { ...defaultSettings };
    port.uploads.length = 0;
  });

  it('hands a dropped zip or json to the station and answers with its link', async () => {
    const answer = await upload('草稿.ZIP', 'PK...');
    expect(uploadAnswerSchema.parse(await answer.json())).toEqual({ draftUrl: '/inbox/草稿.ZIP' });
    await upload('draft.json', '{}');
    expect(port.uploads).toEqual([
      { name: '草稿.ZIP', kind: 'zip', content: 'PK...' },
      { name: 'draft.json', kind: 'json', content: '{}' },
    ]);
  });

  it.each(['draft.exe', 'zip', ''])('refuses %j', async (name) => {
    expect((await upload(name, 'x')).status).toBe(400);
    expect(port.uploads).toEqual([]);
  });

  it('refuses one that is too large, announced or not', async () => {
    port.settingsNow = { ...defaultSettings, maxDraftMb: 1 };
    const announced = await upload('a.zip', Buffer.alloc(1_100_000));
    expect(announced.status).toBe(413);
    expect(await announced.json()).toMatchObject({ error: { code: 'TOO_LARGE', reason: 'UPLOAD_TOO_LARGE' } });
    const chunked = await raw(api.url, {
      method: 'POST',
      path: '/api/uploads?name=a.zip',
      headers: { Authorization: `Bearer ${port.token}`, 'Transfer-Encoding': 'chunked' },
      body: Buffer.alloc(1_100_000),
    });
    expect(chunked.status).toBe(413);
    expect(port.uploads).toEqual([]);
  });

  it('keeps nothing of one whose sender goes away', async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(api.server.port, '127.0.0.1', () => {
        socket.write(
          `POST /api/uploads?name=a.zip HTTP/1.1\r\nHost: 127.0.0.1:${api.server.port}\r\nAuthorization: Bearer ${port.token}\r\nContent-Length: 100\r\n\r\nPK`,
          () => socket.destroy(),
        );
      });
      socket.on('close', () => resolve());
    });
    expect((await api.operator('/api/queue')).status).toBe(200);
    expect(port.uploads).toEqual([]);
  });
});
