import { App } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../../main/shared/task.ts';
import { cancelTask, fetchTask, moveTask, removeTask, retryTask } from '../station/calls.ts';
import { useAsk, useAttempt } from './feedback.ts';

/** The published video's address as a caller on the network can use it. */
export function absoluteUrl(path: string): string {
  return new URL(path, window.location.origin).href;
}

/** What an operator can do with one task. Each says what happened. */
export function useTaskActions() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const attempt = useAttempt();
  const ask = useAsk();
  return useMemo(() => {
    const copy = async (text: string) => {
      const copied = await navigator.clipboard?.writeText(text).then(
        () => true,
        () => false,
      );
      // Pages from another machine over plain HTTP have no clipboard.
      if (copied === true || copyBySelection(text)) void message.success(t('common.copied'));
      else void message.warning(t('common.copyFailed'));
    };
    const withFile = async (task: Task, open: ((file: string) => Promise<boolean>) | undefined) => {
      await attempt(async () => {
        const { videoFile } = await fetchTask(task.id);
        if (videoFile === null || open === undefined || !(await open(videoFile)))
          void message.warning(t('action.fileGone'));
      });
    };
    return {
      copy,
      cancel: async (task: Task) => {
        const { name } = task;
        const sure =
          task.state !== 'processing' ||
          (await ask({
            title: t('action.cancelTitle', { name }),
            body: t('action.cancelBody'),
            confirm: t('action.cancelConfirm'),
            keep: t('action.keep'),
          }));
        if (!sure) return;
        await attempt(async () => {
          const outcome = await cancelTask(task.id);
          if (outcome === 'cancelled') void message.success(t('action.cancelled', { name }));
          else if (outcome === 'already_finished') void message.info(t('action.alreadyFinished', { name }));
          else void message.warning(t('action.notFound'));
        });
      },
      retry: (task: Task) =>
        attempt(async () => {
          await retryTask(task.id);
          void message.success(t('action.retried', { name: task.name }));
        }),
      remove: async (task: Task): Promise<boolean> => {
        const sure = await ask({
          title: t('action.removeTitle', { name: task.name }),
          body: t('action.removeBody'),
          confirm: t('action.removeConfirm'),
          keep: t('common.cancel'),
        });
        if (!sure) return false;
        return attempt(async () => {
          await removeTask(task.id);
          void message.success(t('action.removed', { name: task.name }));
        });
      },
      toFront: (task: Task) =>
        attempt(async () => {
          await moveTask(task.id, null);
          void message.success(t('action.moved', { name: task.name }));
        }),
      openFile: (task: Task) => withFile(task, window.desktop?.openFile),
      reveal: (task: Task) => withFile(task, window.desktop?.revealFile),
    };
  }, [attempt, ask, message, t]);
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  return copied;
}
