import { LoadingOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../station/store.ts';

/** Says that the station is gone, over the page and not in it: nothing moves when it comes and goes. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const lost = useConnection() === 'lost';
  return (
    <div className="connection-place" role="status">
      {lost && (
        <div className="connection-banner">
          <LoadingOutlined aria-hidden />
          <strong>{t('connection.lost')}</strong>
          <span>{t('connection.lostHint')}</span>
        </div>
      )}
    </div>
  );
}
