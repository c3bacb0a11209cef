import { Spin } from 'antd';

/** While a page comes. It shows only after a moment, so that quick loads do not blink. */
export function PageSkeleton({ label }: { label?: string }) {
  return (
    <div className="page-skeleton" role="status">
      <Spin delay={200} />
      {label !== undefined && <span>{label}</span>}
    </div>
  );
}
