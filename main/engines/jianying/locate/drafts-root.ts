import path from 'node:path';
import type { InstallFacts } from './facts.ts';
import { readIni } from './ini.ts';

const win = path.win32;

export interface DraftsRoot {
  readonly folder: string;
  readonly source: 'settings' | 'global_setting' | 'registry' | 'default';
  /** It exists and carries the client's marks. */
  readonly valid: boolean;
}

/** Candidates in the order in which the client itself would be believed. */
export function candidateRoots(
  facts: Pick<InstallFacts, 'registry' | 'localAppData' | 'globalSetting'>,
  explicit: string,
): { folder: string; source: DraftsRoot['source'] }[] {
  const roots: { folder: string; source: DraftsRoot['source'] }[] = [];
  const add = (folder: string | null | undefined, source: DraftsRoot['source']) => {
    const trimmed =
      folder
        ?.trim()
        .replaceAll('/', '\\')
        .replace(/(?<!:)\\+$/, '') ?? '';
    if (trimmed !== '' && win.isAbsolute(trimmed)) roots.push({ folder: win.normalize(trimmed), source });
  };
  add(explicit, 'settings');
  add(facts.globalSetting === null ? null : readIni(facts.globalSetting, 'currentCustomDraftPath'), 'global_setting');
  const history = facts.registry.find(
    ({ key, name }) => /\\JianyingPro\\GlobalSettings\\History$/i.test(key) && name === 'currentCustomDraftPath',
  );
  add(history?.value, 'registry');
  if (facts.localAppData !== '')
    add(win.join(facts.localAppData, 'JianyingPro', 'User Data', 'Projects', 'com.lveditor.draft'), 'default');
  return roots;
}

/** The folder in which the client keeps its drafts; null when no candidate exists. An explicit one is never second-guessed. */
export function findDraftsRoot(facts: InstallFacts, explicit: string): DraftsRoot | null {
  const candidates = candidateRoots(facts, explicit).map((candidate) => {
    const found = facts.folders.find(
      ({ folder }) => win.normalize(folder).toLowerCase() === candidate.folder.toLowerCase(),
    );
    return {
      ...candidate,
      exists: found !== undefined,
      valid: found !== undefined && (found.hasIndex || found.hasRecycleBin),
    };
  });
  const first = candidates[0];
  const chosen =
    first?.source === 'settings' && first.exists
      ? first
      : (candidates.find((candidate) => candidate.valid) ?? candidates.find((candidate) => candidate.exists));
  return chosen ? { folder: chosen.folder, source: chosen.source, valid: chosen.valid } : null;
}
