import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Health, HealthLine } from '../../../main/shared/health.ts';
import { useAsk, useAttempt } from '../../actions/feedback.ts';
import { useTaskActions } from '../../actions/task-actions.ts';
import { go } from '../../app/route.ts';
import { resumeQueue, runCheck, switchUpdateGuard } from '../../station/calls.ts';

type Remedy = NonNullable<HealthLine['remedy']>;

/** Which group of the settings a line is about. */
const settingsGroups: Readonly<Record<string, string>> = {
  port: 'network',
  disk_data: 'publish',
  disk_output: 'publish',
  library: 'drafts',
  webhook: 'publish',
  jianying: 'export',
  embedded: 'export',
};

/** Does what helps against a line of the health page. */
export function RemedyButton({
  line,
  remedy,
  onHealth,
}: {
  line: HealthLine;
  remedy: Remedy;
  onHealth: (health: Health) => void;
}) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const attempt = useAttempt();
  const ask = useAsk();
  const { copy } = useTaskActions();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    await attempt(() => help());
    setBusy(false);
  };
  const help = async (): Promise<void> => {
    switch (remedy) {
      case 'open_settings':
        return go('settings', { group: settingsGroups[line.id] });
      case 'resume_queue':
        return void (await resumeQueue());
      case 'run_self_test':
        onHealth(await runCheck('self_test'));
        return void message.success(t('health.checked'));
      case 'diagnose':
        onHealth(await runCheck('diagnose'));
        return void message.success(t('health.checked'));
      case 'open_output':
        return openFolder(String(line.facts.folder ?? ''));
      case 'guard_on':
      case 'guard_off':
        return switchGuard(remedy === 'guard_on');
      case 'install_jianying':
        return void modal.info({
          title: t('health.installTitle'),
          content: t('health.installBody'),
          okText: t('common.ok'),
          centered: true,
        });
    }
  };
  /** It changes a file of another program: what and where is said before. */
  const switchGuard = async (on: boolean): Promise<void> => {
    const which = on ? 'on' : 'off';
    const sure = await ask({
      title: t(`health.guard.${which}Title`),
      body: t(`health.guard.${which}Body`, { file: String(line.facts.file ?? '') }),
      confirm: t(`health.remedy.guard_${which}`),
      keep: t('common.cancel'),
    });
    if (!sure) return;
    onHealth(await switchUpdateGuard(on));
    void message.success(t(`health.guard.${which}Done`));
  };
  const openFolder = async (folder: string): Promise<void> => {
    if (window.desktop?.localStation === true && (await window.desktop.openFile(folder))) return;
    // A browser cannot open a folder of another machine: its path can at least be taken along.
    void message.info(t('health.folderRemote', { folder }));
    await copy(folder);
  };
  return (
    <Button loading={busy} type={line.level === 'ok' ? 'text' : 'default'} onClick={() => void run()}>
      {t(`health.remedy.${remedy}`)}
    </Button>
  );
}
