import { setTimeout as pause } from 'node:timers/promises';
import { deliverWebhook, type WebhookBody } from './publish/webhook.ts';
import type { TaskRecord } from './queue/task-record.ts';
import { endError } from './queue/task-view.ts';
import { sentence } from './shared/errors/index.ts';
import type { Settings } from './shared/settings.ts';

const answerMs = 15_000;

/** Tells the operator's webhook of ended tasks. What became of it is said through `report`, never thrown. */
export function webhookNotifier(
  settings: () => Settings,
  baseUrl: () => string,
  log: (taskId: string, level: 'info' | 'warn', message: string) => void,
): (task: TaskRecord) => void {
  return (task) => {
    const { webhookUrl, webhookSecret, language } = settings();
    if (webhookUrl === '') return;
    const target = {
      url: webhookUrl,
      secret: webhookSecret,
      nowMs: Date.now,
      pause: (ms: number) => pause(ms, undefined, { ref: false }),
      send: async (url: string, headers: Record<string, string>, body: string) => {
        const response = await fetch(url, {
          method: 'POST',
          headers,
          body,
          redirect: 'manual',
          signal: AbortSignal.timeout(answerMs),
        });
        await response.body?.cancel();
        return response.status;
      },
    };
    void deliverWebhook(target, webhookBody(task, baseUrl(), language)).then(({ delivered, tries, answer }) => {
      const message = `Webhook ${delivered ? 'delivered' : 'not delivered'} after ${tries} tries: ${answer}`;
      log(task.id, delivered ? 'info' : 'warn', message);
    });
  };
}

/** The contract's eight fields for an ended task. */
export function webhookBody(task: TaskRecord, baseUrl: string, language: Settings['language']): WebhookBody {
  const completed = task.state === 'completed';
  const error = endError(task);
  const url = task.videoUrl ?? '';
  const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
  return {
    task_id: task.id,
    draft_url: task.draftUrl,
    status: completed ? 'completed' : 'failed',
    progress: completed ? 100 : 0,
    video_url: completed ? new URL(url, `${baseUrl}/`).href : '',
    error_message: completed || error === null ? '' : sentence(error, language),
    created_at: new Date(task.createdMs).toISOString(),
    started_at: iso(task.startedMs),
    completed_at: iso(task.completedMs),
  };
}
