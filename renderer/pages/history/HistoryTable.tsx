import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../../../main/shared/task.ts';
import { type MenuPlace, TaskMenu } from '../../actions/TaskMenu.tsx';
import { usePreferences } from '../../app/preferences.ts';
import { showTask } from '../../app/route.ts';
import { Cover } from '../../components/Cover.tsx';
import { MoreButton } from '../../components/MoreButton.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { useWide } from '../../components/use-width.ts';
import { bytes } from '../../format/bytes.ts';
import { clock, moment } from '../../format/time.ts';
import { localeTags } from '../../locales/index.ts';
import { useTask } from '../../station/store.ts';

const rowPx = 60;
const compactRowPx = 84;
const compactBelow = 680;
/** The next page is asked for this many rows before the end. */
const aheadRows = 40;

interface HistoryTableProps {
  readonly tasks: readonly Task[];
  readonly more: boolean;
  readonly loadMore: () => void;
  readonly onRemoved: () => void;
}

/** A table of any length: only the rows on screen exist. */
export function HistoryTable({ tasks, more, loadMore }: HistoryTableProps) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const wide = useWide(scroller, compactBelow);
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const estimateSize = useCallback(() => (wide ? rowPx : compactRowPx), [wide]);
  const virtualizer = useVirtualizer({
    count: tasks.length,
    getScrollElement: () => scroller.current,
    estimateSize,
    overscan: 6,
    paddingEnd: 24,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other heights, so everything is placed anew.
  useEffect(() => virtualizer.measure(), [wide, virtualizer]);
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= tasks.length - aheadRows) loadMore();
  }, [more, last, tasks.length, loadMore]);
  const columns = ['name', 'state', 'engine', 'submitted', 'took', 'size', 'actions'] as const;
  const chosen = tasks.find((task) => task.id === menu?.id);
  // A real table: what lies above and below the rows on screen is two empty rows of the right height.
  const above = items[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div className="history-scroll" ref={scroller}>
      <table className="history-table" aria-label={t('history.table')} aria-rowcount={more ? -1 : tasks.length + 1}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" className={`column-${column}`}>
                {t(`history.columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr aria-hidden className="history-space" style={{ height: above }} />
          {items.map((item) => {
            const task = tasks[item.index];
            if (task === undefined) return null;
            return <HistoryRow key={task.id} listed={task} index={item.index} height={item.size} onMenu={setMenu} />;
          })}
          <tr aria-hidden className="history-space" style={{ height: below }} />
        </tbody>
      </table>
      <TaskMenu place={menu} task={chosen} onClose={() => setMenu(null)} />
    </div>
  );
}

interface HistoryRowProps {
  readonly listed: Task;
  readonly index: number;
  readonly height: number;
  readonly onMenu: (place: MenuPlace) => void;
}

const HistoryRow = memo(function HistoryRow({ listed, index, height, onMenu }: HistoryRowProps) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  // What is still moving is shown as it moves.
  const task = useTask(listed.id) ?? listed;
  const took =
    task.startedAt !== null && task.completedAt !== null
      ? clock(Date.parse(task.completedAt) - Date.parse(task.startedAt))
      : '';
  return (
    <tr className="history-row" style={{ height }} aria-rowindex={index + 2} data-task={task.id}>
      <td className="column-name">
        <div className="history-title">
          <Cover url={task.coverUrl} />
          <span className="history-name">
            <button type="button" className="task-name" title={task.name} onClick={() => showTask(task.id)}>
              {task.name}
            </button>
            {task.error !== null && task.state === 'failed' && (
              <span className="history-error" title={task.error[language]}>
                {task.error[language]}
              </span>
            )}
          </span>
        </div>
      </td>
      <td className="column-state">
        <StateTag state={task.state} />
        {task.state === 'processing' && <span className="history-percent">{task.progress}%</span>}
      </td>
      <td className="column-engine">{task.engine === null ? '' : t(`engine.${task.engine}`)}</td>
      <td className="column-submitted">{moment(task.createdAt, Date.now(), localeTags[language])}</td>
      <td className="column-took">{took}</td>
      <td className="column-size">{task.videoBytes === null ? '' : bytes(task.videoBytes)}</td>
      <td className="column-actions">
        <MoreButton task={task} onMenu={onMenu} />
      </td>
    </tr>
  );
});
