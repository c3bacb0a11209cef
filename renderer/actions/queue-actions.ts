import { App } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { cancelTask, pauseQueue, resumeQueue, retryFailed } from '../station/calls.ts';
import { useStationStore } from '../station/store.ts';
import { useAsk, useAttempt } from './feedback.ts';

/** What an operator can do with the queue as a whole. */
export function useQueueActions() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const store = useStationStore();
  const attempt = useAttempt();
  const ask = useAsk();
  return useMemo(
    () => ({
      pause: () =>
        void attempt(async () => {
          await pauseQueue();
        }),
      resume: () =>
        void attempt(async () => {
          await resumeQueue();
        }),
      retryAllFailed: () =>
        void attempt(async () => {
          void message.success(t('queue.retriedAll', { count: await retryFailed() }));
        }),
      stopNow: async () => {
        const running = store.state().processing;
        const sure = await ask({
          title: t('queue.stopNowTitle', { count: running.length }),
          body: t('queue.stopNowBody'),
          confirm: t('queue.stopNowConfirm'),
          keep: t('action.keep'),
        });
        if (!sure) return;
        await attempt(async () => {
          await pauseQueue();
          // What has started meanwhile belongs to "now" as well.
          const outcomes = await Promise.all(store.state().processing.map(cancelTask));
          const done = outcomes.filter((outcome) => outcome === 'cancelled').length;
          void message.success(t('bulk.cancelled', { done, late: outcomes.length - done }));
        });
      },
    }),
    [attempt, ask, message, store, t],
  );
}
