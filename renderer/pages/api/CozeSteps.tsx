import { useTranslation } from 'react-i18next';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { CodeLine } from '../../components/CodeLine.tsx';

/** The same two calls as nodes of a Coze workflow. */
export function CozeSteps({ base, keyed }: { base: string; keyed: boolean }) {
  const { t } = useTranslation();
  const body = JSON.stringify(
    keyed ? { draft_url: '{{draft_url}}', apiKey: 'YOUR_API_KEY' } : { draft_url: '{{draft_url}}' },
    null,
    2,
  );
  return (
    <div className="coze">
      <p>{t('api.coze.steps')}</p>
      <ol>
        <li>
          {t('api.coze.one')}
          <CodeLine text={`${base}/v1/gen_video`} />
        </li>
        <li>
          {t('api.coze.two')}
          <CodeBlock text={body} label={t('api.body')} />
          {t('api.coze.three')}
        </li>
        <li>
          {t('api.coze.four')}
          <CodeLine text={`${base}/v1/gen_video_status`} />
        </li>
      </ol>
      <p className="field-help">{t('api.coze.reach')}</p>
    </div>
  );
}
