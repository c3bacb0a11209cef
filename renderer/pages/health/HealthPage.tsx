import { CheckCircleFilled, CloseCircleFilled, ReloadOutlined, WarningFilled } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Health, HealthLine } from '../../../main/shared/health.ts';
import { useAttempt } from '../../actions/feedback.ts';
import { useNow } from '../../app/now.ts';
import { usePreferences } from '../../app/preferences.ts';
import { LoadFailed } from '../../components/LoadFailed.tsx';
import { PageSkeleton } from '../../components/PageSkeleton.tsx';
import { clock } from '../../format/time.ts';
import { fetchHealth } from '../../station/calls.ts';
import { useResource } from '../../station/resource.ts';
import { useStation } from '../../station/store.ts';
import { RemedyButton } from './RemedyButton.tsx';
import './health.css';

const marks: Readonly<Record<HealthLine['level'], React.ReactNode>> = {
  ok: <CheckCircleFilled aria-hidden />,
  warning: <WarningFilled aria-hidden />,
  problem: <CloseCircleFilled aria-hidden />,
};

const urgency: Readonly<Record<HealthLine['level'], number>> = { problem: 0, warning: 1, ok: 2 };

/** Whether everything that a night of exports needs is in order, the worst first, each with what helps. */
export default function HealthPage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const attempt = useAttempt();
  const changes = useStation((state) => state.healthChanges);
  const health = useResource(fetchHealth, String(changes));
  const [checking, setChecking] = useState(false);
  const check = async () => {
    setChecking(true);
    await attempt(async () => {
      health.replace(await fetchHealth());
      void message.success(t('health.checked'));
    });
    setChecking(false);
  };
  if (health.value === undefined)
    return health.error === undefined ? <PageSkeleton /> : <LoadFailed error={health.error} reload={health.reload} />;
  const lines = [...health.value.lines].sort((a, b) => urgency[a.level] - urgency[b.level]);
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t('health.title')}</h1>
          <Verdict health={health.value} />
        </div>
        <Button icon={<ReloadOutlined aria-hidden />} loading={checking} onClick={() => void check()}>
          {t('health.checkAgain')}
        </Button>
      </header>
      <ul className="health-lines">
        {lines.map((line) => (
          <Line key={line.id} line={line} onHealth={health.replace} />
        ))}
      </ul>
    </div>
  );
}

function Verdict({ health }: { health: Health }) {
  const { t } = useTranslation();
  const now = useNow();
  const count = (level: HealthLine['level']) => health.lines.filter((line) => line.level === level).length;
  const problems = count('problem');
  const warnings = count('warning');
  const words = [
    problems > 0 ? t('health.problems', { count: problems }) : '',
    warnings > 0 ? t('health.warnings', { count: warnings }) : '',
  ].filter(Boolean);
  return (
    <p>
      {words.length === 0 ? t('health.allGood') : words.join(' · ')}
      {' · '}
      {t('health.version', { version: health.version })}
      {' · '}
      <span className="tabular">{t('health.since', { time: clock(now - Date.parse(health.startedAt)) })}</span>
    </p>
  );
}

function Line({ line, onHealth }: { line: HealthLine; onHealth: (health: Health) => void }) {
  const { t, i18n } = useTranslation();
  const { language } = usePreferences();
  const factName = (name: string) =>
    i18n.exists(`health.facts.${name}`) ? i18n.t(`health.facts.${name}` as 'health.facts.version') : name;
  // What the sentence says already is not said again.
  const facts = Object.entries(line.facts).filter(
    ([, value]) => value !== '' && !line[language].includes(String(value)),
  );
  return (
    <li className={`health-line is-${line.level}`}>
      <span className="health-mark" title={t(`health.level.${line.level}`)}>
        {marks[line.level]}
        <span className="visually-hidden">{t(`health.level.${line.level}`)}</span>
      </span>
      <div className="health-words">
        <span className="health-sentence">{line[language]}</span>
        {facts.length > 0 && (
          <span className="health-facts">
            {facts.map(([name, value]) => (
              <span key={name}>
                <span className="health-fact">{factName(name)}</span> {factText(value)}
              </span>
            ))}
          </span>
        )}
      </div>
      {line.remedy !== null && <RemedyButton line={line} remedy={line.remedy} onHealth={onHealth} />}
    </li>
  );
}

function factText(value: string | number | boolean): string {
  return typeof value === 'number' ? value.toLocaleString('en') : String(value);
}
