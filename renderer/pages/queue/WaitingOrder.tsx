import {
  type Announcements,
  closestCenter,
  DndContext,
  DragOverlay,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reorder } from '../../actions/reorder.ts';
import { useStation, useStationStore } from '../../station/store.ts';
import { TaskRow } from './TaskRow.tsx';

/** Drag and drop over the waiting line, by pointer and by keyboard, with words for screen readers. */
export function WaitingOrder({
  reorder,
  compact,
  children,
}: {
  reorder: Reorder;
  compact: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const store = useStationStore();
  const waiting = useStation((state) => state.waiting);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const announcements = useMemo<Announcements>(() => {
    const name = (id: string | number) => store.state().tasks.get(String(id))?.name ?? '';
    const position = (id: string | number) => store.state().waiting.indexOf(String(id)) + 1;
    return {
      onDragStart: ({ active }) => t('queue.picked', { name: name(active.id) }),
      onDragOver: ({ active, over }) =>
        over === null ? undefined : t('queue.over', { name: name(active.id), position: position(over.id) }),
      onDragEnd: ({ active, over }) =>
        over === null
          ? t('queue.dropCancelled', { name: name(active.id) })
          : t('queue.dropped', { name: name(active.id), position: position(over.id) }),
      onDragCancel: ({ active }) => t('queue.dropCancelled', { name: name(active.id) }),
    };
  }, [store, t]);
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      accessibility={{ announcements, screenReaderInstructions: { draggable: t('queue.dragHelp') } }}
      onDragStart={({ active }) => reorder.hold(String(active.id))}
      onDragCancel={() => reorder.hold(null)}
      onDragEnd={({ active, over }) => {
        reorder.hold(null);
        if (over !== null && over.id !== active.id) reorder.drop(String(active.id), String(over.id));
      }}
    >
      <SortableContext items={waiting as string[]} strategy={verticalListSortingStrategy}>
        {children}
      </SortableContext>
      <DragOverlay dropAnimation={null}>
        {reorder.held !== null && (
          <div className={`queue-list is-overlay ${compact ? 'compact' : ''}`}>
            <TaskRow id={reorder.held} compact={compact} selected={false} lifted />
          </div>
        )}
      </DragOverlay>
    </DndContext>
  );
}
