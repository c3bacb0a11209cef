import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import { fullName, hintOf, plainName } from '../names.ts';
import { dissolve } from './fades.ts';
import { TRANSITION_IDS } from './ids.ts';
import { GEOMETRIC, TRANSITIONS } from './registry.ts';
import { type DrawTransition, full, type Size } from './scene.ts';

export type Fidelity = 'exact' | 'approximated';

export interface TransitionDrawing {
  /**
   * Draws the moment `progress` (0 = only `from`, 1 = only `to`; values outside are clamped) over the whole target. The
   * pictures may be partly transparent and of any size; they are drawn at `size`.
   */
  draw(target: SKRSContext2D, from: Canvas, to: Canvas, progress: number, size: Size): void;
  readonly fidelity: Fidelity;
  readonly family: string;
}

interface Named {
  readonly name: string;
  readonly resourceId: string;
}

/** What a transition looks like: by its id, its name, its name's words, else a dissolve. Never fails. */
export function findTransition({ name, resourceId }: Named): TransitionDrawing {
  const known = fullName(TRANSITION_IDS.get(resourceId) ?? name);
  const plain = plainName(known);
  const hint = hintOf(known);
  const named = (wanted: string) => TRANSITIONS.find((entry) => entry.exact.includes(wanted));
  const exact = named(known);
  const entry = exact ?? named(plain) ?? TRANSITIONS.find(({ words }) => words?.test(plain));
  return {
    draw: drawing(entry?.make(hint) ?? dissolve),
    fidelity: exact !== undefined && GEOMETRIC.has(exact.family) ? 'exact' : 'approximated',
    family: entry?.family ?? 'dissolve',
  };
}

function drawing(draw: DrawTransition): TransitionDrawing['draw'] {
  return (target, from, to, progress, size) => {
    target.save();
    if (!(progress > 0)) full(target, from, size);
    else if (progress >= 1) full(target, to, size);
    else draw({ target, from, to, progress, ...size });
    target.restore();
  };
}
