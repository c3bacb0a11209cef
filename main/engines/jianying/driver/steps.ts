import type { Outcome } from '../ui/backend.ts';
import type { Action } from './action.ts';
import type { Phase } from './memory.ts';
import type { Reason } from './reasons.ts';
import type { ScreenState } from './scene.ts';

/** One decision and what became of it. */
export interface Step {
  readonly atMs: number;
  readonly phase: Phase;
  readonly state: ScreenState;
  readonly action: Action;
  readonly because: Reason;
  readonly outcome: Outcome | 'failed';
}

const kept = 50;

/** The last steps of an attempt, for the evidence; repeated waiting counts once. */
export class StepLog {
  #steps: Step[] = [];

  add(step: Step): void {
    const last = this.#steps.at(-1);
    const repeats =
      last && last.because.en === step.because.en && last.action.do === 'wait' && last.state === step.state;
    if (repeats) this.#steps[this.#steps.length - 1] = step;
    else this.#steps.push(step);
    if (this.#steps.length > kept) this.#steps = this.#steps.slice(-kept);
  }

  last(): readonly Step[] {
    return this.#steps;
  }
}
