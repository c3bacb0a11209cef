import type { EffectMaterial } from '../../../drafts/model.ts';
import { clamp01, ramp } from '../motion/ease.ts';
import { type ColorOp, fromHsl, type Rgb, toHsl } from './ops.ts';

/** Beauty sliders that change nothing but the colour of skin. */
const whitening = /美白|亮肤|whiten|fair skin|trắng da/u;

/** Middle of the hues of skin of every kind, degrees, and how far they reach to either side. */
const skinHue = 22;
const reach = 26;

/** How much a colour is that of skin, 0..1. */
export function skinShare(color: Rgb): number {
  const { hue, saturation, lightness } = toHsl(color);
  const apart = Math.abs(((hue - skinHue + 540) % 360) - 180);
  const byHue = 1 - ramp(reach * 0.55, reach, apart);
  const byColour = ramp(0.08, 0.2, saturation) * (1 - ramp(0.8, 1, saturation));
  return byHue * byColour * ramp(0.12, 0.3, lightness) * (1 - ramp(0.93, 1, lightness));
}

export const isWhitening = ({ name }: Pick<EffectMaterial, 'name'>): boolean => whitening.test(name.toLowerCase());

/**
 * 美白: skin lighter and less red. The application finds faces; this goes by colour alone, so that sand or wood of the
 * same colour becomes lighter too.
 */
export function whitenSkin(value: number): ColorOp {
  const amount = clamp01(value);
  return {
    kind: 'free',
    map(color) {
      const share = amount * skinShare(color);
      if (share === 0) return color;
      const { hue, saturation, lightness } = toHsl(color);
      return fromHsl(hue, saturation * (1 - 0.3 * share), lightness + 0.45 * share * lightness * (1 - lightness));
    },
  };
}
