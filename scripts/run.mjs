// Runs one of the project's commands on the pinned Node, after making sure that the dependencies are there.
// Usage: node scripts/run.mjs <file or bin> [arguments]. Needs nothing but Node >= 20 and npm: a fresh clone starts here.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');
const node = path.join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

function npm(...args) {
  // npm is a script: through the shell on Windows, where it is npm.cmd; the arguments are fixed words.
  execFileSync('npm', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
}

function installed() {
  const marker = path.join(modules, '.package-lock.json');
  if (!existsSync(marker) || !existsSync(node)) return false;
  return statSync(marker).mtimeMs >= statSync(path.join(root, 'package-lock.json')).mtimeMs || lockUnchanged(marker);
}

/** A fresh checkout touches the lock file without changing it: compare what is in the two. */
function lockUnchanged(marker) {
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(marker, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([name, { version, optional }]) => name === '' || optional || present[name]?.version === version,
  );
}

function install() {
  console.error('Installing the dependencies (once, one to three minutes) ...');
  npm('ci', '--ignore-scripts', '--no-fund', '--no-audit', '--loglevel=error');
  // The one package whose install step we want: it only picks the Node build of this system from the npm registry.
  npm('rebuild', 'node', '--ignore-scripts=false', '--loglevel=error');
}

/** Two commands started at once must not install twice. */
function withLock(action) {
  const lock = path.join(root, '.install-lock');
  const waitCell = new Int32Array(new SharedArrayBuffer(4));
  for (const since = Date.now(); ; ) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST' || Date.now() - since > 600_000) throw error;
      Atomics.wait(waitCell, 0, 0, 500);
    }
  }
  try {
    action();
  } finally {
    rmdirSync(lock);
  }
}

if (!installed()) withLock(() => installed() || install());

const [target, ...args] = process.argv.slice(2);
const bin = path.join(modules, '.bin', target ?? '');
const isFile = /\.(ts|mjs|js)$/.test(target ?? '');
const env = {
  ...process.env,
  // Compiled code is kept between runs: the station starts in half the time.
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? path.join(modules, '.cache', 'node'),
  PATH: [path.dirname(node), path.join(modules, '.bin'), process.env.PATH].join(path.delimiter),
};
// Binaries of packages are Node scripts: run them with the pinned Node, not with the one of the system.
const command = isFile ? [path.join(root, target), ...args] : [bin, ...args];
const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...command], { cwd: root, stdio: 'inherit', env });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 128 + 15 : (code ?? 1)));
