import { describe, expect, it } from 'vitest';
import { candidateRoots, findDraftsRoot } from '../../../main/engines/jianying/locate/drafts-root.ts';
import type { InstallFacts, RegistryValue } from '../../../main/engines/jianying/locate/facts.ts';
import { readIni, writeIni } from '../../../main/engines/jianying/locate/ini.ts';
import {
  candidateFolders,
  chooseInstall,
  compareVersions,
  findInstalls,
} from '../../../main/engines/jianying/locate/installs.ts';

const localAppData = 'C:\\Users\\王小明\\AppData\\Local';
const apps = `${localAppData}\\JianyingPro\\Apps`;
const exe = (version: string, folder = apps) => `${folder}\\${version}\\JianyingPro.exe`;

function machine(change: Partial<InstallFacts> = {}): InstallFacts {
  return {
    registry: [],
    localAppData,
    exes: [],
    running: [],
    globalSetting: null,
    folders: [],
    exportFolders: [],
    ...change,
  };
}

const uninstall = (values: Record<string, string>, hive = 'HKCU'): RegistryValue[] =>
  Object.entries(values).map(([name, value]) => ({
    key: `${hive}\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\JianyingPro`,
    name,
    value,
  }));

describe('where installs are looked for', () => {
  it('beside a running client first', () => {
    const folders = candidateFolders(machine({ running: ['D:\\剪映\\5.9.0.11632\\JianyingPro.exe'] }));
    expect(folders[0]).toBe('D:\\剪映');
  });

  it('where the uninstall entry points, whatever form its values have', () => {
    const registry = uninstall({
      DisplayName: '剪映专业版',
      DisplayIcon: 'E:\\Tools\\JianyingPro\\JianyingPro.exe,0',
      UninstallString: '"F:\\Other Place\\JianyingPro\\uninst.exe" /S',
    });
    expect(candidateFolders(machine({ registry }))).toEqual(
      expect.arrayContaining(['E:\\Tools\\JianyingPro', 'F:\\Other Place\\JianyingPro']),
    );
  });

  it('not where another program is installed', () => {
    const registry = uninstall({ DisplayName: 'CapCut', InstallLocation: 'E:\\CapCut' });
    expect(candidateFolders(machine({ registry }))).not.toContain('E:\\CapCut');
  });

  it('where the client wrote its own install folder', () => {
    const registry = [{ key: 'HKCU\\Software\\Bytedance\\JianyingPro', name: 'installDir', value: '"D:\\JY\\Apps\\"' }];
    expect(candidateFolders(machine({ registry }))).toContain('D:\\JY\\Apps');
  });
});

describe('which client is used', () => {
  it('the recommended version, though a newer one is there', () => {
    const facts = machine({
      exes: ['11.2.5.1', '5.9.0.11632', '6.8.0.1'].map((version) => ({ exe: exe(version), fileVersion: version })),
    });
    const installs = findInstalls(facts);
    expect(installs.map((install) => install.version)).toEqual(['5.9.0.11632', '6.8.0.1', '11.2.5.1']);
    expect(chooseInstall(installs, '')?.exe).toBe(exe('5.9.0.11632'));
  });

  it('the version folder, not the launcher above it', () => {
    const facts = machine({
      exes: [
        { exe: `${apps}\\JianyingPro.exe`, fileVersion: '1.0.0.1' },
        { exe: exe('5.9.0'), fileVersion: '5.9.0.11632' },
      ],
    });
    expect(findInstalls(facts)).toMatchObject([{ exe: exe('5.9.0'), version: '5.9.0.11632', stance: 'recommended' }]);
  });

  it('one without version folders, by its own file version', () => {
    const folder = `${localAppData}\\Programs\\JianyingPro`;
    const facts = machine({ exes: [{ exe: `${folder}\\JianyingPro.exe`, fileVersion: '5.8.0.1' }] });
    expect(findInstalls(facts)).toMatchObject([{ version: '5.8.0.1', stance: 'untested' }]);
  });

  it('none when there is none', () => {
    expect(chooseInstall(findInstalls(machine()), '')).toBeNull();
  });

  it('the one that runs, when it is as good', () => {
    const facts = machine({
      exes: ['6.1.0', '6.8.0'].map((version) => ({ exe: exe(version), fileVersion: null })),
      running: [exe('6.1.0')],
    });
    expect(chooseInstall(findInstalls(facts), '')?.version).toBe('6.1.0');
  });

  it('what the operator names, even when it was not found', () => {
    expect(chooseInstall([], 'Z:\\手动\\5.9.0.11632\\JianyingPro.exe')).toMatchObject({
      version: '5.9.0.11632',
      stance: 'recommended',
    });
  });

  it('orders versions by number, not by letter', () => {
    expect(compareVersions('5.10.0', '5.9.0')).toBeGreaterThan(0);
    expect(compareVersions('5.9', '5.9.0.0')).toBe(0);
  });
});

describe('where the client keeps its drafts', () => {
  const usual = `${localAppData}\\JianyingPro\\User Data\\Projects\\com.lveditor.draft`;
  const marked = (folder: string) => ({ folder, hasIndex: true, hasRecycleBin: false });

  it('in its own folder when nothing else is set', () => {
    expect(findDraftsRoot(machine({ folders: [marked(usual)] }), '')).toEqual({
      folder: usual,
      source: 'default',
      valid: true,
    });
  });

  it('where its settings say, doubled backslashes and all', () => {
    const globalSetting =
      '[General]\r\nenableAutoUpdate=true\r\ncurrentCustomDraftPath=D:\\\\剪映草稿\\\\JianyingPro Drafts\r\n';
    const folder = 'D:\\剪映草稿\\JianyingPro Drafts';
    expect(findDraftsRoot(machine({ globalSetting, folders: [marked(folder), marked(usual)] }), '')).toMatchObject({
      folder,
      source: 'global_setting',
    });
  });

  it('where older settings in the registry say', () => {
    const registry = [
      {
        key: 'HKCU\\Software\\ByteDance\\JianyingPro\\GlobalSettings\\History',
        name: 'currentCustomDraftPath',
        value: 'E:/drafts/',
      },
    ];
    expect(findDraftsRoot(machine({ registry, folders: [marked('E:\\drafts')] }), '')).toMatchObject({
      folder: 'E:\\drafts',
      source: 'registry',
    });
  });

  it('not in a set folder that is gone', () => {
    const globalSetting = '[General]\r\ncurrentCustomDraftPath=X:\\\\unplugged\r\n';
    expect(findDraftsRoot(machine({ globalSetting, folders: [marked(usual)] }), '')?.folder).toBe(usual);
  });

  it('where the operator says, marked or not', () => {
    const folders = [{ folder: 'D:\\empty', hasIndex: false, hasRecycleBin: false }, marked(usual)];
    expect(findDraftsRoot(machine({ folders }), 'D:\\empty')).toEqual({
      folder: 'D:\\empty',
      source: 'settings',
      valid: false,
    });
  });

  it('nowhere when no folder exists', () => {
    expect(findDraftsRoot(machine(), '')).toBeNull();
    expect(candidateRoots(machine(), '')).toHaveLength(1);
  });

  it('despite a broken settings file', () => {
    for (const globalSetting of [
      '',
      '[General',
      'currentCustomDraftPath',
      '\uFEFF[General]\r\ncurrentCustomDraftPath=\r\n',
      '\0\0\0',
      '[Other]\r\ncurrentCustomDraftPath=D:\\\\x',
    ])
      expect(findDraftsRoot(machine({ globalSetting, folders: [marked(usual)] }), '')?.folder).toBe(usual);
  });
});

describe('the settings file of the client', () => {
  it('is read with escapes, quotes and a byte order mark', () => {
    expect(readIni('\uFEFF[General]\r\na="D:\\\\x, y"\r\n', 'a')).toBe('D:\\x, y');
    expect(readIni('[General]\npath=D:\\\\\\x526a\\x6620\n', 'path')).toBe('D:\\剪映');
    expect(readIni('[General]\nab=1\na=2\n', 'a')).toBe('2');
    expect(readIni('a=1', 'b')).toBeNull();
  });

  it('is changed in one line and back again', () => {
    const before = '[General]\r\nenableAutoUpdate=true\r\nother=x\r\n';
    const changed = writeIni(before, 'enableAutoUpdate', 'false');
    expect(changed).toBe('[General]\r\nenableAutoUpdate=false\r\nother=x\r\n');
    expect(writeIni(changed, 'enableAutoUpdate', 'true')).toBe(before);
    expect(writeIni(writeIni(before, 'new', '1'), 'new', null)).toBe(before);
  });
});
