import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskDetail } from '../../../main/shared/task.ts';
import { useAttempt } from '../../actions/feedback.ts';
import { useNow } from '../../app/now.ts';
import { usePreferences } from '../../app/preferences.ts';
import { moment } from '../../format/time.ts';
import { localeTags } from '../../locales/index.ts';
import { notifyAgain } from '../../station/calls.ts';

const pollMs = 2000;

/** What became of the notice to the operator's webhook, in a line; and once more when it is wanted. */
export function Webhook({ task, reload }: { task: TaskDetail; reload: () => void }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const attempt = useAttempt();
  const now = useNow();
  const [busy, setBusy] = useState(false);
  const { webhook } = task;
  const waiting = webhook?.state === 'waiting';
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(reload, pollMs);
    return () => clearInterval(timer);
  }, [waiting, reload]);
  if (webhook === null) return null;
  const time = (iso: string | null) => (iso === null ? '' : moment(iso, now, localeTags[language]));
  const said = { tries: webhook.tries, answer: webhook.answer ?? '' };
  const again = async () => {
    setBusy(true);
    await attempt(async () => {
      await notifyAgain(task.id);
      reload();
    });
    setBusy(false);
  };
  return (
    <section>
      <h3>{t('task.webhook.title')}</h3>
      <div className={`webhook is-${webhook.state}`}>
        <span>
          {webhook.state === 'delivered' && t('task.webhook.delivered', { ...said, time: time(webhook.triedAt) })}
          {waiting && webhook.tries === 0 && t('task.webhook.sending')}
          {waiting && webhook.tries > 0 && t('task.webhook.waiting', { ...said, time: time(webhook.dueAt) })}
          {webhook.state === 'given_up' && webhook.error?.[language]}
        </span>
        {!(waiting && webhook.tries === 0) && (
          <Button size="small" loading={busy} onClick={() => void again()}>
            {t(waiting ? 'task.webhook.now' : 'task.webhook.again')}
          </Button>
        )}
      </div>
    </section>
  );
}
