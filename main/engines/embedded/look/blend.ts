import type { SKRSContext2D } from '@napi-rs/canvas';
import { plainName } from '../motion/names.ts';
import { divide, hardMix, linearBurn, linearLight, type Mix, pinLight, subtract, vividLight } from './mix.ts';

export type Fidelity = 'exact' | 'approximated' | 'skipped';

type Operation = SKRSContext2D['globalCompositeOperation'];

interface Blend {
  /** What the canvas can do itself; where `mix` is given, only the nearest to it. */
  readonly operation: Operation;
  readonly mix: Mix | null;
  readonly fidelity: Fidelity;
}

const exact = (operation: Operation): Blend => ({ operation, mix: null, fidelity: 'exact' });
const mixed = (mix: Mix, operation: Operation): Blend => ({ operation, mix, fidelity: 'exact' });

const BLENDS: ReadonlyMap<string, Blend> = new Map([
  ['正常', exact('source-over')],
  ['normal', exact('source-over')],
  ['变暗', exact('darken')],
  ['darken', exact('darken')],
  ['正片叠底', exact('multiply')],
  ['multiply', exact('multiply')],
  ['变亮', exact('lighten')],
  ['lighten', exact('lighten')],
  ['滤色', exact('screen')],
  ['screen', exact('screen')],
  ['叠加', exact('overlay')],
  ['overlay', exact('overlay')],
  ['柔光', exact('soft-light')],
  ['soft light', exact('soft-light')],
  ['强光', exact('hard-light')],
  ['hard light', exact('hard-light')],
  ['颜色加深', exact('color-burn')],
  ['color burn', exact('color-burn')],
  ['颜色减淡', exact('color-dodge')],
  ['color dodge', exact('color-dodge')],
  ['线性减淡', exact('lighter')],
  ['linear dodge', exact('lighter')],
  ['add', exact('lighter')],
  ['线性加深', mixed(linearBurn, 'color-burn')],
  ['linear burn', mixed(linearBurn, 'color-burn')],
  ['亮光', mixed(vividLight, 'hard-light')],
  ['vivid light', mixed(vividLight, 'hard-light')],
  ['线性光', mixed(linearLight, 'hard-light')],
  ['linear light', mixed(linearLight, 'hard-light')],
  ['点光', mixed(pinLight, 'hard-light')],
  ['pin light', mixed(pinLight, 'hard-light')],
  ['实色混合', mixed(hardMix, 'hard-light')],
  ['hard mix', mixed(hardMix, 'hard-light')],
  ['减去', mixed(subtract, 'difference')],
  ['subtract', mixed(subtract, 'difference')],
  ['划分', mixed(divide, 'color-dodge')],
  ['divide', mixed(divide, 'color-dodge')],
  ['差值', exact('difference')],
  ['difference', exact('difference')],
  ['排除', exact('exclusion')],
  ['exclusion', exact('exclusion')],
  ['色相', exact('hue')],
  ['hue', exact('hue')],
  ['饱和度', exact('saturation')],
  ['saturation', exact('saturation')],
  ['颜色', exact('color')],
  ['color', exact('color')],
  ['明度', exact('luminosity')],
  ['luminosity', exact('luminosity')],
]);

const unknown: Blend = { operation: 'source-over', mix: null, fidelity: 'skipped' };

/** How a blend mode is drawn, by its name; a name that is not known draws normally and is reported as skipped. */
export function blendMode(name: string): Blend {
  return BLENDS.get(plainName(name).replace(/-/gu, ' ')) ?? unknown;
}

export const mixModeFidelity = (name: string): Fidelity => blendMode(name).fidelity;
