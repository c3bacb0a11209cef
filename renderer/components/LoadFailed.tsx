import { Button, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import { useReason } from '../actions/feedback.ts';
import type { ApiError } from '../station/client.ts';

/** A page whose content could not be had, with the way out. */
export function LoadFailed({ error, reload }: { error: ApiError; reload: () => void }) {
  const { t } = useTranslation();
  const reason = useReason();
  return (
    <Result
      status="warning"
      title={t('common.loadFailed')}
      subTitle={reason(error)}
      extra={<Button onClick={reload}>{t('common.reload')}</Button>}
    />
  );
}
