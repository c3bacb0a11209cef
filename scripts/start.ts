/**
 * `npm start`: the desktop app; without an Electron on this computer the same station without a window of its own.
 * Arguments go to the app: `npm start -- --attach http://192.168.1.20:8000 --token <token>`.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const args = process.argv.slice(2);

/** The Electron that is installed, or given by `ELECTRON_OVERRIDE_DIST_PATH` (a folder); null when there is none. */
function electronProgram(): string | null {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const names = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' } as const;
  const usual = names[process.platform as keyof typeof names] ?? 'electron';
  if (folder !== undefined && folder !== '') {
    const file = path.join(folder, usual);
    return existsSync(file) ? file : null;
  }
  const installed = path.join(root, 'node_modules', 'electron');
  const marker = path.join(installed, 'path.txt');
  const file = path.join(installed, 'dist', existsSync(marker) ? readFileSync(marker, 'utf8').trim() : usual);
  return existsSync(file) ? file : null;
}

const electron = electronProgram();
if (electron === null) {
  console.log(
    [
      '没有找到 Electron，改为启动不带桌面窗口的渲染站（在浏览器里打开下面的窗口地址即可）。',
      '要使用桌面应用：运行 npx install-electron 下载 Electron，或用环境变量 ELECTRON_OVERRIDE_DIST_PATH 指定一个 Electron 文件夹。',
      'Electron was not found: starting the station without a desktop window (open the window address below in a browser).',
      'For the desktop app, run `npx install-electron` to download Electron, or name an Electron folder in ELECTRON_OVERRIDE_DIST_PATH.',
      '',
    ].join('\n'),
  );
  await import('./serve.ts');
} else {
  if (!existsSync(path.join(root, 'dist', 'main', 'index.js'))) {
    console.log('正在构建（仅一次）… Building (once) ...');
    await import('./build.ts');
  }
  const child = spawn(electron, [root, ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
}
