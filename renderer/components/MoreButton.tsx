import { MoreOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Task } from '../../main/shared/task.ts';
import type { MenuPlace } from '../actions/TaskMenu.tsx';

/** Opens a row's menu below itself. */
export function MoreButton({ task, onMenu }: { task: Task; onMenu: ((place: MenuPlace) => void) | undefined }) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={`${t('common.more')} · ${task.name}`}
      aria-haspopup="menu"
      title={t('common.more')}
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        onMenu?.({ id: task.id, x: box.right, y: box.bottom, opener: event.currentTarget });
      }}
    >
      <MoreOutlined aria-hidden />
    </button>
  );
}
