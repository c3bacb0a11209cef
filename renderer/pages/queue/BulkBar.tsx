import { CloseOutlined, DeleteOutlined, RedoOutlined, StopOutlined, VerticalAlignTopOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { isTerminal, type Task } from '../../../main/shared/task.ts';
import { useBulkActions } from '../../actions/bulk-actions.ts';
import { useStationStore } from '../../station/store.ts';

/** What can be done with the ticked tasks; each button names how many it would touch. */
export function BulkBar({ ids, onClear }: { ids: ReadonlySet<string>; onClear: () => void }) {
  const { t } = useTranslation();
  const store = useStationStore();
  const bulk = useBulkActions();
  if (ids.size === 0) return null;
  const tasks = [...ids].map((id) => store.state().tasks.get(id)).filter((task) => task !== undefined);
  const live = tasks.filter((task) => !isTerminal(task.state));
  const over = tasks.filter((task) => isTerminal(task.state));
  const waiting = tasks
    .filter((task) => task.state === 'pending')
    .sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
  const run = (action: (tasks: readonly Task[]) => Promise<boolean>, on: readonly Task[]) => () =>
    void action(on).then((done) => done && onClear());
  return (
    <div className="bulk-bar" role="toolbar" aria-label={t('bulk.label')}>
      <strong aria-live="polite">{t('bulk.selected', { count: ids.size })}</strong>
      {waiting.length > 0 && (
        <Button icon={<VerticalAlignTopOutlined aria-hidden />} onClick={run(bulk.toFront, waiting)}>
          {t('bulk.toFront', { count: waiting.length })}
        </Button>
      )}
      {live.length > 0 && (
        <Button icon={<StopOutlined aria-hidden />} onClick={run(bulk.cancel, live)}>
          {t('bulk.cancel', { count: live.length })}
        </Button>
      )}
      {over.length > 0 && (
        <>
          <Button icon={<RedoOutlined aria-hidden />} onClick={run(bulk.retry, over)}>
            {t('bulk.retry', { count: over.length })}
          </Button>
          <Button danger icon={<DeleteOutlined aria-hidden />} onClick={run(bulk.remove, over)}>
            {t('bulk.remove', { count: over.length })}
          </Button>
        </>
      )}
      <Button type="text" icon={<CloseOutlined aria-hidden />} onClick={onClear}>
        {t('bulk.clear')}
      </Button>
    </div>
  );
}
