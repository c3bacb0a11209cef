import { isObject, type Json, objects } from './lottie-json.ts';

/** A font in which an animation has text. */
export interface LottieFont {
  readonly family: string;
  readonly bold: boolean;
  /** Everything that is written in it. */
  readonly text: string;
}

/** Each font that is put into an animation is a file of MBs; nobody's sticker has more of them. */
const mostFonts = 6;

/** The file of a font to be drawn with, as a `data:` address; null when there is none. */
export type FontFor = (font: LottieFont) => string | null;

/**
 * The list of fonts with a font inside each that is used, so that text looks the same on every machine: the drawing
 * library would take any that is installed. Fonts whose letters the file has as shapes (`chars`) stay as they are.
 */
export function withFonts(root: Json, fontFor: FontFor): Json {
  const { list, ...rest } = isObject(root.fonts) ? root.fonts : {};
  const written = writtenText(root);
  let given = 0;
  const fonts = objects(list).map((font) => {
    const text = written.get(font.fName) ?? '';
    if (text === '' || given >= mostFonts || hasShapes(root, font)) return { ...font, fPath: '' };
    given += 1;
    // The drawing library passes over fonts without them.
    const family = named(font.fFamily) ?? named(font.fName) ?? 'font';
    const style = named(font.fStyle) ?? 'Regular';
    const path = fontFor({ family, bold: /bold|black|heavy/i.test(style), text });
    return { ...font, fFamily: family, fStyle: style, fPath: path ?? '' };
  });
  return { ...rest, list: fonts };
}

const named = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function hasShapes(root: Json, { fFamily, fStyle }: Json): boolean {
  return objects(root.chars).some((shape) => shape.fFamily === fFamily && shape.style === fStyle);
}

/** What the text layers say, by the name of the font. */
function writtenText(root: Json): Map<unknown, string> {
  const texts = new Map<unknown, string[]>();
  const layers = [root, ...objects(root.assets)].flatMap(({ layers }) => objects(layers));
  for (const { ty, t } of layers) {
    const document = isObject(t) && isObject(t.d) ? t.d : {};
    for (const { s } of ty === 5 ? objects(document.k) : []) {
      if (!isObject(s) || typeof s.t !== 'string') continue;
      const known = texts.get(s.f) ?? [];
      known.push(s.t);
      texts.set(s.f, known);
    }
  }
  return new Map([...texts].map(([font, parts]) => [font, parts.join('')]));
}
