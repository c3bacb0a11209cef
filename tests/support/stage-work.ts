import type { StageContext } from '../../main/engines/engine.ts';
import type { AttemptEnd, Exported, Fetched, Published, StageWork } from '../../main/queue/stages.ts';
import type { TaskRecord } from '../../main/queue/task-record.ts';

type StageName = 'fetch' | 'export' | 'publish';

interface Call {
  readonly stage: StageName;
  readonly task: TaskRecord;
  readonly context: StageContext;
  readonly end: (error?: Error) => void;
}

/** Stage work in the test's hands: every stage waits until the test lets it end. */
export class HandWork implements StageWork<string> {
  readonly calls: Call[] = [];
  readonly cleaned: { id: string; end: AttemptEnd }[] = [];
  /** Stages that end by themselves. */
  readonly automatic = new Set<StageName>();
  /** Stages that do not listen to their signal. */
  readonly deaf = new Set<StageName>();

  #run<T>(stage: StageName, task: TaskRecord, context: StageContext, result: T): Promise<T> {
    return new Promise((resolve, reject) => {
      const end = (error?: Error) => {
        const at = this.calls.indexOf(call);
        if (at >= 0) this.calls.splice(at, 1);
        if (error === undefined) resolve(result);
        else reject(error);
      };
      const call: Call = { stage, task, context, end };
      this.calls.push(call);
      if (!this.deaf.has(stage)) {
        context.signal.addEventListener('abort', () => end(new Error('told to end')), { once: true });
      }
      if (this.automatic.has(stage)) end();
    });
  }

  fetch(task: TaskRecord, context: StageContext): Promise<Fetched<string>> {
    return this.#run('fetch', task, context, {
      draft: task.id,
      name: `draft of ${task.draftUrl}`,
      durationMs: 5000,
      engine: 'embedded',
      inspection: null,
      warnings: [],
    });
  }

  export(task: TaskRecord, _draft: string, context: StageContext): Promise<Exported> {
    return this.#run('export', task, context, { file: `/out/${task.id}.mp4`, warnings: [] });
  }

  publish(task: TaskRecord, _draft: string, exported: Exported, context: StageContext): Promise<Published> {
    const videoUrl = `/v1/videos/video_${task.id}.mp4`;
    return this.#run('publish', task, context, { videoUrl, videoFile: exported.file, videoBytes: 10, hasCover: false });
  }

  async cleanUp(task: TaskRecord, end: AttemptEnd): Promise<void> {
    this.cleaned.push({ id: task.id, end });
  }

  /** The running call of a stage, for the draft link if given. */
  running(stage: StageName, draftUrl?: string): Call {
    const call = this.calls.find(
      (each) => each.stage === stage && (draftUrl ?? each.task.draftUrl) === each.task.draftUrl,
    );
    if (call === undefined) throw new Error(`no ${stage} is running; running: ${this.names().join(', ')}`);
    return call;
  }

  names(): string[] {
    return this.calls.map((call) => `${call.stage} ${call.task.draftUrl}`);
  }
}
