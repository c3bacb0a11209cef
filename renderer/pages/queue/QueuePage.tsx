import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageSkeleton } from '../../components/PageSkeleton.tsx';
import { useStation, useStationStore } from '../../station/store.ts';
import { BulkBar } from './BulkBar.tsx';
import { EmptyQueue } from './EmptyQueue.tsx';
import { layoutQueue } from './layout.ts';
import { QueueHeader } from './QueueHeader.tsx';
import { QueueList } from './QueueList.tsx';
import { QueueNotice } from './QueueNotice.tsx';
import { noSelection, stillThere, toggle, toggleGroup } from './selection.ts';
import './queue.css';
import './rows.css';

/** What is happening, what comes next, what has happened lately. */
export function QueuePage() {
  const { t } = useTranslation();
  const store = useStationStore();
  const queue = useStation((state) => state.queue);
  const processing = useStation((state) => state.processing);
  const waiting = useStation((state) => state.waiting);
  const finished = useStation((state) => state.finished);
  const rows = useMemo(
    () => layoutQueue({ processing, waiting, finished }, queue?.counts.pending ?? 0),
    [processing, waiting, finished, queue],
  );
  const [selection, setSelection] = useState(noSelection);
  const order = useMemo(() => [...processing, ...waiting, ...finished], [processing, waiting, finished]);
  const shownOrder = useDeferredValue(order);
  useEffect(() => {
    const there = new Set(shownOrder);
    setSelection((selected) => stillThere(selected, (id) => there.has(id)));
  }, [shownOrder]);
  const onToggle = useCallback(
    (id: string, range: boolean) => setSelection((selected) => toggle(selected, id, range, [...listed(store)])),
    [store],
  );
  const onToggleGroup = useCallback(
    (ids: readonly string[]) => setSelection((selected) => toggleGroup(selected, ids)),
    [],
  );

  if (queue === null) return <PageSkeleton label={t('connection.connecting')} />;
  return (
    <div className="queue-page">
      <h1 className="visually-hidden">{t('queue.title')}</h1>
      <QueueHeader queue={queue} />
      <QueueNotice queue={queue} />
      {rows.length === 0 ? (
        <EmptyQueue />
      ) : (
        <QueueList rows={rows} selection={selection} onToggle={onToggle} onToggleGroup={onToggleGroup} />
      )}
      <BulkBar ids={selection.ids} onClear={() => setSelection(noSelection)} />
    </div>
  );
}

function listed(store: ReturnType<typeof useStationStore>): readonly string[] {
  const { processing, waiting, finished } = store.state();
  return [...processing, ...waiting, ...finished];
}
