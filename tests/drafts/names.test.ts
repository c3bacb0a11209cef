import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NameKeeper, safeName, safeRelativePath } from '../../main/drafts/names.ts';

describe('a relative path from the network', () => {
  it.each([
    ['assets/video/a.mp4', 'assets/video/a.mp4'],
    ['assets\\video\\a.mp4', 'assets/video/a.mp4'],
    ['./a//b/./c.mp4', 'a/b/c.mp4'],
    ['素材/第 1 段.mp4', '素材/第 1 段.mp4'],
    ['CON', '_CON'],
    ['con.mp4', '_con.mp4'],
    ['aux .txt', '_aux .txt'],
    ['a/LPT1.png', 'a/_LPT1.png'],
    ['COM¹', '_COM¹'],
    ['console.mp4', 'console.mp4'],
    ['a.mp4...', 'a.mp4'],
    ['a.mp4. . ', 'a.mp4'],
    ['a.mp4:stream', 'a.mp4_stream'],
    ['a<b>|?*".mp4', 'a_b_____.mp4'],
    ['a\u0001b', 'a_b'],
    [' ', '_'],
  ])('%s becomes %s', (raw, safe) => {
    expect(safeRelativePath(raw)).toEqual({ path: safe });
  });

  it.each([
    ['../a', 'leaves its folder'],
    ['a/../../b', 'leaves its folder'],
    ['a\\..\\b', 'leaves its folder'],
    ['a/.. /b', 'leaves its folder'],
    ['a/...', 'leaves its folder'],
    ['/etc/passwd', 'absolute path'],
    ['\\windows', 'absolute path'],
    ['\\\\nas\\share', 'absolute path'],
    ['C:\\x', 'drive letter'],
    ['c:x', 'drive letter'],
    ['a\0b', 'NUL character'],
    ['', 'empty name'],
    ['./', 'empty name'],
    ['a/'.repeat(17), 'too many folders'],
    ['a'.repeat(1001), 'path too long'],
  ])('%s is refused', (raw, reason) => {
    expect(safeRelativePath(raw)).toEqual({ unsafe: reason });
  });

  it('over-long names keep beginning and extension and stay apart', () => {
    const [one, other] = ['甲', '乙'].map((tail) => safeName(`${'长'.repeat(120)}${tail}.mp4`));
    expect(one).toMatch(/^长+~[0-9a-f]{8}\.mp4$/);
    expect(Buffer.byteLength(one ?? '')).toBeLessThanOrEqual(150);
    expect(one).not.toBe(other);
  });

  it('always lands inside its folder, under names that Windows accepts, and is stable', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        '..',
        '.',
        '.. ',
        'C:',
        'CON',
        'nul.txt',
        'a',
        '/',
        '\\',
        'x:y',
        'é',
        'Ｃ：',
        'com1',
        ' ',
        '...',
        '\0',
      ),
    );
    const raw = fc
      .array(part, { maxLength: 8 })
      .chain((parts) => fc.constantFrom('/', '\\', '').map((by) => parts.join(by)));
    fc.assert(
      fc.property(raw, (text) => {
        const safe = safeRelativePath(text);
        if ('unsafe' in safe) return;
        for (const host of [path.posix, path.win32]) {
          const folder = host === path.posix ? '/data/task' : 'C:\\data\\task';
          const file = host.join(folder, safe.path);
          expect(host.relative(folder, file)).toBe(safe.path.replaceAll('/', host.sep));
          expect(file.startsWith(folder + host.sep)).toBe(true);
        }
        for (const name of safe.path.split('/')) {
          // biome-ignore lint/suspicious/noControlCharactersInRegex: what Windows refuses
          expect(name).not.toMatch(/[\u0000-\u001f<>:"|?*\\]|[. ]$|^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i);
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(150);
        }
        expect(safeRelativePath(safe.path)).toEqual(safe);
      }),
      { seed: 20261128, numRuns: 10_000 },
    );
  });
});

describe('names side by side', () => {
  it('differ also where upper and lower case and accents do not', () => {
    const keeper = new NameKeeper();
    expect(
      ['a.mp4', 'A.mp4', 'a.mp4', 'b/a.mp4', '\u00e9', 'e\u0301', '.x', '.x'].map((name) => keeper.take(name)),
    ).toEqual(['a.mp4', 'A~2.mp4', 'a~3.mp4', 'b/a.mp4', '\u00e9', 'e\u0301~2', '.x', '.x~2']);
  });
});
