import type { Language } from '../shared/errors/index.ts';
import type { Settings } from '../shared/settings.ts';
import type { Task } from '../shared/task.ts';
import { say } from './words.ts';

/** One notification; a click opens its task, or the queue when it stands for many. */
export interface Notice {
  readonly title: string;
  readonly body: string;
  readonly taskId: string | null;
}

/** More than so many at once become one. */
const shownSingly = 3;

/** What to tell of tasks that ended within a short while. Cancelled ones are no news: somebody just cancelled them. */
export function notices(
  finished: readonly Task[],
  settings: Pick<Settings, 'notifyCompleted' | 'notifyFailed'>,
  language: Language,
): Notice[] {
  const completed = settings.notifyCompleted ? finished.filter((task) => task.state === 'completed') : [];
  const failed = settings.notifyFailed ? finished.filter((task) => task.state === 'failed') : [];
  const news = finished.filter((task) => completed.includes(task) || failed.includes(task));
  if (news.length <= shownSingly) return news.map((task) => single(task, language));
  return [
    {
      title: say('groupTitle', language, { count: news.length }),
      body: say('groupBody', language, { completed: completed.length, failed: failed.length }),
      taskId: null,
    },
  ];
}

function single(task: Task, language: Language): Notice {
  const done = task.state === 'completed';
  return {
    title: say(done ? 'completedTitle' : 'failedTitle', language),
    body: done || task.error === null ? task.name : `${task.name}\n${task.error[language]}`,
    taskId: task.id,
  };
}
