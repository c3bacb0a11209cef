import { describe, expect, it } from 'vitest';
import type { Behaviour, Moment } from '../../../main/engines/jianying/simulated/behaviour.ts';
import { popups, type SimulatedPopup } from '../../../main/engines/jianying/simulated/popups.ts';
import type { ErrorCode } from '../../../main/shared/errors/index.ts';
import { errorClass } from '../../../main/shared/errors/index.ts';
import type { Settings } from '../../../main/shared/settings.ts';
import {
  asQueue,
  dataFolder,
  evidenceFolder,
  foreignTouched,
  leftovers,
  makeJob,
  type Simulation,
  shownTitle,
  simulate,
} from './simulation.ts';

/** `recovered`: the video is there, after at most so many attempts of the queue. Otherwise the failure a person reads. */
type Expected = { recovered: number } | { fails: ErrorCode; attempts?: number };

interface Row {
  readonly fault: string;
  readonly behaviour?: Partial<Behaviour>;
  readonly settings?: Partial<Settings>;
  readonly prepare?: (sim: Simulation) => void;
  readonly missingMedia?: boolean;
  readonly expected: Expected;
  readonly also?: (sim: Simulation) => void;
}

const shows = (popup: SimulatedPopup, at: Moment, times = 1) => ({ behaviour: { popups: [{ at, popup, times }] } });
const calibrated = (sim: Simulation) => sim.files.put(`${dataFolder}/jianying/calibration.json`, '{}');
const blind = { tier: 'blind', version: '11.2.5.1' } as const;

const popupRows: Row[] = [
  { fault: 'environment check', ...shows(popups.environmentCheck, 'start'), expected: { recovered: 1 } },
  { fault: 'environment check in its own process', ...shows(popups.detector, 'start'), expected: { recovered: 1 } },
  {
    fault: 'graphics prompt',
    ...shows(popups.graphics, 'home'),
    expected: { recovered: 1 },
    also: (sim) => expect(sim.client.events).toContain('invoke 暂不启用'),
  },
  {
    fault: 'update',
    ...shows(popups.update, 'home'),
    expected: { recovered: 1 },
    also: (sim) => {
      expect(sim.client.events).toContain('invoke 以后再说');
      expect(sim.client.events.some((event) => event.includes('立即更新'))).toBe(false);
    },
  },
  {
    fault: 'missing media',
    ...shows(popups.mediaMissing, 'editor', 9),
    expected: { fails: 'JIANYING_MEDIA_MISSING', attempts: 1 },
  },
  { fault: 'draft list abnormal, once', ...shows(popups.listBroken, 'home'), expected: { recovered: 1 } },
  {
    fault: 'drafts lost, every time',
    ...shows(popups.draftsLost, 'home', 99),
    expected: { fails: 'JIANYING_DRAFT_LIST_BROKEN' },
  },
  {
    fault: 'draft damaged',
    ...shows(popups.draftDamaged, 'editor', 9),
    expected: { fails: 'JIANYING_DRAFT_INVALID', attempts: 1 },
  },
  {
    fault: 'draft damaged, drawn inside the window',
    ...shows({ ...popups.draftDamaged, inside: true }, 'editor', 9),
    expected: { fails: 'JIANYING_DRAFT_INVALID' },
  },
  { fault: 'known notice', ...shows(popups.notice, 'home'), expected: { recovered: 1 } },
  {
    fault: 'continue after an abnormal export',
    ...shows(popups.continueExport, 'confirm'),
    expected: { recovered: 1 },
    also: (sim) => expect(sim.client.events.filter((event) => event.includes('继续导出'))).toEqual(['invoke 继续导出']),
  },
  { fault: 'login', ...shows(popups.login, 'home', 9), expected: { fails: 'JIANYING_LOGIN_NEEDED', attempts: 1 } },
  {
    fault: 'membership',
    ...shows(popups.membership, 'confirm', 9),
    expected: { fails: 'JIANYING_MEMBERSHIP_NEEDED', attempts: 1 },
    also: (sim) => expect(sim.client.events.some((event) => event.includes('立即开通'))).toBe(false),
  },
  {
    fault: 'membership without a readable popup',
    behaviour: { swallowConfirms: 99, dialogText: '开通会员可导出' },
    expected: { fails: 'JIANYING_MEMBERSHIP_NEEDED', attempts: 1 },
  },
  {
    fault: 'marketing splash',
    ...shows(popups.splash, 'home'),
    expected: { recovered: 1 },
    also: (sim) => expect(sim.client.events).toContain('invoke 放弃福利'),
  },
  { fault: 'marketing info', ...shows(popups.infoDialog, 'editor'), expected: { recovered: 1 } },
  { fault: 'marketing without any text', ...shows(popups.untitledAd, 'home'), expected: { recovered: 1 } },
  {
    fault: 'marketing in a client without Invoke',
    behaviour: { invoke: false, popups: [{ at: 'home', popup: popups.splash, times: 1 }] },
    expected: { recovered: 1 },
  },
  {
    fault: 'asset download failed once',
    ...shows(popups.assetFailed, 'dialog'),
    expected: { recovered: 1 },
    also: (sim) => expect(sim.client.events).toContain('invoke 重试'),
  },
  {
    fault: 'asset download fails again',
    behaviour: {
      popups: [
        { at: 'dialog', popup: popups.assetFailed, times: 9 },
        { at: 'confirm', popup: popups.assetFailed, times: 9 },
      ],
    },
    expected: { fails: 'JIANYING_ASSET_DOWNLOAD_FAILED' },
  },
  { fault: 'share window after the export', ...shows(popups.share, 'done'), expected: { recovered: 1 } },
  { fault: 'unknown window', ...shows(popups.unknown, 'home', 9), expected: { fails: 'JIANYING_UNKNOWN_DIALOG' } },
];

const failureRows: Row[] = [
  {
    fault: 'transient COM errors',
    behaviour: { failures: { kind: 'transient', count: 6 } },
    expected: { recovered: 1 },
  },
  {
    fault: 'access denied',
    behaviour: { failures: { kind: 'access_denied', count: 1e9 } },
    expected: { fails: 'JIANYING_ACCESS_DENIED', attempts: 1 },
  },
  {
    fault: 'UIA call hangs, the client comes back',
    behaviour: { hangAt: 'editor', hangMs: 20_000 },
    expected: { recovered: 1 },
  },
  {
    fault: 'the driver process dies',
    behaviour: { failures: { kind: 'crashed', count: 2 } },
    expected: { recovered: 1 },
  },
  { fault: 'hung for good in the editor', behaviour: { hangAt: 'editor' }, expected: { recovered: 2 } },
  { fault: 'hung for good while exporting', behaviour: { hangAt: 'exporting' }, expected: { recovered: 2 } },
  { fault: 'hung after the file is complete', behaviour: { hangAt: 'done' }, expected: { recovered: 1 } },
  { fault: 'window not found at the first start', behaviour: { deadLaunches: 1 }, expected: { recovered: 1 } },
  { fault: 'window never appears', behaviour: { deadLaunches: 99 }, expected: { fails: 'JIANYING_NOT_STARTING' } },
  {
    fault: 'draft not found until the third rescan',
    prepare: (sim) => sim.client.startByHand(),
    behaviour: { rescansNeeded: 3 },
    expected: { recovered: 1 },
  },
  { fault: 'draft never found', behaviour: { tileNever: true }, expected: { fails: 'JIANYING_TILE_NOT_FOUND' } },
  {
    fault: 'wrong draft opened',
    behaviour: { opensInstead: 'someone elses' },
    expected: { fails: 'JIANYING_WRONG_DRAFT' },
  },
  {
    fault: 'wrong draft opened, no lock files',
    behaviour: { opensInstead: 'someone elses', locks: false },
    expected: { fails: 'JIANYING_WRONG_DRAFT' },
  },
  { fault: 'slow editor', behaviour: { loadMs: 90_000 }, expected: { recovered: 1 } },
  { fault: 'editor never ready', behaviour: { loadMs: 1e9 }, expected: { fails: 'JIANYING_DIALOG_TIMEOUT' } },
  { fault: 'tile wants two clicks', behaviour: { doubleClick: true }, expected: { recovered: 1 } },
  { fault: 'export press swallowed', behaviour: { swallowConfirms: 2 }, expected: { recovered: 1 } },
  { fault: 'export never starts', behaviour: { swallowConfirms: 1e9 }, expected: { fails: 'EXPORT_FILE_MISSING' } },
  {
    fault: 'no file although the client says done',
    behaviour: { noFile: true },
    expected: { fails: 'EXPORT_FILE_MISSING' },
  },
  {
    fault: 'no file and no word',
    behaviour: { noFile: true, showsDone: false, showsPercent: false },
    expected: { fails: 'EXPORT_FILE_MISSING' },
  },
  { fault: 'export stalls', behaviour: { stallAt: 40 }, expected: { fails: 'JIANYING_EXPORT_STALLED' } },
  { fault: 'disk fills up', behaviour: { fillsDisk: true }, expected: { fails: 'DISK_SHORT', attempts: 1 } },
  {
    fault: 'disk is full before',
    prepare: (sim) => (sim.files.free = 1e9),
    expected: { fails: 'DISK_SHORT', attempts: 1 },
  },
  { fault: 'file locked for some seconds', behaviour: { busyMoves: 12 }, expected: { recovered: 1 } },
  { fault: 'file locked for good', behaviour: { busyMoves: 1e9 }, expected: { fails: 'JIANYING_FILE_LOCKED' } },
  { fault: 'truncated mp4', behaviour: { truncated: true }, expected: { fails: 'JIANYING_EXPORT_STALLED' } },
  {
    fault: 'the dialog says nothing',
    behaviour: { showsDone: false, showsPercent: false },
    expected: { recovered: 1 },
  },
  {
    fault: 'screen locked',
    behaviour: { session: { sessionId: 1, locked: true, disconnected: false } },
    expected: { fails: 'JIANYING_SESSION_LOCKED', attempts: 1 },
    also: (sim) => expect(sim.attention).toEqual(['needs_desktop', 'free']),
  },
  {
    fault: 'RDP disconnected',
    behaviour: { session: { sessionId: 2, locked: false, disconnected: true } },
    expected: { fails: 'JIANYING_SESSION_DISCONNECTED', attempts: 1 },
  },
  {
    fault: 'screen locked for a moment',
    behaviour: { session: { sessionId: 1, locked: true, disconnected: false } },
    prepare: (sim) => sim.clock.after(8_000, () => (sim.client.behaviour.session.locked = false)),
    expected: { recovered: 1 },
  },
  {
    fault: 'screen locked while the client exports by itself',
    prepare: (sim) => sim.clock.after(14_000, () => (sim.client.behaviour.session.locked = true)),
    behaviour: { exportMs: 60_000 },
    expected: { recovered: 1 },
  },
  {
    fault: 'session 0',
    behaviour: { session: { sessionId: 0, locked: false, disconnected: false } },
    expected: { fails: 'JIANYING_SERVICE_SESSION', attempts: 1 },
  },
  { fault: 'minimised', behaviour: { minimised: true }, expected: { recovered: 1 } },
  {
    fault: 'real clicks are refused: another window stays in front',
    prepare: calibrated,
    behaviour: { ...blind, covered: 2 },
    expected: { recovered: 1 },
  },
  { fault: 'clicks miss', prepare: calibrated, behaviour: { ...blind, misses: 1 }, expected: { recovered: 1 } },
  {
    fault: 'a person takes the mouse; names need no mouse',
    behaviour: { personMs: 1e9 },
    expected: { recovered: 1 },
    also: (sim) => expect(sim.attention).toEqual([]),
  },
  {
    fault: 'a person takes the mouse for a while; the blind tier waits',
    prepare: calibrated,
    behaviour: { ...blind, personMs: 120_000 },
    expected: { recovered: 1 },
    also: (sim) => expect(sim.attention).toEqual(['needs_desktop', 'free']),
  },
  {
    fault: 'a person never lets go',
    prepare: calibrated,
    behaviour: { ...blind, personMs: 1e9 },
    expected: { fails: 'JIANYING_DESK_BUSY' },
  },
  { fault: 'crash while opening', behaviour: { crashAt: 'opening' }, expected: { recovered: 1 } },
  { fault: 'crash in the editor', behaviour: { crashAt: 'editor' }, expected: { recovered: 2 } },
  { fault: 'crash while exporting', behaviour: { crashAt: 'exporting' }, expected: { recovered: 2 } },
  { fault: 'crash after the file is complete', behaviour: { crashAt: 'done' }, expected: { recovered: 1 } },
  {
    fault: 'crash every time',
    behaviour: { crashAt: 'exporting', crashes: 99 },
    expected: { fails: 'JIANYING_CRASHED' },
  },
  {
    fault: 'a person has a draft open',
    prepare: (sim) => sim.client.startByHand('my holiday'),
    expected: { fails: 'JIANYING_IN_USE', attempts: 1 },
    also: (sim) => expect(sim.client.openDraft).toBe('my holiday'),
  },
  {
    fault: 'a person has a draft open, closing allowed',
    prepare: (sim) => sim.client.startByHand('my holiday'),
    settings: { jianyingMayClose: true },
    expected: { recovered: 1 },
  },
  {
    fault: 'a person started it and left it at home',
    prepare: (sim) => sim.client.startByHand(),
    expected: { recovered: 1 },
    also: (sim) => expect(sim.client.running).toBe(true),
  },
  {
    fault: 'it waits in the tray without a window',
    prepare: (sim) => sim.client.startInTray(),
    expected: { recovered: 1 },
    also: (sim) => expect(sim.client.running).toBe(true),
  },
  {
    fault: 'it hands over to another process and then hangs: still ours to start again',
    behaviour: { handsOver: true, hangAt: 'editor' },
    expected: { recovered: 2 },
  },
  {
    fault: 'tree is empty until the client is started by the station again',
    behaviour: { bareUntilRestart: true },
    expected: { recovered: 1 },
  },
  {
    fault: 'tree stays empty, no calibration',
    behaviour: blind,
    expected: { fails: 'JIANYING_CALIBRATION_NEEDED', attempts: 1 },
  },
  {
    fault: 'blind: another draft opens',
    prepare: (sim) => {
      calibrated(sim);
      sim.client.showFirst('my holiday');
    },
    behaviour: blind,
    expected: { fails: 'JIANYING_WRONG_DRAFT' },
    also: (sim) => expect(sim.client.exported).toEqual([]),
  },
  {
    fault: 'blind: no lock files, so nothing proves the draft',
    prepare: calibrated,
    behaviour: { ...blind, locks: false },
    expected: { fails: 'JIANYING_TILE_NOT_FOUND' },
  },
  {
    fault: 'settings differ',
    behaviour: { settings: { resolution: '720P', fps: '60fps' } },
    expected: { recovered: 1 },
    also: (sim) => expect(sim.client.behaviour.settings).toEqual({ resolution: '1080P', fps: '30fps' }),
  },
  {
    fault: 'settings cannot be changed',
    behaviour: { settings: { resolution: '720P', fps: '60fps' }, settingsStuck: true },
    expected: { recovered: 1 },
  },
];

function run(row: Row) {
  it(`${row.fault}: ${'recovered' in row.expected ? 'recovered' : row.expected.fails}`, async () => {
    const sim = simulate(row.behaviour, row.settings);
    sim.files.put(
      `${sim.client.root}/my holiday/draft_content.json`,
      JSON.stringify({ title: 'my holiday', duration: 10_000_000, canvas_config: { width: 1920, height: 1080 } }),
    );
    sim.files.put(`${sim.client.root}/my holiday/draft_meta_info.json`, '{}');
    row.prepare?.(sim);
    const job = makeJob(sim, 'mine', { missingMedia: row.missingMedia ?? false });
    const { ending, attempts } = await asQueue(sim.engine, job);
    if ('recovered' in row.expected) {
      expect(ending).toHaveProperty('result');
      expect(shownTitle(sim, job.outputFile)).toBe('mine');
      expect(attempts).toBeLessThanOrEqual(row.expected.recovered);
    } else {
      expect('error' in ending ? ending.error.code : 'no failure').toBe(row.expected.fails);
      if (row.expected.attempts) expect(attempts).toBe(row.expected.attempts);
      expect(sim.files.video(job.outputFile)).toBeNull();
      expect(
        errorClass(row.expected.fails) === 'retry_now' || errorClass(row.expected.fails) === 'retry_later' ? 3 : 1,
      ).toBe(attempts);
    }
    expect(foreignTouched(sim)).toEqual([]);
    expect(leftovers(sim)).toEqual([]);
    row.also?.(sim);
  });
}

describe('every popup', () => popupRows.forEach(run));
describe('every failure mode', () => failureRows.forEach(run));

describe('the queue is paused', () => {
  it('when Jianying has updated itself, once', async () => {
    const sim = simulate();
    expect((await asQueue(sim.engine, makeJob(sim))).ending).toHaveProperty('result');
    await sim.client.endProcess();
    sim.client.behaviour.version = '7.1.0.2';
    const { ending } = await asQueue(sim.engine, makeJob(sim));
    expect('error' in ending && ending.error.code).toBe('JIANYING_VERSION_CHANGED');
    expect((await asQueue(sim.engine, makeJob(sim))).ending).toHaveProperty('result');
  });

  it('when three different tasks fail in a row', async () => {
    const sim = simulate({ stallAt: 10 });
    const codes: string[] = [];
    for (const taskId of ['a', 'a', 'b', 'c']) {
      const { ending } = await asQueue(sim.engine, makeJob(sim, 'x', { taskId }), 1);
      codes.push('error' in ending ? ending.error.code : 'ok');
    }
    expect(codes).toEqual([
      'JIANYING_EXPORT_STALLED',
      'JIANYING_EXPORT_STALLED',
      'JIANYING_EXPORT_STALLED',
      'JIANYING_KEEPS_FAILING',
    ]);
  });

  it('when an unknown window comes back with another task', async () => {
    const sim = simulate({ popups: [{ at: 'home', popup: popups.unknown, times: 99 }] });
    const codes: string[] = [];
    for (const taskId of ['a', 'b']) {
      const { ending } = await asQueue(sim.engine, makeJob(sim, 'x', { taskId }), 1);
      codes.push('error' in ending ? ending.error.code : 'ok');
    }
    expect(codes).toEqual(['JIANYING_UNKNOWN_DIALOG', 'JIANYING_UNKNOWN_DIALOG_AGAIN']);
  });
});

it('a failed attempt leaves steps, windows, trees and a picture', async () => {
  const sim = simulate({ popups: [{ at: 'home', popup: popups.unknown, times: 1 }] });
  const job = makeJob(sim);
  await asQueue(sim.engine, job, 1);
  expect(sim.files.namesIn(evidenceFolder(job))).toEqual([
    'steps.json',
    'trees.json',
    'window-1.png',
    'window-2.png',
    'windows.json',
  ]);
  const steps = JSON.parse(sim.files.textNow(`${evidenceFolder(job)}/steps.json`) ?? '{}') as {
    failure: string;
    steps: unknown[];
  };
  expect(steps.failure).toContain('JIANYING_UNKNOWN_DIALOG');
  expect(steps.steps.length).toBeGreaterThan(2);
});
