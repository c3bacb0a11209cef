import { CopyOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useTaskActions } from '../actions/task-actions.ts';

/** Several lines to copy into another program. */
export function CodeBlock({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation();
  const { copy } = useTaskActions();
  return (
    <div className="code-block">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to take the focus. */}
      <pre tabIndex={0}>{text}</pre>
      <button
        type="button"
        className="icon-button"
        aria-label={`${t('common.copy')} · ${label}`}
        title={t('common.copy')}
        onClick={() => void copy(text)}
      >
        <CopyOutlined aria-hidden />
      </button>
    </div>
  );
}
