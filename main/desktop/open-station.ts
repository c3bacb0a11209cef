import { existsSync } from 'node:fs';
import path from 'node:path';
import { defaultDataFolder } from '../paths.ts';
import { attachedLink } from './attached-link.ts';
import type { Launch } from './launch.ts';
import type { StationLink } from './station-link.ts';

export interface StationHooks {
  /** The client needs the real mouse or a person is in its way; and when that is over. */
  readonly onAttention: (state: 'needs_desktop' | 'free', task: string) => void;
  readonly report: (error: unknown) => void;
}

/** Opens the station a start asks for. @throws StationError when the app's own station cannot start */
export type OpenStation = (launch: Launch, hooks: StationHooks) => Promise<StationLink>;

/** The station's code is loaded only when it runs here: to watch another one, its native parts need not even load. */
export const openStation: OpenStation = async (launch, hooks) => {
  if (launch.attach !== null) return attachedLink(launch.attach);
  const [{ startStation }, { embeddedLink }, { desktopWorkers }] = await Promise.all([
    import('../station.ts'),
    import('./embedded-link.ts'),
    import('./workers.ts'),
  ]);
  const builtWindow = path.join(import.meta.dirname, '..', 'renderer');
  const station = await startStation({
    dataFolder: launch.dataFolder ?? defaultDataFolder(),
    staticFolder: existsSync(builtWindow) ? builtWindow : null,
    spawn: desktopWorkers(),
    ...hooks,
    ...(launch.port === null ? {} : { port: launch.port }),
  });
  return embeddedLink(station);
};
