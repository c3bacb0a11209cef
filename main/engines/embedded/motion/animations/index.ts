import { clamp01 } from '../ease.ts';
import { fullName, hintOf, plainName } from '../names.ts';
import type { Fidelity } from '../transitions/index.ts';
import { ANIMATION_IDS } from './ids.ts';
import { type Animate, type Motion, REST } from './motion.ts';
import { type AnimationEntry, COMBOS, DEFAULTS, ENTRANCES, GEOMETRIC_ANIMATIONS, LOOPS } from './registry.ts';

export interface AnimationDrawing {
  /**
   * The clip at share `progress` of the animation's own time, 0..1 (clamped). An entrance is at rest at 1, an exit at 0.
   * For loops `progress` counts cycles and may go past 1.
   */
  at(progress: number): Motion;
  readonly fidelity: Fidelity;
  readonly family: string;
}

interface Named {
  readonly kind: 'in' | 'out' | 'combo' | 'loop' | 'caption';
  readonly name: string;
  readonly id: string;
  readonly resourceId: string;
}

/** What a clip animation does: by its id, its name, its name's words, else the plainest of its kind. Never fails. */
export function findAnimation({ kind, name, id, resourceId }: Named): AnimationDrawing {
  const known = fullName(ANIMATION_IDS.get(resourceId) ?? ANIMATION_IDS.get(id) ?? name);
  const hint = hintOf(known);
  switch (kind) {
    case 'in': {
      const { entry, ...found } = look(ENTRANCES, known, 'fade');
      return { ...found, at: between((entry ?? DEFAULTS.enter)(hint, false)) };
    }
    case 'out': {
      const { entry, ...found } = look(ENTRANCES, known, 'fade');
      const leave = (entry ?? DEFAULTS.enter)(hint, true);
      return { ...found, at: between((progress) => leave(1 - progress)) };
    }
    case 'combo': {
      const { entry, ...found } = look(COMBOS, known, 'zoom');
      return { ...found, at: between((entry ?? DEFAULTS.combo)(hint)) };
    }
    case 'loop': {
      const { entry, ...found } = look(LOOPS, known, 'loop-float');
      const cycle = (entry ?? DEFAULTS.loop)(hint);
      return { ...found, at: (progress) => cycle(Number.isFinite(progress) ? progress - Math.floor(progress) : 0) };
    }
    // Captions light up word by word, which is the text's own matter: the clip stays where it is.
    case 'caption':
      return { at: () => REST, fidelity: 'approximated', family: 'caption' };
  }
}

function look<Make>(
  entries: readonly AnimationEntry<Make>[],
  name: string,
  fallback: string,
): { entry: Make | null; fidelity: Fidelity; family: string } {
  const plain = plainName(name);
  const named = (wanted: string) => entries.find((entry) => entry.exact.includes(wanted));
  const exact = named(name);
  const found = exact ?? named(plain) ?? entries.find(({ words }) => words?.test(plain));
  return {
    entry: found?.make ?? null,
    fidelity: exact !== undefined && GEOMETRIC_ANIMATIONS.has(exact.family) ? 'exact' : 'approximated',
    family: found?.family ?? fallback,
  };
}

const between =
  (animate: Animate): ((progress: number) => Motion) =>
  (progress) =>
    animate(clamp01(progress));
