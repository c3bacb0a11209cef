import type { SKRSContext2D } from '@napi-rs/canvas';
import { plainName } from '../motion/names.ts';

export type Fidelity = 'exact' | 'approximated' | 'skipped';

type Operation = SKRSContext2D['globalCompositeOperation'];

interface Blend {
  readonly operation: Operation;
  readonly fidelity: Fidelity;
}

const exact = (operation: Operation): Blend => ({ operation, fidelity: 'exact' });
const near = (operation: Operation): Blend => ({ operation, fidelity: 'approximated' });

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
  // a + b - 1 is no canvas operation; burning is the nearest that darkens as much.
  ['线性加深', near('color-burn')],
  ['linear burn', near('color-burn')],
  ['亮光', near('hard-light')],
  ['vivid light', near('hard-light')],
  ['线性光', near('hard-light')],
  ['linear light', near('hard-light')],
  ['点光', near('hard-light')],
  ['pin light', near('hard-light')],
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

/** The canvas operation for a blend mode's name; a name that is not known draws normally and is reported as skipped. */
export function blendMode(name: string): Blend {
  return BLENDS.get(plainName(name).replace(/-/gu, ' ')) ?? { operation: 'source-over', fidelity: 'skipped' };
}

export const mixModeFidelity = (name: string): Fidelity => blendMode(name).fidelity;
