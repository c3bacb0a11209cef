import { Dropdown } from 'antd';
import { createPortal } from 'react-dom';
import type { Task } from '../../main/shared/task.ts';
import { useTaskMenu } from './task-menu.tsx';

/** Where a row's menu opens, in the window's pixels. */
export interface MenuPlace {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  /** Gets the focus back when the menu closes. */
  readonly opener: HTMLElement | null;
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
  const close = () => {
    onClose();
    place.opener?.focus();
  };
  // On the body: inside a list that is a container of its own, "fixed" would be counted from the list.
  return createPortal(
    <Dropdown
      open
      autoFocus
      key={`${place.id} ${place.x} ${place.y}`}
      trigger={['click']}
      placement="bottomRight"
      menu={{ items, onClick: close }}
      onOpenChange={(open) => {
        if (!open) close();
      }}
    >
      <span className="menu-anchor" style={{ left: place.x, top: place.y }} />
    </Dropdown>,
    document.body,
  );
}
