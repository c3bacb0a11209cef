import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LiveView } from '../../main/desktop/live-view.ts';
import { quitPlan } from '../../main/desktop/quit.ts';
import { taskbarProgress, trayMenu, trayPicture, trayState, wakefulness } from '../../main/desktop/tray-state.ts';
import type { QueueStatus } from '../../main/shared/events.ts';
import { someTask } from '../support/fake-port.ts';

const icons = path.resolve(import.meta.dirname, '../../resources/icons');
const counts = { pending: 0, processing: 0, completed: 0, failed: 0, cancelled: 0 };
const queue = (change: Partial<QueueStatus> = {}): QueueStatus => ({
  mode: 'running',
  reason: null,
  counts,
  exporting: { jianying: 0, embedded: 0 },
  ...change,
});
const working = (...progress: number[]) =>
  progress.map((value, index) => someTask(`t${index}`, { state: 'processing', progress: value }));
const view = (change: Partial<LiveView> = {}): LiveView => ({
  connected: true,
  queue: queue(),
  processing: [],
  ...change,
});
const reason = { code: 'DISK_SHORT', zh: '磁盘空间不足', en: 'Not enough disk space' };

describe('the tray icon', () => {
  it.each([
    ['idle', view(), '剪映渲染站 · 空闲', 0],
    ['idle', view({ queue: queue({ counts: { ...counts, pending: 4 } }) }), '剪映渲染站 · 排队 4 个', 0],
    [
      'working',
      view({ processing: working(50, 20), queue: queue({ counts: { ...counts, pending: 4 } }) }),
      '剪映渲染站 · 正在处理 2 个任务 · 排队 4 个',
      2,
    ],
    ['paused', view({ queue: queue({ mode: 'paused' }), processing: working(10) }), '剪映渲染站 · 队列已暂停', 1],
    ['problem', view({ queue: queue({ mode: 'paused', reason }) }), '剪映渲染站 · 需要处理：磁盘空间不足', 0],
    ['working', view({ queue: queue({ mode: 'draining' }) }), '剪映渲染站 · 正在收尾，完成后退出', 0],
    ['problem', view({ connected: false, processing: working(10) }), '剪映渲染站 · 渲染站没有应答，正在重新连接', 1],
  ] as const)('is %s', (kind, seen, tooltip, count) => {
    expect(trayState(seen, 'zh')).toEqual({ kind, tooltip, count });
  });

  it('has a picture for every state, with the number of tasks in it, on every density', () => {
    const kinds = ['idle', 'paused', 'problem'] as const;
    const names = [
      ...kinds.map((kind) => trayPicture({ kind, count: 3 })),
      ...Array.from({ length: 12 }, (_, count) => trayPicture({ kind: 'working', count })),
    ];
    expect(new Set(names).size).toBe(13);
    for (const name of names) {
      for (const density of ['', '@1.25x', '@1.5x', '@2x', '@3x']) {
        expect(existsSync(path.join(icons, name.replace('.png', `${density}.png`))), name + density).toBe(true);
      }
    }
  });

  it('speaks English', () => {
    expect(trayState(view({ processing: working(5) }), 'en').tooltip).toBe(
      'Jianying Render Station · Working on 1 task(s)',
    );
  });
});

describe('the tray menu', () => {
  const lines = (seen: LiveView, folder = true) =>
    trayMenu(seen, folder, 'en').map((line) => (line === null ? '-' : `${line.action}${line.enabled ? '' : ' (off)'}`));
  it('pauses what runs and resumes what is paused', () => {
    expect(lines(view())).toEqual(['show', 'pause', 'open-output', '-', 'quit']);
    expect(lines(view({ queue: queue({ mode: 'paused' }) }))).toEqual(['show', 'resume', 'open-output', '-', 'quit']);
  });
  it('offers nothing that cannot be done', () => {
    expect(lines(view({ connected: false, queue: null }), false)).toEqual([
      'show',
      'pause (off)',
      'open-output (off)',
      '-',
      'quit',
    ]);
    expect(lines(view({ queue: queue({ mode: 'draining' }) }))[1]).toBe('pause (off)');
  });
});

describe('the taskbar', () => {
  it('shows the mean of what is worked on, and nothing otherwise', () => {
    expect(taskbarProgress(view({ processing: working(50, 20) }))).toEqual({ value: 0.35, mode: 'normal' });
    expect(taskbarProgress(view())).toEqual({ value: -1, mode: 'normal' });
    expect(taskbarProgress(view({ connected: false, processing: working(50) })).value).toBe(-1);
    expect(taskbarProgress(view({ processing: working(50), queue: queue({ mode: 'paused' }) })).mode).toBe('paused');
  });
});

describe('the computer', () => {
  it('stays awake while there is work, and its screen on while the client is driven', () => {
    expect(wakefulness(view())).toBe('none');
    expect(wakefulness(view({ processing: working(30) }))).toBe('prevent-app-suspension');
    const exporting = queue({ exporting: { jianying: 1, embedded: 0 } });
    expect(wakefulness(view({ processing: working(60), queue: exporting }))).toBe('prevent-display-sleep');
  });
});

describe('quitting', () => {
  it('asks only when work of the own station would be interrupted', () => {
    expect(quitPlan('embedded', view({ processing: working(30) }))).toBe('ask');
    expect(quitPlan('embedded', view())).toBe('at-once');
    expect(quitPlan('attached', view({ processing: working(30) }))).toBe('at-once');
  });
});
