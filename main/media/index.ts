import { StationError } from '../shared/errors/index.ts';
import type { SpawnWorker, WorkerProcess } from '../workers/spawn.ts';
import { unreadable } from './errors.ts';
import type { MediaFacts, MediaInspector } from './facts.ts';
import type { MediaReply, MediaRequest, MediaTask } from './protocol.ts';

export type { ExpectedVideo, MediaFacts, MediaInspector } from './facts.ts';

export interface InspectorOptions {
  /** How long one file may take, ms. */
  readonly deadlineMs?: number;
  /** Child programs at most. */
  readonly children?: number;
}

interface Waiting {
  readonly task: MediaTask;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (facts: MediaFacts | null) => void;
  readonly reject: (error: unknown) => void;
}

const usualDeadlineMs = 60_000;

/**
 * Opens media in child programs, so that a file that crashes or hangs FFmpeg costs that child and nothing else. A file
 * that ends its child is reported as unreadable; the next request gets a new child. Children start with the first
 * request and are kept.
 */
export function createMediaInspector(spawn: SpawnWorker, options: InspectorOptions = {}): MediaInspector {
  const deadlineMs = options.deadlineMs ?? usualDeadlineMs;
  const line: Waiting[] = [];
  const lanes = Array.from({ length: options.children ?? 2 }, () => new Lane(spawn, deadlineMs));
  let closed = false;

  function next(): void {
    for (const lane of lanes) {
      if (lane.busy) continue;
      const waiting = line.shift();
      if (waiting === undefined) return;
      void lane.run(waiting).finally(next);
    }
  }

  function ask(task: MediaTask, signal?: AbortSignal): Promise<MediaFacts | null> {
    return new Promise((resolve, reject) => {
      if (closed) return reject(new Error('The media inspector is closed.'));
      signal?.throwIfAborted();
      const waiting = { task, signal, resolve, reject };
      signal?.addEventListener(
        'abort',
        () => {
          const place = line.indexOf(waiting);
          if (place >= 0) line.splice(place, 1);
          reject(signal.reason);
        },
        { once: true },
      );
      line.push(waiting);
      next();
    });
  }

  async function askForFacts(task: MediaTask, signal?: AbortSignal): Promise<MediaFacts> {
    const facts = await ask(task, signal);
    if (facts === null) throw new Error(`The media inspector answered ${task.do} without facts.`);
    return facts;
  }

  return {
    probe: (file, signal) => askForFacts({ do: 'probe', file }, signal),
    verify: (file, expected, { signal, toleranceUs } = {}) =>
      askForFacts({ do: 'verify', file, expected, options: toleranceUs === undefined ? {} : { toleranceUs } }, signal),
    cover: async (file, jpegFile, size) => void (await ask({ do: 'cover', file, jpegFile, size })),
    close() {
      closed = true;
      for (const waiting of line.splice(0)) waiting.reject(new Error('The media inspector is closed.'));
      for (const lane of lanes) lane.close();
    },
  };
}

/** Why a child program ended while it had a request. */
class ChildDied extends Error {}

/** One child program and the request it works on. */
class Lane {
  busy = false;
  private readonly spawn: SpawnWorker;
  private readonly deadlineMs: number;
  private child: WorkerProcess | null = null;
  private lastId = 0;
  private onReply: ((reply: MediaReply) => void) | null = null;
  private onDeath: ((how: string) => void) | null = null;

  constructor(spawn: SpawnWorker, deadlineMs: number) {
    this.spawn = spawn;
    this.deadlineMs = deadlineMs;
  }

  /** Settles the request; never throws. */
  async run(waiting: Waiting): Promise<void> {
    this.busy = true;
    try {
      const reply = await this.ask(waiting).catch((error: unknown) => {
        // A child may have been ended by something else (memory, a person): the file is blamed by a second one.
        if (error instanceof ChildDied && !waiting.signal?.aborted) return this.ask(waiting);
        throw error;
      });
      if (reply.ok) waiting.resolve(reply.facts);
      else waiting.reject(new StationError(reply.error.code, reply.error.params));
    } catch (error) {
      const { task, signal, reject } = waiting;
      reject(signal?.aborted ? signal.reason : error instanceof ChildDied ? crashed(task, error.message) : error);
    } finally {
      this.busy = false;
    }
  }

  private async ask({ task, signal }: Waiting): Promise<MediaReply> {
    let deadline: NodeJS.Timeout | undefined;
    const stop = () => this.end();
    try {
      return await new Promise<MediaReply>((answered, failed) => {
        this.lastId += 1;
        const request: MediaRequest = { id: this.lastId, task };
        this.onReply = (candidate) => candidate.id === request.id && answered(candidate);
        this.onDeath = (how) => failed(new ChildDied(how));
        deadline = setTimeout(() => {
          failed(new StationError('MEDIA_CHECK_TIMEOUT', { file: base(task.file), seconds: this.deadlineMs / 1000 }));
          this.end();
        }, this.deadlineMs);
        // The child works on this file alone: ending it is how the work is stopped.
        signal?.addEventListener('abort', stop, { once: true });
        this.start().send(request);
      });
    } finally {
      clearTimeout(deadline);
      signal?.removeEventListener('abort', stop);
      this.onReply = null;
      this.onDeath = null;
    }
  }

  close(): void {
    this.end();
  }

  private start(): WorkerProcess {
    if (this.child !== null) return this.child;
    const child = this.spawn('media');
    child.onMessage((message) => this.onReply?.(message as MediaReply));
    child.onExit(({ code, signal, stderr }) => {
      if (this.child !== child) return;
      this.child = null;
      this.onDeath?.([signal ?? `exit ${code}`, stderr.trim().slice(-200)].filter(Boolean).join(': '));
    });
    this.child = child;
    return child;
  }

  private end(): void {
    const child = this.child;
    this.child = null;
    child?.kill();
    this.onDeath?.('stopped');
  }
}

function crashed(task: MediaTask, how: string): StationError {
  return task.do === 'verify'
    ? new StationError('EXPORT_FILE_BROKEN', {
        reason: `checking it ended the checking program (${how})`,
        reasonZh: `检查程序意外退出（${how}）`,
      })
    : unreadable(task.file, `opening it ended the checking program (${how})`);
}

function base(file: string): string {
  return file.split(/[\\/]/).at(-1) ?? file;
}
