import { describe, expect, it } from 'vitest';
import { asQueue, attempt, dataFolder, leftovers, listen, makeJob, shownTitle, simulate } from './simulation.ts';

describe('a client that names its controls', () => {
  it('exports a draft to the file that was asked for, and leaves nothing behind', async () => {
    const sim = simulate();
    const job = makeJob(sim, '我的草稿');
    const told = listen();
    const ending = await attempt(sim.engine, job, told.context);
    expect(ending).toEqual({ result: { file: job.outputFile, warnings: [] } });
    expect(shownTitle(sim, job.outputFile)).toBe('我的草稿');
    expect(leftovers(sim)).toEqual([]);
    expect(sim.files.namesIn(sim.client.exportFolder)).toEqual([]);
    expect(told.progress).toEqual(told.progress.toSorted((a, b) => a - b));
    expect(told.progress.some((fraction) => fraction > 0.6 && fraction < 0.95)).toBe(true);
  });

  it('names the video as the kind of file that the client wrote, whatever was asked for', async () => {
    const sim = simulate();
    const job = makeJob(sim, 'an mp4');
    const asked = { ...job, outputFile: job.outputFile.replace(/mp4$/, 'mov') };
    expect(await attempt(sim.engine, asked)).toEqual({ result: { file: job.outputFile, warnings: [] } });
    expect(shownTitle(sim, job.outputFile)).toBe('an mp4');
    expect(sim.files.video(asked.outputFile)).toBeNull();
  });

  it('exports one draft after another with the same client', async () => {
    const sim = simulate();
    for (let n = 0; n < 5; n++) {
      const job = makeJob(sim, `nr ${n}`);
      expect(await attempt(sim.engine, job)).toHaveProperty('result');
      expect(shownTitle(sim, job.outputFile)).toBe(`nr ${n}`);
    }
    expect(sim.client.events.filter((event) => event.startsWith('real'))).toEqual([]);
  });
});

describe('a client that hides its controls', () => {
  it('exports with shortcuts, places and files once it is calibrated', async () => {
    const sim = simulate({ tier: 'blind', version: '11.2.5.1', showsPercent: false });
    sim.files.put(`${dataFolder}/jianying/calibration.json`, '{}');
    const job = makeJob(sim, 'blind one');
    const { ending } = await asQueue(sim.engine, job);
    expect(ending).toHaveProperty('result');
    expect(shownTitle(sim, job.outputFile)).toBe('blind one');
    expect(leftovers(sim)).toEqual([]);
    expect(sim.client.running).toBe(false);
  });
});
