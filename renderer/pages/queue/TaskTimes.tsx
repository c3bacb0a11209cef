import { useTranslation } from 'react-i18next';
import { isTerminal, type Task } from '../../../main/shared/task.ts';
import { useNow } from '../../app/now.ts';
import { usePreferences } from '../../app/preferences.ts';
import { clock, estimate, moment } from '../../format/time.ts';
import { localeTags } from '../../locales/index.ts';
import { remainingMs } from '../../station/progress-trace.ts';
import { useStation } from '../../station/store.ts';

/** The column of times: when it was submitted, elapsed and remaining, or when it ended. */
export function TaskTimes({ task }: { task: Task }) {
  if (task.state === 'processing') return <RunningTimes task={task} />;
  if (isTerminal(task.state)) return <FinishedTimes task={task} />;
  return <WaitingSince task={task} />;
}

function RunningTimes({ task }: { task: Task }) {
  const { t } = useTranslation();
  const now = useNow();
  const trace = useStation((state) => state.traces.get(task.id));
  const left = remainingMs(trace, now);
  const started = task.startedAt === null ? now : Date.parse(task.startedAt);
  return (
    <dl className="task-times">
      <div className="time-line is-live">
        <dt>{t('queue.elapsed')}</dt>
        <dd>{clock(now - started)}</dd>
      </div>
      {/* Not known yet: the line keeps its place, so that nothing moves when it is. */}
      <div className={`time-line is-live ${left === null ? 'is-unknown' : ''}`} aria-hidden={left === null}>
        <dt>{t('queue.remaining')}</dt>
        <dd>{left === null ? '' : estimate(left)}</dd>
      </div>
    </dl>
  );
}

function FinishedTimes({ task }: { task: Task }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { startedAt, completedAt } = task;
  return (
    <dl className="task-times">
      {completedAt !== null && (
        <div className="time-line">
          <dt className="visually-hidden">{t('task.ended')}</dt>
          <dd>{moment(completedAt, Date.now(), localeTags[language])}</dd>
        </div>
      )}
      {completedAt !== null && startedAt !== null && (
        <div className="time-line">
          <dt>{t('queue.took')}</dt>
          <dd>{clock(Date.parse(completedAt) - Date.parse(startedAt))}</dd>
        </div>
      )}
    </dl>
  );
}

function WaitingSince({ task }: { task: Task }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return (
    <div className="task-times task-since">
      {t('queue.waitedSince', { time: moment(task.createdAt, Date.now(), localeTags[language]) })}
    </div>
  );
}
