import path from 'node:path';
import type { InstallFacts } from './facts.ts';

/** An installed client. */
export interface Install {
  /** Started directly: the launcher beside the version folders may pick or fetch another version. */
  readonly exe: string;
  /** "5.9.0.11632"; "" = unknown. */
  readonly version: string;
  /** Which of the version's three kinds: see `stanceOf`. */
  readonly stance: Stance;
  readonly running: boolean;
}

/** What is known about a version before its window was ever looked at. */
export type Stance = 'recommended' | 'supported' | 'best_effort' | 'untested';

const win = path.win32;
const same = (a: string, b: string) => win.normalize(a).toLowerCase() === win.normalize(b).toLowerCase();
export const clientExe = 'JianyingPro.exe';

/** Where installs are looked for, best evidence first. Pure: the reader lists what is there. */
export function candidateFolders(facts: Pick<InstallFacts, 'registry' | 'localAppData' | 'running'>): string[] {
  const folders: string[] = [];
  const add = (folder: string) => {
    if (folder !== '' && !folders.some((known) => same(known, folder))) folders.push(folder);
  };
  for (const exe of facts.running) if (win.isAbsolute(exe)) add(appsFolder(exe));
  const byKey = Map.groupBy(facts.registry, (value) => value.key);
  for (const [key, values] of byKey) {
    if (!/\\Uninstall\\/i.test(key)) continue;
    const get = (name: string) => values.find((value) => value.name.toLowerCase() === name.toLowerCase())?.value ?? '';
    if (!/剪映|jianying/i.test(get('DisplayName'))) continue;
    add(clean(get('InstallLocation')));
    for (const name of ['DisplayIcon', 'UninstallString']) {
      const file = programOf(get(name));
      if (file) add(appsFolder(file));
    }
  }
  for (const { key, name, value } of facts.registry)
    if (/\\Bytedance\\JianyingPro$/i.test(key) && name.toLowerCase() === 'installdir') add(clean(value));
  if (facts.localAppData !== '') {
    add(win.join(facts.localAppData, 'JianyingPro', 'Apps'));
    add(win.join(facts.localAppData, 'Programs', 'JianyingPro'));
  }
  for (const programs of ['C:\\Program Files', 'C:\\Program Files (x86)']) add(win.join(programs, 'JianyingPro'));
  return folders;
}

/** The folder that holds all versions, from a path inside one of them. */
function appsFolder(exe: string): string {
  const folder = win.dirname(exe);
  return /^\d+(\.\d+)+$/.test(win.basename(folder)) ? win.dirname(folder) : folder;
}

const clean = (text: string) =>
  text
    .replace(/^"|"$/g, '')
    .replace(/[\\/]+$/, '')
    .trim();

/** `"C:\…\uninst.exe" /S`, `C:\…\JianyingPro.exe,0` → the program's path. */
function programOf(command: string): string | null {
  const quoted = /^\s*"([^"]+)"/.exec(command)?.[1];
  const found = quoted ?? /^\s*(.+?\.(?:exe|ico))/i.exec(command)?.[1];
  return found ?? null;
}

/** Installed clients, best first: recommended, supported, then newest. */
export function findInstalls(facts: InstallFacts): Install[] {
  const versioned = facts.exes.map((found) => {
    const folder = win.basename(win.dirname(found.exe));
    const inVersionFolder = /^\d+(\.\d+)+$/.test(folder);
    // The folder's name wins over a resource that says "1.0.0.1"; the launcher has no version folder.
    const version = inVersionFolder ? longer(folder, found.fileVersion) : (found.fileVersion ?? '');
    return { exe: win.normalize(found.exe), version, inVersionFolder };
  });
  const apps = versioned.filter((entry) => entry.inVersionFolder);
  // A launcher counts only when no real client stands below it.
  const used = versioned.filter(
    (entry) =>
      entry.inVersionFolder || !apps.some((app) => same(win.dirname(win.dirname(app.exe)), win.dirname(entry.exe))),
  );
  const unique = used.filter((entry, index) => used.findIndex((other) => same(other.exe, entry.exe)) === index);
  return unique
    .map(({ exe, version }) => ({
      exe,
      version,
      stance: stanceOf(version),
      running: facts.running.some((running) => same(running, exe)),
    }))
    .sort((a, b) => rank[a.stance] - rank[b.stance] || compareVersions(b.version, a.version));
}

function longer(folder: string, file: string | null): string {
  return file?.startsWith(`${folder}.`) ? file : folder;
}

const rank: Readonly<Record<Stance, number>> = { recommended: 0, supported: 1, untested: 2, best_effort: 3 };

/** Section of the version matrix in docs/jianying.md. The running window has the last word. */
export function stanceOf(version: string): Stance {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major === 5 && minor === 9) return 'recommended';
  if (major === 6 && minor <= 8) return 'supported';
  if (major >= 6) return 'best_effort';
  return 'untested';
}

export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The client to use: the operator's choice, else a running supported one, else the best found. */
export function chooseInstall(installs: readonly Install[], explicitExe: string): Install | null {
  if (explicitExe !== '') {
    const known = installs.find((install) => same(install.exe, explicitExe));
    if (known) return known;
    const folder = win.basename(win.dirname(explicitExe));
    const version = /^\d+(\.\d+)+$/.test(folder) ? folder : '';
    return { exe: explicitExe, version, stance: stanceOf(version), running: false };
  }
  const best = installs[0];
  const running = installs.find((install) => install.running);
  // Two versions must not run side by side: a running one is used unless it is clearly worse and another is better.
  return running && best && rank[running.stance] <= rank[best.stance] ? running : (best ?? null);
}
