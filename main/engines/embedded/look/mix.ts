/** Ways of mixing that the canvas does not know. */

/** Result of mixing one channel of what is above (rows of 256) with what is below, 0..255. */
export type Mix = Uint8Array;

/** @param mix of the channel below and the one above, 0..1; results outside are clamped */
function tableOf(mix: (below: number, above: number) => number): Mix {
  const table = new Uint8Array(65536);
  for (let index = 0; index < table.length; index += 1) {
    const value = mix((index & 255) / 255, (index >>> 8) / 255);
    table[index] = Math.round(255 * Math.min(1, Math.max(0, value)));
  }
  return table;
}

const burn = (below: number, above: number): number => (below === 1 ? 1 : above === 0 ? 0 : 1 - (1 - below) / above);
const dodge = (below: number, above: number): number => (below === 0 ? 0 : above === 1 ? 1 : below / (1 - above));
const vivid = (below: number, above: number): number =>
  above < 0.5 ? burn(below, 2 * above) : dodge(below, 2 * above - 1);

/** 线性加深. */
export const linearBurn = tableOf((below, above) => below + above - 1);
/** 线性光: burns with the dark half, adds with the bright half. */
export const linearLight = tableOf((below, above) => below + 2 * above - 1);
/** 亮光: colour burn with the dark half, colour dodge with the bright half. */
export const vividLight = tableOf(vivid);
/** 点光: the darker of both for the dark half, the lighter for the bright half. */
export const pinLight = tableOf((below, above) =>
  above < 0.5 ? Math.min(below, 2 * above) : Math.max(below, 2 * above - 1),
);
/** 实色混合: every channel full or empty. */
export const hardMix = tableOf((below, above) => (below + above >= 1 ? 1 : 0));
/** 减去. */
export const subtract = tableOf((below, above) => below - above);
/** 划分. */
export const divide = tableOf((below, above) => (above === 0 ? (below === 0 ? 0 : 1) : below / above));

/**
 * Mixes the colours of straight-alpha RGBA pixels with those below them, in place, so that drawing them over what is
 * below gives the mixed picture: where nothing is below, a colour stays as it is (W3C Compositing 1, section 10).
 */
export function mixColors(above: Uint8ClampedArray, below: Uint8ClampedArray, mix: Mix): void {
  for (let at = 0; at < above.length; at += 4) {
    if (above[at + 3] === 0) continue;
    const share = (below[at + 3] as number) / 255;
    for (let channel = at; channel < at + 3; channel += 1) {
      const own = above[channel] as number;
      const mixed = mix[(own << 8) | (below[channel] as number)] as number;
      above[channel] = own + (mixed - own) * share;
    }
  }
}
