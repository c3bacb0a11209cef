import { App } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../../main/shared/task.ts';
import { cancelTask, moveTask, removeTask, retryTask } from '../station/calls.ts';
import { useAsk, useReason } from './feedback.ts';

/** Calls at once: quick for hundreds, without keeping the station from its work. */
const callsAtOnce = 6;

/** Does one call for each task; those that fail are kept with their reason and stop nothing. */
export async function each<T>(tasks: readonly Task[], action: (task: Task) => Promise<T>) {
  const done: T[] = [];
  const failed: unknown[] = [];
  const left = [...tasks];
  const worker = async () => {
    for (let task = left.shift(); task !== undefined; task = left.shift()) {
      try {
        done.push(await action(task));
      } catch (thrown) {
        failed.push(thrown);
      }
    }
  };
  await Promise.all(Array.from({ length: callsAtOnce }, worker));
  return { done, failed };
}

/** What an operator can do with many tasks at once. Each resolves to false when it was not done after all. */
export function useBulkActions() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const ask = useAsk();
  const reason = useReason();
  return useMemo(() => {
    const tell = (good: string, done: number, failed: readonly unknown[]) => {
      if (done > 0) void message.success(good);
      if (failed.length > 0)
        void message.error(t('bulk.someFailed', { count: failed.length, reason: reason(failed[0]) }));
      return true;
    };
    return {
      cancel: async (tasks: readonly Task[]) => {
        const sure = await ask({
          title: t('bulk.cancelTitle', { count: tasks.length }),
          body: t('action.cancelBody'),
          confirm: t('action.cancelConfirm'),
          keep: t('action.keep'),
        });
        if (!sure) return false;
        const { done, failed } = await each(tasks, (task) => cancelTask(task.id));
        const cancelled = done.filter((outcome) => outcome === 'cancelled').length;
        return tell(t('bulk.cancelled', { done: cancelled, late: done.length - cancelled }), done.length, failed);
      },
      retry: async (tasks: readonly Task[]) => {
        const { done, failed } = await each(tasks, (task) => retryTask(task.id));
        return tell(t('bulk.retried', { count: done.length }), done.length, failed);
      },
      remove: async (tasks: readonly Task[]) => {
        const sure = await ask({
          title: t('bulk.removeTitle', { count: tasks.length }),
          body: t('action.removeBody'),
          confirm: t('action.removeConfirm'),
          keep: t('common.cancel'),
        });
        if (!sure) return false;
        const { done, failed } = await each(tasks, (task) => removeTask(task.id));
        return tell(t('bulk.removed', { count: done.length }), done.length, failed);
      },
      /** They keep their order among themselves. */
      toFront: async (tasks: readonly Task[]) => {
        const failed: unknown[] = [];
        for (const task of [...tasks].reverse()) await moveTask(task.id, null).catch((thrown) => failed.push(thrown));
        return tell(t('bulk.toFront', { count: tasks.length }), tasks.length - failed.length, failed);
      },
    };
  }, [ask, message, reason, t]);
}
