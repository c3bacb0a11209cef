import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  CloseOutlined,
  DeleteOutlined,
  DownloadOutlined,
  FolderOpenOutlined,
  InfoCircleOutlined,
  LinkOutlined,
  PlayCircleOutlined,
  RedoOutlined,
  VerticalAlignTopOutlined,
} from '@ant-design/icons';
import type { MenuProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { isTerminal, type Task } from '../../main/shared/task.ts';
import { showTask } from '../app/route.ts';
import { useStationStore } from '../station/store.ts';
import { useReorder } from './reorder.ts';
import { absoluteUrl, useTaskActions } from './task-actions.ts';

type Items = NonNullable<MenuProps['items']>;

/** Everything that can be done with a task in its present state. */
export function useTaskMenu(task: Task | undefined): Items {
  const { t } = useTranslation();
  const store = useStationStore();
  const actions = useTaskActions();
  const drop = useReorder();
  if (task === undefined) return [];
  const items: Items = [
    {
      key: 'details',
      icon: <InfoCircleOutlined aria-hidden />,
      label: t('action.details'),
      onClick: () => showTask(task.id),
    },
  ];
  if (task.state === 'pending') {
    const { waiting } = store.state();
    const at = waiting.indexOf(task.id);
    const before = waiting[at - 1];
    const after = waiting[at + 1];
    items.push(
      {
        key: 'front',
        icon: <VerticalAlignTopOutlined aria-hidden />,
        label: t('action.toFront'),
        disabled: at === 0,
        onClick: () => void actions.toFront(task),
      },
      {
        key: 'up',
        icon: <ArrowUpOutlined aria-hidden />,
        label: t('action.up'),
        disabled: before === undefined,
        onClick: () => before !== undefined && drop(task.id, before),
      },
      {
        key: 'down',
        icon: <ArrowDownOutlined aria-hidden />,
        label: t('action.down'),
        disabled: after === undefined,
        onClick: () => after !== undefined && drop(task.id, after),
      },
    );
  }
  const { videoUrl } = task;
  if (videoUrl !== null) {
    items.push(
      {
        key: 'play',
        icon: <PlayCircleOutlined aria-hidden />,
        label: t('action.play'),
        onClick: () => showTask(task.id),
      },
      {
        key: 'link',
        icon: <LinkOutlined aria-hidden />,
        label: t('action.copyLink'),
        onClick: () => void actions.copy(absoluteUrl(videoUrl)),
      },
      {
        key: 'save',
        icon: <DownloadOutlined aria-hidden />,
        label: (
          <a href={videoUrl} download={fileName(task)}>
            {t('action.saveAs')}
          </a>
        ),
      },
    );
    if (window.desktop?.localStation === true)
      items.push({
        key: 'reveal',
        icon: <FolderOpenOutlined aria-hidden />,
        label: t('action.reveal'),
        onClick: () => void actions.reveal(task),
      });
  }
  items.push({
    key: 'draft',
    icon: <LinkOutlined aria-hidden />,
    label: t('action.copyDraft'),
    onClick: () => void actions.copy(task.draftUrl),
  });
  items.push({ type: 'divider' });
  if (isTerminal(task.state)) {
    items.push(
      {
        key: 'retry',
        icon: <RedoOutlined aria-hidden />,
        label: t(task.state === 'completed' ? 'action.again' : 'action.retry'),
        onClick: () => void actions.retry(task),
      },
      {
        key: 'remove',
        icon: <DeleteOutlined aria-hidden />,
        danger: true,
        label: t('action.remove'),
        onClick: () => void actions.remove(task),
      },
    );
  } else {
    items.push({
      key: 'cancel',
      icon: <CloseOutlined aria-hidden />,
      danger: true,
      label: t('action.cancel'),
      onClick: () => void actions.cancel(task),
    });
  }
  return items;
}

/** A name for a saved video: the task's own, without what file systems refuse. */
export function fileName(task: Task): string {
  const ending = /\.(mp4|mov)(?:$|\?)/.exec(task.videoUrl ?? '')?.[1] ?? 'mp4';
  const clean = task.name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, ' ').trim();
  return `${clean.slice(0, 120) || task.id}.${ending}`;
}
