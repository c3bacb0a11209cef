import { useTranslation } from 'react-i18next';
import type { TaskDetail } from '../../../main/shared/task.ts';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { Facts } from './Facts.tsx';
import { Failure } from './Failure.tsx';
import { TaskButtons } from './TaskButtons.tsx';
import { Timeline } from './Timeline.tsx';
import { Warnings } from './Warnings.tsx';
import { Webhook } from './Webhook.tsx';

/** What came of the task (or where it stands), what can be done now, and the facts. */
export function Overview({ task, onRemoved, reload }: { task: TaskDetail; onRemoved: () => void; reload: () => void }) {
  return (
    <div className="overview">
      <Outcome task={task} />
      <TaskButtons task={task} onRemoved={onRemoved} />
      <Warnings list={task.warningList} />
      <Timeline task={task} />
      <Webhook task={task} reload={reload} />
      <Facts task={task} />
    </div>
  );
}

function Outcome({ task }: { task: TaskDetail }) {
  const { t } = useTranslation();
  if (task.state === 'completed' && task.videoUrl !== null) {
    return (
      // biome-ignore lint/a11y/useMediaCaption: the captions of a finished video are drawn into its picture.
      <video
        key={task.videoUrl}
        className="player"
        src={task.videoUrl}
        poster={task.coverUrl ?? undefined}
        controls
        preload="metadata"
        aria-label={t('task.player', { name: task.name })}
      />
    );
  }
  if (task.state === 'failed') return <Failure task={task} />;
  if (task.state === 'processing') {
    return (
      <div className="standing">
        <div className="standing-line">
          <span>{task.stage === null ? t('state.processing') : t(`stage.${task.stage}`)}</span>
          <strong>{task.progress}%</strong>
        </div>
        <ProgressBar task={task} label={t('queue.progressOf', { name: task.name })} />
      </div>
    );
  }
  if (task.state === 'pending') {
    return (
      <p className="standing">
        {task.position === null
          ? t('task.waitingSomewhere')
          : t('task.waiting', { position: task.position.toLocaleString('en') })}
      </p>
    );
  }
  return null;
}
