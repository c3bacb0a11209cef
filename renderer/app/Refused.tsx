import { Button, Result } from 'antd';
import { useTranslation } from 'react-i18next';

/** Shown when the station wants a token that this browser does not have. */
export default function Refused() {
  const { t } = useTranslation();
  return (
    <main className="refused">
      <Result
        status="403"
        icon={<img src="/icon.svg" alt="" width={72} height={72} />}
        title={<h1>{t('connection.refusedTitle')}</h1>}
        subTitle={t('connection.refused')}
        extra={
          <Button type="primary" onClick={() => window.location.reload()}>
            {t('connection.again')}
          </Button>
        }
      />
    </main>
  );
}
