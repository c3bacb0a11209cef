import { Dropdown } from 'antd';
import { useTaskMenu } from '../../actions/task-menu.tsx';
import { useTask } from '../../station/store.ts';

/** Where a row's menu opens, in the window's pixels. */
export interface MenuPlace {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

/** One menu for all rows; it opens where it was asked for. */
export function RowMenu({ place, onClose }: { place: MenuPlace | null; onClose: () => void }) {
  const task = useTask(place?.id ?? '');
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
