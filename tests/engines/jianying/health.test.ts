import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { diskFiles } from '../../../main/engines/jianying/files.ts';
import { withoutPersonalData } from '../../../main/engines/jianying/health/redact.ts';
import { type ProbeFacts, reportHealth } from '../../../main/engines/jianying/health/report.ts';
import { guardState, switchGuardOff, switchGuardOn } from '../../../main/engines/jianying/health/update-guard.ts';
import { createJianyingEngine } from '../../../main/engines/jianying/index.ts';
import type { Install } from '../../../main/engines/jianying/locate/installs.ts';
import { settingFile } from '../../../main/engines/jianying/simulated/life.ts';
import { jianyingErrors } from '../../../main/shared/errors/jianying.ts';
import { defaultSettings } from '../../../main/shared/settings.ts';
import { attempt, dataFolder, makeJob, simulate } from './simulation.ts';

const install: Install = {
  exe: 'C:\\Apps\\5.9.0.11632\\JianyingPro.exe',
  version: '5.9.0.11632',
  stance: 'recommended',
  running: true,
};
const sound: ProbeFacts = {
  installs: [install],
  chosen: install,
  root: { folder: 'D:\\drafts', source: 'default', valid: true },
  capability: 'named',
  session: {
    sessionId: 1,
    locked: false,
    disconnected: false,
    elevated: false,
    idleMs: 1,
    foreground: { hwnd: 1, pid: 1 },
    cursor: { x: 0, y: 0 },
  },
  denied: false,
  versionBefore: null,
  updateGuard: 'on',
  guardFile: 'C:\\config\\globalSetting',
};
const session = (change: Partial<ProbeFacts['session']>) => ({ session: { ...sound.session, ...change } });

describe('the health page', () => {
  it('is content with a recommended client, its names and its guard', () => {
    expect(reportHealth(sound)).toMatchObject({
      state: 'ready',
      notes: [],
      facts: { version: '5.9.0.11632', tier: 'named' },
    });
  });

  it.each([
    ['no client', { chosen: null, installs: [] }, 'unavailable', 'Jianying Pro was not found'],
    ['no drafts folder', { root: null }, 'unavailable', 'drafts folder was not found'],
    ['other rights', { denied: true }, 'unavailable', 'higher rights'],
    ['a service', session({ sessionId: 0 }), 'unavailable', 'service session'],
    ['hidden controls', { capability: 'unsupported' }, 'unavailable', 'must be calibrated'],
    ['a calibrated client', { capability: 'blind' }, 'degraded', 'best effort'],
    ['a locked desktop', session({ locked: true }), 'degraded', 'is locked'],
    ['a disconnected desktop', session({ disconnected: true }), 'degraded', 'is disconnected'],
    ['another version', { versionBefore: '5.8.0' }, 'degraded', 'changed from 5.8.0'],
    [
      'an unmarked drafts folder',
      { root: { folder: 'D:\\x', source: 'settings', valid: false } },
      'degraded',
      'has no index',
    ],
  ] as const)('says what is wrong: %s', (_what, change, state, words) => {
    const health = reportHealth({ ...sound, ...change } as ProbeFacts);
    expect(health.state).toBe(state);
    expect(health.notes[0]?.en).toContain(words);
    expect(health.notes.every(({ zh }) => /\p{Script=Han}/u.test(zh))).toBe(true);
  });

  it('tells apart a guard that is off and a missing client, and both leave exports alone', () => {
    expect(reportHealth({ ...sound, updateGuard: 'off' })).toMatchObject({
      state: 'ready',
      notes: [],
      facts: { updateGuard: 'off', guardFile: sound.guardFile },
    });
    expect(reportHealth({ ...sound, chosen: null, installs: [] }).facts).not.toHaveProperty('updateGuard');
  });

  it('is asked of a running client without changing anything', async () => {
    const sim = simulate();
    sim.client.startByHand();
    expect(await sim.engine.probe()).toMatchObject({ state: 'ready', facts: { tier: 'named', running: true } });
    expect(sim.client.events).toEqual([]);
    expect(sim.files.touched.filter((file) => !file.startsWith(dataFolder))).toEqual([]);
  });

  it('remembers what the window of the last export was', async () => {
    const sim = simulate();
    await attempt(sim.engine, makeJob(sim));
    await sim.client.endProcess();
    expect((await sim.engine.probe()).facts.tier).toBe('named');
  });

  it('never throws', async () => {
    const sim = simulate();
    sim.client.installFacts = async () => {
      throw new Error('registry on fire');
    };
    expect(await sim.engine.probe()).toMatchObject({ state: 'unavailable' });
  });
});

describe('without Windows', () => {
  const engine = createJianyingEngine({
    spawn: () => {
      throw new Error('nothing is started');
    },
    settings: () => defaultSettings,
    media: { probe: never, verify: never, cover: never, close: () => {} },
    dataFolder: '/nowhere',
    platform: 'linux',
  });

  it('the engine says so at once, starting nothing', async () => {
    const health = await engine.probe();
    expect(health.state).toBe('unavailable');
    expect(health.notes[0]?.zh).toContain('内置引擎');
    await expect(
      engine.export(makeJob(simulate()), { signal: new AbortController().signal, onProgress() {}, log() {} }),
    ).rejects.toMatchObject({
      code: 'JIANYING_UNSUPPORTED_SYSTEM',
    });
  });
});

const never = () => Promise.reject(new Error('not asked'));

describe('the guard against automatic updates', () => {
  it('sets two switches, and puts back what was there', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'guard-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = path.join(folder, 'globalSetting');
    const before = '[General]\r\ncurrentCachePath=D:\\\\c\r\nenableAutoUpdate=true\r\n';
    await writeFile(file, before);
    expect(guardState(before)).toBe('off');
    await switchGuardOn(diskFiles, file);
    await switchGuardOn(diskFiles, file);
    const guarded = await readFile(file, 'utf8');
    expect(guardState(guarded)).toBe('on');
    expect(guarded).toContain('currentCachePath=D:\\\\c');
    await switchGuardOff(diskFiles, file);
    expect(await readFile(file, 'utf8')).toBe(before);
    expect(guardState(null)).toBe('unknown');
  });
});

describe('the guard, switched by the station', () => {
  const config = '[General]\r\nother=1\r\nenableAutoUpdate=true\r\n';

  it('is set and taken back in the file of the client, which is not running', async () => {
    const sim = simulate();
    sim.files.put(settingFile, config);
    expect((await sim.engine.probe()).facts).toMatchObject({
      updateGuard: 'off',
      guardFile: 'Z:\\sim\\local\\JianyingPro\\User Data\\Config\\globalSetting',
    });
    await sim.engine.switchGuard(true);
    expect((await sim.engine.probe()).facts.updateGuard).toBe('on');
    expect(sim.files.textNow(settingFile)).toContain('other=1');
    await sim.engine.switchGuard(false);
    expect(sim.files.textNow(settingFile)).toBe(config);
    expect(sim.files.namesIn(path.posix.dirname(settingFile))).toEqual(['globalSetting']);
    expect(sim.client.events).toEqual([]);
  });

  it("leaves a person's client and the file alone, and says what to do", async () => {
    const sim = simulate();
    sim.files.put(settingFile, config);
    sim.client.startByHand();
    await expect(sim.engine.switchGuard(true)).rejects.toMatchObject({ code: 'JIANYING_GUARD_CLIENT_RUNNING' });
    expect(sim.client.running).toBe(true);
    expect(sim.files.textNow(settingFile)).toBe(config);
  });

  it('closes a client that the station itself left running', async () => {
    const sim = simulate();
    await attempt(sim.engine, makeJob(sim));
    expect(sim.client.running).toBe(true);
    sim.files.put(settingFile, config);
    await sim.engine.switchGuard(true);
    expect(sim.client.running).toBe(false);
    expect(guardState(sim.files.textNow(settingFile))).toBe('on');
  });

  it('does not wait for an export under way, and does not disturb it', async () => {
    const sim = simulate();
    const job = makeJob(sim, 'exported all the same');
    let refused: unknown = null;
    sim.clock.after(3000, () => {
      void sim.engine.switchGuard(true).catch((error: unknown) => {
        refused = error;
      });
    });
    const ending = await attempt(sim.engine, job);
    expect(ending).toHaveProperty('result');
    expect(refused).toMatchObject({ code: 'JIANYING_GUARD_CLIENT_RUNNING' });
  });

  it('says so when there is no file yet, when it cannot be written, and on another system', async () => {
    const sim = simulate();
    await sim.files.remove(settingFile);
    expect((await sim.engine.probe()).facts.updateGuard).toBe('unknown');
    await expect(sim.engine.switchGuard(true)).rejects.toMatchObject({ code: 'JIANYING_GUARD_NO_FILE' });
    sim.files.put(settingFile, config);
    sim.files.write = async () => {
      throw new Error('EPERM: operation not permitted');
    };
    await expect(sim.engine.switchGuard(true)).rejects.toMatchObject({
      code: 'JIANYING_GUARD_FAILED',
      params: { reason: 'EPERM: operation not permitted' },
    });
    expect(sim.files.textNow(settingFile)).toBe(config);
  });
});

it('a diagnosis holds no user name, no draft title and no mail address', () => {
  const text = JSON.stringify({
    exe: 'C:\\Users\\王小明\\AppData\\Local\\x.exe',
    elements: [{ description: 'HomePageDraftTitle:我的婚礼' }, { name: '我的婚礼' }, { name: 'ming@example.com' }],
    linux: '/home/ming/x',
    ours: 'HomePageDraftTitle:q-12ab34',
  });
  const clean = withoutPersonalData(text);
  for (const personal of ['王小明', '我的婚礼', 'ming']) expect(clean).not.toContain(personal);
  expect(clean).toContain('q-12ab34');
  expect(() => JSON.parse(clean)).not.toThrow();
});

it('every failure says in both languages what happened and what to do', () => {
  for (const [code, { zh, en }] of Object.entries(jianyingErrors)) {
    expect(zh, code).toMatch(/\p{Script=Han}.*[。]$/u);
    expect(en, code).toMatch(/^[A-Z{"].*\.$/s);
  }
});
