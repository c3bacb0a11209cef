import { z } from 'zod';
import type { InstallFacts } from '../locate/facts.ts';
import { type Look, type Outcome, type Tree, type UiBackend, UiFailure } from './backend.ts';

const rect = z.object({ left: z.number(), top: z.number(), width: z.number(), height: z.number() });
const window = z.object({
  hwnd: z.number(),
  pid: z.number(),
  exe: z.string(),
  className: z.string(),
  title: z.string(),
  rect,
  owner: z.number(),
  minimised: z.boolean(),
  hung: z.boolean(),
});
const element = z.object({
  index: z.number(),
  type: z.number(),
  name: z.string(),
  className: z.string(),
  description: z.string(),
  automationId: z.string(),
  rect: rect.nullable(),
  offscreen: z.boolean(),
  enabled: z.boolean(),
});
const look = z.object({
  windows: z.array(window),
  processes: z.array(z.object({ pid: z.number(), exe: z.string() })),
  session: z.object({
    sessionId: z.number(),
    locked: z.boolean(),
    disconnected: z.boolean(),
    elevated: z.boolean(),
    idleMs: z.number(),
    foreground: z.object({ hwnd: z.number(), pid: z.number() }),
    cursor: z.object({ x: z.number(), y: z.number() }),
  }),
});

/** Looks at a real client, as `npm run diagnose` writes them (`windows.json` and `trees.json` side by side). */
export const recordingSchema = z.object({
  frames: z
    .array(
      z.object({ look, trees: z.array(z.object({ id: z.number(), hwnd: z.number(), elements: z.array(element) })) }),
    )
    .min(1),
});
export type Recording = z.infer<typeof recordingSchema>;

const nothingInstalled: InstallFacts = {
  registry: [],
  localAppData: '',
  exes: [],
  running: [],
  globalSetting: null,
  folders: [],
  exportFolders: [],
};

/**
 * A backend that shows recorded looks, one after another, and stays at the last. Actions change nothing; they are kept in
 * `actions`, so that a test can say what the driver would have done on that machine.
 */
export class ReplayUi implements UiBackend {
  readonly actions: string[] = [];
  readonly #frames: Recording['frames'];
  #at = -1;

  constructor(recording: Recording) {
    this.#frames = recording.frames;
  }

  async look(): Promise<Look> {
    this.#at = Math.min(this.#at + 1, this.#frames.length - 1);
    return this.#frame.look;
  }

  async tree(hwnd: number): Promise<Tree> {
    const tree = this.#frame.trees.find((recorded) => recorded.hwnd === hwnd);
    if (!tree) throw new UiFailure('gone', `no tree of window ${hwnd} was recorded`);
    return tree;
  }

  get #frame(): Recording['frames'][number] {
    const frame = this.#frames[Math.max(0, this.#at)];
    if (!frame) throw new UiFailure('gone', 'an empty recording');
    return frame;
  }

  async #act(what: string): Promise<Outcome> {
    this.actions.push(what);
    return 'done';
  }

  invoke(tree: number, index: number): Promise<Outcome> {
    return this.#act(`invoke ${tree}/${index}`);
  }

  postClick(hwnd: number, { x, y }: { x: number; y: number }, times: 1 | 2): Promise<Outcome> {
    return this.#act(`posted ${hwnd} ${x},${y} x${times}`);
  }

  realClick(hwnd: number, { x, y }: { x: number; y: number }, times: 1 | 2): Promise<Outcome> {
    return this.#act(`real ${hwnd} ${x},${y} x${times}`);
  }

  keys(hwnd: number, key: string): Promise<Outcome> {
    return this.#act(`keys ${hwnd} ${key}`);
  }

  typeText(hwnd: number, text: string): Promise<Outcome> {
    return this.#act(`type ${hwnd} ${text}`);
  }

  async window(hwnd: number, change: string): Promise<void> {
    this.actions.push(`${change} ${hwnd}`);
  }

  async launch(exe: string): Promise<number> {
    this.actions.push(`launch ${exe}`);
    return 0;
  }

  async endProcess(pid: number): Promise<void> {
    this.actions.push(`end ${pid}`);
  }

  async capture(): Promise<Uint8Array | null> {
    return null;
  }

  async installFacts(): Promise<InstallFacts> {
    return nothingInstalled;
  }

  reset(): void {}
  close(): void {}
}
