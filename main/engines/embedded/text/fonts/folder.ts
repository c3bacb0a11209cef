import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { TextStyle } from '../../../../drafts/model.ts';
import { coversCluster, type FontFacts, readFontFacts } from './sfnt.ts';

/** The operator's fonts, found by file name or by any name inside the file. */
export interface FontFolder {
  find(font: TextStyle['font'], bold: boolean): FontFacts | null;
  /** A font of whatever name that has every character of a cluster. */
  covering(cluster: string, bold: boolean): FontFacts | null;
}

const MAX_FONT_FILES = 5000;
const MAX_DEPTH = 4;

/** Reads the folder when first asked; files that are no fonts are passed over. An absent folder has no fonts. */
export function createFontFolder(folder: string): FontFolder {
  let index: FontIndex | null = null;
  const read = (): FontIndex => {
    index ??= indexFonts(folder === '' ? [] : listFontFiles(folder, MAX_DEPTH));
    return index;
  };
  return {
    find(font, bold) {
      const { byName } = read();
      for (const name of namesOf(font)) {
        const found = byName.get(normalName(name));
        if (found !== undefined) return bestWeight(found, bold);
      }
      return null;
    },
    covering(cluster, bold) {
      const covering = read().all.filter((facts) => coversCluster(facts, cluster));
      return bestWeight(covering, bold);
    },
  };
}

interface FontIndex {
  readonly all: readonly FontFacts[];
  readonly byName: ReadonlyMap<string, readonly FontFacts[]>;
}

/** Case, spaces, hyphens and the file ending make no difference: `Poppins-Regular.ttf` = `poppins regular`. */
function normalName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\.(ttf|otf|ttc)$/i, '')
    .replace(/[\s_-]+/g, '')
    .toLowerCase();
}

function namesOf(font: TextStyle['font']): string[] {
  const base = font.path.split(/[\\/]/).at(-1) ?? '';
  return [font.name, base, font.id].filter((name) => normalName(name) !== '');
}

function indexFonts(files: readonly string[]): FontIndex {
  const all: FontFacts[] = [];
  const byName = new Map<string, FontFacts[]>();
  for (const file of files) {
    const facts = readFontFacts(file);
    if (facts === null) continue;
    all.push(facts);
    for (const name of new Set([path.basename(file), ...facts.names].map(normalName))) {
      const list = byName.get(name);
      if (list === undefined) byName.set(name, [facts]);
      else list.push(facts);
    }
  }
  return { all, byName };
}

function bestWeight(fonts: readonly FontFacts[], bold: boolean): FontFacts | null {
  const wanted = bold ? 700 : 400;
  const distance = (facts: FontFacts) => Math.abs(facts.weight - wanted) + (facts.italic ? 1000 : 0);
  return fonts.toSorted((a, b) => distance(a) - distance(b))[0] ?? null;
}

function listFontFiles(folder: string, depth: number): string[] {
  let entries: import('node:fs').Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  const files: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (files.length >= MAX_FONT_FILES) break;
    const full = path.join(folder, entry.name);
    if (entry.isDirectory() && depth > 0) files.push(...listFontFiles(full, depth - 1));
    else if (/\.(ttf|otf|ttc)$/i.test(entry.name)) files.push(full);
  }
  return files.slice(0, MAX_FONT_FILES);
}
