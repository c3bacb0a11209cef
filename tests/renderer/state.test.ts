import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StationEvent } from '../../main/shared/events.ts';
import { applyEvent, emptyState, type StationState, withMoreWaiting } from '../../renderer/station/state.ts';
import { ended, queueOf, running, someTask } from './some-task.ts';

const waiting = (id: string, position: number) => someTask(id, { position });

function snapshot(tasks: ReturnType<typeof someTask>[], version = 1): StationEvent {
  return { type: 'snapshot', version, queue: queueOf(), tasks };
}

function take(state: StationState, ...events: StationEvent[]): StationState {
  return events.reduce((now, event) => {
    const next = applyEvent(now, event, 1000);
    if (next === null) throw new Error(`gap before ${event.version}`);
    return next;
  }, state);
}

const start = take(
  emptyState,
  snapshot([
    waiting('w2', 2),
    waiting('w1', 1),
    waiting('w3', 3),
    running('r2', '2026-11-28T02:05:00.000Z'),
    running('r1', '2026-11-28T02:01:00.000Z'),
    ended('e1', '2026-11-28T01:00:00.000Z'),
    ended('e2', '2026-11-28T01:30:00.000Z', 'failed'),
  ]),
);

describe('the state of the window', () => {
  it('shows processing tasks by their start, the line in order and finished ones latest first', () => {
    expect(start.processing).toEqual(['r1', 'r2']);
    expect(start.waiting).toEqual(['w1', 'w2', 'w3']);
    expect(start.finished).toEqual(['e2', 'e1']);
  });

  it('asks for a snapshot when an event is missing, and takes any snapshot', () => {
    expect(applyEvent(start, { type: 'removed', version: 3, id: 'e1' }, 0)).toBeNull();
    const fresh = take(start, snapshot([waiting('n1', 1)], 90));
    expect(fresh.waiting).toEqual(['n1']);
    expect(fresh.version).toBe(90);
  });

  it('moves a task from the line to work to the end', () => {
    const taken = take(start, { type: 'task', version: 2, task: running('w1', '2026-11-28T02:09:00.000Z') });
    expect(taken.waiting).toEqual(['w2', 'w3']);
    expect(taken.processing).toEqual(['r1', 'r2', 'w1']);
    const done = take(taken, { type: 'task', version: 3, task: ended('w1', '2026-11-28T02:10:00.000Z') });
    expect(done.processing).toEqual(['r1', 'r2']);
    expect(done.finished).toEqual(['w1', 'e2', 'e1']);
    expect(done.traces.has('w1')).toBe(false);
  });

  it('puts a task back in line for its next attempt', () => {
    const back = take(start, { type: 'task', version: 2, task: waiting('r1', 1) });
    expect(back.processing).toEqual(['r2']);
    expect(back.waiting).toEqual(['r1', 'w1', 'w2', 'w3']);
  });

  it('follows a move that is told task by task', () => {
    const moved = take(
      start,
      { type: 'task', version: 2, task: waiting('w3', 1) },
      { type: 'task', version: 3, task: waiting('w1', 2) },
      { type: 'task', version: 4, task: waiting('w2', 3) },
    );
    expect(moved.waiting).toEqual(['w3', 'w1', 'w2']);
  });

  it('forgets a removed task', () => {
    const removed = take(start, { type: 'removed', version: 2, id: 'e2' });
    expect(removed.finished).toEqual(['e1']);
    expect(removed.tasks.has('e2')).toBe(false);
  });

  it('keeps the arrays of lists that did not change, so that nothing is drawn again for a tick of progress', () => {
    const task = running('r1', '2026-11-28T02:01:00.000Z', { progress: 60, fraction: 0.25 });
    const ticked = take(start, { type: 'task', version: 2, task });
    expect(ticked.processing).toBe(start.processing);
    expect(ticked.waiting).toBe(start.waiting);
    expect(ticked.finished).toBe(start.finished);
    expect(ticked.tasks.get('r1')?.progress).toBe(60);
  });

  it('only counts a waiting task far behind the known beginning of the line', () => {
    const far = take(start, { type: 'task', version: 2, task: waiting('w900', 900) });
    expect(far.waiting).toBe(start.waiting);
    expect(far.tasks.has('w900')).toBe(false);
  });

  it('adds further pages of the line behind what is known, without doubles', () => {
    const page = [waiting('w2', 2), waiting('w3', 3), waiting('w4', 4), running('r1', '2026-11-28T02:01:00.000Z')];
    const more = withMoreWaiting(start, page);
    expect(more.waiting).toEqual(['w1', 'w2', 'w3', 'w4']);
    expect(withMoreWaiting(more, page)).toBe(more);
  });

  it('holds each task in exactly one list, whatever comes', () => {
    const kinds = fc.constantFrom('waiting', 'running', 'ended', 'removed');
    const step = fc.tuple(kinds, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 8 }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let state: StationState = take(emptyState, snapshot([]));
        for (const [kind, id, position] of steps) {
          const version = state.version + 1;
          const time = `2026-11-28T03:00:0${position}.000Z`;
          const event: StationEvent =
            kind === 'removed'
              ? { type: 'removed', version, id: `t${id}` }
              : kind === 'waiting'
                ? { type: 'task', version, task: waiting(`t${id}`, position) }
                : { type: 'task', version, task: kind === 'running' ? running(`t${id}`, time) : ended(`t${id}`, time) };
          state = take(state, event);
          const listed = [...state.processing, ...state.waiting, ...state.finished].sort();
          expect(listed).toEqual([...state.tasks.keys()].sort());
          expect([...state.traces.keys()].sort()).toEqual([...state.processing].sort());
        }
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
