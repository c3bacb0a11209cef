import {
  CaretRightFilled,
  CloseCircleOutlined,
  DownOutlined,
  PauseOutlined,
  StepForwardOutlined,
} from '@ant-design/icons';
import { Button, Dropdown, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import type { QueueStatus } from '../../../main/shared/events.ts';
import { AddButton } from '../../actions/AddButton.tsx';
import { useQueueActions } from '../../actions/queue-actions.ts';
import { writeRoute } from '../../app/route.ts';

/** The numbers that matter from across the room, and the switches of the whole queue. */
export function QueueHeader({ queue }: { queue: QueueStatus }) {
  const { t } = useTranslation();
  const { counts } = queue;
  return (
    <header className="queue-header">
      <ul className="queue-counts">
        <Count label={t('queue.counts.processing')} value={counts.processing} tone="accent" />
        <Count label={t('queue.counts.waiting')} value={counts.pending} />
        <Count
          label={t('queue.counts.completed')}
          value={counts.completed}
          href={writeRoute('history', { state: 'completed' })}
        />
        <Count
          label={t('queue.counts.failed')}
          value={counts.failed}
          tone={counts.failed > 0 ? 'bad' : undefined}
          href={writeRoute('history', { state: 'failed' })}
        />
      </ul>
      <div className="queue-switches">
        <QueueSwitch queue={queue} />
        <AddButton primary />
      </div>
    </header>
  );
}

function Count({
  label,
  value,
  tone,
  href,
}: {
  label: string;
  value: number;
  tone?: 'accent' | 'bad' | undefined;
  href?: string;
}) {
  const content = (
    <>
      <span className="queue-count-label">{label}</span>
      <span className="queue-count-value">{value.toLocaleString('en')}</span>
    </>
  );
  return (
    <li className={`queue-count ${tone !== undefined && value > 0 ? `tone-${tone}` : ''}`}>
      {href === undefined ? <div>{content}</div> : <a href={href}>{content}</a>}
    </li>
  );
}

function QueueSwitch({ queue }: { queue: QueueStatus }) {
  const { t } = useTranslation();
  const { pause, resume, stopNow } = useQueueActions();
  if (queue.mode !== 'running') {
    return (
      <Button icon={<CaretRightFilled aria-hidden />} disabled={queue.mode === 'draining'} onClick={resume}>
        {t('queue.resume')}
      </Button>
    );
  }
  const busy = queue.counts.processing > 0;
  return (
    <Space.Compact>
      <Button icon={<PauseOutlined aria-hidden />} title={t('queue.pauseHint')} onClick={pause}>
        {t('queue.pause')}
      </Button>
      <Dropdown
        trigger={['click']}
        placement="bottomRight"
        menu={{
          items: [
            {
              key: 'finish',
              icon: <StepForwardOutlined aria-hidden />,
              label: t('queue.finishAndStop'),
              disabled: !busy,
              onClick: pause,
            },
            {
              key: 'now',
              icon: <CloseCircleOutlined aria-hidden />,
              danger: true,
              label: t('queue.stopNow'),
              disabled: !busy,
              onClick: stopNow,
            },
          ],
        }}
      >
        <Button icon={<DownOutlined aria-hidden />} aria-label={t('common.more')} title={t('common.more')} />
      </Dropdown>
    </Space.Compact>
  );
}
