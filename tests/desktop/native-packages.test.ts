import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { belongsInApp, binaryPackages, nativeRoots, type Target } from '../../scripts/dist/native-packages.ts';

const modules = path.resolve(import.meta.dirname, '../../node_modules');
const windows: Target = { platform: 'win32', arch: 'x64' };
const linux: Target = { platform: 'linux', arch: 'x64' };

describe('the native packages of a packaged app', () => {
  it.each([
    [windows, ['@seydx/node-av-win32-x64-msvc', '@napi-rs/canvas-win32-x64-msvc', '@koromix/koffi-win32-x64']],
    [linux, ['@seydx/node-av-linux-x64', '@napi-rs/canvas-linux-x64-gnu', '@koromix/koffi-linux-x64']],
    [
      { platform: 'darwin', arch: 'arm64' } as const,
      ['@seydx/node-av-darwin-arm64', '@napi-rs/canvas-darwin-arm64', '@koromix/koffi-darwin-arm64'],
    ],
  ])('are those of the target, as their owners publish them: %j', (target, names) => {
    const packages = binaryPackages(target);
    expect(packages.map(({ name }) => name)).toEqual(names);
    for (const { name, of } of packages) {
      const { optionalDependencies } = JSON.parse(readFileSync(path.join(modules, of, 'package.json'), 'utf8'));
      expect(optionalDependencies).toHaveProperty([name]);
    }
  });

  it('bring one database binary, no sources, types or maps', () => {
    const files = readdirSync(path.join(modules, 'better-sqlite3'), { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll(path.sep, '/'))
      .filter((file) => belongsInApp('better-sqlite3', file, windows));
    expect(files.filter((file) => file.endsWith('.node'))).toEqual(['prebuilds/win32-x64.node']);
    expect(files).toContain('lib/index.js');
    expect(files).toContain('package.json');
    expect(files.filter((file) => /\.(c|cc|cpp|h|gyp|ts|map|md)$/.test(file))).toEqual([]);
    expect(files.filter((file) => file.startsWith('deps/'))).toEqual([]);
  });

  it('keep their licences', () => {
    for (const name of nativeRoots) {
      const licences = readdirSync(path.join(modules, name)).filter((file) => /^licen/i.test(file));
      for (const file of licences) expect(belongsInApp(name, file, linux)).toBe(true);
      expect(licences.length, name).toBeGreaterThan(0);
    }
  });
});
