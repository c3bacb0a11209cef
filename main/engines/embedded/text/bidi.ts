/**
 * The Unicode bidirectional algorithm for one paragraph, without explicit embeddings (texts in drafts carry none):
 * rules P2-P3, W1-W7, N0-N2, I1-I2 and L1-L2 of UAX #9.
 */

type BidiClass = 'L' | 'R' | 'AL' | 'EN' | 'ES' | 'ET' | 'AN' | 'CS' | 'NSM' | 'BN' | 'WS' | 'ON';

const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\u200f\u061c]/u;

const classes: readonly [RegExp, BidiClass][] = [
  [/[0-9\u06f0-\u06f9\uff10-\uff19]/u, 'EN'],
  [/[\u0660-\u0669\u066b\u066c]/u, 'AN'],
  [/[+\-\u2212]/u, 'ES'],
  [/[,./:\u00a0\u060c]/u, 'CS'],
  [/[\u200f\u061c]/u, 'R'],
  [/[\u200e]/u, 'L'],
  [/[\p{Mn}\p{Me}]/u, 'NSM'],
  [/[\p{Default_Ignorable_Code_Point}\p{Cc}]/u, 'BN'],
  [/[#%\p{Sc}\u00b0\u2030]/u, 'ET'],
  [/\p{Z}/u, 'WS'],
  [/[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u, 'AL'],
  [/[\p{Script=Hebrew}\p{Script=Nko}]/u, 'R'],
  [/[\p{L}\p{Mc}\p{Nl}\p{No}\p{Nd}]/u, 'L'],
];

const strongR = (type: BidiClass | undefined) => type === 'R' || type === 'AL';

function classOf(character: string): BidiClass {
  for (const [pattern, type] of classes) if (pattern.test(character)) return type;
  return 'ON';
}

export interface BidiLevels {
  /** 0 = the paragraph reads left to right, 1 = right to left. */
  readonly base: 0 | 1;
  /** Per UTF-16 code unit; odd = right to left. */
  readonly levels: Uint8Array;
}

/** Embedding levels of a paragraph (no line breaks in it). */
export function bidiLevels(text: string): BidiLevels {
  const levels = new Uint8Array(text.length);
  if (!rightToLeft.test(text)) return { base: 0, levels };

  const types: BidiClass[] = [];
  for (const character of text) {
    const type = classOf(character);
    for (let i = 0; i < character.length; i++) types.push(i === 0 ? type : 'BN');
  }
  const first = types.find((type) => type === 'L' || strongR(type));
  const base = strongR(first) ? 1 : 0;
  resolveWeak(types, base);
  resolveBrackets(text, types, base);
  resolveNeutral(types, base);
  for (let i = 0; i < types.length; i++) {
    const type = types[i];
    if (base === 0) levels[i] = type === 'R' ? 1 : type === 'AN' || type === 'EN' ? 2 : 0;
    else levels[i] = type === 'R' ? 1 : 2;
  }
  // L1: white space at the end belongs to the paragraph.
  for (let i = text.length - 1; i >= 0 && /\s/.test(text[i] ?? ''); i--) levels[i] = base;
  return { base, levels };
}

function resolveWeak(types: BidiClass[], base: 0 | 1): void {
  const start: BidiClass = base === 1 ? 'R' : 'L';
  // W1 and BN: marks and invisible characters take the type before them.
  let previous: BidiClass = start;
  for (let i = 0; i < types.length; i++) {
    if (types[i] === 'NSM' || types[i] === 'BN') types[i] = previous;
    previous = types[i] ?? start;
  }
  // W2, W3: digits after Arabic letters are Arabic numbers.
  let strong: BidiClass = start;
  for (let i = 0; i < types.length; i++) {
    const type = types[i];
    if (type === 'L' || type === 'R' || type === 'AL') strong = type;
    else if (type === 'EN' && strong === 'AL') types[i] = 'AN';
  }
  for (let i = 0; i < types.length; i++) if (types[i] === 'AL') types[i] = 'R';
  // W4: a single separator between two numbers joins them.
  for (let i = 1; i + 1 < types.length; i++) {
    const [before, type, after] = [types[i - 1], types[i], types[i + 1]];
    if (before !== after) continue;
    if (before === 'EN' && (type === 'ES' || type === 'CS')) types[i] = 'EN';
    if (before === 'AN' && type === 'CS') types[i] = 'AN';
  }
  // W5: a row of currency and percent signs beside a number belongs to it; W6: what is left is neutral.
  forEachRow(
    types,
    (type) => type === 'ET',
    (from, to) => {
      const number = types[from - 1] === 'EN' || types[to] === 'EN';
      types.fill(number ? 'EN' : 'ON', from, to);
    },
  );
  for (let i = 0; i < types.length; i++) if (types[i] === 'ES' || types[i] === 'CS') types[i] = 'ON';
  // W7: digits in left-to-right text are left to right.
  strong = start;
  for (let i = 0; i < types.length; i++) {
    const type = types[i];
    if (type === 'L' || type === 'R') strong = type;
    else if (type === 'EN' && strong === 'L') types[i] = 'L';
  }
}

/** Beyond these, brackets are plain neutrals: time stays bounded. */
const MAX_BRACKET_PAIRS = 500;
const openers = '([{（［｛「『【〈《〔';
const closers = ')]}）］｝」』】〉》〕';

/** N0: both brackets of a pair take one direction, the paragraph's if their content has it, else that before them. */
function resolveBrackets(text: string, types: BidiClass[], base: 0 | 1): void {
  const ahead: BidiClass = base === 1 ? 'R' : 'L';
  const open: { kind: number; at: number }[] = [];
  const pairs: [number, number][] = [];
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? '';
    if (types[i] !== 'ON') continue;
    if (openers.includes(character) && open.length < 63) open.push({ kind: openers.indexOf(character), at: i });
    const match = open.findLastIndex(({ kind }) => kind === closers.indexOf(character));
    const opener = open[match];
    if (opener === undefined) continue;
    pairs.push([opener.at, i]);
    if (pairs.length >= MAX_BRACKET_PAIRS) break;
    open.length = match;
  }
  for (const [from, to] of pairs.toSorted((a, b) => a[0] - b[0])) {
    const inside = new Set(types.slice(from + 1, to).map(numberAsR));
    if (!inside.has('L') && !inside.has('R')) continue;
    let direction = ahead;
    if (!inside.has(ahead)) {
      const before = types
        .slice(0, from)
        .map(numberAsR)
        .findLast((type) => type === 'L' || type === 'R');
      direction = before ?? ahead;
    }
    types[from] = direction;
    types[to] = direction;
  }
}

const numberAsR = (type: BidiClass): BidiClass => (type === 'EN' || type === 'AN' ? 'R' : type);

/** N1, N2: neutrals between two equal directions take it, others the paragraph's. Numbers count as R. */
function resolveNeutral(types: BidiClass[], base: 0 | 1): void {
  const start: BidiClass = base === 1 ? 'R' : 'L';
  const direction = (type: BidiClass | undefined): BidiClass => (type === undefined ? start : type === 'L' ? 'L' : 'R');
  forEachRow(
    types,
    (type) => type === 'WS' || type === 'ON',
    (from, to) => {
      const before = direction(types[from - 1]);
      types.fill(before === direction(types[to]) ? before : start, from, to);
    },
  );
}

function forEachRow(
  types: readonly BidiClass[],
  belongs: (type: BidiClass) => boolean,
  visit: (from: number, to: number) => void,
): void {
  for (let i = 0; i < types.length; ) {
    const type = types[i];
    if (type === undefined || !belongs(type)) {
      i++;
      continue;
    }
    const from = i;
    while (i < types.length && belongs(types[i] ?? 'L')) i++;
    visit(from, i);
  }
}

/** L2: the order in which parts of one line, with these levels, stand from left to right. Gives indices. */
export function visualOrder(levels: readonly number[]): number[] {
  const order = levels.map((_, index) => index);
  const highest = Math.max(0, ...new Set(levels));
  for (let level = highest; level > 0; level--) {
    for (let i = 0; i < order.length; ) {
      let end = i;
      while (end < order.length && (levels[order[end] ?? 0] ?? 0) >= level) end++;
      if (end > i) order.splice(i, end - i, ...order.slice(i, end).reverse());
      i = Math.max(end, i + 1);
    }
  }
  return order;
}
