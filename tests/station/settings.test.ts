import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkSettings } from '../../main/check-settings.ts';
import { diskObstacle } from '../../main/disk.ts';
import { databaseFile, openDatabase } from '../../main/queue/database.ts';
import { SettingsStore } from '../../main/queue/settings-store.ts';
import { errorCatalogue, StationError, sentence } from '../../main/shared/errors/index.ts';
import { defaultSettings } from '../../main/shared/settings.ts';
import { tempFolder } from '../support/temp.ts';

describe('settings', () => {
  it('are kept, and a change touches nothing else', () => {
    const file = databaseFile(tempFolder());
    const first = openDatabase(file, 0).db;
    const store = new SettingsStore(first);
    store.change({ port: 9000, preset: { quality: 25 } });
    store.change({ preset: { resolution: '1080p' }, s3: { bucket: 'b' } });
    first.close();
    const second = openDatabase(file, 0).db;
    expect(new SettingsStore(second).current).toEqual({
      ...defaultSettings,
      port: 9000,
      preset: { ...defaultSettings.preset, quality: 25, resolution: '1080p' },
      s3: { ...defaultSettings.s3, bucket: 'b' },
    });
    second.close();
  });

  it('that no longer fit fall back to their default, the others stay', () => {
    const file = databaseFile(tempFolder());
    const { db } = openDatabase(file, 0);
    const kept = { ...defaultSettings, port: 9000, engine: 'steam', patience: 'long' };
    db.prepare(`INSERT INTO settings VALUES ('settings', ?)`).run(JSON.stringify(kept));
    expect(new SettingsStore(db).current).toEqual({ ...defaultSettings, port: 9000 });
    db.close();
  });

  it('inside a group that no longer fit leave the others of the group alone', () => {
    const { db } = openDatabase(databaseFile(tempFolder()), 0);
    const preset = { ...defaultSettings.preset, codec: 'av1', container: 'mov', quality: 30, videoKbps: 'many' };
    const kept = { ...defaultSettings, preset, mediaHosts: ['not a host'] };
    db.prepare(`INSERT INTO settings VALUES ('settings', ?)`).run(JSON.stringify(kept));
    expect(new SettingsStore(db).current).toEqual({
      ...defaultSettings,
      preset: { ...defaultSettings.preset, codec: 'av1', quality: 30 },
    });
    db.close();
  });

  it('that ask for AV1 in a MOV file are refused, also one after the other, in both languages', () => {
    const av1 = { ...defaultSettings, preset: { ...defaultSettings.preset, codec: 'av1' as const } };
    const refusal = expect.objectContaining({
      code: 'SETTINGS_INVALID',
      params: { zh: expect.stringMatching(/MOV.*AV1.*MP4/), en: expect.stringMatching(/MOV.*AV1.*MP4/) },
    });
    expect(() => checkSettings({ preset: { codec: 'av1', container: 'mov' } }, defaultSettings)).toThrow(refusal);
    expect(() => checkSettings({ preset: { container: 'mov' } }, av1)).toThrow(refusal);
    expect(() => checkSettings({ preset: { codec: 'hevc', container: 'mov' } }, av1)).not.toThrow();
  });

  it('with wrong values are refused and change nothing', () => {
    const { db } = openDatabase(databaseFile(tempFolder()), 0);
    const store = new SettingsStore(db);
    expect(() => store.change({ port: 70_000 })).toThrow(/port/);
    expect(() => store.change({ unknown: 1 } as never)).toThrow(/unknown/);
    expect(store.current).toEqual(defaultSettings);
    db.close();
  });

  it('that name folders which are not there are refused with the setting and the folder', () => {
    const folder = tempFolder();
    expect(() => checkSettings({ outputFolder: folder }, defaultSettings)).not.toThrow();
    expect(() => checkSettings({ outputFolder: path.join(folder, 'none') }, defaultSettings)).toThrow(
      /outputFolder does not exist/,
    );
    expect(() => checkSettings({ fontFolder: 'relative' }, defaultSettings)).toThrow(
      /fontFolder must be an absolute path/,
    );
    expect(() => checkSettings({ jianyingExe: folder }, defaultSettings)).toThrow(/not a file/);
    expect(() => checkSettings({ s3: { enabled: true } }, defaultSettings)).toThrow(/bucket/);
  });
});

describe('the disk guard', () => {
  it('names the folder, what is left and what is needed', () => {
    const free = (folder: string) => (folder === 'D:' ? 1.25 * 1024 ** 3 : 100 * 1024 ** 3);
    expect(diskObstacle(['C:', 'D:'], 2, free)).toEqual({
      code: 'DISK_SHORT',
      params: { folder: 'D:', freeGb: 1.3, neededGb: 2 },
    });
    expect(diskObstacle(['C:', 'D:'], 1, free)).toBeNull();
  });
});

describe('errors for people', () => {
  it.each(Object.keys(errorCatalogue) as (keyof typeof errorCatalogue)[])(
    '%s speaks Chinese and English and says the same values in both',
    (code) => {
      const { zh, en } = errorCatalogue[code];
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
      expect(en).not.toMatch(/[\u4e00-\u9fff]/);
      // A sentence in one language may leave out what only the other needs (`{zh}`, `{en}`), nothing else.
      const places = (text: string) =>
        new Set(
          [...text.matchAll(/\{(\w+)[\w ]*\}/g)]
            .map(([, name]) => name)
            .filter((name) => name !== 'zh' && name !== 'en'),
        );
      const left = [...places(zh)].filter((name) => !places(en).has(name) && !places(en).has(`${name}En`));
      expect(left.filter((name) => !/Zh$/.test(name ?? ''))).toEqual([]);
    },
  );

  it('promise no further attempt: they stay when the last one has failed', () => {
    for (const [code, { zh, en }] of Object.entries(errorCatalogue)) {
      expect(zh, code).not.toMatch(/自动(重试|再试)|将重新启动/);
      expect(en, code).not.toMatch(/is tried again|will be (tried|started) again/);
    }
  });

  it('the contract’s message for a missing file is exactly that', () => {
    expect(sentence({ code: 'EXPORT_FILE_MISSING', params: {} }, 'zh')).toBe(
      '导出草稿失败: 剪映导出结束但目标文件未生成，请检查磁盘空间或剪映版本',
    );
  });

  it('what has no Chinese is said as it is, and a value that is missing stays visible', () => {
    const broken = (params: object) => sentence({ code: 'EXPORT_FILE_BROKEN', params: { ...params } }, 'zh');
    expect(broken({ reason: 'it is odd', reasonZh: '它很怪' })).toContain('检查：它很怪。');
    expect(broken({ reason: 'it is odd' })).toContain('检查：it is odd。');
    expect(broken({})).toContain('{reasonZh}');
  });

  it('one of a thing is told in the singular', () => {
    const unknown = (count: number) =>
      sentence({ code: 'NOT_DRAWN', params: { kind: 'mask', name: 'm', count } }, 'en');
    expect(unknown(1)).toContain('could not be drawn, 1 time.');
    expect(unknown(2)).toContain('could not be drawn, 2 times.');
  });

  it('anything that was not foreseen becomes INTERNAL with its reason', () => {
    expect(StationError.from(new TypeError('x is undefined'))).toMatchObject({
      code: 'INTERNAL',
      params: { reason: 'x is undefined' },
    });
    expect(sentence(StationError.from('plain').toRecord(), 'en')).toContain('plain');
  });
});
