import path from 'node:path';
import { GlobalFonts } from '@napi-rs/canvas';
import type { TextStyle } from '../../../../drafts/model.ts';
import { type BundledScript, bundledFont } from './bundled.ts';
import { createFontFolder } from './folder.ts';
import { drawnBySystem, findInstalledFont, installedFontFolders } from './installed.ts';
import { coversCluster, type FontFacts, readFontFacts } from './sfnt.ts';

/** A font that can be drawn with: registered under a name of its own, so that no installed font takes its place. */
interface Face {
  readonly family: string;
  /** Em, from the font's `hhea` table. */
  readonly ascent: number;
  readonly descent: number;
  /** The file itself is bold; otherwise bold is made by thickening. */
  readonly bold: boolean;
  readonly color: boolean;
  covers(codePoint: number): boolean;
}

export interface FontBook {
  /**
   * The face for one grapheme cluster of a styled text: the style's own font, else the bundled one of its script, else
   * any in the operator's folder that has it, else a bundled one beside which the drawing library looks for an installed
   * one. What no font has gets a face of its own: in one piece with it, the drawing library would give up what it finds.
   */
  face(style: Pick<TextStyle, 'font' | 'bold'>, cluster: string): Face;
  /** The name of the font that a style asks for, when it cannot be had; null when it can or none is asked for. */
  missingFont(style: Pick<TextStyle, 'font' | 'bold'>): string | null;
  /** Scripts that neither our fonts nor installed ones have, with the number of characters: drawn as empty boxes. */
  uncovered(): readonly { readonly name: string; readonly count: number }[];
}

const familyOfFile = new Map<string, Face | null>();

/** Registers a file with the drawing library, once per process. */
function loadFace(file: string, facts: FontFacts | null): Face | null {
  const known = familyOfFile.get(file);
  if (known !== undefined) return known;
  const face = facts === null ? null : registerFace(file, facts);
  familyOfFile.set(file, face);
  return face;
}

function registerFace(file: string, facts: FontFacts): Face | null {
  const family = `station-font-${familyOfFile.size}`;
  if (GlobalFonts.registerFromPath(file, family) === null) return null;
  return {
    family,
    ascent: facts.ascent,
    descent: facts.descent,
    bold: facts.weight >= 600,
    color: facts.color,
    covers: facts.covers,
  };
}

/** Used when even the bundled fonts are gone: whatever the system has. Metrics of Noto Sans SC. */
const systemFace: Face = {
  family: 'sans-serif',
  ascent: 1.16,
  descent: 0.288,
  bold: false,
  color: false,
  covers: () => true,
};

const emojiCluster =
  /^(?:\p{Emoji_Presentation}|\p{Emoji}\ufe0f|\p{Emoji_Modifier_Base}\p{Emoji_Modifier}|[0-9#*]\ufe0f?\u20e3|\p{Regional_Indicator})/u;
const arabicCluster = /^[\p{Script=Arabic}\u0640\u060c\u061b\u061f]/u;
const MAX_REMEMBERED = 200;

/**
 * Fonts for drawing drafts. `folder`: the operator's font folder or `''`; read when the first style asks for a font.
 * `resourceFolder`: where a packaged program keeps its bundled fonts, when that is not the default place.
 * `installedFolders`: the system's font folders.
 */
export function createFontBook(options: {
  readonly folder: string;
  readonly resourceFolder?: string;
  readonly installedFolders?: readonly string[];
}): FontBook {
  const folder = createFontFolder(options.folder);
  const installed = options.installedFolders ?? installedFontFolders();
  const uncovered = new Map<string, number>();
  const bundledFaces = new Map<string, Face | null>();
  const ownFaces = new Map<string, Face | null>();
  const boxFaces = new Map<Face, Face>();
  const chosen = new Map<string, Face>();

  function bundled(script: BundledScript, bold: boolean): Face | null {
    const key = `${script}${bold ? '+' : ''}`;
    let face = bundledFaces.get(key);
    if (face === undefined) {
      const file = bundledFont(script, bold ? 'bold' : 'regular', options.resourceFolder);
      face = file === null ? (bold ? bundled(script, false) : null) : loadFace(file, readFontFacts(file));
      bundledFaces.set(key, face);
    }
    return face;
  }

  /** The style's own font; null when it names none or it cannot be had. */
  function own(font: TextStyle['font'], bold: boolean): Face | null {
    const key = `${bold}\n${font.path}\n${font.name}\n${font.id}`;
    let face = ownFaces.get(key);
    if (face === undefined) {
      const facts = folder.find(font, bold) ?? readableFontAt(font.path) ?? findInstalledFont(font, installed);
      face = facts === null ? null : loadFace(facts.file, facts);
      if (ownFaces.size >= MAX_REMEMBERED) ownFaces.clear();
      ownFaces.set(key, face);
    }
    return face;
  }

  function choose(style: Pick<TextStyle, 'font' | 'bold'>, cluster: string): Face {
    const cjk = bundled('cjk', style.bold);
    if (emojiCluster.test(cluster) && !cluster.endsWith('\ufe0e')) {
      const emoji = bundled('emoji', false);
      if (emoji !== null && coversCluster(emoji, cluster)) return emoji;
    }
    const candidates = [
      own(style.font, style.bold),
      arabicCluster.test(cluster) ? bundled('arabic', style.bold) : cjk,
      cjk,
      bundled('arabic', style.bold),
      bundled('emoji', false),
    ];
    for (const face of candidates) if (face !== null && coversCluster(face, cluster)) return face;
    const facts = folder.covering(cluster, style.bold);
    const found = facts === null ? null : loadFace(facts.file, facts);
    if (found !== null) return found;
    const standIn = candidates.find((face) => face !== null) ?? systemFace;
    if (drawnBySystem(cluster)) return standIn;
    const script = scriptOf(cluster);
    uncovered.set(script, (uncovered.get(script) ?? 0) + 1);
    return boxesOf(standIn);
  }

  function boxesOf(face: Face): Face {
    const boxes = boxFaces.get(face) ?? { ...face };
    boxFaces.set(face, boxes);
    return boxes;
  }

  return {
    face(style, cluster) {
      const key = `${style.bold ? '+' : '-'}${style.font.path}\n${style.font.name}\n${style.font.id}\n${cluster}`;
      let face = chosen.get(key);
      if (face === undefined) {
        face = choose(style, cluster);
        if (chosen.size > 50_000) chosen.clear();
        chosen.set(key, face);
      }
      return face;
    },
    missingFont: ({ font, bold }) => (own(font, bold) === null ? wantedName(font) : null),
    uncovered: () => Array.from(uncovered, ([name, count]) => ({ name, count })),
  };
}

/** For telling what is missing: the writing systems that people make subtitles in. */
const scripts = [
  ...[
    'Han',
    'Hangul',
    'Hiragana',
    'Katakana',
    'Latin',
    'Greek',
    'Cyrillic',
    'Arabic',
    'Hebrew',
    'Thai',
    'Lao',
    'Khmer',
  ],
  ...['Myanmar', 'Tibetan', 'Mongolian', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Tamil', 'Telugu', 'Kannada'],
  ...['Malayalam', 'Sinhala', 'Armenian', 'Georgian', 'Ethiopic'],
].map((name) => ({ name, pattern: new RegExp(`\\p{Script=${name}}`, 'u') }));

export function scriptOf(cluster: string): string {
  return scripts.find(({ pattern }) => pattern.test(cluster))?.name ?? 'other';
}

/** A font file of this machine; a draft may not make the program open a path on the network. */
function readableFontAt(file: string): FontFacts | null {
  if (!path.isAbsolute(file) || /^[\\/]{2}/.test(file)) return null;
  return /\.(ttf|otf|ttc)$/i.test(file) ? readFontFacts(file) : null;
}

/** Jianying's own system fonts are the default of every text: replacing them is nothing to tell. */
const defaultFontFile = /SystemFont[\\/][^\\/]*$/i;

function wantedName(font: TextStyle['font']): string | null {
  if (font.name !== '' && font.name !== 'none' && !/^(系统|default|system)$/i.test(font.name)) return font.name;
  if (defaultFontFile.test(font.path)) return null;
  return /([^\\/]+)\.(ttf|otf|ttc)$/i.exec(font.path)?.[1] ?? null;
}
