import { PauseCircleFilled, WarningFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { QueueStatus } from '../../../main/shared/events.ts';
import { useQueueActions } from '../../actions/queue-actions.ts';
import { usePreferences } from '../../app/preferences.ts';

/** Why nothing new is started, while that is so. */
export function QueueNotice({ queue }: { queue: QueueStatus }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { resume } = useQueueActions();
  if (queue.mode === 'running') return null;
  const problem = queue.reason !== null;
  const busy = queue.counts.processing;
  const words =
    queue.reason !== null
      ? queue.reason[language]
      : queue.mode === 'draining'
        ? t('queue.draining')
        : busy > 0
          ? t('queue.pausedFinishing', { count: busy })
          : t('queue.paused');
  return (
    <div className={`queue-notice ${problem ? 'is-problem' : ''}`} role="status">
      {problem ? <WarningFilled aria-hidden /> : <PauseCircleFilled aria-hidden />}
      <span>{words}</span>
      {queue.mode === 'paused' && (
        <Button size="small" onClick={resume}>
          {t('queue.resume')}
        </Button>
      )}
    </div>
  );
}
