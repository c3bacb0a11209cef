import { CheckCircleFilled, InfoCircleFilled, LoadingOutlined, PlayCircleOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../main/shared/settings.ts';
import { useAttempt } from '../../actions/feedback.ts';
import { choose, usePreferences } from '../../app/preferences.ts';
import { CodeLine } from '../../components/CodeLine.tsx';
import type { LanguageId } from '../../locales/index.ts';
import { fetchHealth, submitSample } from '../../station/calls.ts';
import { useResource } from '../../station/resource.ts';
import { FieldControl } from '../settings/FieldControl.tsx';

export function WelcomeStep() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return (
    <>
      <p>{t('firstRun.welcomeBody')}</p>
      <Segmented<LanguageId>
        aria-label={t('app.language')}
        value={language}
        onChange={(value) => choose({ language: value })}
        options={[
          { value: 'zh', label: '中文' },
          { value: 'en', label: 'English' },
        ]}
      />
    </>
  );
}

/** Which engine will export, as the health page knows it. */
export function JianyingStep() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const health = useResource(fetchHealth, 'guide');
  const line = health.value?.lines.find(({ id }) => id === 'jianying');
  if (health.value === undefined)
    return (
      <p role="status">
        <LoadingOutlined aria-hidden /> {t('firstRun.jianyingChecking')}
      </p>
    );
  const found = line?.level === 'ok';
  return (
    <>
      <p className="guide-verdict">
        {found ? <CheckCircleFilled className="tone-ok" aria-hidden /> : <InfoCircleFilled aria-hidden />}
        {found ? t('firstRun.jianyingFound') : t('firstRun.jianyingMissing')}
      </p>
      {line !== undefined && <p className="field-help">{line[language]}</p>}
    </>
  );
}

interface FoldersStepProps {
  readonly settings: Settings;
  readonly onChange: (change: Partial<Pick<Settings, 'outputFolder' | 'draftLibrary'>>) => void;
}

export function FoldersStep({ settings, onChange }: FoldersStepProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <>
      <p>{t('firstRun.foldersBody')}</p>
      {(['outputFolder', 'draftLibrary'] as const).map((path) => (
        <div key={path} className="guide-field">
          <label className="field-label" htmlFor={`${id}-${path}`}>
            {t(`settings.fields.${path}.label`)}
          </label>
          <FieldControl
            field={{ path, kind: 'folder' }}
            id={`${id}-${path}`}
            value={settings[path]}
            describedBy={`${id}-${path}-help`}
            invalid={false}
            onChange={(value) => onChange({ [path]: String(value) })}
          />
          <p className="field-help" id={`${id}-${path}-help`}>
            {t(`settings.fields.${path}.help`)}
          </p>
        </div>
      ))}
    </>
  );
}

export function SampleStep() {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const [state, setState] = useState<'ready' | 'busy' | 'done'>('ready');
  const render = async () => {
    setState('busy');
    const done = await attempt(async () => void (await submitSample()));
    setState(done ? 'done' : 'ready');
  };
  return (
    <>
      <p>{t('firstRun.sampleBody')}</p>
      {state === 'done' ? (
        <p className="guide-verdict" role="status">
          <CheckCircleFilled className="tone-ok" aria-hidden />
          {t('firstRun.sampleDone')}
        </p>
      ) : (
        <Button icon={<PlayCircleOutlined aria-hidden />} loading={state === 'busy'} onClick={() => void render()}>
          {t('empty.sample')}
        </Button>
      )}
    </>
  );
}

export function ApiStep() {
  const { t } = useTranslation();
  return (
    <>
      <p>{t('firstRun.apiBody')}</p>
      <CodeLine text={`${window.location.origin}/v1/gen_video`} />
      <CodeLine text={`${window.location.origin}/v1/gen_video_status`} />
      <p className="field-help">{t('empty.moreOnApi')}</p>
    </>
  );
}
