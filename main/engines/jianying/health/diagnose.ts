import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import type { Settings } from '../../../shared/settings.ts';
import { clientOnly } from '../client.ts';
import type { Clock } from '../clock.ts';
import type { Files } from '../files.ts';
import { chooseInstall, findInstalls } from '../locate/installs.ts';
import type { StateStore } from '../state.ts';
import type { Tree, UiBackend } from '../ui/backend.ts';
import { probeClient } from './probe.ts';
import { withoutPersonalData } from './redact.ts';
import { unavailableHealth } from './report.ts';

export interface Diagnosis {
  readonly ui: UiBackend;
  readonly files: Files;
  readonly store: StateStore;
  readonly settings: Settings;
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
}

/**
 * One zip with what a new version of the client needs to be supported: versions, paths, the client's windows and control
 * trees, health. Nothing of the person: user names, titles of drafts and pictures stay out. Every part that cannot be had
 * is named with its reason.
 */
export async function writeDiagnosis(zipFile: string, tools: Diagnosis): Promise<void> {
  const parts: Record<string, unknown> = {
    'about.json': {
      madeAt: new Date(tools.clock.now()).toISOString(),
      platform: tools.platform,
      node: process.version,
    },
  };
  const part = async (name: string, read: () => Promise<unknown>) => {
    try {
      parts[name] = await read();
    } catch (error) {
      parts[name] = { unavailable: error instanceof Error ? error.message : String(error) };
    }
  };
  if (tools.platform !== 'win32') {
    parts['health.json'] = unavailableHealth({ reason: 'system', system: tools.platform });
  } else {
    const { ui, settings } = tools;
    await part('health.json', () => probeClient(tools));
    await part('installs.json', async () => {
      const facts = await ui.installFacts(settings.jianyingExe, settings.jianyingDrafts);
      return { installs: findInstalls(facts), facts };
    });
    await part('windows.json', () => clientLook(tools));
    await part('trees.json', async () => {
      const { windows } = await clientLook(tools);
      const trees: (Tree | { hwnd: number; unavailable: string })[] = [];
      for (const { hwnd } of windows.slice(0, 12))
        trees.push(await ui.tree(hwnd, 'full').catch((error: unknown) => ({ hwnd, unavailable: String(error) })));
      return trees;
    });
    await part('calibration.json', () => tools.store.calibration());
    await part('known-client.json', async () => (await tools.store.load()).client);
  }
  const zip = new yazl.ZipFile();
  for (const [name, content] of Object.entries(parts))
    zip.addBuffer(Buffer.from(withoutPersonalData(JSON.stringify(content, null, 2))), name);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(zipFile));
}

async function clientLook({ ui, settings }: Diagnosis) {
  const facts = await ui.installFacts(settings.jianyingExe, settings.jianyingDrafts);
  const install = chooseInstall(findInstalls(facts), settings.jianyingExe);
  return clientOnly(await ui.look(), install?.exe ?? 'C:\\none\\JianyingPro.exe');
}
