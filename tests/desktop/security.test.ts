import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentPolicy } from '../../main/api/content-policy.ts';
import { defaultSettings } from '../../main/shared/settings.ts';

/*
 * Electron's security checklist and the checks of Electronegativity, held against the source. Each row is a fact about
 * what stands in the files; what the running app does is proven in tests/e2e/desktop.
 */
const root = path.resolve(import.meta.dirname, '../..');

function sources(folder: string): { file: string; text: string }[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      // Comments may name what the code must not do.
      const text = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
      return { file: path.relative(root, file).replaceAll(path.sep, '/'), text };
    });
}

const desktop = [
  ...sources('main/desktop'),
  { file: 'main/index.ts', text: readFileSync(path.join(root, 'main/index.ts'), 'utf8') },
];
const bridge = sources('preload');
const page = sources('renderer');
const everything = [...sources('main'), ...bridge, ...page];
const builder = readFileSync(path.join(root, 'electron-builder.yml'), 'utf8');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

const containing = (files: readonly { file: string; text: string }[], pattern: RegExp) =>
  files.filter(({ text }) => pattern.test(text)).map(({ file }) => file);
const count = (files: readonly { text: string }[], pattern: RegExp) =>
  files.reduce((sum, { text }) => sum + [...text.matchAll(new RegExp(pattern.source, 'g'))].length, 0);
const text = (file: string) => desktop.find((source) => source.file === file)?.text ?? '';

describe('the window', () => {
  it('is the only one, and its preferences are all strict', () => {
    expect(containing(desktop, /new (BrowserWindow|BrowserView|WebContentsView)\(/)).toEqual([
      'main/desktop/window.ts',
    ]);
    expect(count(desktop, /new BrowserWindow\(/)).toBe(1);
    const window = text('main/desktop/window.ts');
    for (const row of [
      'sandbox: true',
      'contextIsolation: true',
      'nodeIntegration: false',
      'webSecurity: true',
      'webviewTag: false',
      "disableBlinkFeatures: 'Auxclick'",
    ]) {
      expect(window).toContain(row);
    }
  });

  it.each([
    'allowRunningInsecureContent',
    'experimentalFeatures',
    'enableBlinkFeatures',
    'nodeIntegrationInWorker',
    'nodeIntegrationInSubFrames',
    'allowpopups',
    'enableRemoteModule',
    '@electron/remote',
    'ELECTRON_DISABLE_SECURITY_WARNINGS',
    'certificate-error',
    'setCertificateVerifyProc',
    'ignore-certificate-errors',
    'registerSchemesAsPrivileged',
    'interceptBufferProtocol',
    'appendSwitch',
    'executeJavaScript',
    'insertCSS',
    'sendSync',
    '.loadFile(',
  ])('never uses %s', (word) => {
    expect(everything.filter((source) => source.text.includes(word)).map(({ file }) => file)).toEqual([]);
  });

  it('runs no text as code', () => {
    expect(
      containing(everything, /\beval\(|new Function\(|setTimeout\(['"`]|dangerouslySetInnerHTML|\.innerHTML\s*=/),
    ).toEqual([]);
  });
});

describe('where the page may go', () => {
  it('is decided for navigation, redirects, frames, guests and new windows', () => {
    const lock = text('main/desktop/lock-down.ts');
    for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview']) {
      expect(lock).toContain(`'${event}'`);
    }
    expect(lock).toContain("return { action: 'deny' }");
    expect(text('main/desktop/window.ts')).toMatch(/lockNavigation\(.*link\.origin\)/);
    expect(containing(desktop, /action: 'allow'/)).toEqual([]);
  });

  it('and links are handed to the system in one place only', () => {
    expect(containing(desktop, /openExternal/)).toEqual(['main/desktop/lock-down.ts']);
    expect(count(desktop, /shell\.openExternal\(/)).toBe(1);
    expect(containing([...bridge, ...page], /openExternal/)).toEqual([]);
  });

  it('and every permission is decided, with nothing dangerous granted', () => {
    const lock = text('main/desktop/lock-down.ts');
    for (const handler of ['setPermissionRequestHandler', 'setPermissionCheckHandler', 'setDevicePermissionHandler']) {
      expect(lock).toContain(handler);
    }
    expect(/granted.*new Set\(\[(.*)\]\)/.exec(lock)?.[1]).toBe("'clipboard-sanitized-write', 'fullscreen'");
    expect(text('main/desktop/window.ts')).toMatch(/denyPermissions\(.*link\.origin\)/);
  });
});

describe('the bridge', () => {
  it('imports electron alone, and exposes functions, never Electron itself', () => {
    const index = bridge.find(({ file }) => file === 'preload/index.ts')?.text ?? '';
    expect([...index.matchAll(/from '([^']+)'/g)].map(([, name]) => name)).toEqual([
      'electron',
      './api.ts',
      './channels.ts',
      './contract.ts',
    ]);
    expect(count(bridge, /exposeInMainWorld\(/)).toBe(1);
    // The raw senders are used inside, never handed out.
    expect(index).not.toMatch(/:\s*(ipcRenderer|webUtils)\b/);
    expect(index).not.toMatch(/ipcRenderer\.(sendSync|sendToHost|postMessage)/);
  });

  it('is answered in one file, where every message is checked for its sender and its arguments', () => {
    expect(containing(desktop, /ipcMain\./)).toEqual(['main/desktop/ipc.ts']);
    const ipc = text('main/desktop/ipc.ts');
    expect(count([{ text: ipc }], /ipcMain\.(handle|on)\(/)).toBe(2);
    expect(count([{ text: ipc }], /!trusted\(event\)/)).toBe(2);
    expect(ipc).toContain('.args.safeParse(');
    expect(ipc).toContain('.answer.parse(');
  });
});

describe('the pages', () => {
  it('run under a policy without inline scripts, eval, plugins or foreign hosts', () => {
    const policy = new Map(
      contentPolicy(defaultSettings)
        .split('; ')
        .map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1)]),
    );
    expect(policy.get('default-src')).toEqual(["'none'"]);
    expect(policy.get('script-src')).toEqual(["'self'"]);
    expect(policy.get('connect-src')).toEqual(["'self'"]);
    expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
    expect(policy.get('base-uri')).toEqual(["'none'"]);
    expect(policy.get('form-action')).toEqual(["'none'"]);
    expect(policy.has('object-src') || policy.get('default-src')?.[0] === "'none'").toBe(true);
  });

  it('load nothing over plain HTTP from elsewhere', () => {
    expect(containing(page, /(src|href)=["'{`]+http:/)).toEqual([]);
    expect(readFileSync(path.join(root, 'renderer/index.html'), 'utf8')).not.toMatch(/https?:\/\//);
  });
});

describe('the packaged app', () => {
  it.each([
    ['runAsNode', false],
    ['enableCookieEncryption', true],
    ['enableNodeOptionsEnvironmentVariable', false],
    ['enableNodeCliInspectArguments', false],
    ['enableEmbeddedAsarIntegrityValidation', true],
    ['onlyLoadAppFromAsar', true],
    ['grantFileProtocolExtraPrivileges', false],
  ])('has the fuse %s set to %s', (fuse, value) => {
    expect(builder).toMatch(new RegExp(`^ {2}${fuse}: ${value}$`, 'm'));
  });

  it('is known to Windows under the id it uses itself', () => {
    const id = /^appId: (.+)$/m.exec(builder)?.[1];
    expect(text('main/desktop/run.ts')).toContain(`setAppUserModelId('${id}')`);
  });

  it('names the protocol that the app reads', () => {
    expect(builder).toContain('schemes: [jianying-station]');
    expect(text('main/desktop/protocol-link.ts')).toContain("protocolScheme = 'jianying-station'");
  });

  it('stands on a supported Electron: the newest majors get security fixes', () => {
    expect(Number(manifest.devDependencies.electron.split('.')[0])).toBeGreaterThanOrEqual(45);
    expect(manifest.dependencies).not.toHaveProperty('electron');
  });

  it('asks nobody for updates until somebody says where', () => {
    expect(builder).toMatch(/^publish: null$/m);
    expect(containing(everything, /autoUpdater|electron-updater/)).toEqual(['main/desktop/updates.ts']);
    expect(defaultSettings.updateFeed).toBe('');
  });
});
