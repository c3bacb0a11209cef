import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectionSchema } from '../../../main/shared/inspection.ts';
import { draftJson, track, video } from '../read/fixture.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const picture = createCanvas(64, 32).toBuffer('image/png');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'inspect-command-'));
  writeFileSync(path.join(folder, 'a.png'), picture);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

function run(language: string, ...args: string[]): Promise<Run> {
  const env = { ...process.env, LC_ALL: language };
  const command = ['--disable-warning=ExperimentalWarning', 'scripts/inspect.ts', ...args];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, command, { cwd: root, env }, (_, out, error) =>
      resolve({ code: child.exitCode, out, error }),
    );
  });
}

function inspect(content: string, language: string, ...flags: string[]): Promise<Run> {
  const file = path.join(folder, 'draft.json');
  writeFileSync(file, content);
  return run(language, file, ...flags);
}

const draftWith = (file: string) =>
  JSON.stringify(draftJson({ name: '旅行' }, { videos: [video({ type: 'photo', path: file })] }));
const healthy = draftWith('./a.png');

describe('npm run inspect', () => {
  it('tells what is in a draft, in Chinese or English', async () => {
    const chinese = await inspect(healthy, 'zh_CN.UTF-8');
    expect(chinese).toMatchObject({ code: 0, error: '' });
    expect(chinese.out).toMatch(/旅行[\s\S]*1920x1080, 30 fps[\s\S]*00:00:02\.00[\s\S]*1 正常[\s\S]*可以完整导出/);
    expect((await inspect(healthy, 'en_US.UTF-8')).out).toMatch(/1 present[\s\S]*can export this completely/);
  });

  it('gives the report as JSON, with what the files really are', async () => {
    const { code, out } = await inspect(healthy, 'C', '--json');
    expect(code).toBe(0);
    const inspection = inspectionSchema.parse(JSON.parse(out));
    expect(inspection).toMatchObject({
      name: '旅行',
      embedded: 'exact',
      media: [{ width: 64, height: 32, bytes: picture.length }],
    });
  });

  it('fetches what lies behind a link', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/a.png') response.end(picture);
      else response.end(draftWith(`http://${request.headers.host}/a.png`));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
      const { code, out } = await run('C', `http://${host}/draft.json`, '--json', '--allow', host, '--data', folder);
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ embedded: 'exact', media: [{ state: 'present', width: 64 }] });
    } finally {
      server.close();
    }
  });

  it('exits with 1 when the draft cannot be exported, with 2 when it cannot be read', async () => {
    expect((await inspect(JSON.stringify(draftJson({ tracks: [track('video', [])] })), 'C')).code).toBe(1);
    expect((await inspect(draftWith('./gone.png'), 'C')).code).toBe(1);
    const encrypted = await inspect('h4g8XOe6'.repeat(50), 'zh_CN.UTF-8');
    expect(encrypted).toMatchObject({ code: 2, out: '' });
    expect(encrypted.error).toContain('加密');
    expect(await run('C', 'no draft at all')).toMatchObject({ code: 2, out: '' });
  });

  it('says how it is used', async () => {
    for (const args of [[], ['one', 'two'], ['--what']]) {
      const { code, error } = await run('C', ...args);
      expect(code).toBe(2);
      expect(error).toContain('Usage: npm run inspect');
    }
  });
});
