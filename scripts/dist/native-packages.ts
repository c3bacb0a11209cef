import path from 'node:path';

/** A system that the app is packaged for. */
export interface Target {
  readonly platform: 'win32' | 'linux' | 'darwin';
  readonly arch: 'x64' | 'arm64';
}

/** Packages with native parts; everything else of the app is in the bundle. */
export const nativeRoots = ['better-sqlite3', 'node-av', '@napi-rs/canvas', 'koffi'] as const;

/** Packages that hold the binaries of one system, by the package that loads them. */
export function binaryPackages({ platform, arch }: Target): { name: string; of: (typeof nativeRoots)[number] }[] {
  const abi = { win32: '-msvc', linux: '-gnu', darwin: '' }[platform];
  return [
    { name: `@seydx/node-av-${platform}-${arch}${platform === 'win32' ? '-msvc' : ''}`, of: 'node-av' },
    { name: `@napi-rs/canvas-${platform}-${arch}${abi}`, of: '@napi-rs/canvas' },
    { name: `@koromix/koffi-${platform}-${arch}`, of: 'koffi' },
  ];
}

const kept = new Set(['.js', '.cjs', '.mjs', '.json', '.node', '.dll', '.so', '.dylib', '.wasm']);

/**
 * Whether a file of a native package goes into the app: what runs on the target, and licences. Sources, types, maps,
 * documents and the binaries of other systems stay behind.
 * @param file path inside the package, `/` between its parts
 */
export function belongsInApp(packageName: string, file: string, { platform, arch }: Target): boolean {
  const parts = file.split('/');
  const name = parts.at(-1) ?? '';
  if (/^(licen[cs]e|notice|copying)/i.test(name)) return true;
  if (!kept.has(path.posix.extname(name)) || name.endsWith('.test.js')) return false;
  if (parts[0] === 'prebuilds') return name === `${platform}-${arch}.node`;
  if (packageName === 'better-sqlite3') return parts[0] === 'lib' || file === 'package.json';
  // The folder of binaries for another libc.
  if (packageName.startsWith('@koromix/')) return !parts.some((part) => part.startsWith('musl_'));
  return !['deps', 'vendor', 'doc', 'docs', 'test', 'tests', 'install', 'example', 'examples'].includes(parts[0] ?? '');
}
