import { Button, Modal, Steps } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../main/shared/settings.ts';
import { useAttempt } from '../../actions/feedback.ts';
import { changeSettings, fetchSettings } from '../../station/calls.ts';
import { useStation } from '../../station/store.ts';
import { closeGuide, useGuideAsked } from './guide.ts';
import { ApiStep, FoldersStep, JianyingStep, SampleStep, WelcomeStep } from './steps.tsx';
import './first-run.css';

const steps = ['welcome', 'jianying', 'folders', 'sample', 'api'] as const;

/** One minute for whoever opens the station for the first time; asked for again from the settings. */
export default function FirstRun() {
  const asked = useGuideAsked();
  const changes = useStation((state) => state.settingsChanges);
  const [settings, setSettings] = useState<Settings>();
  const [closed, setClosed] = useState(false);
  useEffect(() => {
    if (changes > 0) fetchSettings().then(setSettings, () => {});
  }, [changes]);
  if (settings === undefined) return null;
  const open = asked || (!settings.firstRunDone && !closed);
  return (
    <Guide
      open={open}
      settings={settings}
      onEnd={() => {
        setClosed(true);
        closeGuide();
      }}
    />
  );
}

function Guide({ open, settings, onEnd }: { open: boolean; settings: Settings; onEnd: () => void }) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const [at, setAt] = useState(0);
  // Folders typed on their page count when the page is left.
  const [folders, setFolders] = useState<Partial<Pick<Settings, 'outputFolder' | 'draftLibrary'>>>({});
  const step = steps[at] ?? 'welcome';
  const end = async () => {
    onEnd();
    setAt(0);
    if (!settings.firstRunDone) await attempt(async () => void (await changeSettings({ firstRunDone: true })));
  };
  const next = async () => {
    if (step === 'folders' && Object.keys(folders).length > 0) {
      const saved = await attempt(async () => void (await changeSettings(folders)));
      if (!saved) return;
      setFolders({});
    }
    if (at === steps.length - 1) await end();
    else setAt(at + 1);
  };
  return (
    <Modal
      open={open}
      width={720}
      centered
      destroyOnHidden
      title={t('firstRun.title')}
      mask={{ closable: false }}
      onCancel={() => void end()}
      footer={
        <div className="guide-foot">
          <Button type="text" onClick={() => void end()}>
            {t('firstRun.skip')}
          </Button>
          <span className="guide-turns">
            {at > 0 && <Button onClick={() => setAt(at - 1)}>{t('common.back')}</Button>}
            <Button type="primary" onClick={() => void next()}>
              {at === steps.length - 1 ? t('firstRun.start') : t('common.next')}
            </Button>
          </span>
        </div>
      }
    >
      <Steps
        size="small"
        current={at}
        responsive={false}
        className="guide-steps"
        items={steps.map((id) => ({ title: t(`firstRun.steps.${id}`) }))}
      />
      <div className="guide-body">
        {step === 'welcome' && <WelcomeStep />}
        {step === 'jianying' && <JianyingStep />}
        {step === 'folders' && (
          <FoldersStep
            settings={{ ...settings, ...folders }}
            onChange={(change) => setFolders({ ...folders, ...change })}
          />
        )}
        {step === 'sample' && <SampleStep />}
        {step === 'api' && <ApiStep />}
      </div>
    </Modal>
  );
}
