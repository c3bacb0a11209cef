import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  IllegalTransition,
  StaleAttempt,
  type TaskEvent,
  type TaskStatus,
  transition,
} from '../../main/queue/state.ts';

const error = { code: 'INTERNAL', params: { reason: 'x' } } as const;
const pending: TaskStatus = { state: 'pending', notBeforeMs: null };
const at = (stage: 'fetch' | 'ready' | 'export' | 'publish'): TaskStatus => ({
  state: 'processing',
  stage,
  token: 'a',
});

describe('the life of a task', () => {
  it('goes from waiting through every stage to completed', () => {
    const events: TaskEvent[] = [
      { type: 'taken', token: 'a', nowMs: 0 },
      { type: 'advanced', token: 'a', to: 'ready' },
      { type: 'advanced', token: 'a', to: 'export' },
      { type: 'advanced', token: 'a', to: 'publish' },
      { type: 'published', token: 'a' },
    ];
    expect(events.reduce(transition, pending)).toEqual({ state: 'completed' });
  });

  it('is not taken before its retry is due', () => {
    const waiting: TaskStatus = { state: 'pending', notBeforeMs: 100 };
    expect(() => transition(waiting, { type: 'taken', token: 'a', nowMs: 99 })).toThrow(IllegalTransition);
    expect(transition(waiting, { type: 'taken', token: 'a', nowMs: 100 })).toEqual(at('fetch'));
  });

  it('skips no stage', () => {
    expect(() => transition(at('fetch'), { type: 'advanced', token: 'a', to: 'export' })).toThrow(IllegalTransition);
    expect(() => transition(at('export'), { type: 'published', token: 'a' })).toThrow(IllegalTransition);
  });

  it('does not hear an attempt that was given up', () => {
    expect(() => transition(at('publish'), { type: 'published', token: 'old' })).toThrow(StaleAttempt);
    expect(() => transition(pending, { type: 'published', token: 'a' })).toThrow(StaleAttempt);
    expect(() => transition({ state: 'cancelled' }, { type: 'gave_up', token: 'a', error })).toThrow(StaleAttempt);
  });

  it('stays ended once it has ended, whatever is said', () => {
    const anyEvent: fc.Arbitrary<TaskEvent> = fc.oneof(
      fc.record({ type: fc.constant('taken' as const), token: fc.string(), nowMs: fc.nat() }),
      fc.record({
        type: fc.constant('advanced' as const),
        token: fc.string(),
        to: fc.constantFrom('ready', 'export', 'publish'),
      }),
      fc.record({ type: fc.constant('published' as const), token: fc.string() }),
      fc.record({ type: fc.constant('gave_up' as const), token: fc.string(), error: fc.constant(error) }),
      fc.record({ type: fc.constant('put_back' as const), token: fc.string(), notBeforeMs: fc.option(fc.nat()) }),
      fc.constant({ type: 'cancelled' as const }),
    );
    const ended: TaskStatus[] = [{ state: 'completed' }, { state: 'failed', error }, { state: 'cancelled' }];
    fc.assert(
      fc.property(fc.constantFrom(...ended), anyEvent, (status, event) => {
        expect(() => transition(status, event)).toThrow();
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
