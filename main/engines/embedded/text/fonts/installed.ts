import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import type { TextStyle } from '../../../../drafts/model.ts';
import { type FontFacts, readFontFacts } from './sfnt.ts';

/** Where this system keeps the fonts that are installed. */
export function installedFontFolders(): string[] {
  const home = homedir();
  if (process.platform === 'win32') {
    const windows = process.env.WINDIR ?? 'C:\\Windows';
    const local = process.env.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local');
    return [path.join(windows, 'Fonts'), path.join(local, 'Microsoft', 'Windows', 'Fonts')];
  }
  if (process.platform === 'darwin')
    return [
      path.join(home, 'Library/Fonts'),
      '/Library/Fonts',
      '/System/Library/Fonts',
      '/System/Library/Fonts/Supplemental',
    ];
  return [path.join(home, '.local/share/fonts'), path.join(home, '.fonts'), '/usr/local/share/fonts'];
}

/**
 * An installed font under the file name that the draft's author had it (`C:/Windows/Fonts/msyh.ttc`), or under its
 * name as a file name. Files are asked for one by one: no search through hundreds of fonts.
 */
export function findInstalledFont(font: TextStyle['font'], folders: readonly string[]): FontFacts | null {
  const base = font.path.split(/[\\/]/).at(-1) ?? '';
  const names = [base, ...['.ttf', '.otf', '.ttc'].map((ending) => `${font.name}${ending}`)];
  for (const name of names) {
    if (!/^[^\\/]+\.(ttf|otf|ttc)$/i.test(name)) continue;
    for (const folder of folders) {
      const file = path.join(folder, name);
      const facts = existsSync(file) ? readFontFacts(file) : null;
      if (facts !== null) return facts;
    }
  }
  return null;
}

const PROBE_PX = 32;
const PROBE_SIDE = 64;
/** A noncharacter: what stands for it is what stands for everything that no font has. */
const NOBODY_HAS = '\u{10fffd}';

/** Whether the drawing library finds an installed font for a cluster that none of ours has. */
export function drawnBySystem(cluster: string): boolean {
  const missing = probe(NOBODY_HAS);
  return !probe(cluster).equals(missing);
}

function probe(text: string): Buffer {
  const canvas = createCanvas(PROBE_SIDE, PROBE_SIDE);
  const context = canvas.getContext('2d');
  context.font = `${PROBE_PX}px sans-serif`;
  context.fillText(text, 8, 48);
  return Buffer.from(context.getImageData(0, 0, PROBE_SIDE, PROBE_SIDE).data.buffer);
}
