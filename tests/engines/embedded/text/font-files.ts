import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundledFont } from '../../../../main/engines/embedded/text/fonts/bundled.ts';

export function scratchFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'text-fonts-'));
}

/** A real, small font (Noto Sans Arabic) under other names; `names` are name ids with their texts. */
export function writeRenamedFont(file: string, names: readonly (readonly [id: number, text: string])[]): void {
  const source = bundledFont('arabic', 'regular');
  if (source === null) throw new Error('the bundled Arabic font is not installed');
  const font = readFileSync(source);
  const name = nameTable(names);
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const entry = 12 + i * 16;
    if (font.toString('latin1', entry, entry + 4) !== 'name') continue;
    font.writeUInt32BE(font.length, entry + 8);
    font.writeUInt32BE(name.length, entry + 12);
  }
  writeFileSync(file, Buffer.concat([font, name]));
}

/** Windows, UTF-16, simplified Chinese. */
function nameTable(names: readonly (readonly [id: number, text: string])[]): Buffer {
  const header = Buffer.alloc(6 + names.length * 12);
  header.writeUInt16BE(names.length, 2);
  header.writeUInt16BE(header.length, 4);
  const texts = names.map(([, text]) => Buffer.from(text, 'utf16le').swap16());
  let offset = 0;
  names.forEach(([id], i) => {
    const length = texts[i]?.length ?? 0;
    [3, 1, 0x804, id, length, offset].forEach((value, field) => {
      header.writeUInt16BE(value, 6 + i * 12 + field * 2);
    });
    offset += length;
  });
  return Buffer.concat([header, ...texts]);
}
