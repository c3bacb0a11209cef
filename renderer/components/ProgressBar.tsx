import type { Task } from '../../main/shared/task.ts';
import { finePercent } from '../station/progress-trace.ts';

/** A bar that glides: only a transform changes, so the page is never laid out again for it. */
export function ProgressBar({ task, label }: { task: Task; label: string }) {
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={task.progress}
    >
      <div className="progress-fill" style={{ transform: `translateX(${finePercent(task) - 100}%)` }} />
    </div>
  );
}
