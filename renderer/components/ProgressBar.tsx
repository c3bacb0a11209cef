/** A bar that glides: only a transform changes, so the page is never laid out again for it. */
export function ProgressBar({ value, label }: { value: number; label: string }) {
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value}
    >
      <div className="progress-fill" style={{ transform: `translateX(${value - 100}%)` }} />
    </div>
  );
}
