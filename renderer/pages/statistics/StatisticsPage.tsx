import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import { stages } from '../../../main/shared/task.ts';
import type { Statistics } from '../../../main/shared/task-query.ts';
import { LoadFailed } from '../../components/LoadFailed.tsx';
import { PageSkeleton } from '../../components/PageSkeleton.tsx';
import { span } from '../../format/time.ts';
import { fetchStatistics } from '../../station/calls.ts';
import { useResource } from '../../station/resource.ts';
import { useStation } from '../../station/store.ts';
import { DaysChart } from './DaysChart.tsx';
import { summarise } from './summary.ts';
import './statistics.css';

/** How much, how well, and where the time goes. */
export default function StatisticsPage() {
  const { t } = useTranslation();
  const ended = useStation((state) => {
    const counts = state.queue?.counts;
    return counts === undefined ? '' : `${counts.completed} ${counts.failed} ${counts.cancelled}`;
  });
  const statistics = useResource(fetchStatistics, ended);
  if (statistics.value === undefined)
    return statistics.error === undefined ? (
      <PageSkeleton />
    ) : (
      <LoadFailed error={statistics.error} reload={statistics.reload} />
    );
  const { days, stageMs } = statistics.value;
  const summary = summarise(days);
  const nothing = days.every((day) => day.completed + day.failed + day.cancelled === 0);
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('statistics.title')}</h1>
      </header>
      {nothing ? (
        <Empty className="statistics-empty" description={t('statistics.empty')} />
      ) : (
        <div className="stack">
          <dl className="figures">
            <Figure
              label={t('statistics.rate')}
              value={summary.successRate === null ? '–' : `${(summary.successRate * 100).toFixed(1)}%`}
              hint={t('statistics.rateHint')}
            />
            <Figure
              label={t('statistics.total')}
              value={summary.completed.toLocaleString('en')}
              hint={t('statistics.totalHint')}
            />
            <Figure
              label={t('statistics.perDay')}
              value={summary.perDay.toFixed(1)}
              hint={t('statistics.perDayHint')}
            />
            <Figure
              label={t('statistics.busiest')}
              value={summary.busiest === null ? '–' : summary.busiest.completed.toLocaleString('en')}
              hint={summary.busiest?.day ?? ''}
            />
          </dl>
          <section className="card">
            <h2>{t('statistics.days')}</h2>
            <DaysChart days={days} />
          </section>
          <section className="card">
            <h2>{t('statistics.stages')}</h2>
            <p className="field-help">{t('statistics.stagesHint')}</p>
            <StageBars stageMs={stageMs} />
          </section>
        </div>
      )}
    </div>
  );
}

function Figure({ label, value, hint }: { label: string; value: string; hint: string }) {
  return (
    <div className="figure card">
      <dt>{label}</dt>
      <dd className="figure-value">{value}</dd>
      <dd className="figure-hint">{hint}</dd>
    </div>
  );
}

function StageBars({ stageMs }: Pick<Statistics, 'stageMs'>) {
  const { t } = useTranslation();
  const longest = Math.max(1, ...stages.map((stage) => stageMs[stage]));
  return (
    <ul className="stage-bars">
      {stages.map((stage) => (
        <li key={stage}>
          <span>{t(`stageShort.${stage}`)}</span>
          <span className="stage-bar">
            <span style={{ width: `max(3px, ${(stageMs[stage] / longest) * 100}%)` }} className={`is-${stage}`} />
          </span>
          <span className="stage-time">{span(stageMs[stage])}</span>
        </li>
      ))}
    </ul>
  );
}
