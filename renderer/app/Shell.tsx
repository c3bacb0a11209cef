import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { PageSkeleton } from '../components/PageSkeleton.tsx';
import { QueuePage } from '../pages/queue/QueuePage.tsx';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { DropZone } from './DropZone.tsx';
import { Navigation } from './Navigation.tsx';
import { type PageId, showTask, useRoute } from './route.ts';
import './shell.css';

// The queue is what people open the window for: it comes with the first load, everything else when it is asked for.
const others: Readonly<Record<Exclude<PageId, 'queue'>, React.LazyExoticComponent<React.ComponentType>>> = {
  history: lazy(() => import('../pages/history/HistoryPage.tsx')),
  health: lazy(() => import('../pages/health/HealthPage.tsx')),
  statistics: lazy(() => import('../pages/statistics/StatisticsPage.tsx')),
  api: lazy(() => import('../pages/api/ApiPage.tsx')),
  settings: lazy(() => import('../pages/settings/SettingsPage.tsx')),
};
const TaskDrawer = lazy(() => import('../pages/task/TaskDrawer.tsx'));
const FirstRun = lazy(() => import('../pages/first-run/FirstRun.tsx'));

/** Navigation beside the page, and what lies over every page: banner, drawer, drop zone, guide. */
export function Shell() {
  const { t } = useTranslation();
  const { page, query } = useRoute();
  const taskId = query.get('task');
  useEffect(() => window.desktop?.onShowTask(showTask), []);
  useEffect(() => {
    document.title = `${t(`nav.${page}`)} · ${t('app.name')}`;
  }, [page, t]);
  const Page = page === 'queue' ? QueuePage : others[page];
  return (
    <DropZone>
      <div className="shell">
        <button type="button" className="skip-link" onClick={skipToMain}>
          {t('app.skip')}
        </button>
        <Navigation page={page} />
        <div className="shell-body">
          <ConnectionBanner />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to take the focus. */}
          <main id="main" className="shell-page" tabIndex={0} key={page}>
            <Suspense fallback={<PageSkeleton />}>
              <Page />
            </Suspense>
          </main>
        </div>
      </div>
      <Suspense fallback={null}>
        {taskId !== undefined && <TaskDrawer taskId={taskId} />}
        <FirstRun />
      </Suspense>
    </DropZone>
  );
}

function skipToMain(): void {
  document.getElementById('main')?.focus();
}
