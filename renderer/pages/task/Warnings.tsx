import { InfoCircleFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Bilingual } from '../../../main/shared/task.ts';
import { usePreferences } from '../../app/preferences.ts';

/** What the video lacks or shows differently. */
export function Warnings({ list }: { list: readonly Bilingual[] }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  if (list.length === 0) return null;
  return (
    <section>
      <h3>{t('task.warnings', { count: list.length })}</h3>
      <ul className="warnings">
        {list.map((warning) => (
          <li key={`${warning.code} ${warning.zh}`}>
            <InfoCircleFilled aria-hidden />
            {warning[language]}
          </li>
        ))}
      </ul>
    </section>
  );
}
