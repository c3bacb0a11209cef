import { useDraggable } from '@dnd-kit/core';
import { memo, useMemo } from 'react';
import { TaskRow, type TaskRowProps } from './TaskRow.tsx';

/** A waiting task that can be taken by its handle; it makes room for the one in the hand by `shiftPx`. */
export const MovableTaskRow = memo(function MovableTaskRow({
  shiftPx,
  ...props
}: TaskRowProps & { readonly shiftPx: number }) {
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, isDragging } = useDraggable({ id: props.id });
  const describedBy = attributes['aria-describedby'];
  const handle = useMemo(
    () => ({ ref: setActivatorNodeRef, describedBy, listeners }),
    [setActivatorNodeRef, describedBy, listeners],
  );
  return (
    <div
      ref={setNodeRef}
      className={`movable ${isDragging ? 'is-dragged' : ''}`}
      style={shiftPx === 0 ? undefined : { transform: `translateY(${shiftPx}px)` }}
    >
      <TaskRow {...props} handle={handle} />
    </div>
  );
});
