import { expect, it } from 'vitest';
import { observe, type ScreenState, type View } from '../../../main/engines/jianying/driver/scene.ts';
import type { SimulatedJianying } from '../../../main/engines/jianying/simulated/client.ts';
import type { Look, Tree, UiBackend } from '../../../main/engines/jianying/ui/backend.ts';
import { type Recording, ReplayUi, recordingSchema } from '../../../main/engines/jianying/ui/replay.ts';
import { attempt, makeJob, simulate } from './simulation.ts';

/** Everything that a backend shows while something drives it, as one recording. */
function record(ui: SimulatedJianying): Recording {
  const frames: { look: Look; trees: Tree[] }[] = [];
  const { look, tree } = { look: ui.look.bind(ui), tree: ui.tree.bind(ui) };
  ui.look = async () => {
    const seen = await look();
    frames.push({ look: seen, trees: [] });
    return seen;
  };
  ui.tree = async (hwnd) => {
    const seen = await tree(hwnd);
    frames.at(-1)?.trees.push(seen);
    return seen;
  };
  return { frames } as Recording;
}

async function statesOf(ui: UiBackend, looks: number): Promise<ScreenState[]> {
  const states: ScreenState[] = [];
  for (let n = 0; n < looks; n++) {
    const look = await ui.look();
    const trees = new Map<number, Tree>();
    for (const { hwnd } of look.windows)
      await ui.tree(hwnd).then(
        (tree) => trees.set(hwnd, tree),
        () => {},
      );
    const view: View = { nowMs: 0, look, trees, openDraft: null, output: null, freeBytes: 1 };
    const { state } = observe(view, 'dialog', 'named');
    if (states.at(-1) !== state) states.push(state);
  }
  return states;
}

it('a recorded export is recognised page by page when it is replayed', async () => {
  const sim = simulate();
  const recording = record(sim.client);
  await attempt(sim.engine, makeJob(sim));
  const replay = new ReplayUi(recordingSchema.parse(JSON.parse(JSON.stringify(recording))));
  const states = (await statesOf(replay, recording.frames.length)).filter(
    (state) => state !== 'unknown' && state !== 'not_running',
  );
  expect(states).toEqual(['starting', 'home', 'editor', 'export_dialog', 'exporting', 'export_done', 'editor', 'home']);
});

it('a replay takes actions down instead of carrying them out', async () => {
  const sim = simulate();
  const recording = record(sim.client);
  sim.client.startByHand();
  await sim.client.look();
  const replay = new ReplayUi(recordingSchema.parse(JSON.parse(JSON.stringify(recording))));
  await replay.postClick(5, { x: 1, y: 2 }, 1);
  await replay.keys(5, 'ctrl+e');
  expect(replay.actions).toEqual(['posted 5 1,2 x1', 'keys 5 ctrl+e']);
});
