import { describe, expect, it } from 'vitest';
import { desktopNeeded, type HealthFacts, healthLines } from '../../main/health.ts';

const facts: HealthFacts = {
  opening: { kind: 'opened', damagedFile: null },
  queue: {
    mode: 'running',
    reason: null,
    counts: { pending: 0, processing: 0, completed: 0, failed: 0, cancelled: 0 },
    exporting: { embedded: 0, jianying: 0 },
  },
  engines: [
    {
      engine: 'jianying',
      state: 'unavailable',
      notes: [{ zh: '没有找到剪映', en: 'Jianying was not found' }],
      facts: {},
    },
    { engine: 'embedded', state: 'ready', notes: [], facts: {} },
  ],
  policy: 'auto',
  address: 'http://127.0.0.1:8000',
  exposed: false,
  hasApiKey: false,
  folders: [{ id: 'output', folder: 'D:\\videos', freeGb: 100, writable: true }],
  neededGb: 2,
  library: { folder: 'D:\\library', drafts: 3 },
  webhook: { retrying: 0, givenUp: 0 },
};
const lineOf = (id: string, change: Partial<HealthFacts> = {}) =>
  healthLines({ ...facts, ...change }).find((line) => line.id === id);

describe('the health page', () => {
  it('is green but for the client that is not there, which is no problem while the embedded renderer may work', () => {
    const levels = healthLines(facts).map(({ id, level }) => [id, level]);
    expect(levels).toEqual([
      ['database', 'ok'],
      ['queue', 'ok'],
      ['jianying', 'warning'],
      ['embedded', 'ok'],
      ['port', 'ok'],
      ['disk_output', 'ok'],
      ['library', 'ok'],
    ]);
  });

  it('speaks of notices of results only while some are not taken', () => {
    expect(lineOf('webhook')).toBeUndefined();
    expect(lineOf('webhook', { webhook: { retrying: 2, givenUp: 1 } })).toMatchObject({
      level: 'warning',
      remedy: 'open_settings',
      zh: expect.stringContaining('2 条未送达'),
      en: expect.stringContaining('1 given up'),
    });
  });

  it('shows the update guard where there is a client, with what switches it', () => {
    const withGuard = (updateGuard: string) => ({
      engines: [
        { engine: 'jianying', state: 'ready', notes: [], facts: { updateGuard, guardFile: 'C:\\globalSetting' } },
      ],
    });
    const guardLine = (state: string) => lineOf('update_guard', withGuard(state) as Partial<HealthFacts>);
    expect(lineOf('update_guard')).toBeUndefined();
    expect(guardLine('on')).toMatchObject({ level: 'ok', remedy: 'guard_off', facts: { file: 'C:\\globalSetting' } });
    expect(guardLine('off')).toMatchObject({ level: 'warning', remedy: 'guard_on' });
    expect(guardLine('unknown')).toMatchObject({ level: 'warning', remedy: null });
    expect(lineOf('jianying', withGuard('on') as Partial<HealthFacts>)?.facts).toEqual({});
  });

  it('is red where the operator has to do something, with a remedy', () => {
    expect(lineOf('jianying', { policy: 'jianying' })).toMatchObject({ level: 'problem', remedy: 'install_jianying' });
    expect(lineOf('port', { exposed: true })).toMatchObject({ level: 'problem', remedy: 'open_settings' });
    const reason = { code: 'DISK_SHORT', zh: '磁盘空间不足', en: 'Not enough disk space' };
    expect(lineOf('queue', { queue: { ...facts.queue, mode: 'paused', reason } })).toMatchObject({
      level: 'problem',
      zh: '磁盘空间不足',
      remedy: 'resume_queue',
    });
    const full = [{ id: 'output', folder: 'D:', freeGb: 1, writable: true }];
    expect(lineOf('disk_output', { folders: full })).toMatchObject({ level: 'problem' });
    const locked = [{ id: 'output', folder: 'D:', freeGb: 99, writable: false }];
    expect(lineOf('disk_output', { folders: locked })?.zh).toContain('不可写');
  });

  it('says what became of a damaged database and where the damaged file is', () => {
    const restored = lineOf('database', { opening: { kind: 'restored_backup', damagedFile: 'station.db.damaged-1' } });
    expect(restored).toMatchObject({ level: 'warning', facts: { damagedFile: 'station.db.damaged-1' } });
    const empty = lineOf('database', { opening: { kind: 'started_empty', damagedFile: 'station.db.damaged-1' } });
    expect(empty).toMatchObject({ level: 'problem' });
  });

  it('asks to leave mouse and keyboard alone while an export needs them', () => {
    expect(desktopNeeded('新品')).toMatchObject({ level: 'warning', zh: expect.stringContaining('新品') });
  });
});
