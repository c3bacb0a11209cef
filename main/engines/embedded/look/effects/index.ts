import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import type { EffectMaterial } from '../../../../drafts/model.ts';
import { plainName } from '../../motion/names.ts';
import type { Fidelity } from '../blend.ts';
import { EFFECTS } from './registry.ts';

export interface EffectDrawing {
  /**
   * Draws the frame with the effect over the whole target (blank or not). `timeUs` counts from the effect's start,
   * `strength` 0..1; a frame that is not said to be opaque may have transparent parts, which stay so. Any moment can be drawn by itself and looks the same each time.
   */
  draw(
    target: SKRSContext2D,
    frame: Canvas,
    timeUs: number,
    durationUs: number,
    strength: number,
    size: { readonly width: number; readonly height: number; readonly opaque?: boolean },
  ): void;
  readonly fidelity: 'exact' | 'approximated';
  readonly family: string;
}

type Named = Pick<EffectMaterial, 'name' | 'resourceId' | 'type'> & Partial<Pick<EffectMaterial, 'params'>>;

/** Where the app's speed slider stands when nobody has touched it. */
const USUAL_SPEED = 1 / 3;

/** How much faster than usual an effect runs (`effects_adjust_speed`). */
function pace({ params = [] }: Named): number {
  const speed = params.find(({ name }) => name === 'effects_adjust_speed')?.value ?? USUAL_SPEED;
  return Number.isFinite(speed) ? Math.min(3, Math.max(0.25, speed / USUAL_SPEED)) : 1;
}

/** Effects on faces and bodies need to see them: none of these is built. */
const ON_PEOPLE = /face|figure|makeup|beauty|character|people|人物|美颜/u;

/** The drawing for a scene effect, or null for one that cannot be built honestly (then it is left out and reported). */
export function findEffect(effect: Named): EffectDrawing | null {
  const { name, type } = effect;
  const plain = plainName(name);
  if (plain === '' || ON_PEOPLE.test(type)) return null;
  const found = EFFECTS.find(({ words }) => words.test(plain));
  if (found === undefined) return null;
  const faster = pace(effect);
  return {
    family: found.family,
    fidelity: 'approximated',
    draw(target, frame, timeUs, durationUs, strength, { width, height, opaque = false }) {
      target.save();
      found.draw({
        target,
        frame,
        width,
        height,
        opaque,
        time: (finite(timeUs) / 1e6) * faster,
        duration: (finite(durationUs) / 1e6) * faster,
        strength: Math.min(1, finite(strength)),
      });
      target.restore();
    },
  };
}

const finite = (value: number): number => (Number.isFinite(value) && value > 0 ? value : 0);

export const effectFidelity = (effect: Named): Fidelity => findEffect(effect)?.fidelity ?? 'skipped';
