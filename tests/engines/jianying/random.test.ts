import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Behaviour, Moment } from '../../../main/engines/jianying/simulated/behaviour.ts';
import { popups } from '../../../main/engines/jianying/simulated/popups.ts';
import { asQueue, dataFolder, foreignTouched, leftovers, makeJob, shownTitle, simulate } from './simulation.ts';

const moment = fc.constantFrom<Moment>('start', 'home', 'opening', 'editor', 'dialog', 'confirm', 'exporting', 'done');
const rarely = <T>(usual: T, other: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });

const behaviour: fc.Arbitrary<Partial<Behaviour>> = fc.record({
  version: fc.constantFrom('5.9.0.11632', '6.8.0.1', '7.2.0.5'),
  tier: fc.constantFrom('named', 'named', 'named', 'blind'),
  startMs: fc.integer({ min: 100, max: 40_000 }),
  loadMs: fc.integer({ min: 0, max: 60_000 }),
  exportMs: fc.integer({ min: 500, max: 60_000 }),
  doubleClick: fc.boolean(),
  invoke: fc.boolean(),
  showsPercent: fc.boolean(),
  showsDone: fc.boolean(),
  locks: rarely(true, fc.constant(false)),
  handsOver: rarely(false, fc.constant(true)),
  rescansNeeded: fc.integer({ min: 1, max: 4 }),
  tileNever: rarely(false, fc.constant(true)),
  opensInstead: rarely<string | null>(null, fc.constant('other')),
  swallowConfirms: rarely(0, fc.integer({ min: 1, max: 8 })),
  noFile: rarely(false, fc.constant(true)),
  truncated: rarely(false, fc.constant(true)),
  stallAt: rarely<number | null>(null, fc.integer({ min: 1, max: 99 })),
  busyMoves: rarely(0, fc.integer({ min: 1, max: 50 })),
  crashAt: rarely<Moment | null>(null, moment),
  crashes: fc.integer({ min: 1, max: 3 }),
  hangAt: rarely<Moment | null>(null, moment),
  hangMs: fc.integer({ min: 1_000, max: 200_000 }),
  deadLaunches: rarely(0, fc.integer({ min: 1, max: 3 })),
  settings: fc.record({ resolution: fc.constantFrom('1080P', '720P', '4K'), fps: fc.constantFrom('30fps', '60fps') }),
  settingsShown: fc.boolean(),
  settingsStuck: rarely(false, fc.constant(true)),
  popups: fc.array(
    fc.record({ at: moment, popup: fc.constantFrom(...Object.values(popups)), times: fc.integer({ min: 1, max: 5 }) }),
    { maxLength: 2 },
  ),
  failures: fc.record({
    kind: fc.constantFrom('transient', 'gone', 'crashed', 'deadline'),
    count: rarely(0, fc.integer({ min: 1, max: 20 })),
  }),
  personMs: rarely(0, fc.integer({ min: 1_000, max: 900_000 })),
  covered: rarely(0, fc.integer({ min: 1, max: 5 })),
  minimised: fc.boolean(),
  misses: rarely(0, fc.integer({ min: 1, max: 5 })),
});

const threeHoursMs = 3 * 3_600_000;

it('whatever the client does: no wrong video, no endless wait, no foreign draft touched', async () => {
  const outcomes = { video: 0, failure: 0 };
  await fc.assert(
    fc.asyncProperty(behaviour, fc.boolean(), fc.boolean(), async (how, calibrated, byHand) => {
      const sim = simulate(how);
      const other = { title: 'other', duration: 10_000_000, canvas_config: { width: 1920, height: 1080 } };
      sim.files.put(`${sim.client.root}/other/draft_content.json`, JSON.stringify(other));
      sim.files.put(`${sim.client.root}/other/draft_meta_info.json`, '{}');
      if (calibrated) sim.files.put(`${dataFolder}/jianying/calibration.json`, '{}');
      if (byHand) sim.client.startByHand();
      const from = sim.clock.now();
      for (const title of ['first', 'second']) {
        const job = makeJob(sim, title);
        const { ending } = await asQueue(sim.engine, job);
        if ('result' in ending) {
          outcomes.video++;
          expect(shownTitle(sim, job.outputFile)).toBe(title);
        } else {
          outcomes.failure++;
          expect(ending.error.code).not.toBe('INTERNAL');
          // What was moved there but did not pass is not offered as a video.
          expect(sim.files.video(job.outputFile)).toBeNull();
        }
        expect(foreignTouched(sim)).toEqual([]);
        expect(leftovers(sim)).toEqual([]);
      }
      expect(sim.clock.now() - from).toBeLessThan(threeHoursMs);
    }),
    { numRuns: 1000, seed: 20261128, endOnFailure: true },
  );
  // Both ends must really have been met.
  expect(outcomes.video).toBeGreaterThan(400);
  expect(outcomes.failure).toBeGreaterThan(200);
}, 120_000);
