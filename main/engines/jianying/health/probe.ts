import path from 'node:path';
import type { Settings } from '../../../shared/settings.ts';
import type { EngineHealth } from '../../engine.ts';
import { clientOnly } from '../client.ts';
import type { Clock } from '../clock.ts';
import { isMainWindow } from '../driver/scene.ts';
import type { Files } from '../files.ts';
import { findDraftsRoot } from '../locate/drafts-root.ts';
import { chooseInstall, findInstalls } from '../locate/installs.ts';
import type { StateStore } from '../state.ts';
import { type UiBackend, UiFailure } from '../ui/backend.ts';
import { isNamed } from '../ui/elements.ts';
import { type Capability, reportHealth } from './report.ts';
import { guardState, settingFile } from './update-guard.ts';

export interface Probe {
  readonly ui: UiBackend;
  readonly files: Files;
  readonly store: StateStore;
  readonly settings: Settings;
  readonly clock: Clock;
}

/** Looks at what is installed and, when the client happens to run, at its window. Starts and changes nothing. */
export async function probeClient({ ui, store, settings }: Probe): Promise<EngineHealth> {
  const facts = await ui.installFacts(settings.jianyingExe, settings.jianyingDrafts);
  const installs = findInstalls(facts);
  const chosen = chooseInstall(installs, settings.jianyingExe);
  const root = findDraftsRoot(facts, settings.jianyingDrafts);
  const look = await ui.look();
  const { client } = await store.load();
  const known = chosen && client?.exe === chosen.exe && client.version === chosen.version ? client : null;
  const calibrated = (await store.calibration()) !== null;
  const main = chosen ? clientOnly(look, chosen.exe).windows.find(isMainWindow) : undefined;

  let denied = false;
  let tier = known?.tier ?? null;
  if (main && !main.minimised && !main.hung) {
    try {
      const tree = await ui.tree(main.hwnd);
      tier = isNamed(tree) ? 'named' : (tier ?? 'blind');
    } catch (error) {
      if (!(error instanceof UiFailure)) throw error;
      denied = error.kind === 'access_denied';
    }
  }
  const capability: Capability = tier === null ? 'unknown' : tier === 'blind' && !calibrated ? 'unsupported' : tier;
  return reportHealth({
    installs,
    chosen,
    root,
    capability,
    session: look.session,
    denied,
    versionBefore: chosen && client && client.version !== chosen.version ? client.version : null,
    updateGuard: guardState(facts.globalSetting),
    guardFile: settingFile(facts.localAppData, path.win32.join),
  });
}
