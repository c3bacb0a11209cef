import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { TaskRow, type TaskRowProps } from './TaskRow.tsx';

/** A waiting task that can be taken by its handle. */
export function SortableTaskRow(props: TaskRowProps) {
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, transform, transition, isDragging } = useSortable({
    id: props.id,
  });
  return (
    <div
      ref={setNodeRef}
      className={`sortable ${isDragging ? 'is-dragged' : ''}`}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <TaskRow
        {...props}
        handle={{ ref: setActivatorNodeRef, describedBy: attributes['aria-describedby'], listeners }}
      />
    </div>
  );
}
