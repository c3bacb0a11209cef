import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** Every place on disk that the station uses. Only what is below `data` (and the output folder's videos) is its own. */
export interface StationPaths {
  readonly data: string;
  readonly library: string;
  readonly inbox: string;
  readonly cache: string;
  readonly tasks: string;
  readonly videos: string;
  /** The sample draft, once it has been made. */
  readonly sample: string;
  readonly tokenFile: string;
  readonly logFile: string;
  /** Folder of one task: log, cover, evidence, `draft/`, `work-<attempt>/`. */
  task(id: string): string;
}

/** The places below a data folder; the folders are made. */
export function stationPaths(data: string): StationPaths {
  const below = (...parts: string[]) => path.join(data, ...parts);
  const folders = {
    library: below('library'),
    inbox: below('inbox'),
    cache: below('cache'),
    tasks: below('tasks'),
    videos: below('videos'),
  };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  return {
    data,
    ...folders,
    sample: below('sample'),
    tokenFile: below('token'),
    logFile: below('station.log'),
    task: (id) => below('tasks', id),
  };
}

/** Where a station keeps its data when nobody says otherwise. */
export function defaultDataFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  const name = 'JianyingRenderStation';
  if (platform === 'win32')
    return path.win32.join(env.LOCALAPPDATA ?? path.win32.join(homedir(), 'AppData', 'Local'), name);
  if (platform === 'darwin') return path.join(homedir(), 'Library', 'Application Support', name);
  return path.join(env.XDG_DATA_HOME ?? path.join(homedir(), '.local', 'share'), name);
}
