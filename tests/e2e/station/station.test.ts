import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { startDraftServer } from '../../support/draft-server.ts';
import { makeSmallDraft, smallDraftJson } from '../../support/small-draft.ts';
import { startTestStation, type TestStation } from '../../support/station.ts';
import { tempFolder } from '../../support/temp.ts';

/** A short draft, and one that takes some seconds to render; made once. */
let short = '';
let long = '';
beforeAll(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'station-drafts-'));
  short = await makeSmallDraft(path.join(folder, 'short'), { name: '短片' });
  long = await makeSmallDraft(path.join(folder, 'long'), { name: '长片', seconds: 20, width: 1280, height: 720 });
  return () => import('node:fs').then((fs) => fs.rmSync(folder, { recursive: true, force: true }));
});

async function until<T>(ask: () => Promise<T> | T, good: (value: T) => boolean, what: string): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const value = await ask();
    if (good(value)) return value;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}: ${JSON.stringify(value)}`);
    await pause(30);
  }
}

const exporting = (station: TestStation) =>
  until(
    () => station.newest(),
    (task) => task.stage === 'export' && task.progress > 52,
    'an export under way',
  );

/** Programs that were started by a station with this mark in their environment, itself included; Linux only. */
function programs(mark: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return (
          readFileSync(`/proc/${pid}/environ`, 'utf8').includes(mark) &&
          readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] !== 'Z'
        );
      } catch {
        return false;
      }
    });
}

describe('a caller', () => {
  it('hands in a page link, watches it rise and gets a video that plays', async () => {
    const served = await startDraftServer(short);
    const station = await startTestStation({ settings: { mediaHosts: [served.host] } });
    served.documents.set('/draft/one.json', smallDraftJson('网络草稿', `${served.url}/film.mp4`));
    const link = `https://ts.fyshark.com/#/cozeToJianyin?drafId=${encodeURIComponent(`${served.url}/draft/one.json`)}`;
    const submitted = await station.post('/v1/gen_video', { draft_url: link });
    expect(await submitted.json()).toEqual({ message: '视频生成任务已提交，请使用draft_url查询进度' });
    const seen = await station.finished(link);
    const last = seen.at(-1);
    expect(Object.keys(last ?? {})).toEqual([
      'draft_url',
      'status',
      'progress',
      'video_url',
      'error_message',
      'created_at',
      'started_at',
      'completed_at',
    ]);
    expect(last).toMatchObject({ draft_url: link, status: 'completed', progress: 100, error_message: '' });
    const rising = seen.map((status) => status.progress);
    expect(rising).toEqual([...rising].sort((a, b) => a - b));
    for (const status of seen) {
      if (status.status === 'pending') expect(status.progress).toBe(0);
      if (status.status === 'processing') expect(status.progress).toBeGreaterThanOrEqual(10);
      if (status.status === 'processing') expect(status.progress).toBeLessThanOrEqual(90);
    }
    for (const time of [last?.created_at, last?.started_at, last?.completed_at]) {
      expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
    const part = await fetch(last?.video_url ?? '', { headers: { range: 'bytes=4-7' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-type')).toBe('video/mp4');
    expect(await part.text()).toBe('ftyp');
    // The same media again: the cache has it.
    const asked = served.requested.filter((name) => name === '/film.mp4').length;
    await station.submit(link);
    await station.finished(link);
    expect(served.requested.filter((name) => name === '/film.mp4').length - asked).toBeLessThanOrEqual(1);
  });

  it('races with another one on the same draft, in several spellings: there is one task', async () => {
    const station = await startTestStation();
    await makeSmallDraft(path.join(station.data, 'library', 'race'), { name: 'race' });
    const spellings = [
      'https://ts.fyshark.com/#/cozeToJianyin?drafId=race',
      ' https://ts.fyshark.com/#/cozeToJianyin?drafId=race ',
      '"https://ts.fyshark.com/#/cozeToJianyin?drafId=race"',
      'race',
    ];
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        station.post('/v1/gen_video', { draft_url: spellings[n % spellings.length] }),
      ),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array(40).fill(200));
    const page = (await (await station.api('GET', '/api/tasks')).json()) as { tasks: unknown[] };
    expect(page.tasks).toHaveLength(1);
    for (const spelling of spellings) expect((await station.status(spelling)).draft_url).toBe(spelling);
  });

  it('is told which setting to change when the draft lies on a private address', async () => {
    const served = await startDraftServer(short);
    served.documents.set('/draft.json', smallDraftJson('x', `${served.url}/film.mp4`));
    const station = await startTestStation({ settings: { maxAttempts: 1 } });
    await station.submit(`${served.url}/draft.json`);
    const last = (await station.finished(`${served.url}/draft.json`)).at(-1);
    expect(last).toMatchObject({ status: 'failed', progress: 0, video_url: '' });
    expect(last?.error_message).toContain('mediaHosts');
    expect(served.requested).toEqual([]);
  });

  it('is told which file is missing', async () => {
    const served = await startDraftServer(short);
    served.documents.set('/draft.json', smallDraftJson('x', `${served.url}/not-there.mp4?signature=secret`));
    const station = await startTestStation({ settings: { mediaHosts: [served.host] } });
    await station.submit(`${served.url}/draft.json`);
    const last = (await station.finished(`${served.url}/draft.json`)).at(-1);
    expect(last).toMatchObject({ status: 'failed' });
    expect(last?.error_message).toContain('not-there.mp4');
    expect(last?.error_message).not.toContain('secret');
  });

  it('gets 404 INVALID_DRAFT_URL for an id that no library has, and nothing is queued', async () => {
    const station = await startTestStation();
    const response = await station.post('/v1/gen_video', {
      draft_url: 'https://ts.fyshark.com/#/cozeToJianyin?drafId=7434912345678901234',
    });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'INVALID_DRAFT_URL', message: '无效的草稿URL' } });
    expect(await (await station.api('GET', '/api/tasks')).json()).toEqual({ tasks: [], next: null });
  });
});

describe('an operator', () => {
  it.each([1, 2])(
    'cancels an export that runs in %i parts: nothing of it is left, no process and no file',
    async (parts) => {
      const mark = `station-${randomUUID()}`;
      const station = await startTestStation({ env: { STATION_MARK: mark }, settings: { embeddedParts: parts } });
      await station.submit(long);
      const task = await exporting(station);
      const cancelled = await station.api('POST', `/api/tasks/${task.id}/cancel`, {});
      expect(cancelled.status).toBe(200);
      expect(await station.status(long)).toMatchObject({ status: 'failed', progress: 0 });
      expect((await station.status(long)).error_message).toContain('取消');
      expect(readdirSync(path.join(station.data, 'tasks', task.id)).sort()).toEqual(['log.jsonl']);
      expect(readdirSync(path.join(station.data, 'videos'))).toEqual([]);
      const rendering = () =>
        programs(mark).filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('embedded/child'));
      await until(rendering, (left) => left.length === 0, 'the renderer’s end');
    },
  );

  it('sees a self-test that really renders', async () => {
    const station = await startTestStation();
    const response = await station.api('POST', '/api/health/checks/self_test', {});
    const health = (await response.json()) as { lines: { id: string; level: string; zh: string }[] };
    expect(health.lines.find((line) => line.id === 'self_test')).toMatchObject({ level: 'ok' });
  });

  it('finds history, settings and finished videos after a restart', async () => {
    const first = await startTestStation({ settings: { keepVideosDays: 7 } });
    await first.submit(short);
    const { video_url } = (await first.finished(short)).at(-1) ?? { video_url: '' };
    await first.stop();
    const second = await startTestStation({ data: first.data });
    expect(await second.status(short)).toMatchObject({ status: 'completed' });
    expect(await (await second.api('GET', '/api/settings')).json()).toMatchObject({ keepVideosDays: 7 });
    const video = await fetch(`${second.url}${new URL(video_url).pathname}`, { method: 'HEAD' });
    expect(video.status).toBe(200);
    expect(existsSync(path.join(first.data, 'station.db.backup'))).toBe(true);
  });

  it('who starts a second station is told which port or folder is taken, and the first goes on', async () => {
    const station = await startTestStation();
    const port = new URL(station.url).port;
    const complaint = async (...args: string[]) => {
      const child = fork(path.join(import.meta.dirname, '../../../main/headless.ts'), args, {
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        execArgv: ['--disable-warning=ExperimentalWarning'],
      });
      let said = '';
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
      const [code] = (await once(child, 'exit')) as [number];
      return { code, said };
    };
    const taken = await complaint('--data', tempFolder(), '--port', port);
    expect(taken.code).toBe(1);
    expect(taken.said).toContain(`端口 ${port}`);
    expect(taken.said).toContain('"port"');
    const busy = await complaint('--data', station.data, '--port', '0');
    expect(busy.code).toBe(1);
    expect(busy.said).toContain('--data');
    expect((await station.api('GET', '/api/queue')).status).toBe(200);
  });
});

describe('a station that is killed in the middle of a render', () => {
  it.each([1, 2])(
    'in %i parts leaves no program running, and after its start renders again to the end',
    async (parts) => {
      const mark = `station-${randomUUID()}`;
      const first = await startTestStation({ env: { STATION_MARK: mark }, settings: { embeddedParts: parts } });
      await first.submit(long);
      await exporting(first);
      await first.submit(short);
      // The station itself, and one for each part.
      expect(programs(mark).length).toBeGreaterThan(parts);
      await first.kill();
      await until(
        () => programs(mark),
        (left) => left.length === 0,
        'the end of all child programs',
      );

      const second = await startTestStation({ data: first.data });
      const last = (await second.finished(long)).at(-1);
      expect(last).toMatchObject({ status: 'completed' });
      expect((await second.finished(short)).at(-1)).toMatchObject({ status: 'completed' });
      const page = (await (await second.api('GET', '/api/tasks?sort=oldest')).json()) as {
        tasks: { id: string; attempt: number }[];
      };
      expect(page.tasks[0]).toMatchObject({ attempt: 2 });
      expect(readdirSync(path.join(second.data, 'videos'))).toHaveLength(2);
    },
  );

  it('lets its listeners take up again with a fresh snapshot', async () => {
    const first = await startTestStation();
    const port = Number(new URL(first.url).port);
    const snapshot = async (station: TestStation) => {
      const response = await station.api('GET', '/api/events');
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      while (!text.includes('\n\n')) text += (await reader?.read())?.value ?? '';
      return { event: JSON.parse(/data: (.*)/.exec(text)?.[1] ?? '{}'), reader };
    };
    await first.submit(short);
    const { event, reader } = await snapshot(first);
    expect(event).toMatchObject({ type: 'snapshot', tasks: [{ draftUrl: short }] });
    await first.kill();
    await expect(
      (async () => {
        while (!(await reader?.read())?.done);
      })(),
    ).rejects.toThrow();
    const second = await startTestStation({ data: first.data, port });
    const again = await snapshot(second);
    expect(again.event).toMatchObject({ type: 'snapshot', tasks: [{ draftUrl: short }] });
    await again.reader?.cancel();
  });
});
