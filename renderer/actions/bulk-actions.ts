import { App } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkAction } from '../../main/shared/operator-api.ts';
import type { Task } from '../../main/shared/task.ts';
import { usePreferences } from '../app/preferences.ts';
import { actOnAll } from '../station/calls.ts';
import { useAsk, useReason } from './feedback.ts';

/** What an operator can do with many tasks at once. Each resolves to false when it was not done after all. */
export function useBulkActions() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const ask = useAsk();
  const reason = useReason();
  const { language } = usePreferences();
  return useMemo(() => {
    const run = async (action: BulkAction, tasks: readonly Task[], good: (done: number) => string) => {
      try {
        const results = await actOnAll(
          action,
          tasks.map((task) => task.id),
        );
        const errors = results.map((result) => result.error).filter((error) => error !== null);
        const late = errors.filter((error) => error.code === 'TASK_FINISHED').length;
        const bad = errors.filter((error) => error.code !== 'TASK_FINISHED');
        const done = results.length - errors.length;
        if (action === 'cancel') void message.success(t('bulk.cancelled', { done, late }));
        else if (done > 0) void message.success(good(done));
        const [first] = bad;
        if (first !== undefined)
          void message.error(t('bulk.someFailed', { count: bad.length, reason: first[language] }));
        return true;
      } catch (thrown) {
        void message.error(t('common.failed', { reason: reason(thrown) }));
        return false;
      }
    };
    return {
      cancel: async (tasks: readonly Task[]) => {
        const sure = await ask({
          title: t('bulk.cancelTitle', { count: tasks.length }),
          body: t('action.cancelBody'),
          confirm: t('action.cancelConfirm'),
          keep: t('action.keep'),
        });
        return sure && run('cancel', tasks, () => '');
      },
      retry: (tasks: readonly Task[]) => run('retry', tasks, (count) => t('bulk.retried', { count })),
      remove: async (tasks: readonly Task[]) => {
        const sure = await ask({
          title: t('bulk.removeTitle', { count: tasks.length }),
          body: t('action.removeBody'),
          confirm: t('action.removeConfirm'),
          keep: t('common.cancel'),
        });
        return sure && run('remove', tasks, (count) => t('bulk.removed', { count }));
      },
      /** They keep their order among themselves. */
      toFront: (tasks: readonly Task[]) => run('front', tasks, (count) => t('bulk.movedToFront', { count })),
    };
  }, [ask, language, message, reason, t]);
}
