import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { missing } from '../../support/environment.ts';
import { makeSmallDraft } from '../../support/small-draft.ts';
import { startTestStation } from '../../support/station.ts';
import { tempFolder } from '../../support/temp.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const readmes = ['README.md', 'README.zh-CN.md'].map((name) => readFileSync(path.join(root, name), 'utf8'));

/** The shell lines of a page, without comments. */
function commands(page: string): string[] {
  return [...page.matchAll(/```sh\n(.*?)```/gs)]
    .flatMap(([, block = '']) => block.replaceAll('\\\n', ' ').split('\n'))
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '');
}

/** Starts a command that goes on running, waits for a line, ends it. */
async function says(command: string[], expected: RegExp, env: Record<string, string> = {}): Promise<string> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { ...process.env, ...env },
  });
  onTestFinished(() => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const ended = once(child, 'exit');
  while (!expected.test(said)) {
    const over = await Promise.race([once(child.stdout, 'data').then(() => false), ended.then(() => true)]);
    if (over && !expected.test(said)) throw new Error(`${command.join(' ')} ended: ${said}`);
  }
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
  await ended;
  return said;
}

describe('the README', () => {
  it('gives the same commands in both languages, and all of them exist', () => {
    const [english, chinese] = readmes.map(commands);
    const withoutWords = (lines: string[] = []) => lines.map((line) => line.replace(/<[^>]+>/, '<draft>'));
    expect(withoutWords(chinese)).toEqual(withoutWords(english));
    const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    for (const page of readmes) {
      for (const [, name = ''] of page.matchAll(/`?npm run ([\w-]+)/g)) expect(Object.keys(scripts)).toContain(name);
    }
  });

  it.skipIf(missing('curl'))('shows callers commands that work as they stand', async () => {
    const station = await startTestStation({ port: 8000 });
    await makeSmallDraft(path.join(station.data, 'library', '7434912345678901234'), { name: 'readme' });
    const curls = commands(readmes[0] ?? '').filter((line) => line.startsWith('curl'));
    expect(curls).toHaveLength(2);
    const answers: unknown[] = [];
    for (const line of curls) answers.push(JSON.parse((await promisify(execFile)('bash', ['-c', line])).stdout));
    expect(answers[0]).toEqual({ message: '视频生成任务已提交，请使用draft_url查询进度' });
    expect(answers[1]).toMatchObject({ status: expect.stringMatching(/pending|processing|completed/) });
  });

  it('starts a station with npm run serve, which tells its addresses', async () => {
    const data = tempFolder();
    const said = await says(['npm', 'run', 'serve', '--', '--data', data, '--port', '0'], /数据 Data/);
    expect(said).toMatch(/接口 API +http:\/\/127\.0\.0\.1:\d+/);
    expect(said).toMatch(/窗口 Window +http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}/);
    expect(said).toContain(data);
  });

  it('starts the station with npm start where there is no Electron, and says how to get it', async () => {
    const data = tempFolder();
    const env = { ELECTRON_OVERRIDE_DIST_PATH: path.join(data, 'no-electron-here') };
    const said = await says(['npm', 'start', '--', '--data', data, '--port', '0'], /数据 Data/, env);
    expect(said).toContain('Electron');
    expect(said).toMatch(/窗口 Window +http:/);
  });

  it('writes a diagnosis with npm run diagnose', async () => {
    const folder = tempFolder();
    const file = path.join(folder, 'diagnosis.zip');
    const args = ['run', '--silent', 'diagnose', '--', '--out', file, '--data', folder];
    const { stdout } = await promisify(execFile)('npm', args, { cwd: root });
    expect(stdout).toContain(file);
    expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK');
  });

  it('inspects a draft with npm run inspect', async () => {
    const folder = await makeSmallDraft(path.join(tempFolder(), 'draft'), { name: '检查我' });
    const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'inspect', '--', folder], { cwd: root });
    expect(stdout).toContain('检查我');
    expect(stdout).toContain('160');
  });

  it('measures with npm run bench', async () => {
    const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'bench', '--', 'submissions'], {
      cwd: root,
    });
    expect(stdout).toMatch(/Durable submissions.*ratio/);
  });
});
