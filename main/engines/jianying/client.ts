import path from 'node:path';
import { z } from 'zod';
import type { Clock } from './clock.ts';
import { isMainWindow } from './driver/scene.ts';
import type { Files } from './files.ts';
import type { Look, ProcessInfo, UiBackend, WindowInfo } from './ui/backend.ts';

const win = path.win32;
const clientNames = new Set(['jianyingpro.exe', 'jianyingprotray.exe', 'vedetector.exe']);

/** Windows and processes of the client and of nobody else: the rest of the desktop is none of our business. */
export function clientOnly(look: Look, exe: string): Look {
  const folder = `${win.dirname(exe).toLowerCase()}\\`;
  const belongs = (image: string) =>
    clientNames.has(win.basename(image).toLowerCase()) || image.toLowerCase().startsWith(folder);
  return {
    ...look,
    windows: look.windows.filter((window) => belongs(window.exe)),
    // A tray or updater that stays behind is not a running client.
    processes: look.processes.filter((process) => win.basename(process.exe).toLowerCase() === 'jianyingpro.exe'),
  };
}

/** The client may hand over to another process of its own while it starts. */
const handOverMs = 30_000;

const startedSchema = z.object({ exe: z.string(), pids: z.array(z.number()), launchedMs: z.number() });
type Started = z.infer<typeof startedSchema>;

export interface ClientTools {
  readonly ui: UiBackend;
  readonly files: Files;
  readonly clock: Clock;
  /** Remembers which client process the station started, also over its own restart. */
  readonly stateFile: string;
}

/** Starting and stopping the installed client; knows which process is the station's own. */
export class Client {
  readonly exe: string;
  readonly #tools: ClientTools;
  /** Undefined: not read yet. */
  #started: Started | null | undefined;

  constructor(exe: string, tools: ClientTools) {
    this.exe = exe;
    this.#tools = tools;
  }

  async look(): Promise<Look> {
    const look = clientOnly(await this.#tools.ui.look(), this.exe);
    if (look.processes.length > 0) await this.#follow(look.processes);
    return look;
  }

  async launch(): Promise<void> {
    const { ui, clock } = this.#tools;
    const alone = (await this.look()).processes.length === 0;
    const pid = await ui.launch(this.exe);
    // Started beside a running one it only makes that one show itself: still somebody else's.
    if (alone) await this.#remember({ exe: this.exe, pids: [pid], launchedMs: clock.now() });
  }

  /** Whether the running client was started by this station. */
  async isOurs(processes: readonly ProcessInfo[]): Promise<boolean> {
    const started = await this.#recall();
    return started !== null && processes.some(({ pid }) => started.pids.includes(pid));
  }

  /** A process that takes over from one of ours is ours. */
  async #follow(processes: readonly ProcessInfo[]): Promise<void> {
    const started = await this.#recall();
    if (!started) return;
    const pids = processes.map(({ pid }) => pid);
    const fresh = pids.filter((pid) => !started.pids.includes(pid));
    const heir = fresh.length < pids.length || this.#tools.clock.now() - started.launchedMs < handOverMs;
    if (fresh.length > 0 && heir) await this.#remember({ ...started, pids });
  }

  async #recall(): Promise<Started | null> {
    if (this.#started === undefined) {
      try {
        this.#started = startedSchema.parse(JSON.parse(await this.#tools.files.read(this.#tools.stateFile)));
      } catch {
        this.#started = null;
      }
    }
    return this.#started?.exe === this.exe ? this.#started : null;
  }

  async #remember(started: Started): Promise<void> {
    this.#started = started;
    await this.#tools.files.write(this.#tools.stateFile, JSON.stringify(started));
  }

  /**
   * Ends the client: asks its windows to close, and only when that does not help ends its processes by id. The caller
   * makes sure that it may.
   */
  async stop(patienceMs: number): Promise<void> {
    const { ui, clock } = this.#tools;
    const until = clock.now() + patienceMs;
    const asked = new Set<number>();
    for (;;) {
      const look = await this.look();
      if (look.processes.length === 0) return;
      if (clock.now() >= until) break;
      for (const window of closable(look.windows)) {
        if (asked.has(window.hwnd)) continue;
        asked.add(window.hwnd);
        await ui.window(window.hwnd, 'close').catch(() => {});
      }
      await clock.sleep(250);
    }
    for (const process of (await this.look()).processes) await ui.endProcess(process.pid).catch(() => {});
    for (let tries = 0; tries < 20 && (await this.look()).processes.length > 0; tries++) await clock.sleep(250);
  }
}

/** Dialogs first: a main window does not close while one of them is open. */
function closable(windows: readonly WindowInfo[]): WindowInfo[] {
  return [...windows.filter((window) => !isMainWindow(window)), ...windows.filter(isMainWindow)];
}
