import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highlightOf } from '../../../../main/engines/embedded/text/motion/captions.ts';
import { placeWords } from '../../../../main/engines/embedded/text/motion/spoken-words.ts';
import { makeText } from './fixtures.ts';

/** Words of a second each, one after the other. */
const spoken = (...words: string[]) =>
  words.map((text, index) => ({ text, startUs: index * 1_000_000, endUs: (index + 1) * 1_000_000 }));

/** What lights up in which seconds. */
const placed = (text: string, ...words: string[]) =>
  placeWords(text, spoken(...words)).map(
    ({ start, end, startUs, endUs }) => `${text.slice(start, end)} ${startUs / 1e6}-${endUs / 1e6}`,
  );

describe('the words of a caption are found in its text', () => {
  it.each([
    ['in any case', 'Hello WORLD', ['HELLO', 'world'], ['Hello 0-1', 'WORLD 1-2']],
    [
      'without the punctuation of the text',
      'Well, “yes” — no!',
      ['well', 'yes', 'no'],
      ['Well 0-1', 'yes 1-2', 'no 2-3'],
    ],
    ['with punctuation of their own', 'well yes', ['Well,', '“yes.”'], ['well 0-1', 'yes 1-2']],
    ['across spaces', 'in New York now', ['in', 'new york', 'now'], ['in 0-1', 'New York 1-2', 'now 2-3']],
    ['between entries of a blank', 'a b', ['a', ' ', 'b'], ['a 0-1', 'b 2-3']],
    ['as often as they are said', 'No, no, no!', ['no', 'no', 'no'], ['No 0-1', 'no 1-2', 'no 2-3']],
    ['from the front, said less often than written', 'no no no', ['no'], ['no 0-1']],
    ['as whole words rather than parts of others', 'nothing, no', ['no'], ['no 0-1']],
    ['past a word that only stands later', 'cat sat on the mat', ['the', 'cat', 'sat'], ['cat 1-2', 'sat 2-3']],
    ['around a word that is not in the text', 'one three', ['one', 'two', 'three'], ['one 0-1', 'three 2-3']],
    [
      'whatever stands for them in the text',
      'I have 2 cats',
      ['I', 'have', 'two', 'cats'],
      ['I 0-1', 'have 1-2', '2 2-3', 'cats 3-4'],
    ],
    ['in Chinese', '我爱，北京天安门', ['我', '爱', '北京', '天安门'], ['我 0-1', '爱 1-2', '北京 2-3', '天安门 3-4']],
    ['in Arabic, with or without its vowel marks', 'مَرْحَبًا بك', ['مرحبا', 'بك'], ['مَرْحَبًا 0-1', 'بك 1-2']],
    ['with marks written apart', 'BA\u0302Y GIO\u031b\u0300', ['bây', 'giờ'], ['BA\u0302Y 0-1', 'GIO\u031b\u0300 1-2']],
    [
      'with letters that have no single capital',
      'STRASSE İstanbul',
      ['Straße', 'istanbul'],
      ['STRASSE 0-1', 'İstanbul 1-2'],
    ],
    ['as emoji', 'go 👨‍👩‍👧 😀 home', ['go', '👨‍👩‍👧', '😀', 'home'], ['go 0-1', '👨‍👩‍👧 1-2', '😀 2-3', 'home 3-4']],
    ['beside emoji of the text or of the words alone', '😀hi there', ['hi', 'there😀'], ['hi 0-1', 'there 1-2']],
    ['beside characters of two units', '𠮷野家', ['𠮷', '野家'], ['𠮷 0-1', '野家 1-2']],
    ['never as half of a character', 'ﬁn', ['f', 'in'], ['ﬁn 0-2']],
    ['when there are fewer of them than the text has', 'one two three', ['one'], ['one 0-1']],
    ['when there are none', 'one two', [], []],
    ['when the text has none', '!?', ['one'], []],
  ] as const)('%s', (_, text, words, expected) => {
    expect(placed(text, ...words)).toEqual(expected);
  });

  it('in bounded time, whatever is repeated', () => {
    const text = 'no '.repeat(5000);
    const ranges = placeWords(text, spoken(...new Array<string>(10_000).fill('no')));
    expect(ranges.map(({ start }) => start)).toEqual(Array.from({ length: 2000 }, (_, index) => index * 3));
    expect(placeWords('a'.repeat(20_000), spoken(...new Array<string>(2000).fill('a')))).toHaveLength(2000);
  });

  it('in order and apart from each other, whatever the text and the words', () => {
    const letters = fc.string({
      unit: fc.constantFrom('a', 'b', 'A', ' ', '国', '😀', 'é', '\u0301', 'ﬁ', '‍', 'ب', ','),
    });
    fc.assert(
      fc.property(letters, fc.array(letters, { maxLength: 8 }), (text, words) => {
        let at = 0;
        for (const { start, end } of placeWords(text, spoken(...words))) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(at).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

describe('a caption lights up', () => {
  const lit = (of: ReturnType<typeof makeText>, start: number, end: number, seconds: number) =>
    highlightOf(of, { start, end }, seconds * 1e6, 4e6);

  it('word by word, whatever the order of their times', () => {
    const words = [
      { text: 'one', startUs: 2e6, endUs: 3e6 },
      { text: 'two', startUs: 0, endUs: 1e6 },
      { text: 'six', startUs: 3e6, endUs: 3e6 },
      { text: 'ten', startUs: 3e6, endUs: 2e6 },
    ];
    const of = makeText('one two six ten', { words });
    const shares = (seconds: number) => [0, 4, 8, 12].map((start) => lit(of, start, start + 3, seconds));
    expect(shares(1)).toEqual([0, 1, 0, 0]);
    expect(shares(2.5)).toEqual([0.5, 1, 0, 0]);
    expect(shares(3.1)).toEqual([1, 1, 1, 1]);
  });

  it('as far as it has been spoken, where a whole line moves as one', () => {
    const of = makeText('abcd efgh', { words: spoken('abcd', 'efgh') });
    expect([0, 0.5, 1, 1.5, 2].map((seconds) => lit(of, 0, 9, seconds) * 9)).toEqual([0, 2, 5, 7, 9]);
  });

  it('at once where words take no time, never by a share below nothing or above all', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), {
          minLength: 3,
          maxLength: 3,
        }),
        fc.double({ min: -1, max: 9, noNaN: true }),
        (times, seconds) => {
          const words = times.map(([from, to], i) => ({ text: 'abc'[i] ?? '', startUs: from * 1e6, endUs: to * 1e6 }));
          const of = makeText('a b c', { words });
          for (const end of [1, 3, 5, 9]) {
            const share = lit(of, 0, end, seconds);
            expect(share).toBeGreaterThanOrEqual(0);
            expect(share).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });
});
