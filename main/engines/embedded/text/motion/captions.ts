import type { TextMaterial } from '../../../../drafts/model.ts';

/** UTF-16 range of a text. */
interface Range {
  readonly start: number;
  readonly end: number;
}

interface SpokenRange extends Range {
  readonly startUs: number;
  readonly endUs: number;
}

/**
 * How much of a piece of a caption has been spoken at a time of its segment, 0..1: by its words' own times; without any,
 * the text is read evenly over the segment.
 */
export function highlightOf(text: TextMaterial, unit: Range, timeUs: number, durationUs: number): number {
  const spoken = spokenRanges(text);
  if (spoken.length === 0) {
    const length = Math.max(1, text.text.length);
    return timeUs / Math.max(1, durationUs) > unit.start / length ? 1 : 0;
  }
  const word = spoken.find(({ start, end }) => unit.start >= start && unit.start < end);
  if (word === undefined) return timeUs >= betweenWordsUs(spoken, unit) ? 1 : 0;
  const progress = (timeUs - word.startUs) / Math.max(1, word.endUs - word.startUs);
  const from = (unit.start - word.start) / (word.end - word.start);
  const share = (unit.end - unit.start) / (word.end - word.start);
  return Math.min(1, Math.max(0, (progress - from) / share));
}

/** When something that is in no word is over: with the word before it, or as the first one begins. */
function betweenWordsUs(spoken: readonly SpokenRange[], unit: Range): number {
  const before = spoken.findLast(({ end }) => end <= unit.start);
  return before?.endUs ?? spoken[0]?.startUs ?? Number.POSITIVE_INFINITY;
}

const MAX_WORDS = 2000;
const spokenByText = new WeakMap<TextMaterial, readonly SpokenRange[]>();

/** Where in the text the words of its caption stand. */
function spokenRanges(text: TextMaterial): readonly SpokenRange[] {
  let ranges = spokenByText.get(text);
  if (ranges === undefined) {
    ranges = findWords(text);
    spokenByText.set(text, ranges);
  }
  return ranges;
}

/** Recognition writes words in its own way: case and what is no letter or number do not count. */
function findWords({ text, words }: TextMaterial): SpokenRange[] {
  const letters = lettersOf(text);
  const all = letters.map(({ letter }) => letter).join('');
  let from = 0;
  return words.slice(0, MAX_WORDS).flatMap(({ text: word, startUs, endUs }) => {
    const wanted = lettersOf(word)
      .map(({ letter }) => letter)
      .join('');
    const found = wanted === '' ? -1 : all.indexOf(wanted, from);
    const [first, last] = [letters[found], letters[found + wanted.length - 1]];
    if (first === undefined || last === undefined) return [];
    from = found + wanted.length;
    return [{ start: first.start, end: last.end, startUs, endUs }];
  });
}

/** Letters, numbers and marks of a text, lower case, one UTF-16 unit each, with the places of their characters in it. */
function lettersOf(text: string): (Range & { readonly letter: string })[] {
  let start = 0;
  return [...text].flatMap((character) => {
    const range = { start, end: start + character.length };
    start = range.end;
    return /[\p{L}\p{N}\p{M}]/u.test(character)
      ? character
          .toLowerCase()
          .split('')
          .map((letter) => ({ ...range, letter }))
      : [];
  });
}
