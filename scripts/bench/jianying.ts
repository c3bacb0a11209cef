import { tmpdir } from 'node:os';
import path from 'node:path';
import { listening, startWineRig } from '../../tests/e2e/jianying/rig.ts';
import { attempt, makeJob, simulate } from '../../tests/engines/jianying/simulation.ts';
import { missing } from '../../tests/support/environment.ts';
import { type BenchRow, median } from './row.ts';

/** What the closest peer spends in fixed sleeps for one export: home page, editor, dialog, settings, confirmation, closing. */
const peerWaitsS = 45;
const rounds = 5;

/** What the driver adds to an export: everything but the client's own loading and rendering. */
export async function benchJianying(): Promise<BenchRow[]> {
  const rows = [await onSimulation()];
  if (!missing('wine')) rows.push(await underWine());
  return rows;
}

function row(name: string, added: readonly number[], note: string): BenchRow {
  const ours = median(added);
  return { name, ours, baseline: peerWaitsS, ratio: ours / peerWaitsS, unit: 's', note };
}

/** A client with the timings of a real one, in simulated time: what the waiting strategy alone costs. */
async function onSimulation(): Promise<BenchRow> {
  const own = { loadMs: 4_000, exportMs: 20_000 };
  const openMs = 700;
  const sim = simulate(own);
  await attempt(sim.engine, makeJob(sim));
  const added: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const from = sim.clock.now();
    const ending = await attempt(sim.engine, makeJob(sim));
    if ('error' in ending) throw ending.error;
    added.push((sim.clock.now() - from - own.loadMs - own.exportMs - openMs) / 1000);
  }
  return row('driver time per export, simulated client', added, 'waiting only; good: < 5 s');
}

/** The real Windows backend against a fake client: reading trees, clicking, moving and verifying the file included. */
async function underWine(): Promise<BenchRow> {
  const own = { loadMs: 200, exportMs: 300 };
  const rig = await startWineRig(path.join(tmpdir(), 'render-station-bench'));
  try {
    rig.client.behave(own);
    const added: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const from = performance.now();
      await rig.engine.export(rig.job(`round ${round}`), listening().context);
      added.push((performance.now() - from - own.loadMs - own.exportMs) / 1000);
    }
    return row('driver time per export, Windows backend under Wine', added, 'good: < 5 s');
  } finally {
    rig.close();
  }
}
