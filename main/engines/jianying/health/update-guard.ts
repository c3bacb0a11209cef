import path from 'node:path';
import { StationError } from '../../../shared/errors/index.ts';
import type { Files } from '../files.ts';
import { readIni, writeIni } from '../locate/ini.ts';

/**
 * The client updates itself at night and removes the version that works. Two switches of its own `globalSetting` turn that
 * off. The guard is an operator's explicit act, can be taken back, and keeps what was there before.
 */
const switches = [
  { key: 'enableAutoUpdate', guarded: 'false' },
  { key: 'totalSilentUpgradeSwitch', guarded: '0' },
] as const;

const backupSuffix = '.station-backup';

export type GuardState = 'on' | 'off' | 'unknown';

/** Whether both switches stand as the guard sets them. */
export function guardState(globalSetting: string | null): GuardState {
  if (globalSetting === null) return 'unknown';
  return switches.every(({ key, guarded }) => readIni(globalSetting, key) === guarded) ? 'on' : 'off';
}

export function settingFile(localAppData: string, join: (...parts: string[]) => string = path.join): string {
  return join(localAppData, 'JianyingPro', 'User Data', 'Config', 'globalSetting');
}

/** Sets both switches; what they were is kept beside the file. The client must not be running: it writes the file too. */
export async function switchGuardOn(files: Files, file: string): Promise<void> {
  const before = await files.read(file);
  const values = Object.fromEntries(switches.map(({ key }) => [key, readIni(before, key)]));
  if (!(await files.facts(file + backupSuffix))) await files.write(file + backupSuffix, JSON.stringify(values));
  await files.write(
    file,
    switches.reduce((text, { key, guarded }) => writeIni(text, key, guarded), before),
  );
}

/** Puts the former values back. */
export async function switchGuardOff(files: Files, file: string): Promise<void> {
  const saved: unknown = (await files.facts(file + backupSuffix))
    ? JSON.parse(await files.read(file + backupSuffix))
    : {};
  const former = saved as Record<string, string | null>;
  let text = await files.read(file);
  for (const { key } of switches) text = writeIni(text, key, former[key] ?? null);
  await files.write(file, text);
  await files.remove(file + backupSuffix);
}

/**
 * Switches the guard in the client's own setting file, and makes sure that it stands.
 * @throws StationError JIANYING_GUARD_NO_FILE, JIANYING_GUARD_FAILED
 */
export async function switchGuard(files: Files, file: string, on: boolean): Promise<void> {
  if (!(await files.facts(file))) throw new StationError('JIANYING_GUARD_NO_FILE', { file });
  try {
    if (on) await switchGuardOn(files, file);
    else await switchGuardOff(files, file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StationError('JIANYING_GUARD_FAILED', { file, reason }, { cause: error });
  }
}
