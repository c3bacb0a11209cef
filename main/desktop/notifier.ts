import { Notification } from 'electron';
import type { Task } from '../shared/task.ts';
import { appIcon } from './icons.ts';
import { type Notice, notices } from './notifications.ts';
import type { DesktopSettings } from './station-link.ts';

/** Tasks that end within this time are told of together. */
const gatherMs = 1200;

/** Shows the system's notifications. */
export class Notifier {
  readonly #open: (taskId: string | null) => void;
  /** Kept while shown: a collected one does not react to a click. */
  readonly #shown = new Set<Notification>();
  /** What was shown, newest last. */
  readonly recent: Notice[] = [];
  #waiting: Task[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** @param open what a click opens: the task, or the queue */
  constructor(open: (taskId: string | null) => void) {
    this.#open = open;
  }

  finished(tasks: readonly Task[], settings: DesktopSettings): void {
    if (tasks.length === 0) return;
    this.#waiting.push(...tasks);
    this.#timer ??= setTimeout(() => {
      const ended = this.#waiting;
      this.#waiting = [];
      this.#timer = undefined;
      for (const notice of notices(ended, settings, settings.language)) this.show(notice);
    }, gatherMs);
  }

  show(notice: Notice): void {
    this.recent.push(notice);
    if (this.recent.length > 20) this.recent.shift();
    if (!Notification.isSupported()) return;
    const notification = new Notification({ title: notice.title, body: notice.body, icon: appIcon() });
    this.#shown.add(notification);
    const over = () => void this.#shown.delete(notification);
    notification.on('click', () => {
      over();
      this.clicked(notice);
    });
    notification.on('close', over);
    notification.on('failed', over);
    notification.show();
  }

  /** What a click on a notification does. */
  clicked(notice: Notice): void {
    this.#open(notice.taskId);
  }
}
