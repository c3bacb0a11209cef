import { App } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../app/preferences.ts';
import { asApiError } from '../station/client.ts';

/** What went wrong with a call, as a sentence for the operator. */
export function useReason(): (thrown: unknown) => string {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return useMemo(
    () => (thrown: unknown) => {
      const error = asApiError(thrown);
      if (error.reason === 'UNREACHABLE') return t('common.unreachable');
      if (error.reason === 'UNEXPECTED_ANSWER') return t('common.unexpected');
      return error[language] || error.reason;
    },
    [t, language],
  );
}

/** Runs a call and says how it went; false when it failed (the sentence has been shown then). */
export function useAttempt(): (action: () => Promise<void>) => Promise<boolean> {
  const { message } = App.useApp();
  const { t } = useTranslation();
  const reason = useReason();
  return useMemo(
    () => async (action) => {
      try {
        await action();
        return true;
      } catch (thrown) {
        void message.error(t('common.failed', { reason: reason(thrown) }));
        return false;
      }
    },
    [message, t, reason],
  );
}

/** A question before something that cannot be undone. */
export interface Question {
  readonly title: string;
  readonly body: string;
  readonly confirm: string;
  readonly keep: string;
}

export function useAsk(): (question: Question) => Promise<boolean> {
  const { modal } = App.useApp();
  return useMemo(
    () => (question) =>
      new Promise((resolve) => {
        void modal.confirm({
          title: question.title,
          content: question.body,
          okText: question.confirm,
          cancelText: question.keep,
          okButtonProps: { danger: true },
          autoFocusButton: 'cancel',
          centered: true,
          onOk: () => resolve(true),
          onCancel: () => resolve(false),
        });
      }),
    [modal],
  );
}
