import { copyFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFontBook } from '../../../../main/engines/embedded/text/fonts/book.ts';
import { bundledFont } from '../../../../main/engines/embedded/text/fonts/bundled.ts';
import { readFontFacts } from '../../../../main/engines/embedded/text/fonts/sfnt.ts';
import { layOutText } from '../../../../main/engines/embedded/text/layout.ts';
import { createMeasurer } from '../../../../main/engines/embedded/text/measure.ts';
import { makeStyle, makeText } from './fixtures.ts';
import { scratchFolder, writeRenamedFont } from './font-files.ts';

const asked = (name: string, file = '', bold = false) => makeStyle({ bold, font: { path: file, name, id: '' } });
const plain = asked('');

let folder: string;
beforeEach(() => {
  folder = scratchFolder();
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('bundled fonts', () => {
  const book = createFontBook({ folder: '' });

  it('have the metrics that are in their files', () => {
    const facts = readFontFacts(bundledFont('cjk', 'regular') ?? '');
    expect(facts).toMatchObject({ ascent: 1.16, descent: 0.288, weight: 400, italic: false, color: false });
    expect(facts?.names).toContain('Noto Sans SC');
  });

  it('cover Chinese, Latin, kana, Vietnamese and Cyrillic in one face', () => {
    const faces = ['字', 'a', 'あ', 'ế', 'Ж', '，', '“'].map((cluster) => book.face(plain, cluster).family);
    expect(new Set(faces).size).toBe(1);
  });

  it('draw Arabic and emoji with faces of their own', () => {
    const [cjk, arabic, emoji] = ['字', 'ب', '😀'].map((cluster) => book.face(plain, cluster));
    expect(new Set([cjk, arabic, emoji].map((face) => face?.family)).size).toBe(3);
    expect(emoji?.color).toBe(true);
    for (const cluster of ['👨‍👩‍👧', '🇨🇳', '❤️', '👍🏽', '1️⃣']) expect(book.face(plain, cluster).color).toBe(true);
    for (const cluster of ['1', '#', '©']) expect(book.face(plain, cluster).color).toBe(false);
  });

  it('have a real bold', () => {
    const bold = book.face(asked('', '', true), '字');
    expect(bold.bold).toBe(true);
    expect(bold.family).not.toBe(book.face(plain, '字').family);
  });

  it('are found in the resource folder of a packaged program first', () => {
    const source = bundledFont('cjk', 'regular') ?? '';
    const packaged = path.join(folder, path.basename(source));
    symlinkSync(source, packaged);
    expect(bundledFont('cjk', 'regular', folder)).toBe(packaged);
  });

  it('tell which characters neither they nor installed fonts have', () => {
    const own = createFontBook({ folder: '' });
    for (const cluster of ['\u{10fffe}', '\u{10fffc}', '字', 'a']) own.face(plain, cluster);
    expect(own.uncovered()).toEqual([{ name: 'other', count: 2 }]);
  });

  it('keep those characters apart from others, for which an installed font may be found', () => {
    const layout = layOutText(makeText('字\u{10fffe}\u{10fffc}a'), { width: 100, height: 100 }, createMeasurer(book));
    const runs = layout.lines.flatMap((line) => line.runs.map((run) => run.text));
    expect(runs).toEqual(['字', '\u{10fffe}\u{10fffc}', 'a']);
  });
});

describe('fonts installed on this machine', () => {
  it("are found under the file name they have on the author's machine, or under their name", () => {
    writeRenamedFont(path.join(folder, 'msyh.ttf'), [[1, 'Microsoft YaHei']]);
    const book = createFontBook({ folder: '', installedFolders: [path.join(folder, 'nowhere'), folder] });
    for (const style of [asked('微软雅黑', 'C:\\Windows\\Fonts\\msyh.ttf'), asked('msyh')]) {
      expect(book.missingFont(style)).toBeNull();
      expect(book.face(style, 'ب').family).not.toBe(book.face(plain, 'ب').family);
    }
    expect(book.missingFont(asked('../msyh'))).toBe('../msyh');
  });
});

describe("the operator's font folder", () => {
  it.each([
    ['file name', asked('', 'C:\\Users\\x\\Cache\\effect\\7202\\My_Font-Regular.ttf')],
    ['file name on a Mac', asked('', '/Users/x/Library/my font regular.otf')],
    ['family name', asked('Station Test')],
    ['full name, whatever the case and spacing', asked('station TEST regular')],
    ['Chinese name', asked('车站测试体')],
  ])('gives a font by its %s', (_, style) => {
    mkdirSync(path.join(folder, 'deep'));
    writeRenamedFont(path.join(folder, 'deep', 'My Font Regular.ttf'), [
      [1, 'Station Test'],
      [4, 'Station Test Regular'],
      [16, '车站测试体'],
    ]);
    const book = createFontBook({ folder });
    const face = book.face(style, 'ب');
    expect(face.family).not.toBe(book.face(plain, 'ب').family);
    expect(book.missingFont(style)).toBeNull();
  });

  it('leaves what the font does not have to the bundled ones', () => {
    writeRenamedFont(path.join(folder, 'a.ttf'), [[1, 'Station Test']]);
    const book = createFontBook({ folder });
    expect(book.face(asked('Station Test'), '字').family).toBe(book.face(plain, '字').family);
    expect(book.missingFont(asked('Station Test'))).toBeNull();
  });

  it('gives whatever of its fonts has a character that the bundled ones lack', () => {
    writeRenamedFont(path.join(folder, 'a.ttf'), [[1, 'Station Test']]);
    for (const file of ['400Regular/Poppins_400Regular.ttf', '700Bold/Poppins_700Bold.ttf'])
      copyFileSync(
        createRequire(import.meta.url).resolve(`@expo-google-fonts/poppins/${file}`),
        path.join(folder, path.basename(file)),
      );
    const book = createFontBook({ folder });
    const face = book.face(plain, 'हि');
    expect(face).toBe(book.face(asked('Poppins Regular'), 'a'));
    expect(book.face(asked('', '', true), 'हि')).toBe(book.face(asked('Poppins Bold'), 'a'));
    expect(book.face(plain, 'a')).toBe(book.face(plain, '字'));
    expect(book.uncovered()).toEqual([]);
  });

  it('passes over files that are no fonts, and over damaged fonts', () => {
    const source = bundledFont('arabic', 'regular') ?? '';
    writeFileSync(path.join(folder, 'text.ttf'), 'not a font');
    writeFileSync(path.join(folder, 'empty.otf'), '');
    copyFileSync(source, path.join(folder, 'good.ttf'));
    const head = Buffer.alloc(300);
    head.writeUInt32BE(0x00010000, 0);
    head.writeUInt16BE(9, 4);
    head.fill(0xff, 12);
    writeFileSync(path.join(folder, 'damaged.ttf'), head);
    const book = createFontBook({ folder });
    for (const name of ['text', 'empty', 'damaged']) {
      expect(book.face(asked(name), '字')).toBe(book.face(plain, '字'));
      expect(book.missingFont(asked(name))).toBe(name);
    }
    expect(book.face(asked('good'), 'ب').family).not.toBe(book.face(plain, 'ب').family);
  });

  it('may be absent', () => {
    const book = createFontBook({ folder: path.join(folder, 'nowhere') });
    expect(book.face(asked('Poppins'), 'a').family).toBe(book.face(plain, 'a').family);
  });
});

describe('fonts that cannot be had', () => {
  const book = createFontBook({ folder: '' });

  it('are told by name or file', () => {
    expect(book.missingFont(asked('思源粗宋', 'C:/x/y.ttf'))).toBe('思源粗宋');
    expect(book.missingFont(asked('', 'C:/Cache/effect/1/2/Poppins-Regular.ttf'))).toBe('Poppins-Regular');
  });

  it("are not told when they are only Jianying's default", () => {
    const system = 'C:/Program Files/JianyingPro/5.9/Resources/Font/SystemFont/zh-hans.ttf';
    for (const style of [asked('', system), asked('none', 'D:'), plain]) expect(book.missingFont(style)).toBeNull();
  });

  it('are never opened on the network', () => {
    const start = performance.now();
    for (const file of ['\\\\attacker.example\\share\\font.ttf', '//attacker.example/share/font.ttf'])
      expect(book.missingFont(asked('', file))).toBe('font');
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
