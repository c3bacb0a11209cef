import { Dropdown } from 'antd';
import type { Task } from '../../main/shared/task.ts';
import { useTaskMenu } from './task-menu.tsx';

/** Where a row's menu opens, in the window's pixels. */
export interface MenuPlace {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

interface TaskMenuProps {
  readonly place: MenuPlace | null;
  readonly task: Task | undefined;
  readonly onClose: () => void;
}

/** One menu for all rows of a list; it opens where it was asked for. */
export function TaskMenu({ place, task, onClose }: TaskMenuProps) {
  const items = useTaskMenu(task);
  if (place === null || task === undefined) return null;
  return (
    <Dropdown
      open
      autoFocus
      key={`${place.id} ${place.x} ${place.y}`}
      trigger={['click']}
      placement="bottomRight"
      menu={{ items, onClick: onClose }}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <span className="menu-anchor" style={{ left: place.x, top: place.y }} />
    </Dropdown>
  );
}
