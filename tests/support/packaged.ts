import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, readSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** Packages the built app for this system, with the tests' Electron in place of a download. @returns the app's folder */
export function packageApp(scratch: string): string {
  const electron = path.join(scratch, 'electron');
  execFileSync('cp', ['-a', process.env.ELECTRON_OVERRIDE_DIST_PATH ?? '', electron]);
  // The tests' Electron starts any folder it is given; a distribution holds no app.
  rmSync(path.join(electron, 'resources', 'app'), { recursive: true });
  execFileSync(process.execPath, ['scripts/dist.ts', '--skip-build', '--dir', '--linux', '--electron', electron], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  rmSync(electron, { recursive: true });
  return path.join(root, 'out', 'dist', 'linux-unpacked');
}

interface AsarFolder {
  readonly files: Readonly<Record<string, AsarFolder | { readonly size: number; readonly unpacked?: boolean }>>;
}

/** Every file of an asar archive, with `/` between the parts. */
export function asarFiles(archive: string): { file: string; unpacked: boolean; size: number }[] {
  const descriptor = openSync(archive, 'r');
  try {
    // Two pickles: the size of the header, then the header as a string with its length before it.
    const start = Buffer.alloc(16);
    readSync(descriptor, start, 0, 16, 0);
    const header = Buffer.alloc(start.readUInt32LE(12));
    readSync(descriptor, header, 0, header.length, 16);
    return list(JSON.parse(header.toString('utf8')) as AsarFolder, '');
  } finally {
    closeSync(descriptor);
  }
}

function list(folder: AsarFolder, at: string): { file: string; unpacked: boolean; size: number }[] {
  return Object.entries(folder.files).flatMap(([name, entry]) =>
    'files' in entry
      ? list(entry, `${at}${name}/`)
      : [{ file: `${at}${name}`, unpacked: entry.unpacked === true, size: entry.size }],
  );
}

/** The fuses burnt into an Electron, in their order: '1' on, '0' off. */
export function fuses(program: string): string {
  const binary = readFileSync(program);
  const wire = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
  const at = binary.indexOf(wire) + wire.length;
  return binary.subarray(at + 2, at + 2 + binary.readUInt8(at + 1)).toString('latin1');
}

export function folderBytes(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
}

/** Starts a program and waits for the address under which its pages can be driven. */
export async function startDebugged(program: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  const child = spawn(program, ['--remote-debugging-port=0', ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  const address = await new Promise<string>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${said.slice(-2000)}`)));
  });
  return { child, address };
}
