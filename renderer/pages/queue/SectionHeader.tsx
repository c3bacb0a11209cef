import { RedoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useQueueActions } from '../../actions/queue-actions.ts';
import { writeRoute } from '../../app/route.ts';
import { useStation } from '../../station/store.ts';
import type { Section } from './layout.ts';
import type { Selection } from './selection.ts';

interface SectionHeaderProps {
  readonly section: Section;
  readonly selection: Selection;
  readonly onToggleGroup: (ids: readonly string[]) => void;
}

export function SectionHeader({ section, selection, onToggleGroup }: SectionHeaderProps) {
  const { t } = useTranslation();
  const ids = useStation((state) => state[section]);
  const counts = useStation((state) => state.queue?.counts);
  const { retryAllFailed } = useQueueActions();
  const ticked = ids.filter((id) => selection.ids.has(id)).length;
  return (
    <div className="section-header">
      {ids.length > 0 && (
        <input
          type="checkbox"
          className="tick"
          aria-label={`${t('queue.selectAll')} · ${t(`queue.sections.${section}`)}`}
          checked={ticked === ids.length}
          ref={(box) => {
            if (box !== null) box.indeterminate = ticked > 0 && ticked < ids.length;
          }}
          onChange={() => onToggleGroup(ids)}
        />
      )}
      <h2>{t(`queue.sections.${section}`)}</h2>
      <span className="section-note">
        {section === 'processing' && ids.length}
        {section === 'waiting' && counts !== undefined && counts.pending > 0 && (
          <>
            {counts.pending.toLocaleString('en')}
            {counts.pending > 1 && <span className="section-hint">{t('queue.order')}</span>}
          </>
        )}
        {section === 'finished' && t('queue.latest', { count: ids.length })}
      </span>
      {section === 'finished' && (
        <span className="section-actions">
          {counts !== undefined && counts.failed > 0 && (
            <Button size="small" icon={<RedoOutlined aria-hidden />} onClick={retryAllFailed}>
              {t('queue.retryAllFailed')}
            </Button>
          )}
          <a className="quiet-link" href={writeRoute('history')}>
            {t('queue.allHistory')}
          </a>
        </span>
      )}
    </div>
  );
}
