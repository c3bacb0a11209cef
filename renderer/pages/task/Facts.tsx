import { CopyOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { TaskDetail } from '../../../main/shared/task.ts';
import { useTaskActions } from '../../actions/task-actions.ts';
import { usePreferences } from '../../app/preferences.ts';
import { bytes } from '../../format/bytes.ts';
import { clock, fullMoment } from '../../format/time.ts';
import { localeTags } from '../../locales/index.ts';
import './report.css';

/** The plain facts, one a line; what somebody may need elsewhere can be copied. */
export function Facts({ task }: { task: TaskDetail }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const time = (iso: string | null) => (iso === null ? null : fullMoment(iso, localeTags[language]));
  return (
    <dl className="facts">
      <Fact label={t('task.submitted')} value={time(task.createdAt)} />
      <Fact label={t('task.started')} value={time(task.startedAt)} />
      <Fact label={t('task.ended')} value={time(task.completedAt)} />
      <Fact label={t('task.engine')} value={task.engine === null ? null : t(`engine.${task.engine}`)} />
      <Fact label={t('task.attempts')} value={task.attempt > 0 ? String(task.attempt) : null} />
      <Fact label={t('task.crashes')} value={task.crashes > 0 ? String(task.crashes) : null} />
      <Fact label={t('task.length')} value={task.durationMs === null ? null : clock(task.durationMs)} />
      <Fact label={t('task.size')} value={task.videoBytes === null ? null : bytes(task.videoBytes)} />
      <Fact label={t('task.link')} value={task.draftUrl} copy />
      <Fact label={t('task.file')} value={task.videoFile} copy />
      <Fact label={t('task.id')} value={task.id} copy />
    </dl>
  );
}

function Fact({ label, value, copy = false }: { label: string; value: string | null; copy?: boolean }) {
  const { t } = useTranslation();
  const actions = useTaskActions();
  if (value === null) return null;
  return (
    <div className={copy ? 'fact is-long' : 'fact'}>
      <dt>{label}</dt>
      <dd>
        <span>{value}</span>
        {copy && (
          <button
            type="button"
            className="icon-button"
            aria-label={`${t('common.copy')} · ${label}`}
            title={t('common.copy')}
            onClick={() => void actions.copy(value)}
          >
            <CopyOutlined aria-hidden />
          </button>
        )}
      </dd>
    </div>
  );
}
