import {
  CloseOutlined,
  DeleteOutlined,
  DownloadOutlined,
  FolderOpenOutlined,
  LinkOutlined,
  PlaySquareOutlined,
  RedoOutlined,
  VerticalAlignTopOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { isTerminal, type Task } from '../../../main/shared/task.ts';
import { absoluteUrl, useTaskActions } from '../../actions/task-actions.ts';
import { fileName } from '../../actions/task-menu.tsx';

/** Everything that can be done with the task, in words. */
export function TaskButtons({ task, onRemoved }: { task: Task; onRemoved: () => void }) {
  const { t } = useTranslation();
  const actions = useTaskActions();
  const local = window.desktop?.localStation === true;
  const { videoUrl } = task;
  return (
    <div className="task-buttons">
      {videoUrl !== null && (
        <>
          {local && (
            <>
              <Button
                type="primary"
                icon={<PlaySquareOutlined aria-hidden />}
                onClick={() => void actions.openFile(task)}
              >
                {t('action.openFile')}
              </Button>
              <Button icon={<FolderOpenOutlined aria-hidden />} onClick={() => void actions.reveal(task)}>
                {t('action.reveal')}
              </Button>
            </>
          )}
          <Button
            type={local ? 'default' : 'primary'}
            icon={<DownloadOutlined aria-hidden />}
            href={videoUrl}
            download={fileName(task)}
          >
            {t('action.saveAs')}
          </Button>
          <Button icon={<LinkOutlined aria-hidden />} onClick={() => void actions.copy(absoluteUrl(videoUrl))}>
            {t('action.copyLink')}
          </Button>
        </>
      )}
      {task.state === 'pending' && (
        <Button icon={<VerticalAlignTopOutlined aria-hidden />} onClick={() => void actions.toFront(task)}>
          {t('action.toFront')}
        </Button>
      )}
      {isTerminal(task.state) ? (
        <>
          <Button
            type={videoUrl === null ? 'primary' : 'default'}
            icon={<RedoOutlined aria-hidden />}
            onClick={() => void actions.retry(task)}
          >
            {t(task.state === 'completed' ? 'action.again' : 'action.retry')}
          </Button>
          <Button
            danger
            icon={<DeleteOutlined aria-hidden />}
            onClick={() => void actions.remove(task).then((removed) => removed && onRemoved())}
          >
            {t('action.remove')}
          </Button>
        </>
      ) : (
        <Button danger icon={<CloseOutlined aria-hidden />} onClick={() => void actions.cancel(task)}>
          {t('action.cancel')}
        </Button>
      )}
    </div>
  );
}
