import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReorder } from '../../actions/reorder.ts';
import { type MenuPlace, TaskMenu } from '../../actions/TaskMenu.tsx';
import { showTask } from '../../app/route.ts';
import { useWide } from '../../components/use-width.ts';
import { useStationStore, useTask } from '../../station/store.ts';
import { type Row, rowHeight, rowKey } from './layout.ts';
import { MovableTaskRow } from './MovableTaskRow.tsx';
import { SectionHeader } from './SectionHeader.tsx';
import type { Selection } from './selection.ts';
import { TaskRow } from './TaskRow.tsx';
import { type Held, shiftOf, WaitingOrder } from './WaitingOrder.tsx';

const compactBelow = 760;

export interface QueueListProps {
  readonly rows: readonly Row[];
  readonly selection: Selection;
  readonly onToggle: (id: string, range: boolean) => void;
  readonly onToggleGroup: (ids: readonly string[]) => void;
}

/** All rows in one virtual list: only what is on screen exists, however long the line is. */
export function QueueList({ rows, selection, onToggle, onToggleGroup }: QueueListProps) {
  const { t } = useTranslation();
  const store = useStationStore();
  const scroller = useRef<HTMLDivElement>(null);
  const compact = !useWide(scroller, compactBelow);
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const menuTask = useTask(menu?.id ?? '');
  const drop = useReorder();
  const [held, setHeld] = useState<Held | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const lineStart = useMemo(() => rows.findIndex((row) => row.kind === 'header' && row.section === 'waiting'), [rows]);
  const heldIndex = held === null ? -1 : lineStart + 1 + held.from;

  // The same functions while the rows are the same: else ten thousand places would be counted anew at every scroll step.
  const estimateSize = useCallback((index: number) => heightAt(rows, index, compact), [rows, compact]);
  const getItemKey = useCallback((index: number) => keyAt(rows, index), [rows]);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize,
    getItemKey,
    overscan: 4,
    paddingEnd: 96,
    // A row that is being dragged stays, however far the list scrolls.
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const first = Math.max(0, startIndex - overscan);
      const last = Math.min(count - 1, endIndex + overscan);
      const visible = Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
      return heldIndex >= 0 && (heldIndex < first || heldIndex > last)
        ? [...visible, heldIndex].sort((a, b) => a - b)
        : visible;
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other heights, so everything is placed anew.
  useEffect(() => virtualizer.measure(), [compact, virtualizer]);

  const items = virtualizer.getVirtualItems();
  const waitingPx = rowHeight({ kind: 'task', section: 'waiting', id: '' }, compact);
  const moreShown = items.some((item) => rows[item.index]?.kind === 'more');
  useEffect(() => {
    if (moreShown) store.loadMoreWaiting().catch(() => {});
  });

  const onOpen = useCallback((id: string) => showTask(id), []);
  const onMenu = useCallback((place: MenuPlace) => setMenu(place), []);
  return (
    <div className={`queue-list ${compact ? 'compact' : ''}`} ref={scroller}>
      <WaitingOrder
        held={held}
        onHeld={setHeld}
        onDrop={drop}
        rows={list}
        lineTop={heightAbove(rows, lineStart + 1, compact)}
        rowPx={waitingPx}
        compact={compact}
      >
        <div className="queue-rows" ref={list} style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const shift = shiftOf(item.index - lineStart - 1, held);
            const place = { transform: `translateY(${item.start}px)`, height: item.size };
            return (
              <div key={item.key} className="queue-place" style={place}>
                {row.kind === 'header' && (
                  <SectionHeader section={row.section} selection={selection} onToggleGroup={onToggleGroup} />
                )}
                {row.kind === 'none' && <p className="queue-none">{t('queue.nothingWaiting')}</p>}
                {row.kind === 'more' && (
                  <p className="queue-none" aria-busy>
                    {t('queue.loadingMore', { count: row.count })}
                  </p>
                )}
                {row.kind === 'task' &&
                  (row.section === 'waiting' ? (
                    <MovableTaskRow
                      shiftPx={shift * waitingPx}
                      id={row.id}
                      position={item.index - lineStart + shift}
                      compact={compact}
                      selected={selection.ids.has(row.id)}
                      onToggle={onToggle}
                      onOpen={onOpen}
                      onMenu={onMenu}
                    />
                  ) : (
                    <TaskRow
                      id={row.id}
                      compact={compact}
                      selected={selection.ids.has(row.id)}
                      onToggle={onToggle}
                      onOpen={onOpen}
                      onMenu={onMenu}
                    />
                  ))}
              </div>
            );
          })}
        </div>
      </WaitingOrder>
      <TaskMenu place={menu} task={menuTask} onClose={() => setMenu(null)} />
    </div>
  );
}

/** How far below the top a row begins, px. */
function heightAbove(rows: readonly Row[], index: number, compact: boolean): number {
  let height = 0;
  // Only headings and processing tasks stand above the line: never many.
  for (const row of rows.slice(0, Math.max(0, index))) height += rowHeight(row, compact);
  return height;
}

function heightAt(rows: readonly Row[], index: number, compact: boolean): number {
  const row = rows[index];
  return row === undefined ? 0 : rowHeight(row, compact);
}

function keyAt(rows: readonly Row[], index: number): string | number {
  const row = rows[index];
  return row === undefined ? index : rowKey(row);
}
