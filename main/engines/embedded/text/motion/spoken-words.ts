import type { TextMaterial } from '../../../../drafts/model.ts';

/** A part of a text (UTF-16) with the time of its segment in which it is spoken. */
export interface SpokenRange {
  readonly start: number;
  readonly end: number;
  readonly startUs: number;
  readonly endUs: number;
}

/** More words than that cannot be read on one screen: the rest is of no account. */
const MAX_WORDS = 2000;
/** Of all places where a word stands in a text, those nearest to where it is expected: time stays bounded. */
const MAX_PLACES = 200;

type Word = TextMaterial['words'][number];

/**
 * Where in a text the words of its caption stand, in the text's order, without overlaps. The words keep their order;
 * of all ways to find them in the text the one is taken that explains most of its letters, whole words before parts of
 * words, earlier places before later ones. Letters between found words that no word explains (`2` for `two`) take the
 * time of the words that were not found there.
 */
export function placeWords(text: string, words: readonly Word[]): SpokenRange[] {
  const letters = lettersOf(text);
  const heard = words.slice(0, MAX_WORDS).flatMap((word) => {
    const wanted = lettersOf(word.text).map(({ letter }) => letter);
    return wanted.length === 0 ? [] : [{ word, wanted: wanted.join(''), length: wanted.length }];
  });
  const found = align(letters, heard);
  const ranges: SpokenRange[] = [];
  let at = 0;
  let missed: Word[] = [];
  const explain = (to: number, spoken: readonly Word[]) => {
    const [first, last, from] = [letters[at], letters[to - 1], spoken[0]];
    if (first !== undefined && last !== undefined && from !== undefined && to > at)
      ranges.push({ start: first.range.start, end: last.range.end, startUs: from.startUs, endUs: latestEnd(spoken) });
    at = Math.max(at, to);
  };
  heard.forEach(({ word, length }, index) => {
    const place = found[index];
    if (place === undefined) {
      missed.push(word);
      return;
    }
    explain(place, missed);
    missed = [];
    at = place;
    explain(place + length, [word]);
  });
  explain(letters.length, missed);
  return ranges;
}

const latestEnd = (words: readonly Word[]): number => words.reduce((end, { endUs }) => Math.max(end, endUs), 0);

interface Letter {
  readonly letter: string;
  /** Of its character, with the marks on it; letters of one character share it. */
  readonly range: { readonly start: number; readonly end: number };
}

/**
 * What words are compared by: letters, numbers and emoji, in lower case and in their plainest form, one code point each.
 * Recognition writes case, marks on letters and punctuation in its own way.
 */
function lettersOf(text: string): Letter[] {
  const letters: Letter[] = [];
  let range = { start: 0, end: 0 };
  for (const character of text) {
    if (/\p{M}/u.test(character)) {
      range.end += character.length;
      continue;
    }
    range = { start: range.end, end: range.end + character.length };
    for (const letter of character.normalize('NFKD').toUpperCase().toLowerCase())
      if (/[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u.test(letter)) letters.push({ letter, range });
  }
  return letters;
}

interface Wanted {
  readonly wanted: string;
  readonly length: number;
}

/** A word at a place, and the best way to get there. */
interface Step {
  readonly index: number;
  readonly place: number;
  readonly end: number;
  readonly worth: number;
  readonly before: Step | null;
}

/** The place of every word among the letters; words that cannot be found have none. */
function align(letters: readonly Letter[], words: readonly Wanted[]): (number | undefined)[] {
  const places = placesIn(letters);
  const best = new BestSteps(letters.length);
  let expected = 0;
  words.forEach(({ wanted, length }, index) => {
    const steps = nearest(places(wanted, length), expected).map((place): Step => {
      const before = best.upTo(place);
      const edges = Number(isWordEdge(letters, place)) + Number(isWordEdge(letters, place + length));
      return { index, place, end: place + length, worth: (before?.worth ?? 0) + 4 * length + edges, before };
    });
    // Only now: no word may follow on itself.
    for (const step of steps) best.add(step);
    expected += length;
  });
  const found: (number | undefined)[] = [];
  for (let step = best.upTo(letters.length); step !== null; step = step.before) found[step.index] = step.place;
  return found;
}

/** Finds every place where a row of letters stands, without cutting a character; each row is looked for once. */
function placesIn(letters: readonly Letter[]): (wanted: string, length: number) => readonly number[] {
  const all = letters.map(({ letter }) => letter).join('');
  const indexOfUnit = letters.flatMap(({ letter }, index) => [index, ...new Array<number>(letter.length - 1).fill(-1)]);
  const known = new Map<string, readonly number[]>();
  const cuts = (place: number) => place > 0 && letters[place]?.range === letters[place - 1]?.range;
  return (wanted, length) => {
    let places = known.get(wanted);
    if (places === undefined) {
      const found: number[] = [];
      for (let unit = all.indexOf(wanted); unit !== -1; unit = all.indexOf(wanted, unit + 1)) {
        const place = indexOfUnit[unit] ?? -1;
        if (place !== -1 && !cuts(place) && !cuts(place + length)) found.push(place);
      }
      places = found;
      known.set(wanted, places);
    }
    return places;
  };
}

function nearest(places: readonly number[], expected: number): readonly number[] {
  if (places.length <= MAX_PLACES) return places;
  const after = places.findIndex((place) => place >= expected);
  const middle = after === -1 ? places.length : after;
  const from = Math.min(Math.max(0, middle - MAX_PLACES / 2), places.length - MAX_PLACES);
  return places.slice(from, from + MAX_PLACES);
}

const isWordEdge = (letters: readonly Letter[], place: number): boolean =>
  letters[place - 1]?.range.end !== letters[place]?.range.start;

/** The best of all steps that end at or before a place (a Fenwick tree); of equals the one that ends first. */
class BestSteps {
  private readonly tree: (Step | null)[];

  constructor(length: number) {
    this.tree = new Array(length + 2).fill(null);
  }

  upTo(end: number): Step | null {
    let best: Step | null = null;
    for (let i = end + 1; i > 0; i -= i & -i) best = better(best, this.tree[i] ?? null);
    return best;
  }

  add(step: Step): void {
    for (let i = step.end + 1; i < this.tree.length; i += i & -i) this.tree[i] = better(this.tree[i] ?? null, step);
  }
}

function better(a: Step | null, b: Step | null): Step | null {
  if (a === null || b === null) return a ?? b;
  return b.worth > a.worth || (b.worth === a.worth && b.end < a.end) ? b : a;
}
