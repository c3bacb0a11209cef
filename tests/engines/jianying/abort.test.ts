import { describe, expect, it } from 'vitest';
import { attempt, foreignTouched, leftovers, listen, makeJob, shownTitle, simulate } from './simulation.ts';

/** Cancels a moment after the client has begun to write the video. */
async function cancelWhileExporting(byHand: boolean) {
  const sim = simulate({ exportMs: 120_000 });
  if (byHand) sim.client.startByHand();
  const job = makeJob(sim);
  const controller = new AbortController();
  sim.clock.after(25_000, () => controller.abort(new Error('cancelled')));
  const from = sim.clock.now();
  const failure = await sim.engine.export(job, listen(controller.signal).context).then(
    () => null,
    (error: unknown) => error,
  );
  return { sim, job, failure, tookMs: sim.clock.now() - from };
}

describe('a cancelled export', () => {
  it('ends promptly, stops the client that the station started, and leaves nothing', async () => {
    const { sim, job, failure, tookMs } = await cancelWhileExporting(false);
    expect(failure).toMatchObject({ message: 'cancelled' });
    expect(tookMs).toBeLessThan(25_000 + 15_000);
    expect(sim.client.running).toBe(false);
    expect(leftovers(sim)).toEqual([]);
    expect(sim.files.namesIn(sim.client.exportFolder)).toEqual([]);
    expect(shownTitle(sim, job.outputFile)).toBeNull();
    expect(foreignTouched(sim)).toEqual([]);
  });

  it('leads a client that a person started back to its home page instead of ending it', async () => {
    const { sim } = await cancelWhileExporting(true);
    expect(sim.client.running).toBe(true);
    expect(sim.client.openDraft).toBeNull();
    expect(leftovers(sim)).toEqual([]);
  });

  it('does not spoil the next one', async () => {
    const { sim } = await cancelWhileExporting(false);
    sim.client.behaviour.exportMs = 5_000;
    const job = makeJob(sim, 'next');
    expect(await attempt(sim.engine, job)).toHaveProperty('result');
    expect(shownTitle(sim, job.outputFile)).toBe('next');
  });

  it('that was cancelled before its turn starts nothing', async () => {
    const sim = simulate();
    const controller = new AbortController();
    controller.abort(new Error('cancelled'));
    await expect(sim.engine.export(makeJob(sim), listen(controller.signal).context)).rejects.toThrow('cancelled');
    expect(sim.client.running).toBe(false);
  });
});

describe('after a restart of the station', () => {
  it('the client that it had started is still its own', async () => {
    const sim = simulate();
    await attempt(sim.engine, makeJob(sim));
    const again = sim.restartStation();
    const job = makeJob(sim, 'after');
    expect(await attempt(again, job)).toHaveProperty('result');
  });

  it('drafts that a crash left behind are swept, those of another station are not', async () => {
    const sim = simulate();
    await attempt(sim.engine, makeJob(sim));
    const { station } = JSON.parse(sim.files.textNow('/sim/data/jianying/state.json') ?? '{}') as { station: string };
    const left = (name: string, owner: string) =>
      sim.files.put(
        `${sim.client.root}/${name}/.render-station.json`,
        JSON.stringify({ madeBy: 'jianying-render-station', station: owner, name, task: 't', attempt: 1, madeAtMs: 1 }),
      );
    left('q-111111', station);
    left('q-222222', 'another');
    await attempt(sim.restartStation(), makeJob(sim));
    expect(leftovers(sim)).toEqual(['q-222222']);
  });
});
