/** What a name says about a motion besides its family. */
export interface Hint {
  /** Which way the picture moves, +y down; null when the name says nothing. */
  readonly direction: { readonly x: -1 | 0 | 1; readonly y: -1 | 0 | 1 } | null;
  readonly counterClockwise: boolean;
  /** True 竖向 or 上下, false 横向 or 左右, null when the name says nothing. */
  readonly vertical: boolean | null;
}

/** Names as they are compared: one Unicode form, lower case, no spaces at the ends, Roman numerals at the end dropped. */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\-_]+(?:i{1,3}|iv|vi?|\d+)$/u, '')
    .replace(/(?<=\p{Script=Han})(?:i{1,3}|iv|v|vi)$/u, '')
    .trim();
}

const LEFT = /左|\bleft\b|trái|kiri|izquierda|esquerda|gauche|links/u;
const RIGHT = /右|\bright\b|phải|kanan|derecha|direita|droite|rechts/u;
const UP = /上|\bup(?:ward)?\b|\btop\b|lên|trên|atas|arriba|cima|haut|oben/u;
const DOWN = /下|\bdown(?:ward)?\b|\bbottom\b|xuống|dưới|bawah|abajo|baixo|bas\b|unten|坠落|降落/u;

export function hintOf(name: string): Hint {
  const plain = plainName(name);
  const x = Number(RIGHT.test(plain)) - Number(LEFT.test(plain));
  const y = Number(DOWN.test(plain)) - Number(UP.test(plain));
  return {
    direction: x === 0 && y === 0 ? null : { x: Math.sign(x) as -1 | 0 | 1, y: Math.sign(y) as -1 | 0 | 1 },
    counterClockwise: /逆时针|counter|anti-?clock/u.test(plain),
    vertical: /竖|纵|上下|vertical|dọc/u.test(plain)
      ? true
      : /横|水平|左右|horizontal|ngang/u.test(plain)
        ? false
        : null,
  };
}
