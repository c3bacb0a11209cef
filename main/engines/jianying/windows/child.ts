import { spawn } from 'node:child_process';
import path from 'node:path';
import type { KeyName, Point, TreeDetail } from '../ui/backend.ts';
import { UiFailure } from '../ui/backend.ts';
import { capture } from './capture.ts';
import { becomeDpiAware, changeWindow, keys, postClick, realClick, typeText } from './input.ts';
import { installFacts } from './install-facts.ts';
import { look } from './look.ts';
import { beatEveryMs, type Request } from './protocol.ts';
import { openTransport } from './transport.ts';
import { Automation } from './uia.ts';

/**
 * The child process that touches Windows: it does what it is asked, one thing after another, and is killed and replaced
 * when a call hangs or crashes. It decides nothing.
 */
const transport = openTransport(process.argv.slice(2));
const automation = new Automation();
becomeDpiAware();

/** The station is the only caller: arguments are what `UiBackend` says. */
function carryOut({ op, args }: Request): unknown {
  const [first, second, third] = args;
  switch (op) {
    case 'look':
      return look();
    case 'tree':
      return automation.tree(first as number, second as TreeDetail);
    case 'invoke':
      return automation.invoke(first as number, second as number);
    case 'postClick':
      return postClick(first as number, second as Point, third as 1 | 2);
    case 'realClick':
      return realClick(first as number, second as Point, third as 1 | 2);
    case 'keys':
      return keys(first as number, second as KeyName);
    case 'typeText':
      return typeText(first as number, second as string);
    case 'window':
      return changeWindow(first as number, second as 'restore' | 'maximise' | 'close' | 'forward');
    case 'launch':
      return launch(first as string);
    case 'endProcess':
      return void process.kill(first as number);
    case 'capture':
      return capture(first as number)?.toString('base64') ?? null;
    case 'installFacts':
      return installFacts(first as string, second as string);
  }
}

/** Starts the client in its own folder; it outlives this process. */
function launch(exe: string): number {
  const child = spawn(exe, [], { cwd: path.win32.dirname(exe), detached: true, stdio: 'ignore' });
  child.on('error', () => {});
  child.unref();
  if (child.pid === undefined) throw new UiFailure('other', `cannot start ${exe}`);
  return child.pid;
}

transport.onMessage((message) => {
  const request = message as Request;
  try {
    transport.send({ id: request.id, ok: true, result: carryOut(request) ?? null });
  } catch (error) {
    const kind = error instanceof UiFailure ? error.kind : 'other';
    transport.send({
      id: request.id,
      ok: false,
      kind,
      message: error instanceof Error ? error.message : String(error),
    });
  }
});
transport.onEnd(() => process.exit(0));
setInterval(() => transport.send({ beat: Date.now() }), beatEveryMs);
