import type { Rgba, TextMaterial, TextStyle } from '../../../../main/drafts/model.ts';

export const rgba = (r: number, g: number, b: number, a = 1): Rgba => ({ r, g, b, a });
export const white = rgba(1, 1, 1);
export const black = rgba(0, 0, 0);
export const red = rgba(1, 0, 0);
export const green = rgba(0, 1, 0);
export const blue = rgba(0, 0, 1);

export function makeStyle(part: Partial<TextStyle> = {}): TextStyle {
  return {
    start: 0,
    end: 0,
    size: 10,
    color: white,
    gradient: null,
    font: { path: '', name: '', id: '' },
    bold: false,
    italic: false,
    underline: false,
    strokes: [],
    shadows: [],
    effectId: '',
    ...part,
  };
}

/** A text as the draft reader gives it; `style` applies to all of it unless `styles` are given. */
export function makeText(text: string, part: Partial<TextMaterial> = {}, style: Partial<TextStyle> = {}): TextMaterial {
  return {
    id: 'text',
    text,
    styles: [makeStyle({ start: 0, end: text.length, ...style })],
    align: 'center',
    vertical: false,
    wrapWidth: null,
    lineSpacingEm: 0.02,
    letterSpacingEm: 0,
    background: null,
    glow: null,
    alpha: 1,
    words: [],
    ...part,
  };
}

/** Styles in a row; the last end is the text's length. */
export function rangedStyles(parts: readonly [end: number, style: Partial<TextStyle>][]): TextStyle[] {
  let start = 0;
  return parts.map(([end, style]) => {
    const made = makeStyle({ ...style, start, end });
    start = end;
    return made;
  });
}
