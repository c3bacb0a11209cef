import { type Adjustment, adjustmentOf } from '../../../drafts/adjustments.ts';
import type { EffectMaterial, HslAdjust } from '../../../drafts/model.ts';
import { ADJUSTMENTS, hslOp, type SpatialAdjustment } from './adjustments.ts';
import type { Fidelity } from './blend.ts';
import { findFilter } from './filters.ts';
import { type ColorOp, strength } from './ops.ts';
import { isWhitening, whitenSkin } from './skin.ts';
import { grain, sharpen, vignette } from './spatial.ts';
import { compile } from './tables.ts';

export interface ColorLook {
  /** Changes straight-alpha RGBA pixels in place. */
  apply(rgba: Uint8ClampedArray, width: number, height: number): void;
}

/** The colour table of a lut; null when it cannot be had. */
export type ReadTable = (lut: EffectMaterial) => ColorOp | null;

/** Types of what beautifies people. */
const beauty = /^(?:figure|beauty|auto_beauty|face_beauty|manual_beauty)/u;

interface Space {
  sharpen: number;
  vignette: number;
  grain: number;
}

const SPATIAL: Readonly<Record<SpatialAdjustment, (space: Space, value: number) => void>> = {
  sharpen(space, value) {
    space.sharpen += value;
  },
  clarity(space, value) {
    space.sharpen += value * 0.5;
  },
  vignetting(space, value) {
    space.vignette += value;
  },
  particle(space, value) {
    space.grain += value;
  },
};

const isSpatial = (adjustment: Adjustment): adjustment is SpatialAdjustment => Object.hasOwn(SPATIAL, adjustment);

/**
 * All colour changes of a clip (or of an adjustment layer) as one step: adjustments, named filters, luts, hsl. Null when
 * nothing would change. Build once, apply to every frame.
 */
export function colorLook(
  effects: readonly EffectMaterial[],
  hsl: readonly HslAdjust[],
  readTable: ReadTable,
): ColorLook | null {
  const ops: ColorOp[] = [];
  const space: Space = { sharpen: 0, vignette: 0, grain: 0 };
  for (const effect of effects) {
    const type = effect.type.toLowerCase();
    const value = Number.isFinite(effect.value) ? Math.max(-1, Math.min(1, effect.value)) : 0;
    if (value === 0) continue;
    const adjustment = adjustmentOf(type);
    if (adjustment !== null) {
      if (isSpatial(adjustment)) SPATIAL[adjustment](space, value);
      else ops.push(...ADJUSTMENTS[adjustment](value));
    } else if (type === 'lut') {
      const lut = readTable(effect);
      if (lut !== null) ops.push(...strength([lut], value));
    } else if (beauty.test(type)) {
      if (isWhitening(effect)) ops.push(whitenSkin(value));
    } else if (type === 'filter') {
      const filter = findFilter(effect.name);
      if (filter === null) continue;
      ops.push(...strength(filter.ops, value));
      space.sharpen += (filter.sharpen ?? 0) * value;
    }
  }
  for (const adjust of hsl) {
    const op = hslOp(adjust);
    if (op !== null) ops.push(op);
  }
  const colors = compile(ops);
  if (colors === null && space.sharpen === 0 && space.vignette === 0 && space.grain === 0) return null;
  return {
    apply(rgba, width, height) {
      colors?.(rgba);
      if (space.sharpen !== 0) sharpen(rgba, width, height, space.sharpen);
      if (space.vignette !== 0) vignette(rgba, width, height, space.vignette);
      if (space.grain > 0) grain(rgba, space.grain, 1);
    },
  };
}

/** What `colorLook` makes of one effect; what a lut does is for its file to say. */
export function filterFidelity(effect: EffectMaterial): Fidelity {
  const type = effect.type.toLowerCase();
  if (type === 'filter') return findFilter(effect.name) === null ? 'skipped' : 'approximated';
  if (beauty.test(type)) return isWhitening(effect) ? 'approximated' : 'skipped';
  return adjustmentOf(type) === null ? 'skipped' : 'approximated';
}
