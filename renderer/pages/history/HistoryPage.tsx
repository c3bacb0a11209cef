import { DownloadOutlined, ReloadOutlined } from '@ant-design/icons';
import { Button, Empty } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../app/route.ts';
import { LoadFailed } from '../../components/LoadFailed.tsx';
import { PageSkeleton } from '../../components/PageSkeleton.tsx';
import { taskQuery } from '../../station/calls.ts';
import { useStation } from '../../station/store.ts';
import { clearFilters, FilterBar } from './FilterBar.tsx';
import { isFiltered, readFilter, taskFilter } from './filter.ts';
import { HistoryTable } from './HistoryTable.tsx';
import { usePages } from './use-pages.ts';
import './history.css';

/** Every task there ever was: search, filter, export. */
export default function HistoryPage() {
  const { t } = useTranslation();
  const { query } = useRoute();
  const filter = useMemo(() => readFilter(query), [query]);
  // The end of "today" does not move while the page is open: the same filter stays the same question.
  const wanted = useMemo(() => taskFilter(filter, Date.now()), [filter]);
  const pages = usePages(wanted);
  const changed = useListChange(pages.tasks, pages.reload);
  return (
    <div className="page page-full">
      <header className="page-head">
        <h1>{t('history.title')}</h1>
        <div className="history-tools">
          {changed && (
            <Button icon={<ReloadOutlined aria-hidden />} onClick={pages.reload}>
              {t('history.changed')} · {t('common.reload')}
            </Button>
          )}
          <Button
            icon={<DownloadOutlined aria-hidden />}
            href={`/api/tasks.csv?${taskQuery(wanted)}`}
            download="tasks.csv"
          >
            {t('history.csv')}
          </Button>
        </div>
      </header>
      <FilterBar filter={filter} />
      {pages.error !== undefined && pages.tasks === undefined ? (
        <LoadFailed error={pages.error} reload={pages.reload} />
      ) : pages.tasks === undefined ? (
        <PageSkeleton />
      ) : pages.tasks.length === 0 ? (
        <Empty className="history-empty" description={isFiltered(filter) ? t('history.noMatch') : t('history.empty')}>
          {isFiltered(filter) && <Button onClick={clearFilters}>{t('history.clear')}</Button>}
        </Empty>
      ) : (
        <HistoryTable tasks={pages.tasks} more={pages.more} loadMore={pages.loadMore} onRemoved={pages.reload} />
      )}
    </div>
  );
}

/**
 * Whether tasks have come, gone or ended since the list was read. A short list is simply read again; a long one would
 * jump under the reader, so that is left to a button.
 */
function useListChange(tasks: readonly unknown[] | undefined, reload: () => void): boolean {
  const counts = useStation((state) => state.queue?.counts);
  const total = counts === undefined ? '' : Object.values(counts).join(' ');
  const readAt = useRef('');
  const [changed, setChanged] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list was read with these counts.
  useEffect(() => {
    readAt.current = total;
    setChanged(false);
  }, [tasks]);
  useEffect(() => {
    if (tasks === undefined || readAt.current === '' || total === readAt.current) return;
    if (tasks.length <= 100) reload();
    else setChanged(true);
  }, [total, tasks, reload]);
  return changed;
}
