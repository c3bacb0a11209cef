/**
 * `npm run dist -- [--win | --linux | --mac] [--arch x64|arm64] [--dir] [--electron <folder>]`: builds the app and packages
 * it for this system or the one named. `--dir` leaves out installers: the unpacked app alone. See docs/packaging.md.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Target } from './dist/native-packages.ts';
import { stageApp } from './dist/stage.ts';

const { values } = parseArgs({
  options: {
    win: { type: 'boolean', default: false },
    linux: { type: 'boolean', default: false },
    mac: { type: 'boolean', default: false },
    arch: { type: 'string', default: process.arch },
    dir: { type: 'boolean', default: false },
    electron: { type: 'string', default: process.env.ELECTRON_DIST ?? '' },
    'skip-build': { type: 'boolean', default: false },
  },
});

const root = path.join(import.meta.dirname, '..');
const target: Target = {
  platform: values.win
    ? 'win32'
    : values.linux
      ? 'linux'
      : values.mac
        ? 'darwin'
        : (process.platform as Target['platform']),
  arch: values.arch === 'arm64' ? 'arm64' : 'x64',
};

if (!values['skip-build']) await import('./build.ts');
stageApp(target);
console.log(`Packaging for ${target.platform} ${target.arch} ...`);

const flags = { win32: '--win', linux: '--linux', darwin: '--mac' } as const;
const args = [flags[target.platform], `--${target.arch}`, '--publish', 'never', '--config', 'electron-builder.yml'];
if (values.dir) args.push('--dir');
args.push(...electronOptions(values.electron));
const { status } = spawnSync(process.execPath, [path.join(root, 'node_modules/electron-builder/cli.js'), ...args], {
  cwd: root,
  stdio: 'inherit',
  // A certificate is used when it is named; searching for one is not wanted.
  env: { CSC_IDENTITY_AUTO_DISCOVERY: 'false', ...process.env },
});
process.exitCode = status ?? 1;

/** A folder with an unpacked Electron of the target system saves the download of one. */
function electronOptions(folder: string): string[] {
  if (folder === '') {
    const { devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    return [`-c.electronVersion=${devDependencies.electron}`];
  }
  const versionFile = path.join(folder, 'version');
  if (!existsSync(versionFile)) throw new Error(`${folder} is no unpacked Electron: it has no file "version".`);
  const version = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '');
  return [`-c.electronDist=${path.resolve(folder)}`, `-c.electronVersion=${version}`];
}
