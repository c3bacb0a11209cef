/** What a name says about a motion besides its family. */
export interface Hint {
  /** Which way the picture moves, +y down; null when the name says nothing. */
  readonly direction: { readonly x: -1 | 0 | 1; readonly y: -1 | 0 | 1 } | null;
  readonly counterClockwise: boolean;
  /** True 竖向 or 上下, false 横向 or 左右, null when the name says nothing. */
  readonly vertical: boolean | null;
}

/** Names as they are compared: one Unicode form, lower case, words parted by single spaces. */
export const fullName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_]+/gu, ' ')
    .trim();

/** A name without the number at its end: 闪白 II is of the family of 闪白, though not the same. */
export function plainName(name: string): string {
  return fullName(name)
    .replace(/[\s\-_]+(?:i{1,3}|iv|vi?|\d+)$/u, '')
    .replace(/(?<=\p{Script=Han})(?:i{1,3}|iv|v|vi)$/u, '')
    .trim();
}

/**
 * The words of a pattern where they stand by themselves: "ink" is in "Ink Drops" and "Inked", not in "Twinkle". Only
 * alphabets have such edges; Chinese words are found anywhere.
 */
export function wholeWords({ source }: RegExp): RegExp {
  const start = '(?<!\\p{Script=Latin}(?=\\p{Script=Latin}))';
  const end = '(?:(?<=\\p{Script=Latin})(?:s|ed|ing))?(?!(?<=\\p{Script=Latin})\\p{Script=Latin})';
  return new RegExp(`${start}(?:${source})${end}`, 'u');
}

const LEFT = wholeWords(/左|left|trái|kiri|izquierda|esquerda|gauche|links/u);
const RIGHT = wholeWords(/右|right|phải|kanan|derecha|direita|droite|rechts/u);
const UP = wholeWords(/上|up(?:wards?)?|top|lên|trên|atas|arriba|cima|haut|oben/u);
const DOWN = wholeWords(/下|down(?:wards?)?|bottom|xuống|dưới|bawah|abajo|baixo|bas|unten|坠落|降落/u);
const COUNTER_CLOCKWISE = wholeWords(/逆时针|counter|counter-?clockwise|anti-?clockwise|ccw|anti-?cw/u);

export function hintOf(name: string): Hint {
  const plain = plainName(name);
  const x = Number(RIGHT.test(plain)) - Number(LEFT.test(plain));
  const y = Number(DOWN.test(plain)) - Number(UP.test(plain));
  return {
    direction: x === 0 && y === 0 ? null : { x: Math.sign(x) as -1 | 0 | 1, y: Math.sign(y) as -1 | 0 | 1 },
    counterClockwise: COUNTER_CLOCKWISE.test(plain),
    vertical: /竖|纵|上下|vertical|dọc/u.test(plain)
      ? true
      : /横|水平|左右|horizontal|ngang/u.test(plain)
        ? false
        : null,
  };
}
