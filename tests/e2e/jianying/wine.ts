import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, copyFileSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { winePaths } from '../../../main/engines/jianying/paths.ts';
import { lines } from '../../../main/engines/jianying/windows/transport.ts';
import type { SpawnWorker } from '../../../main/workers/spawn.ts';

const project = path.resolve(import.meta.dirname, '../../..');
const childSource = path.join(project, 'main/engines/jianying/windows/child.ts');
const clientSource = path.join(project, 'tests/fixtures/fake-jianying/fake-jianying.cpp');

/** A fake Jianying, installed in a folder of its own, as a Windows program under Wine. */
export interface FakeClient {
  /** As the client sees it. */
  readonly exe: string;
  readonly draftsFolder: string;
  readonly exportsFolder: string;
  /** Timings and the video it "renders"; may be changed while it runs. */
  behave(change: { video?: string; loadMs?: number; exportMs?: number; hangMs?: number }): void;
  /** One fault, the next time that moment comes, e.g. `crash exporting`, `hang exporting`, `popup home`, `nofile`. */
  plan(fault: string): void;
  /** What it saw, line by line. */
  events(): string[];
}

/** Builds the fake client (once per folder) and installs it. */
export function installFakeClient(folder: string): FakeClient {
  const own = path.join(folder, 'Apps', '5.9.0.11632');
  const draftsFolder = path.join(folder, '草稿');
  const exportsFolder = path.join(folder, '视频');
  for (const made of [own, draftsFolder, exportsFolder]) mkdirSync(made, { recursive: true });
  const exe = path.join(own, 'JianyingPro.exe');
  if (!existsSync(exe)) buildFakeClient(exe);
  writeFileSync(
    path.join(draftsFolder, 'root_meta_info.json'),
    JSON.stringify({ all_draft_store: [], draft_ids: 0, root_path: '' }),
  );
  let settings: Record<string, string | number> = {
    drafts: winePaths.toClient(draftsFolder),
    exports: winePaths.toClient(exportsFolder),
  };
  const behave: FakeClient['behave'] = (change) => {
    const { video, ...rest } = change;
    settings = { ...settings, ...rest, ...(video === undefined ? {} : { video: winePaths.toClient(video) }) };
    const text = Object.entries(settings).map(([key, value]) => `${key}=${value}\n`);
    writeFileSync(path.join(own, 'behaviour.txt'), text.join(''));
  };
  behave({});
  const eventsFile = path.join(own, 'events.txt');
  return {
    exe: winePaths.toClient(exe),
    draftsFolder,
    exportsFolder,
    behave,
    plan: (fault) => writeFileSync(path.join(own, 'fault.txt'), fault),
    events: () => (existsSync(eventsFile) ? readFileSync(eventsFile, 'utf8').split('\n').filter(Boolean) : []),
  };
}

let built: string | null = null;

function buildFakeClient(exe: string): void {
  if (built === null || !existsSync(built)) {
    const libraries = ['-lole32', '-loleaut32', '-luuid', '-luser32', '-lgdi32'];
    execFileSync(required('MINGW_CXX'), [
      '-std=c++17',
      '-O2',
      '-s',
      '-static',
      '-municode',
      clientSource,
      '-o',
      exe,
      ...libraries,
    ]);
    built = exe;
  } else copyFileSync(built, exe);
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: this needs the Wine environment`);
  return value;
}

/**
 * Starts the station's Windows child in a Windows node.exe under Wine; it talks over TCP, because Node has no working
 * pipes there. `stderr` goes to a file.
 */
export function wineSpawner(folder: string): { spawn: SpawnWorker; started: () => number; close: () => void } {
  const children = new Set<ChildProcess>();
  let count = 0;
  const spawnWorker: SpawnWorker = () => {
    count++;
    const logFile = path.join(folder, `child-${count}.log`);
    const log = openSync(logFile, 'a');
    const waiting: unknown[] = [];
    const listeners: ((message: unknown) => void)[] = [];
    let link: ReturnType<typeof lines> | null = null;
    let child: ChildProcess | null = null;
    let ended = false;
    const exits: ((exit: { code: number | null; signal: string | null; stderr: string }) => void)[] = [];
    const server = net.createServer((socket) => {
      server.close();
      link = lines(socket);
      link.onMessage((message) => {
        for (const listener of listeners) listener(message);
      });
      link.onEnd(() => {});
      for (const message of waiting.splice(0)) link.send(message);
    });
    server.listen(0, '127.0.0.1', () => {
      if (ended) return;
      const { port } = server.address() as net.AddressInfo;
      const args = [
        required('WINE_NODE'),
        '--disable-warning=ExperimentalWarning',
        winePaths.toClient(childSource),
        '--port',
        String(port),
      ];
      child = spawn('wine', args, {
        cwd: folder,
        stdio: ['ignore', log, log],
        env: { ...process.env, NODE_PATH: required('WINE_NODE_PATH') },
      });
      closeSync(log);
      children.add(child);
      child.on('exit', (code, signal) => {
        children.delete(child as ChildProcess);
        server.close();
        const stderr = existsSync(logFile) ? readFileSync(logFile, 'utf8').slice(-2000) : '';
        for (const tell of exits) tell({ code, signal, stderr });
      });
    });
    return {
      get pid() {
        return child?.pid;
      },
      send: (message) => (link ? link.send(message) : void waiting.push(message)),
      onMessage: (listener) => void listeners.push(listener),
      onExit: (listener) => void exits.push(listener),
      kill: () => {
        ended = true;
        server.close();
        child?.kill('SIGKILL');
      },
    };
  };
  return {
    spawn: spawnWorker,
    started: () => count,
    close: () => {
      for (const child of children) child.kill('SIGKILL');
    },
  };
}

/** Ends what is left of the fake client in this Wine prefix. */
export function endFakeClients(): void {
  try {
    execFileSync('wine', ['taskkill', '/F', '/IM', 'JianyingPro.exe'], { stdio: 'ignore' });
  } catch {
    // None was running.
  }
}

export function freshFolder(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}
