import { StationError } from '../../../shared/errors/index.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { Files } from '../files.ts';
import type { Install } from '../locate/installs.ts';
import type { StateStore } from '../state.ts';
import type { SessionFacts, UiBackend } from '../ui/backend.ts';

export interface Preflight {
  readonly ui: UiBackend;
  readonly files: Files;
  readonly store: StateStore;
  readonly settings: Settings;
  readonly install: Install;
  readonly localRoot: string;
  readonly durationUs: number;
}

/** About 2.5 MB a second: 1080p at 20 Mbit/s, the most the client uses by default. */
const bytesPerSecond = 2_500_000;

/**
 * What must be right before anything is touched: the session, the client's version, the disk.
 * @throws StationError of class `operator`
 */
export async function preflight(check: Preflight): Promise<void> {
  const { session } = await check.ui.look();
  // A lock that is already there is waited for by the driver, for a little while; services never get a desktop.
  if (session.sessionId === 0) throw new StationError('JIANYING_SERVICE_SESSION');
  await noticeNewVersion(check.store, check.install, check.settings.jianyingExe);
  const free = await check.files.freeBytes(check.localRoot);
  const needed = Math.max(check.settings.minFreeDiskGb * 1e9, (3 * bytesPerSecond * check.durationUs) / 1e6);
  if (free < needed)
    throw new StationError('DISK_SHORT', { folder: check.localRoot, freeGb: inGb(free), neededGb: inGb(needed) });
}

const inGb = (bytes: number) => Math.round(bytes / 1e8) / 10;

/** The client updates itself silently: a change of version pauses the queue once, then the new one is looked at afresh. */
async function noticeNewVersion(store: StateStore, install: Install, explicitExe: string): Promise<void> {
  const { client } = await store.load();
  if (client?.exe === install.exe && client.version === install.version) return;
  await store.saveClient({ exe: install.exe, version: install.version, tier: null, resolution: null, fps: null });
  // An operator who names another exe knows that it is another version.
  const meant = explicitExe === install.exe && client?.exe !== install.exe;
  if (client && !meant && client.version !== install.version)
    throw new StationError('JIANYING_VERSION_CHANGED', {
      before: client.version || '?',
      after: install.version || '?',
    });
}

/** The session in one word, for the health page. */
export function sessionProblem(session: SessionFacts): 'service' | 'disconnected' | 'locked' | null {
  if (session.sessionId === 0) return 'service';
  if (session.disconnected) return 'disconnected';
  return session.locked ? 'locked' : null;
}
