import {
  type Announcements,
  DndContext,
  type DragEndEvent,
  type DragMoveEvent,
  DragOverlay,
  type KeyboardCoordinateGetter,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { type ReactNode, type RefObject, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStationStore } from '../../station/store.ts';
import { TaskRow } from './TaskRow.tsx';

/** A task in the operator's hand, and the place in the waiting line (0 = first) where it would go. */
export interface Held {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

interface WaitingOrderProps {
  readonly held: Held | null;
  readonly onHeld: (held: Held | null) => void;
  readonly onDrop: (id: string, overId: string) => void;
  /** The element whose top is the top of the first row of all. */
  readonly rows: RefObject<HTMLElement | null>;
  /** Of the first waiting row below that, px. */
  readonly lineTop: number;
  readonly rowPx: number;
  readonly compact: boolean;
  readonly children: ReactNode;
}

/**
 * Drag and drop over the waiting line, by pointer and by keyboard, with words for screen readers. All rows are equally
 * high, so the place follows from the height alone: no row has to be known as a target, and a long list costs nothing.
 */
export function WaitingOrder({ held, onHeld, onDrop, rows, lineTop, rowPx, compact, children }: WaitingOrderProps) {
  const store = useStationStore();
  const holding = useRef(held);
  holding.current = held;
  const byRow = useMemo<KeyboardCoordinateGetter>(
    () =>
      (event, { currentCoordinates: { x, y } }) => {
        const steps: Record<string, number> = {
          ArrowDown: rowPx,
          ArrowUp: -rowPx,
          PageDown: 5 * rowPx,
          PageUp: -5 * rowPx,
        };
        const step = steps[event.code];
        return step === undefined ? undefined : { x, y: y + step };
      },
    [rowPx],
  );
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: byRow }),
  );
  // At once also in the ref: the words for this very move, and a drop in the same moment, are about the new place.
  const hold = (now: Held | null) => {
    holding.current = now;
    onHeld(now);
  };
  const follow = ({ active }: DragMoveEvent | DragEndEvent) => {
    const now = holding.current;
    const rect = active.rect.current.translated;
    const top = rows.current?.getBoundingClientRect().top;
    if (now === null || rect === null || top === undefined) return;
    const place = Math.floor((rect.top + rect.height / 2 - top - lineTop) / rowPx);
    const to = Math.min(Math.max(0, place), store.state().waiting.length - 1);
    if (to !== now.to) hold({ ...now, to });
  };
  const words = useWords(holding);
  return (
    <DndContext
      sensors={sensors}
      accessibility={words}
      onDragStart={({ active }) => {
        const from = store.state().waiting.indexOf(String(active.id));
        if (from >= 0) hold({ id: String(active.id), from, to: from });
      }}
      onDragMove={follow}
      onDragCancel={() => hold(null)}
      onDragEnd={(event) => {
        follow(event);
        const dropped = holding.current;
        onHeld(null);
        const overId = dropped === null ? undefined : store.state().waiting[dropped.to];
        if (dropped !== null && overId !== undefined && overId !== dropped.id) onDrop(dropped.id, overId);
      }}
    >
      {children}
      <DragOverlay dropAnimation={null}>
        {held !== null && (
          <div className="queue-list is-overlay">
            <TaskRow id={held.id} position={held.to + 1} compact={compact} selected={false} lifted />
          </div>
        )}
      </DragOverlay>
    </DndContext>
  );
}

/** What a screen reader hears while a task is moved. */
function useWords(holding: RefObject<Held | null>) {
  const { t } = useTranslation();
  const store = useStationStore();
  return useMemo(() => {
    const name = (id: string | number) => store.state().tasks.get(String(id))?.name ?? '';
    const position = () => (holding.current?.to ?? 0) + 1;
    const announcements: Announcements = {
      onDragStart: ({ active }) => t('queue.picked', { name: name(active.id) }),
      onDragMove: ({ active }) => t('queue.over', { name: name(active.id), position: position() }),
      onDragOver: () => undefined,
      onDragEnd: ({ active }) => t('queue.dropped', { name: name(active.id), position: position() }),
      onDragCancel: ({ active }) => t('queue.dropCancelled', { name: name(active.id) }),
    };
    return { announcements, screenReaderInstructions: { draggable: t('queue.dragHelp') } };
  }, [store, t, holding]);
}

/** How far a waiting row makes room for the one in the hand, in rows. */
export function shiftOf(place: number, held: Held | null): number {
  if (held === null) return 0;
  if (place === held.from) return held.to - held.from;
  if (place > held.from && place <= held.to) return -1;
  if (place < held.from && place >= held.to) return 1;
  return 0;
}
