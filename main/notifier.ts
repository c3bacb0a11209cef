import { absoluteUrl } from './api/contract-answer.ts';
import { Courier } from './publish/courier.ts';
import { postWebhook, type WebhookBody } from './publish/webhook.ts';
import { systemClock } from './queue/clock.ts';
import type { Delivery, Outbox, TryResult } from './queue/outbox.ts';
import type { TaskRecord } from './queue/task-record.ts';
import { endError } from './queue/task-view.ts';
import { sentence } from './shared/errors/index.ts';
import { errorNote, note } from './shared/log-notes.ts';
import type { Settings } from './shared/settings.ts';

export interface NotifierParts {
  readonly outbox: Outbox;
  readonly settings: () => Settings;
  readonly task: (id: string) => TaskRecord | null;
  /** Where this station's videos are, without a slash at the end. */
  readonly baseUrl: () => string;
  /** A line for a task's log. */
  readonly log: (taskId: string, level: 'info' | 'warn', message: string, data?: Record<string, unknown>) => void;
  /** Told when a delivery has ended or goes on. */
  readonly changed: () => void;
}

/** Tells the operator's webhook of ended tasks, and the task's log what became of it. */
export function webhookCourier({ outbox, settings, task, baseUrl, log, changed }: NotifierParts): Courier {
  return new Courier({
    outbox,
    clock: systemClock,
    receiver: () => ({ url: settings().webhookUrl, secret: settings().webhookSecret }),
    content: ({ taskId }) => {
      const ended = task(taskId);
      if (ended === null) throw new Error('the task has been removed');
      return webhookBody(ended, baseUrl(), settings().language);
    },
    post: postWebhook,
    told: (delivery, result, answer) => {
      log(delivery.taskId, ...deliveryLine(delivery, result, answer, Date.now()));
      changed();
    },
  });
}

/** The log line of a try; pure. */
export function deliveryLine(
  delivery: Delivery,
  result: TryResult,
  answer: string,
  nowMs: number,
): [level: 'info' | 'warn', message: string, data: Record<string, unknown>] {
  const tries = delivery.tries + 1;
  switch (result.state) {
    case 'delivered':
      return ['info', ...note('WEBHOOK_DELIVERED', { tries, answer })];
    case 'waiting': {
      const seconds = Math.round((result.dueMs - nowMs) / 1000);
      return ['warn', ...note('WEBHOOK_RETRIED', { tries, answer, seconds })];
    }
    case 'given_up':
      return ['warn', ...errorNote(result.error)];
    default:
      return result satisfies never;
  }
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
    video_url: completed ? absoluteUrl(url, baseUrl.replace(/\/+$/, '')) : '',
    error_message: completed || error === null ? '' : sentence(error, language),
    created_at: new Date(task.createdMs).toISOString(),
    started_at: iso(task.startedMs),
    completed_at: iso(task.completedMs),
  };
}
