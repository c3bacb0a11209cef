import type { Health, HealthLine } from '../../main/shared/health.ts';
import type { Statistics } from '../../main/shared/task-query.ts';

export function fakeHealth(): Health {
  const line = (
    id: string,
    level: Health['lines'][number]['level'],
    zh: string,
    en: string,
    remedy: Health['lines'][number]['remedy'] = null,
    facts: Health['lines'][number]['facts'] = {},
  ) => ({ id, level, zh, en, remedy, facts });
  return {
    ok: false,
    version: '0.1.0',
    startedAt: new Date(Date.now() - 7_200_000).toISOString(),
    lines: [
      line('database', 'ok', '数据库完好', 'The database is sound', null, { tasks: 1284, sizeMb: 12.4 }),
      line(
        'disk',
        'warning',
        '输出盘剩余 6.2 GB，低于 10 GB',
        'The output disk has 6.2 GB left, less than 10 GB',
        'open_output',
        {
          freeGb: 6.2,
          folder: 'D:\\videos',
        },
      ),
      line('port', 'ok', '接口地址 http://127.0.0.1:8000', 'API address http://127.0.0.1:8000', 'open_settings'),
      line('embedded', 'ok', '内置引擎自检通过', 'The embedded engine passed its self-test', 'run_self_test', {
        encoders: 'libx264, h264_nvenc',
      }),
      line(
        'jianying',
        'problem',
        '没有找到剪映专业版，将使用内置引擎导出',
        'Jianying Pro was not found; the embedded engine is used',
        'install_jianying',
      ),
      line('session', 'ok', '桌面会话未锁定', 'The desktop session is not locked'),
      line('library', 'ok', '草稿库可读写', 'The draft library can be read and written', 'open_settings'),
    ],
  };
}

/** The line of the update guard of a PC with Jianying. */
export function guardLine(on: boolean): HealthLine {
  return {
    id: 'update_guard',
    level: on ? 'ok' : 'warning',
    zh: on ? '剪映更新防护已开启' : '剪映更新防护未开启',
    en: on ? 'The update guard is on' : 'The update guard is off',
    remedy: on ? 'guard_off' : 'guard_on',
    facts: { file: 'C:\\Users\\studio\\AppData\\Local\\JianyingPro\\User Data\\Config\\globalSetting' },
  };
}

export function fakeStatistics(): Statistics {
  const today = new Date();
  return {
    days: Array.from({ length: 30 }, (_, index) => {
      const day = new Date(today.getTime() - (29 - index) * 86_400_000);
      const busy = (index * 7919) % 41;
      return {
        day: day.toISOString().slice(0, 10),
        completed: busy,
        failed: index % 6 === 0 ? 2 : 0,
        cancelled: index % 9 === 0 ? 1 : 0,
      };
    }),
    stageMs: { fetch: 6200, ready: 11_400, export: 48_300, publish: 900 },
  };
}
