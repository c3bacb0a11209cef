import { fork } from 'node:child_process';
import path from 'node:path';

/** Child programs of the station; each is one file that talks by messages and may be killed at any time. */
export const workerNames = ['embedded', 'media', 'sample', 'windows-ui'] as const;
export type WorkerName = (typeof workerNames)[number];

/** Where each child program's source stands, relative to `main/`; a build puts them side by side as `<name>.js`. */
export const workerSources: Readonly<Record<WorkerName, string>> = {
  embedded: 'engines/embedded/child.ts',
  media: 'media/child.ts',
  sample: 'sample/child.ts',
  'windows-ui': 'engines/jianying/windows/child.ts',
};

/** A running child program, whatever started it (Node's fork, Electron's utilityProcess). Messages are plain data. */
export interface WorkerProcess {
  readonly pid: number | undefined;
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once; `code` is null when a signal ended it. `stderr` is the last 4 kB of what it complained of. */
  onExit(listener: (exit: { code: number | null; signal: string | null; stderr: string }) => void): void;
  /** Ends it at once (SIGKILL). */
  kill(): void;
}

export type SpawnWorker = (name: WorkerName) => WorkerProcess;

const stderrKept = 4096;

export interface NodeWorkerOptions {
  /** Another Node than the one that runs this. */
  readonly execPath?: string;
  /** Folder of the built child programs, when they do not stand beside this file. */
  readonly folder?: string;
  readonly execArgv?: readonly string[];
}

/**
 * What child programs find in their environment. Of glibc's memory pools two are enough: each keeps for itself what it got,
 * which made renders a tenth larger and no quicker.
 */
export function workerEnvironment(): NodeJS.ProcessEnv {
  return { MALLOC_ARENA_MAX: '2', ...process.env };
}

/** Starts child programs with Node's own fork. */
export function nodeWorkers(options: NodeWorkerOptions): SpawnWorker {
  return (name) => spawnWithNode(name, options);
}

/** The headless station and the tests: this very Node. */
export const spawnNodeWorker: SpawnWorker = nodeWorkers({});

function spawnWithNode(name: WorkerName, { execPath, folder, execArgv = [] }: NodeWorkerOptions): WorkerProcess {
  const source = import.meta.filename.endsWith('.ts')
    ? path.join(import.meta.dirname, '..', workerSources[name])
    : path.join(folder ?? import.meta.dirname, `${name}.js`);
  const child = fork(source, [], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
    env: workerEnvironment(),
    execArgv: ['--disable-warning=ExperimentalWarning', ...execArgv],
    ...(execPath === undefined ? {} : { execPath }),
  });
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-stderrKept);
  });
  return {
    pid: child.pid,
    // A child that has just died cannot be told anything; its exit is reported by onExit.
    send: (message) => void child.send(message as object, () => {}),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      let told = false;
      const tell = (code: number | null, signal: string | null) => {
        if (told) return;
        told = true;
        listener({ code, signal, stderr });
      };
      child.once('exit', tell);
      child.once('error', (error) => {
        stderr += String(error);
        tell(null, null);
      });
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
