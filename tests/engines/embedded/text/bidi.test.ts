import { describe, expect, it } from 'vitest';
import { bidiLevels, visualOrder } from '../../../../main/engines/embedded/text/bidi.ts';

/** The text as it stands from left to right, character by character. */
function shown(text: string): string {
  const { levels } = bidiLevels(text);
  return visualOrder([...levels])
    .map((i) => text[i])
    .join('');
}

// Capital letters stand for Hebrew, so that the expectations can be read.
const hebrew = (text: string) =>
  text.replace(/[A-Z]/g, (letter) => String.fromCharCode(0x5d0 + letter.charCodeAt(0) - 65));
const latin = (text: string) =>
  text.replace(/[\u05d0-\u05ea]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x5d0 + 65));
const show = (text: string) => latin(shown(hebrew(text)));

describe('order of mixed text', () => {
  it.each([
    ['abc def', 'abc def'],
    ['ABC', 'CBA'],
    ['abc DEF ghi', 'abc FED ghi'],
    ['ABC def GHI', 'IHG def CBA'],
    ['ABC 12 DEF', 'FED 12 CBA'],
    ['ABC 1,234.5', '1,234.5 CBA'],
    ['abc (DEF) ghi', 'abc (FED) ghi'],
    ['ABC (def) 12', '12 )def( CBA'],
    ['ABC! ', ' !CBA'],
    ['ABC $5 d', 'd $5 CBA'],
    ['a ABC, DEF b', 'a FED ,CBA b'],
  ])('%s', (text, expected) => {
    expect(show(text)).toBe(expected);
  });

  it('takes the direction of the first letter', () => {
    expect(bidiLevels('12 abc').base).toBe(0);
    expect(bidiLevels('(س) abc').base).toBe(1);
    expect(bidiLevels('').base).toBe(0);
  });

  it('keeps Arabic digits after Arabic letters in order', () => {
    expect(shown('س 12')).toBe('12 س');
    expect([...bidiLevels('س 12').levels]).toEqual([1, 1, 2, 2]);
  });

  it('keeps marks with their letter', () => {
    expect([...bidiLevels('ab\u0301 ש\u05b8').levels]).toEqual([0, 0, 0, 0, 1, 1]);
  });

  it('stays quick for absurd input', () => {
    const start = performance.now();
    bidiLevels('ש(a)'.repeat(5000));
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
