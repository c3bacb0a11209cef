import { useTranslation } from 'react-i18next';
import type { TaskDetail } from '../../../main/shared/task.ts';
import { useNow } from '../../app/now.ts';
import { span } from '../../format/time.ts';
import { timelineOf } from './timeline.ts';

/** Where the time went, stage by stage, attempt by attempt. */
export function Timeline({ task }: { task: TaskDetail }) {
  const { t } = useTranslation();
  const now = useNow();
  const attempts = timelineOf(task, now);
  return (
    <section>
      <h3>{t('task.timeline')}</h3>
      {attempts.length === 0 && <p className="field-help">{t('task.timelineEmpty')}</p>}
      {attempts.map(({ attempt, bars, totalMs }) => (
        <div key={attempt} className="timeline">
          <div className="timeline-head">
            <span>{attempts.length > 1 || task.attempt > 1 ? t('task.attempt', { attempt }) : ''}</span>
            <span>{t('task.total', { time: span(totalMs) })}</span>
          </div>
          <ol>
            {bars.map((bar) => (
              <li key={bar.stage} className={bar.running ? 'is-running' : ''}>
                <span className="timeline-word">{t(`stageShort.${bar.stage}`)}</span>
                <span className="timeline-track">
                  <span
                    className={`timeline-bar stage-${bar.stage}`}
                    style={{ left: `${bar.from * 100}%`, width: `max(3px, ${bar.share * 100}%)` }}
                  />
                </span>
                <span className="timeline-span">
                  {span(bar.durationMs)}
                  {bar.running && <span className="visually-hidden"> {t('task.running')}</span>}
                </span>
              </li>
            ))}
          </ol>
        </div>
      ))}
    </section>
  );
}
