import {
  CloseOutlined,
  DeleteOutlined,
  LinkOutlined,
  PlayCircleOutlined,
  RedoOutlined,
  VerticalAlignTopOutlined,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Task } from '../../../main/shared/task.ts';
import { absoluteUrl, useTaskActions } from '../../actions/task-actions.ts';
import { showTask } from '../../app/route.ts';

/** The two or three things people do most with a task in this state. */
export function QuickActions({ task }: { task: Task }) {
  const { t } = useTranslation();
  const actions = useTaskActions();
  const { videoUrl } = task;
  switch (task.state) {
    case 'processing':
      return (
        <Quick
          label={t('action.cancel')}
          name={task.name}
          icon={<CloseOutlined aria-hidden />}
          run={() => actions.cancel(task)}
        />
      );
    case 'pending':
      return (
        <>
          <Quick
            label={t('action.toFront')}
            name={task.name}
            icon={<VerticalAlignTopOutlined aria-hidden />}
            run={() => actions.toFront(task)}
          />
          <Quick
            label={t('action.cancel')}
            name={task.name}
            icon={<CloseOutlined aria-hidden />}
            run={() => actions.cancel(task)}
          />
        </>
      );
    case 'completed':
      return (
        <>
          <Quick
            label={t('action.play')}
            name={task.name}
            icon={<PlayCircleOutlined aria-hidden />}
            run={() => showTask(task.id)}
          />
          {videoUrl !== null && (
            <Quick
              label={t('action.copyLink')}
              name={task.name}
              icon={<LinkOutlined aria-hidden />}
              run={() => actions.copy(absoluteUrl(videoUrl))}
            />
          )}
        </>
      );
    case 'failed':
    case 'cancelled':
      return (
        <>
          <Quick
            label={t('action.retry')}
            name={task.name}
            icon={<RedoOutlined aria-hidden />}
            run={() => actions.retry(task)}
          />
          <Quick
            label={t('action.remove')}
            name={task.name}
            icon={<DeleteOutlined aria-hidden />}
            run={() => actions.remove(task)}
          />
        </>
      );
  }
}

function Quick({ label, name, icon, run }: { label: string; name: string; icon: React.ReactNode; run: () => unknown }) {
  return (
    <button type="button" className="icon-button" aria-label={`${label} · ${name}`} title={label} onClick={run}>
      {icon}
    </button>
  );
}
