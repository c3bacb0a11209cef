import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * What some tests need besides Node. A missing one makes its tests skip with one clear line; with
 * `REQUIRE_ALL_SUITES=1` (CI) it is an error instead.
 */
export type Need = 'chromium' | 'xvfb' | 'python-requests' | 'corpus' | 'electron' | 'wine' | 'ffmpeg-cli' | 'curl';

const shared = path.resolve(import.meta.dirname, '../../../shared');

/** Folder of real drafts; they may not be shipped, so their tests run only where the folder is present. */
export const corpusFolder = process.env.DRAFT_CORPUS ?? path.join(shared, 'corpus/drafts');

function runs(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const present: Record<Need, () => boolean> = {
  chromium: () => chromiumPath() !== null,
  xvfb: () => runs('which', 'xvfb-run'),
  'python-requests': () => runs('/usr/bin/python3', '-c', 'import requests'),
  corpus: () => existsSync(corpusFolder),
  electron: () => existsSync(path.join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? '/nonexistent', 'electron')),
  wine: () => process.env.WINE_NODE !== undefined && process.env.MINGW_CXX !== undefined,
  'ffmpeg-cli': () => runs('ffmpeg', '-version'),
  curl: () => runs('curl', '--version'),
};

/** Chromium for browser tests, or null. */
export function chromiumPath(): string | null {
  const candidates = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'];
  return candidates.find((file) => file !== undefined && existsSync(file)) ?? null;
}

/**
 * Whether a suite must be skipped: `describe.skipIf(missing('chromium'))`.
 * @throws Error when something is missing and every suite is required
 */
export function missing(...needs: Need[]): boolean {
  const absent = needs.filter((need) => !present[need]());
  if (absent.length === 0) return false;
  if (process.env.REQUIRE_ALL_SUITES === '1')
    throw new Error(`Every suite is required, but missing: ${absent.join(', ')}`);
  console.warn(`skipped: needs ${absent.join(', ')}`);
  return true;
}
