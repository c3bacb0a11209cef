import { PlayCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AddButton } from '../../actions/AddButton.tsx';
import { useAttempt } from '../../actions/feedback.ts';
import { writeRoute } from '../../app/route.ts';
import { CodeLine } from '../../components/CodeLine.tsx';
import { submitSample } from '../../station/calls.ts';
import { curlLine } from '../api/snippets.ts';

/** Nothing has ever been here: show every way to bring the first task. */
export function EmptyQueue() {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const [busy, setBusy] = useState(false);
  const address = `${window.location.origin}/v1/gen_video`;
  const sample = async () => {
    setBusy(true);
    await attempt(async () => void (await submitSample()));
    setBusy(false);
  };
  return (
    <section className="empty-queue">
      <h2>{t('empty.title')}</h2>
      <p>{t('empty.body')}</p>
      <div className="empty-ways">
        <article>
          <h3>{t('empty.sampleTitle')}</h3>
          <p>{t('empty.sampleBody')}</p>
          <Button type="primary" icon={<PlayCircleOutlined aria-hidden />} loading={busy} onClick={() => void sample()}>
            {t('empty.sample')}
          </Button>
        </article>
        <article>
          <h3>{t('empty.pasteTitle')}</h3>
          <p>{t('empty.pasteBody')}</p>
          <AddButton />
        </article>
        <article>
          <h3>{t('empty.curlTitle')}</h3>
          <p>{t('empty.curlBody')}</p>
          <CodeLine text={curlLine(address, 'https://ts.fyshark.com/#/cozeToJianyin?drafId=...', false)} />
        </article>
        <article>
          <h3>{t('empty.cozeTitle')}</h3>
          <p>{t('empty.cozeBody')}</p>
          <CodeLine text={`POST ${address}`} />
        </article>
      </div>
      <a className="quiet-link" href={writeRoute('api')}>
        {t('empty.moreOnApi')}
      </a>
    </section>
  );
}
