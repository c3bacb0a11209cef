import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { belongsInApp, binaryPackages, nativeRoots, type Target } from './native-packages.ts';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

const root = path.join(import.meta.dirname, '..', '..');
const modules = path.join(root, 'node_modules');
const out = path.join(root, 'out');

/** Fonts that the embedded engine draws with; `main/engines/embedded/text/fonts/bundled.ts` looks for them by name. */
const fonts = [
  'noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  'noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
  'noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf',
  'noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf',
  'noto-color-emoji/400Regular/NotoColorEmoji_400Regular.ttf',
];

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
}

/**
 * Puts together in out/app what the packaged app holds: the bundles, the icons it shows, and the native packages with
 * the target's binaries alone; and in out/fonts the fonts.
 * @returns the app's folder
 */
export function stageApp(target: Target): string {
  const app = path.join(out, 'app');
  rmSync(app, { recursive: true, force: true });
  mkdirSync(app, { recursive: true });
  cpSync(path.join(root, 'dist'), path.join(app, 'dist'), {
    recursive: true,
    filter: (source) => !source.endsWith('.map'),
  });
  cpSync(path.join(root, 'resources', 'icons'), path.join(app, 'resources', 'icons'), {
    recursive: true,
    filter: (source) => !/\.(ico|icns)$/.test(source),
  });
  const packages = nativePackages(target);
  for (const { name, folder } of packages) copyPackage(name, folder, path.join(app, 'node_modules', name), target);
  writeFileSync(path.join(app, 'package.json'), JSON.stringify(appManifest(packages), null, 2));

  const fontFolder = path.join(out, 'fonts');
  mkdirSync(fontFolder, { recursive: true });
  for (const font of fonts) {
    cpSync(path.join(modules, '@expo-google-fonts', font), path.join(fontFolder, path.basename(font)));
  }
  if (target.platform === 'linux') cpSync(nodeProgram(target), path.join(out, 'node'));
  return app;
}

/** The Node that runs the child programs on Linux; the one of this project, which is made for this computer. */
function nodeProgram({ arch }: Target): string {
  if (process.platform !== 'linux' || process.arch !== arch)
    throw new Error(`Package for Linux ${arch} on Linux ${arch}.`);
  return path.join(modules, 'node', 'bin', 'node');
}

/**
 * The native packages and the target's binaries. What they list as dependencies is for compiling (`node-addon-api`) or
 * for downloading programs we do not use (`unzipper`): nothing of it is loaded.
 */
function nativePackages(target: Target): { name: string; folder: string }[] {
  const wanted = binaryPackages(target);
  const absent = wanted.filter(({ name }) => !existsSync(path.join(modules, name)));
  const fetched = absent.length === 0 ? modules : fetchBinaries(absent, target);
  return [
    ...nativeRoots.map((name) => ({ name, folder: path.join(modules, name) })),
    ...wanted.map((one) => ({ name: one.name, folder: path.join(absent.includes(one) ? fetched : modules, one.name) })),
  ];
}

/** npm installs only this computer's binaries; another target's come from the registry in the same versions. */
function fetchBinaries(packages: readonly { name: string; of: string }[], { platform, arch }: Target): string {
  const folder = path.join(out, 'native', `${platform}-${arch}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
  const exact = packages.map(({ name, of }) => {
    const version = readManifest(path.join(modules, of)).optionalDependencies?.[name];
    if (version === undefined) throw new Error(`${of} has no binaries for ${platform} ${arch} (${name}).`);
    return `${name}@${version}`;
  });
  const args = [
    'install',
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    `--os=${platform}`,
    `--cpu=${arch}`,
  ];
  execFileSync('npm', [...args, ...exact], { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
  return path.join(folder, 'node_modules');
}

function copyPackage(name: string, from: string, to: string, target: Target): void {
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const source = path.join(entry.parentPath, entry.name);
    const file = path.relative(from, source).replaceAll(path.sep, '/');
    if (file.startsWith('node_modules/') || !belongsInApp(name, file, target)) continue;
    mkdirSync(path.dirname(path.join(to, file)), { recursive: true });
    cpSync(source, path.join(to, file));
  }
  // Without what is not there: dependencies and install scripts.
  const { dependencies, optionalDependencies, devDependencies, scripts, ...rest } = readManifest(from);
  writeFileSync(path.join(to, 'package.json'), JSON.stringify(rest, null, 2));
}

function appManifest(packages: readonly { name: string; folder: string }[]): object {
  const { name, productName, version, description, license, main } = JSON.parse(
    readFileSync(path.join(root, 'package.json'), 'utf8'),
  ) as Record<string, string>;
  const author = 'Jianying Render Station contributors';
  const dependencies = Object.fromEntries(packages.map((one) => [one.name, readManifest(one.folder).version]));
  return { name, productName, version, description, license, author, type: 'module', main, dependencies };
}
