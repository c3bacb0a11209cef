import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stageLimits } from '../../main/queue/deadlines.ts';
import { progressOf } from '../../main/queue/progress.ts';
import { afterFailure, backoffMs } from '../../main/queue/retry.ts';
import { settle } from '../../main/queue/settlement.ts';
import { StationError } from '../../main/shared/errors/index.ts';
import { stages } from '../../main/shared/task.ts';

describe('progress', () => {
  it('keeps within what the contract says for each stage', () => {
    expect([
      progressOf('fetch', 0),
      progressOf('fetch', 0.25),
      progressOf('fetch', 0.5),
      progressOf('fetch', 1),
    ]).toEqual([10, 20, 30, 50]);
    expect([progressOf('export', 0), progressOf('export', 0.5), progressOf('export', 1)]).toEqual([50, 70, 90]);
    expect(progressOf('publish', 0.7)).toBe(90);
  });

  it('never falls from stage to stage and never leaves 10..90', () => {
    fc.assert(
      fc.property(fc.double(), fc.double(), fc.nat(3), fc.nat(3), (a, b, first, second) => {
        const [low, high] = [Math.min(first, second), Math.max(first, second)];
        const [from, to] = [stages[low], stages[high]];
        if (from === undefined || to === undefined) throw new Error('no such stage');
        const [x, y] = low === high ? [Math.min(a, b), Math.max(a, b)] : [a, b];
        const [before, after] = [progressOf(from, x), progressOf(to, y)];
        if (!Number.isNaN(x) && !Number.isNaN(y)) expect(after).toBeGreaterThanOrEqual(low === high ? before : before);
        expect(before).toBeGreaterThanOrEqual(10);
        expect(after).toBeLessThanOrEqual(90);
      }),
      { seed: 2, numRuns: 1000 },
    );
  });
});

describe('after a failed attempt', () => {
  const random = 0.5;

  it('passing trouble is tried again at once, up to the limit of attempts', () => {
    const error = { code: 'STAGE_STALLED', params: {} } as const;
    expect(afterFailure(error, 1, 3, random)).toEqual({ kind: 'retry', afterMs: 750 });
    expect(afterFailure(error, 2, 3, random)).toEqual({ kind: 'retry', afterMs: 1500 });
    expect(afterFailure(error, 3, 3, random)).toEqual({ kind: 'give_up' });
  });

  it('a bad draft is not tried again', () => {
    expect(afterFailure({ code: 'DRAFT_LINK_UNRECOGNISED', params: {} }, 1, 3, random)).toEqual({ kind: 'give_up' });
  });

  it('what needs a person pauses the queue and costs the task nothing', () => {
    const error = new StationError('DISK_SHORT', { folder: 'D:', freeGb: 0.1, neededGb: 2 });
    const settlement = settle({ token: 't', error, failuresBefore: 2, maxAttempts: 3, nowMs: 0, random });
    expect(settlement.event).toEqual({ type: 'put_back', token: 't', notBeforeMs: null });
    expect(settlement.counted).toBe(false);
    expect(settlement.pause?.code).toBe('DISK_SHORT');
  });

  it('waits longer each time, never beyond the limit', () => {
    const waits = Array.from({ length: 40 }, (_, n) => backoffMs({ firstMs: 1000, limitMs: 60_000 }, n + 1, 1));
    expect(waits.slice(0, 7)).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000]);
    expect(Math.max(...waits)).toBe(60_000);
  });
});

describe('deadlines', () => {
  it('grow with the draft and with the operator’s patience', () => {
    expect(stageLimits('export', 10_000, 1).totalMs).toBe(15 * 60_000);
    expect(stageLimits('export', 3_600_000, 1).totalMs).toBe(20 * 3_600_000);
    expect(stageLimits('export', 10_000, 3).totalMs).toBe(45 * 60_000);
    expect(stageLimits('fetch', null, 1).stallMs).toBe(180_000);
  });
});
