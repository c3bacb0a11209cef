import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectionSchema } from '../../../main/shared/inspection.ts';
import { draftJson, track, video } from '../read/fixture.ts';

const root = path.resolve(import.meta.dirname, '../../..');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'inspect-command-'));
  writeFileSync(path.join(folder, 'a.mp4'), 'x');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function inspect(content: string, language: string, ...flags: string[]) {
  const file = path.join(folder, 'draft.json');
  writeFileSync(file, content);
  const run = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'scripts/inspect.ts', file, ...flags],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: language },
    },
  );
  return { code: run.status, out: run.stdout, error: run.stderr };
}

const healthy = JSON.stringify(draftJson({ name: '旅行' }, { videos: [video({ path: './a.mp4' })] }));

describe('npm run inspect', () => {
  it('tells what is in a draft, in Chinese or English', () => {
    const chinese = inspect(healthy, 'zh_CN.UTF-8');
    expect(chinese).toMatchObject({ code: 0, error: '' });
    expect(chinese.out).toMatch(/旅行[\s\S]*1920x1080, 30 fps[\s\S]*00:00:02\.00[\s\S]*1 正常[\s\S]*可以完整导出/);
    expect(inspect(healthy, 'en_US.UTF-8').out).toMatch(/1 present[\s\S]*can export this completely/);
  });

  it('gives the report as JSON', () => {
    const { code, out } = inspect(healthy, 'C', '--json');
    expect(code).toBe(0);
    expect(inspectionSchema.parse(JSON.parse(out))).toMatchObject({ name: '旅行', embedded: 'exact' });
  });

  it('exits with 1 when the draft cannot be exported, with 2 when it cannot be read', () => {
    expect(inspect(JSON.stringify(draftJson({ tracks: [track('video', [])] })), 'C').code).toBe(1);
    const encrypted = inspect('h4g8XOe6'.repeat(50), 'zh_CN.UTF-8');
    expect(encrypted).toMatchObject({ code: 2, out: '' });
    expect(encrypted.error).toContain('加密');
    expect(inspect('{', 'C', 'one too many').code).toBe(2);
  });
});
