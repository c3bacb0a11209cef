import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { say, type Word, words } from '../../main/desktop/words.ts';

const folder = path.resolve(import.meta.dirname, '../../main/desktop');
const code = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && file !== 'words.ts')
  .map((file) => readFileSync(path.join(folder, file), 'utf8'))
  .join('\n');
const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).toSorted();

describe('what the app says', () => {
  it.each(Object.keys(words) as Word[])('%s: in both languages, with the same values, and somewhere used', (word) => {
    const [zh, en] = words[word];
    expect(zh).toMatch(/[一-龥]/);
    expect(en).not.toMatch(/[一-龥]/);
    expect(places(en)).toEqual(places(zh));
    expect(code).toContain(`'${word}'`);
  });

  it('has its values filled in, and shows a missing one', () => {
    expect(say('trayWorking', 'zh', { count: 3 })).toBe('正在处理 3 个任务');
    expect(say('trayWorking', 'en')).toContain('{count}');
  });
});
