import { type Adjustment, adjustmentOf } from '../../../drafts/adjustments.ts';
import type { EffectMaterial, HslAdjust } from '../../../drafts/model.ts';
import { ADJUSTMENTS, hslOp, type SpatialAdjustment } from './adjustments.ts';
import type { Fidelity } from './blend.ts';
import { parseCube } from './cube-file.ts';
import { findFilter } from './filters.ts';
import { type ColorOp, strength } from './ops.ts';
import { isWhitening, whitenSkin } from './skin.ts';
import { grain, sharpen, vignette } from './spatial.ts';
import { compile } from './tables.ts';

export interface ColorLook {
  /** Changes straight-alpha RGBA pixels in place. */
  apply(rgba: Uint8ClampedArray, width: number, height: number): void;
}

/** Reads a small local text file; null when it is not there. */
export type ReadFile = (path: string) => string | null;

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
  readFile: ReadFile,
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
      const lut = lutOf(effect, readFile);
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

function lutOf(effect: EffectMaterial, readFile: ReadFile): ColorOp | null {
  if (!effect.path.toLowerCase().endsWith('.cube')) return null;
  const text = readFile(effect.path);
  return text === null ? null : parseCube(text);
}

/** What `colorLook` makes of one effect. Luts count as exact when their file is there and can be read. */
export function filterFidelity(effect: EffectMaterial, readFile: ReadFile): Fidelity {
  const type = effect.type.toLowerCase();
  if (type === 'lut') return lutOf(effect, readFile) === null ? 'skipped' : 'exact';
  if (type === 'filter') return findFilter(effect.name) === null ? 'skipped' : 'approximated';
  if (beauty.test(type)) return isWhitening(effect) ? 'approximated' : 'skipped';
  return adjustmentOf(type) === null ? 'skipped' : 'approximated';
}
