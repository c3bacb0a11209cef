import { z } from 'zod';
import type { SpawnWorker, WorkerProcess } from '../../../workers/spawn.ts';
import type { InstallFacts } from '../locate/facts.ts';
import { type Look, type Outcome, type Tree, type UiBackend, UiFailure } from '../ui/backend.ts';
import { type Operation, operationDeadlines, type Request, silentMs } from './protocol.ts';

const failureKinds = ['transient', 'access_denied', 'gone', 'deadline', 'crashed', 'other'] as const;

/** What the child says: an answer, or that it is alive. */
const replySchema = z.union([
  z.object({ beat: z.number() }),
  z.object({ id: z.number(), ok: z.literal(true), result: z.unknown() }),
  z.object({ id: z.number(), ok: z.literal(false), kind: z.enum(failureKinds), message: z.string() }),
]);
type Reply = z.infer<typeof replySchema>;

interface Pending {
  readonly op: Operation;
  readonly resolve: (result: unknown) => void;
  readonly reject: (failure: UiFailure) => void;
  readonly timer: NodeJS.Timeout;
}

export interface HostOptions {
  /** Factor on all deadlines: an emulated system is slower. */
  readonly patience?: number;
}

/**
 * The Windows backend as the station holds it: a child process that does the calls, replaced whenever it hangs or dies.
 * A request that was under way then fails with `deadline` or `crashed`; the next one meets a fresh child.
 */
export function createWindowsUi(spawn: SpawnWorker, options: HostOptions = {}): UiBackend {
  const patience = options.patience ?? 1;
  let child: WorkerProcess | null = null;
  let heardAtMs = 0;
  let nextId = 1;
  const pending = new Map<number, Pending>();

  function start(): WorkerProcess {
    const started = spawn('windows-ui');
    heardAtMs = Date.now();
    started.onMessage((message) => {
      if (child !== started) return;
      heardAtMs = Date.now();
      const reply = replySchema.safeParse(message);
      if (reply.success) settle(reply.data);
    });
    started.onExit(({ code, signal, stderr }) => {
      if (child !== started) return;
      child = null;
      failAll('crashed', `the helper process ended (${code ?? signal}) ${stderr.slice(-300)}`.trim());
    });
    return started;
  }

  function settle(reply: Reply): void {
    if ('beat' in reply) return;
    const request = pending.get(reply.id);
    if (!request) return;
    pending.delete(reply.id);
    clearTimeout(request.timer);
    if (reply.ok) request.resolve(reply.result);
    else request.reject(new UiFailure(reply.kind, `${request.op}: ${reply.message}`));
  }

  function failAll(kind: 'deadline' | 'crashed', message: string): void {
    for (const request of pending.values()) {
      clearTimeout(request.timer);
      request.reject(new UiFailure(kind, `${request.op}: ${message}`));
    }
    pending.clear();
  }

  function drop(kind: 'deadline' | 'crashed', message: string): void {
    const old = child;
    child = null;
    old?.kill();
    failAll(kind, message);
  }

  function call<T>(op: Operation, ...args: unknown[]): Promise<T> {
    // An idle child that has stopped beating is stuck in somebody's window procedure.
    if (child && pending.size === 0 && Date.now() - heardAtMs > silentMs * patience) drop('deadline', 'silent');
    child ??= start();
    const id = nextId++;
    const deadlineMs = operationDeadlines[op] * patience;
    const result = new Promise<unknown>((resolve, reject) => {
      const timer = setTimeout(() => drop('deadline', `no answer within ${deadlineMs} ms`), deadlineMs);
      pending.set(id, { op, resolve, reject, timer });
    });
    child.send({ id, op, args } satisfies Request);
    // The child is part of this program: it answers what `UiBackend` says.
    return result as Promise<T>;
  }

  return {
    look: () => call<Look>('look'),
    tree: (hwnd, detail = 'driving') => call<Tree>('tree', hwnd, detail),
    invoke: (tree, index) => call<Outcome>('invoke', tree, index),
    postClick: (hwnd, at, times) => call<Outcome>('postClick', hwnd, at, times),
    realClick: (hwnd, at, times) => call<Outcome>('realClick', hwnd, at, times),
    keys: (hwnd, key) => call<Outcome>('keys', hwnd, key),
    typeText: (hwnd, text) => call<Outcome>('typeText', hwnd, text),
    window: (hwnd, change) => call<void>('window', hwnd, change),
    launch: (exe) => call<number>('launch', exe),
    endProcess: (pid) => call<void>('endProcess', pid),
    capture: async (hwnd) => {
      const png = await call<string | null>('capture', hwnd);
      return png === null ? null : Buffer.from(png, 'base64');
    },
    installFacts: (explicitExe, explicitDrafts) => call<InstallFacts>('installFacts', explicitExe, explicitDrafts),
    reset: () => drop('crashed', 'started anew'),
    close: () => drop('crashed', 'closed'),
  };
}
