import { describe, expect, it } from 'vitest';
import { en } from '../../renderer/locales/en.ts';
import { zh } from '../../renderer/locales/zh-CN.ts';

function flat(words: object, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(words)) {
    const key = prefix === '' ? name : `${prefix}.${name}`;
    if (typeof value === 'string') found.set(key, value);
    else for (const entry of flat(value as object, key)) found.set(...entry);
  }
  return found;
}

const chinese = flat(zh);
const english = flat(en);
/** Forms for a count of one exist only where a language has them. */
const isSingular = (key: string) => key.endsWith('_one');
const places = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

describe('the two languages', () => {
  it('have the same keys', () => {
    expect([...english.keys()].filter((key) => !isSingular(key)).sort()).toEqual([...chinese.keys()].sort());
  });

  it('have the same places to fill in', () => {
    for (const [key, text] of english) {
      const other = chinese.get(key.replace(/_one$/, ''));
      expect(places(text), key).toEqual(places(other ?? ''));
    }
  });

  it('are not empty where the other one speaks, and not left in the other language', () => {
    for (const [key, text] of chinese) {
      if (isSingular(key)) continue;
      expect(english.get(key) === '', key).toBe(text === '');
      if (text !== '中文') expect(english.get(key), key).not.toMatch(/[\u4e00-\u9fff]/);
    }
  });
});
