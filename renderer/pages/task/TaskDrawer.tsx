import { MoreOutlined } from '@ant-design/icons';
import { Button, Drawer, Dropdown, Result, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskDetail } from '../../../main/shared/task.ts';
import { useReason } from '../../actions/feedback.ts';
import { useTaskMenu } from '../../actions/task-menu.tsx';
import { showTask } from '../../app/route.ts';
import { PageSkeleton } from '../../components/PageSkeleton.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { fetchTask } from '../../station/calls.ts';
import { useResource } from '../../station/resource.ts';
import { useTask } from '../../station/store.ts';
import { LogView } from './LogView.tsx';
import { Overview } from './Overview.tsx';
import Report from './Report.tsx';
import './task.css';

/** Everything about one task, over whatever page is shown. */
export default function TaskDrawer({ taskId }: { taskId: string }) {
  const { t } = useTranslation();
  const live = useTask(taskId);
  // What only the detail knows changes with the stage, not with every percent.
  const key = `${taskId} ${live?.state} ${live?.stage} ${live?.attempt}`;
  const detail = useResource(() => fetchTask(taskId), key);
  const reason = useReason();
  const [tab, setTab] = useState('overview');
  const known = detail.value?.id === taskId ? detail.value : undefined;
  const task: TaskDetail | undefined = known === undefined ? undefined : { ...known, ...live };
  const menu = useTaskMenu(task);
  const close = () => showTask(undefined);
  return (
    <Drawer
      open
      size={820}
      onClose={close}
      title={<span className="drawer-title">{task?.name ?? live?.name ?? t('task.label')}</span>}
      aria-label={t('task.label')}
      className="task-drawer"
      extra={
        task !== undefined && (
          <div className="drawer-extra">
            <StateTag state={task.state} />
            <Dropdown trigger={['click']} placement="bottomRight" menu={{ items: menu }}>
              <Button
                type="text"
                icon={<MoreOutlined aria-hidden />}
                aria-label={t('common.more')}
                title={t('common.more')}
              />
            </Dropdown>
          </div>
        )
      }
    >
      {task !== undefined ? (
        <Tabs
          activeKey={tab}
          onChange={setTab}
          className="task-tabs"
          items={[
            {
              key: 'overview',
              label: t('task.tabs.overview'),
              children: <Overview task={task} onRemoved={close} reload={detail.reload} />,
            },
            { key: 'report', label: t('task.tabs.report'), children: <Report inspection={task.inspection} /> },
            { key: 'log', label: t('task.tabs.log'), children: <LogView key={task.id} task={task} /> },
          ]}
        />
      ) : detail.error !== undefined ? (
        <Result
          status="warning"
          title={detail.error.status === 404 ? t('task.gone') : t('common.loadFailed')}
          subTitle={detail.error.status === 404 ? undefined : reason(detail.error)}
          extra={<Button onClick={detail.reload}>{t('common.reload')}</Button>}
        />
      ) : (
        <PageSkeleton label={t('common.loading')} />
      )}
    </Drawer>
  );
}
