import path from 'node:path';
import { utilityProcess } from 'electron';
import type { SpawnWorker } from '../workers/spawn.ts';

const stderrKept = 4096;

/** Starts child programs as Electron's utility processes; they stand beside this file once built. */
export const spawnUtilityWorker: SpawnWorker = (name) => {
  const child = utilityProcess.fork(path.join(import.meta.dirname, `${name}.js`), [], {
    stdio: ['ignore', 'ignore', 'pipe'],
    serviceName: `station-${name}`,
  });
  let stderr = '';
  const complain = (text: string) => {
    stderr = (stderr + text).slice(-stderrKept);
  };
  child.stderr?.setEncoding('utf8').on('data', complain);
  // The exit follows by itself.
  child.on('error', (type, location) => complain(`${type} ${location}`));
  let exited: number | null = null;
  child.once('exit', (code) => {
    exited = code;
  });
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => {
      // A child that is gone takes nothing any more; its exit is reported by onExit.
      if (exited === null) child.postMessage(message);
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      const tell = (code: number) => listener({ code, signal: null, stderr });
      if (exited === null) child.once('exit', tell);
      else queueMicrotask(() => tell(exited ?? 0));
    },
    kill: () => killAtOnce(child.pid, () => child.kill()),
  };
};

/** `kill()` of a utility process is a request on Unix; a child that hangs in native code hears only SIGKILL. */
function killAtOnce(pid: number | undefined, otherwise: () => void): void {
  try {
    if (pid === undefined) throw new Error('not started');
    process.kill(pid, 'SIGKILL');
  } catch {
    otherwise();
  }
}
