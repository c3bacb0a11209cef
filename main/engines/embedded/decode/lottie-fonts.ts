import { readFileSync } from 'node:fs';
import type { FontFor } from '../../../media/lottie-text.ts';
import { scriptOf } from '../text/fonts/book.ts';
import { type BundledScript, bundledFont } from '../text/fonts/bundled.ts';
import { readFontFacts } from '../text/fonts/sfnt.ts';

/** What the text of an animation looks like, other than its author saw it. */
export type TellText = (fidelity: 'approximated' | 'not_drawn', kind: 'font' | 'script', name: string) => void;

const scripts: readonly BundledScript[] = ['cjk', 'arabic', 'emoji'];
/** Blanks and what only joins characters need no glyph. */
const invisible = /[\s\p{Default_Ignorable_Code_Point}\p{Cc}]/u;

/** Writes the text of animations in the bundled font that has most of its characters: one text has one font. */
export function bundledFonts(tell: TellText): FontFor {
  return ({ family, bold, text }) => {
    const characters = [...new Set(text)].filter((character) => !invisible.test(character));
    const choices = scripts.flatMap((script) => {
      const file = (bold ? bundledFont(script, 'bold') : null) ?? bundledFont(script, 'regular');
      const facts = file === null ? null : readFontFacts(file);
      if (facts === null) return [];
      return [{ facts, missing: characters.filter((character) => !facts.covers(character.codePointAt(0) ?? 0)) }];
    });
    const [best] = choices.toSorted((a, b) => a.missing.length - b.missing.length);
    tell('approximated', 'font', family);
    if (best === undefined) return null;
    for (const script of new Set(best.missing.map(scriptOf))) tell('not_drawn', 'script', script);
    return `data:font/ttf;base64,${readFileSync(best.facts.file).toString('base64')}`;
  };
}
