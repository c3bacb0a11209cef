import { describe, expect, it } from 'vitest';
import { forEachLimited, Slots } from '../../../main/drafts/network/pool.ts';

const never = new AbortController().signal;

describe('work on many items', () => {
  it('is done in order, so many at a time', async () => {
    const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
    const started: number[] = [];
    const running = forEachLimited([0, 1, 2, 3, 4], 2, never, async (item) => {
      started.push(item);
      await gates[item]?.promise;
    });
    await expect.poll(() => started).toEqual([0, 1]);
    gates[1]?.resolve();
    await expect.poll(() => started).toEqual([0, 1, 2]);
    for (const gate of gates) gate.resolve();
    await running;
    expect(started).toEqual([0, 1, 2, 3, 4]);
  });

  it('ends with the first failure, after the others have been told and have ended', async () => {
    const ended: string[] = [];
    const running = forEachLimited(['fails', 'waits', 'never'], 2, never, async (item, signal) => {
      if (item === 'fails') throw new Error('broken');
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      ended.push(item);
    });
    await expect(running).rejects.toThrow('broken');
    expect(ended).toEqual(['waits']);
  });

  it('throws the reason when it is stopped', async () => {
    const stop = new AbortController();
    const running = forEachLimited([1, 2], 1, stop.signal, async () => stop.abort(new Error('cancelled')));
    await expect(running).rejects.toThrow('cancelled');
    await expect(forEachLimited([1], 1, stop.signal, async () => {})).rejects.toThrow('cancelled');
  });
});

describe('places', () => {
  it('go to who waits longest, and a place given back twice counts once', async () => {
    const slots = new Slots(1);
    const order: string[] = [];
    const first = await slots.take(never);
    const second = slots.take(never).then((release) => {
      order.push('second');
      return release;
    });
    const third = slots.take(never).then(() => void order.push('third'));
    first();
    first();
    const release = await second;
    await Promise.resolve();
    expect(order).toEqual(['second']);
    release();
    await third;
    expect(order).toEqual(['second', 'third']);
  });

  it('are not given to who has stopped waiting', async () => {
    const slots = new Slots(1);
    const release = await slots.take(never);
    const stop = new AbortController();
    const waiting = slots.take(stop.signal);
    stop.abort(new Error('cancelled'));
    await expect(waiting).rejects.toThrow('cancelled');
    release();
    await slots.take(never);
  });
});
