import type { StationState } from '../../station/state.ts';

export type Section = 'processing' | 'waiting' | 'finished';

/** One row of the queue's list, whatever it is: the whole page is one virtual list. */
export type Row =
  | { readonly kind: 'header'; readonly section: Section }
  | { readonly kind: 'task'; readonly section: Section; readonly id: string }
  /** Nothing in this section. */
  | { readonly kind: 'none'; readonly section: Section }
  /** Waiting tasks that are not loaded yet. */
  | { readonly kind: 'more'; readonly section: Section; readonly count: number };

type Lists = Pick<StationState, Section>;

/** Processing on top, then the waiting line, then what is finished; sections without content are left out. */
export function layoutQueue(lists: Lists, waitingTotal: number): readonly Row[] {
  const rows: Row[] = [];
  const tasks = (section: Section) => {
    rows.push({ kind: 'header', section });
    for (const id of lists[section]) rows.push({ kind: 'task', section, id });
  };
  if (lists.processing.length > 0) tasks('processing');
  if (lists.waiting.length > 0 || lists.processing.length > 0) {
    tasks('waiting');
    if (lists.waiting.length === 0) rows.push({ kind: 'none', section: 'waiting' });
    const beyond = waitingTotal - lists.waiting.length;
    if (beyond > 0) rows.push({ kind: 'more', section: 'waiting', count: beyond });
  }
  if (lists.finished.length > 0) tasks('finished');
  return rows;
}

export function rowKey(row: Row): string {
  return row.kind === 'task' ? row.id : `${row.kind}-${row.section}`;
}

const taskHeights: Readonly<Record<Section, readonly [wide: number, compact: number]>> = {
  processing: [112, 148],
  waiting: [60, 68],
  finished: [80, 124],
};

/** Fixed heights, px: rows need no measuring and nothing shifts. Each includes the gap below the row. */
export function rowHeight(row: Row, compact: boolean): number {
  if (row.kind === 'header') return 52;
  if (row.kind === 'none') return 48;
  if (row.kind === 'more') return 56;
  return taskHeights[row.section][compact ? 1 : 0];
}
