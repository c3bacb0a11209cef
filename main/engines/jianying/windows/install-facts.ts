import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { candidateRoots } from '../locate/drafts-root.ts';
import type { FoundExe, InstallFacts, RegistryValue } from '../locate/facts.ts';
import { candidateFolders, clientExe } from '../locate/installs.ts';
import { look } from './look.ts';
import { declare, koffi, load, narrow, type Pointer, pointerRoom, wide } from './native.ts';

const advapi32 = load('advapi32.dll');
const version = load('version.dll');
const RegOpenKeyExW = declare<number, [number, Buffer, number, number, Buffer]>(advapi32, 'RegOpenKeyExW', 'int32', [
  'intptr',
  'void *',
  'uint32',
  'uint32',
  'void *',
]);
const RegCloseKey = declare<number, [Pointer]>(advapi32, 'RegCloseKey', 'int32', ['intptr']);
const RegEnumKeyExW = declare<number, [Pointer, number, Buffer, Buffer, null, null, null, null]>(
  advapi32,
  'RegEnumKeyExW',
  'int32',
  ['intptr', 'uint32', 'void *', 'void *', 'void *', 'void *', 'void *', 'void *'],
);
const RegQueryValueExW = declare<number, [Pointer, Buffer, null, Buffer, Buffer, Buffer]>(
  advapi32,
  'RegQueryValueExW',
  'int32',
  ['intptr', 'void *', 'void *', 'void *', 'void *', 'void *'],
);
const GetFileVersionInfoSizeW = declare<number, [Buffer, null]>(version, 'GetFileVersionInfoSizeW', 'uint32', [
  'void *',
  'void *',
]);
const GetFileVersionInfoW = declare<boolean, [Buffer, number, number, Buffer]>(version, 'GetFileVersionInfoW', 'bool', [
  'void *',
  'uint32',
  'uint32',
  'void *',
]);
const VerQueryValueW = declare<boolean, [Buffer, Buffer, Buffer, Buffer]>(version, 'VerQueryValueW', 'bool', [
  'void *',
  'void *',
  'void *',
  'void *',
]);

const hives = { HKCU: -2147483647, HKLM: -2147483646 } as const;
type Hive = keyof typeof hives;
const readAccess = 0x20019;
const moreData = 234;

function openKey(hive: Hive, key: string): Pointer | null {
  const room = pointerRoom();
  return RegOpenKeyExW(hives[hive], wide(key), 0, readAccess, room) === 0 ? room.readBigInt64LE(0) : null;
}

/** A string value; null when absent or of another type. */
function readValue(handle: Pointer, name: string): string | null {
  const type = Buffer.alloc(4);
  const size = Buffer.alloc(4);
  for (let bytes = 1024; bytes <= 65_536; bytes *= 8) {
    const room = Buffer.alloc(bytes);
    size.writeUInt32LE(bytes);
    const result = RegQueryValueExW(handle, wide(name), null, type, room, size);
    if (result === moreData) continue;
    if (result !== 0 || (type.readUInt32LE(0) !== 1 && type.readUInt32LE(0) !== 2)) return null;
    return narrow(room.subarray(0, size.readUInt32LE(0)));
  }
  return null;
}

function values(hive: Hive, key: string, names: readonly string[]): RegistryValue[] {
  const handle = openKey(hive, key);
  if (handle === null) return [];
  const found = names.flatMap((name) => {
    const value = readValue(handle, name);
    return value === null ? [] : [{ key: `${hive}\\${key}`, name, value }];
  });
  RegCloseKey(handle);
  return found;
}

function subkeys(hive: Hive, key: string): string[] {
  const handle = openKey(hive, key);
  if (handle === null) return [];
  const names: string[] = [];
  for (let index = 0; ; index++) {
    const room = Buffer.alloc(512);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(256);
    if (RegEnumKeyExW(handle, index, room, size, null, null, null, null) !== 0) break;
    names.push(narrow(room, size.readUInt32LE(0)));
  }
  RegCloseKey(handle);
  return names;
}

const uninstall = 'Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall';
const uninstall32 = 'Software\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall';

function readRegistry(): RegistryValue[] {
  const found: RegistryValue[] = [];
  for (const [hive, key] of [
    ['HKCU', uninstall],
    ['HKLM', uninstall],
    ['HKLM', uninstall32],
  ] as const) {
    for (const name of subkeys(hive, key)) {
      const entry = values(hive, `${key}\\${name}`, [
        'DisplayName',
        'DisplayIcon',
        'InstallLocation',
        'UninstallString',
      ]);
      // Other programs are none of our business, and would end up in a diagnosis.
      if (entry.some((value) => value.name === 'DisplayName' && /剪映|jianying/i.test(value.value)))
        found.push(...entry);
    }
  }
  found.push(...values('HKCU', 'Software\\Bytedance\\JianyingPro', ['installDir']));
  found.push(
    ...values('HKCU', 'Software\\ByteDance\\JianyingPro\\GlobalSettings\\History', ['currentCustomDraftPath']),
  );
  return found;
}

/** File version of an exe, e.g. "5.9.0.11632". VS_FIXEDFILEINFO: high and low half at 8 and 12. */
export function fileVersion(exe: string): string | null {
  const name = wide(exe);
  const size = GetFileVersionInfoSizeW(name, null);
  if (size === 0) return null;
  const block = Buffer.alloc(size);
  const pointer = pointerRoom();
  if (!GetFileVersionInfoW(name, 0, size, block) || !VerQueryValueW(block, wide('\\'), pointer, Buffer.alloc(4)))
    return null;
  const info = pointer.readBigUInt64LE(0);
  const half = (offset: number) => koffi.decode(info, offset, 'uint32') as number;
  const [high, low] = [half(8), half(12)];
  return [high >>> 16, high & 0xffff, low >>> 16, low & 0xffff].join('.');
}

function isFolder(folder: string): boolean {
  try {
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}

function findExes(folders: readonly string[], explicitExe: string): FoundExe[] {
  const exes = new Set<string>();
  for (const folder of folders) {
    if (!isFolder(folder)) continue;
    const below = readdirSync(folder).filter((name) => /^\d+(\.\d+)+$/.test(name));
    for (const candidate of [folder, ...below.map((name) => path.win32.join(folder, name))]) {
      const exe = path.win32.join(candidate, clientExe);
      if (existsSync(exe)) exes.add(exe);
    }
  }
  if (explicitExe !== '' && existsSync(explicitExe)) exes.add(explicitExe);
  return [...exes].map((exe) => ({ exe, fileVersion: fileVersion(exe) }));
}

function readSettingFile(localAppData: string): string | null {
  try {
    return readFileSync(path.win32.join(localAppData, 'JianyingPro', 'User Data', 'Config', 'globalSetting'), 'utf8');
  } catch {
    return null;
  }
}

/** Where people's exports go: the folders may have been moved, the registry knows. */
function exportFolders(): string[] {
  const profile = process.env.USERPROFILE ?? '';
  const moved = values('HKCU', 'Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders', [
    'My Video',
    '{374DE290-123F-4565-9164-39C4925E467B}',
    'Desktop',
    'Personal',
  ]).map(({ value }) => value.replace(/%([^%]+)%/g, (place, name: string) => process.env[name] ?? place));
  const usual = ['Videos', 'Downloads', 'Desktop', 'Documents'].map((name) => path.win32.join(profile, name));
  const cloud = process.env.OneDrive ? [path.win32.join(process.env.OneDrive, 'Videos')] : [];
  return [...new Set([...moved, ...usual, ...cloud])].filter(isFolder);
}

/** Everything that the pure decisions in `locate/` need of this computer. */
export function installFacts(explicitExe: string, explicitDrafts: string): InstallFacts {
  const registry = readRegistry();
  const localAppData = process.env.LOCALAPPDATA ?? '';
  const running = look()
    .processes.map(({ exe }) => exe)
    .filter((exe) => path.win32.basename(exe).toLowerCase() === clientExe.toLowerCase());
  const globalSetting = readSettingFile(localAppData);
  const folders = candidateRoots({ registry, localAppData, globalSetting }, explicitDrafts)
    .filter(({ folder }) => isFolder(folder))
    .map(({ folder }) => ({
      folder,
      hasIndex: existsSync(path.win32.join(folder, 'root_meta_info.json')),
      hasRecycleBin: existsSync(path.win32.join(folder, '.recycle_bin')),
    }));
  return {
    registry,
    localAppData,
    exes: findExes(candidateFolders({ registry, localAppData, running }), explicitExe),
    running,
    globalSetting,
    folders,
    exportFolders: exportFolders(),
  };
}
