import type { TextMaterial } from '../../../../drafts/model.ts';
import { placeWords, type SpokenRange } from './spoken-words.ts';

/** UTF-16 range of a text. */
interface Range {
  readonly start: number;
  readonly end: number;
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
  let lit = 0;
  let at = unit.start;
  let index = spoken.findIndex(({ end }) => end > unit.start);
  if (index === -1) index = spoken.length;
  while (at < unit.end) {
    const range = spoken[index];
    const gap = Math.min(range?.start ?? unit.end, unit.end) - at;
    // What stands between words is over with the word before it, or as the first one begins.
    if (gap > 0 && timeUs >= (spoken[index - 1]?.endUs ?? range?.startUs ?? 0)) lit += gap;
    at += Math.max(0, gap);
    if (range === undefined || at >= unit.end) break;
    const end = Math.min(range.end, unit.end);
    lit += litUnits(range, at, end, timeUs);
    at = end;
    index++;
  }
  return lit / Math.max(1, unit.end - unit.start);
}

/** How many of the units from `from` to `to` of a word have been spoken: they follow each other evenly. */
function litUnits(word: SpokenRange, from: number, to: number, timeUs: number): number {
  const progress = (timeUs - word.startUs) / Math.max(1, word.endUs - word.startUs);
  return Math.min(to - from, Math.max(0, word.start + progress * (word.end - word.start) - from));
}

const spokenByText = new WeakMap<TextMaterial, readonly SpokenRange[]>();

function spokenRanges(text: TextMaterial): readonly SpokenRange[] {
  let ranges = spokenByText.get(text);
  if (ranges === undefined) {
    ranges = placeWords(text.text, text.words);
    spokenByText.set(text, ranges);
  }
  return ranges;
}
