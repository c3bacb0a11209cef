import { HolderOutlined } from '@ant-design/icons';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { isTerminal, type Task } from '../../../main/shared/task.ts';
import type { MenuPlace } from '../../actions/TaskMenu.tsx';
import { usePreferences } from '../../app/preferences.ts';
import { Cover } from '../../components/Cover.tsx';
import { MoreButton } from '../../components/MoreButton.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { bytes } from '../../format/bytes.ts';
import { detailText } from '../../format/detail.ts';
import { moment } from '../../format/time.ts';
import { localeTags } from '../../locales/index.ts';
import { useTask } from '../../station/store.ts';
import { QuickActions } from './QuickActions.tsx';
import { TaskTimes } from './TaskTimes.tsx';

export interface TaskRowProps {
  readonly id: string;
  /** Place in the waiting line, 1 = next. */
  readonly position?: number;
  readonly compact: boolean;
  readonly selected: boolean;
  readonly onToggle?: (id: string, range: boolean) => void;
  readonly onOpen?: (id: string) => void;
  readonly onMenu?: (place: MenuPlace) => void;
  /** It is in the operator's hand. */
  readonly lifted?: boolean;
  readonly handle?: {
    readonly ref: (element: HTMLElement | null) => void;
    readonly describedBy: string;
    readonly listeners: Record<string, unknown> | undefined;
  };
}

/**
 * One task. Plain elements throughout: a hundred of these appear and go while a long list is scrolled, so each has to
 * cost next to nothing.
 */
export const TaskRow = memo(function TaskRow(props: TaskRowProps) {
  const { t } = useTranslation();
  const task = useTask(props.id);
  if (task === undefined) return null;
  const { name } = task;
  return (
    <article
      className={`task-row ${rowClass(task)} ${props.selected ? 'is-selected' : ''} ${props.lifted ? 'is-lifted' : ''}`}
      data-task={task.id}
      onContextMenu={(event) => {
        event.preventDefault();
        props.onMenu?.({ id: task.id, x: event.clientX, y: event.clientY, opener: null });
      }}
    >
      <input
        type="checkbox"
        className="tick task-tick"
        aria-label={t('queue.select', { name })}
        checked={props.selected}
        onChange={(event) =>
          props.onToggle?.(task.id, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)
        }
      />
      {task.state === 'pending' && (
        <button
          type="button"
          className="icon-button task-handle"
          ref={props.handle?.ref}
          aria-label={t('queue.drag', { name })}
          aria-describedby={props.handle?.describedBy}
          {...props.handle?.listeners}
        >
          <HolderOutlined aria-hidden />
        </button>
      )}
      {task.state === 'pending' ? (
        <span
          className="task-position"
          title={props.position === undefined ? '' : t('queue.position', { position: props.position })}
        >
          {props.position?.toLocaleString('en')}
        </span>
      ) : (
        <Cover url={task.coverUrl} />
      )}
      <div className="task-main">
        <button
          type="button"
          className={`task-name ${task.state === 'processing' ? 'is-large' : ''}`}
          title={name}
          onClick={() => props.onOpen?.(task.id)}
        >
          {name}
        </button>
        <TaskFacts task={task} />
      </div>
      {task.state !== 'pending' && (
        <div className="task-state">
          <TaskStatus task={task} />
        </div>
      )}
      <TaskTimes task={task} />
      <div className="task-actions">
        {!props.compact && <QuickActions task={task} />}
        <MoreButton task={task} onMenu={props.onMenu} />
      </div>
    </article>
  );
});

function rowClass(task: Task): string {
  if (isTerminal(task.state)) return 'is-over';
  return `is-${task.state}`;
}

/** Engine, attempt, notes: one quiet line. */
function TaskFacts({ task }: { task: Task }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const facts: string[] = [];
  if (task.state === 'pending') {
    if (task.retryAt !== null)
      facts.push(t('queue.retryAt', { time: moment(task.retryAt, Date.now(), localeTags[language]) }));
  }
  if (task.engine !== null) facts.push(t(`engine.${task.engine}`));
  else if (task.state === 'processing') facts.push(t('engine.undecided'));
  if (task.attempt > 1) facts.push(t('queue.attempt', { attempt: task.attempt }));
  if (task.videoBytes !== null) facts.push(bytes(task.videoBytes));
  if (task.warnings > 0) facts.push(t('queue.warnings', { count: task.warnings }));
  return <span className="task-facts">{facts.join(' · ')}</span>;
}

function TaskStatus({ task }: { task: Task }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  if (task.state === 'processing') {
    const detail = detailText(task.detail);
    return (
      <>
        <div className="task-stage">
          <span className="task-stage-word">
            {task.stage === null ? t('state.processing') : t(`stage.${task.stage}`)}
            {detail !== '' && <small>{detail}</small>}
          </span>
          <span className="task-percent">
            {task.progress}
            <small>%</small>
          </span>
        </div>
        <ProgressBar task={task} label={t('queue.progressOf', { name: task.name })} />
      </>
    );
  }
  return (
    <>
      <StateTag state={task.state} />
      {task.state === 'failed' && task.error !== null && (
        <span className="task-error" title={task.error[language]}>
          {task.error[language]}
        </span>
      )}
    </>
  );
}
