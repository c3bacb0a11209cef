import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Health, HealthLine } from '../../../main/shared/health.ts';
import { useAttempt } from '../../actions/feedback.ts';
import { useTaskActions } from '../../actions/task-actions.ts';
import { go } from '../../app/route.ts';
import { resumeQueue, runCheck } from '../../station/calls.ts';

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
      case 'install_jianying':
        return void modal.info({
          title: t('health.installTitle'),
          content: t('health.installBody'),
          okText: t('common.ok'),
          centered: true,
        });
    }
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
