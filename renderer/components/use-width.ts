import { type RefObject, useLayoutEffect, useState } from 'react';

/** Whether an element is at least this wide, CSS pixels. True until it has been measured. */
export function useWide(element: RefObject<HTMLElement | null>, atLeast: number): boolean {
  const [wide, setWide] = useState(true);
  useLayoutEffect(() => {
    const target = element.current;
    if (target === null) return;
    setWide(target.clientWidth >= atLeast);
    const observer = new ResizeObserver(() => setWide(target.clientWidth >= atLeast));
    observer.observe(target);
    return () => observer.disconnect();
  }, [element, atLeast]);
  return wide;
}
