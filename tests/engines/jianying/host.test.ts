import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWindowsUi } from '../../../main/engines/jianying/windows/host.ts';
import { operationDeadlines, type Request, silentMs } from '../../../main/engines/jianying/windows/protocol.ts';
import type { WorkerProcess } from '../../../main/workers/spawn.ts';

/** A child process that answers what the test says. */
class FakeChild implements WorkerProcess {
  readonly pid = 1;
  killed = false;
  requests: Request[] = [];
  #message: (message: unknown) => void = () => {};
  #exit: (exit: { code: number | null; signal: string | null; stderr: string }) => void = () => {};

  send(message: unknown): void {
    this.requests.push(message as Request);
  }
  onMessage(listener: (message: unknown) => void): void {
    this.#message = listener;
  }
  onExit(listener: (exit: { code: number | null; signal: string | null; stderr: string }) => void): void {
    this.#exit = listener;
  }
  kill(): void {
    this.killed = true;
  }
  say(message: unknown): void {
    this.#message(message);
  }
  die(stderr: string): void {
    this.#exit({ code: 3, signal: null, stderr });
  }
}

let children: FakeChild[];
const spawn = () => {
  const child = new FakeChild();
  children.push(child);
  return child;
};
beforeEach(() => {
  children = [];
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

const answer = (child: FakeChild | undefined, result: unknown) =>
  child?.say({ id: child.requests.at(-1)?.id, ok: true, result });

describe('the Windows child process', () => {
  it('is started with the first request and answers it', async () => {
    const ui = createWindowsUi(spawn);
    expect(children).toHaveLength(0);
    const reply = ui.keys(7, 'enter');
    expect(children[0]?.requests[0]).toMatchObject({ op: 'keys', args: [7, 'enter'] });
    answer(children[0], 'done');
    expect(await reply).toBe('done');
  });

  it('is replaced when it does not answer before the deadline', async () => {
    const ui = createWindowsUi(spawn);
    const hanging = expect(ui.tree(7)).rejects.toMatchObject({ kind: 'deadline' });
    await vi.advanceTimersByTimeAsync(operationDeadlines.tree);
    await hanging;
    expect(children[0]?.killed).toBe(true);
    const next = ui.launch('x.exe');
    answer(children[1], 42);
    expect(await next).toBe(42);
  });

  it('costs only its own request when it crashes', async () => {
    const ui = createWindowsUi(spawn);
    const lost = expect(ui.look()).rejects.toMatchObject({
      kind: 'crashed',
      message: expect.stringContaining('access violation'),
    });
    children[0]?.die('access violation');
    await lost;
    const next = ui.launch('x.exe');
    answer(children[1], 1);
    expect(await next).toBe(1);
  });

  it('is replaced when it was idle and fell silent', async () => {
    const ui = createWindowsUi(spawn);
    const first = ui.launch('x.exe');
    answer(children[0], 1);
    await first;
    children[0]?.say({ beat: 1 });
    await vi.advanceTimersByTimeAsync(silentMs + 1);
    void ui.launch('y.exe').catch(() => {});
    expect(children).toHaveLength(2);
    ui.close();
  });

  it('passes failures on with their kind, and ignores nonsense', async () => {
    const ui = createWindowsUi(spawn);
    const refused = expect(ui.tree(1)).rejects.toMatchObject({ kind: 'access_denied' });
    children[0]?.say('nonsense');
    children[0]?.say({ id: children[0].requests[0]?.id, ok: false, kind: 'access_denied', message: '0x80070005' });
    await refused;
  });
});
