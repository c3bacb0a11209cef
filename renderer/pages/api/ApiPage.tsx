import { Button, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../main/shared/settings.ts';
import { go } from '../../app/route.ts';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { CodeLine } from '../../components/CodeLine.tsx';
import { LoadFailed } from '../../components/LoadFailed.tsx';
import { PageSkeleton } from '../../components/PageSkeleton.tsx';
import { fetchSettings } from '../../station/calls.ts';
import { call } from '../../station/client.ts';
import { useResource } from '../../station/resource.ts';
import { useStation } from '../../station/store.ts';
import { CozeSteps } from './CozeSteps.tsx';
import { exampleLink, openApiSchema, operationsOf } from './document.ts';
import { OperationCard } from './OperationCard.tsx';
import { snippet, snippetKinds } from './snippets.ts';
import './api.css';

/** How other programs use the station, with its own address in every line. */
export default function ApiPage() {
  const { t } = useTranslation();
  const document = useResource(() => call('GET', '/openapi.json', openApiSchema), 'openapi');
  const changes = useStation((state) => state.settingsChanges);
  const settings = useResource(fetchSettings, String(changes));
  if (document.value === undefined || settings.value === undefined) {
    const error = document.error ?? settings.error;
    if (error === undefined) return <PageSkeleton />;
    return (
      <LoadFailed
        error={error}
        reload={() => {
          document.reload();
          settings.reload();
        }}
      />
    );
  }
  const base = baseOf(settings.value);
  const keyed = settings.value.apiKey !== '';
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t('api.title')}</h1>
          <p>{t('api.intro')}</p>
        </div>
        <Button href="/openapi.json" target="_blank">
          {t('api.document')}
        </Button>
      </header>
      <div className="stack">
        <section className="card api-address">
          <h2>{t('api.address')}</h2>
          <CodeLine text={base} />
          <Reach settings={settings.value} />
        </section>
        <section className="card">
          <h2>{t('api.snippets')}</h2>
          <Tabs
            items={[
              ...snippetKinds.map((kind) => ({
                key: kind,
                label: kind,
                children: <CodeBlock text={snippet(kind, { base, keyed }, exampleLink)} label={kind} />,
              })),
              { key: 'coze', label: t('api.coze.name'), children: <CozeSteps base={base} keyed={keyed} /> },
            ]}
          />
        </section>
        {operationsOf(document.value).map((operation) => (
          <OperationCard key={operation.id} operation={operation} />
        ))}
      </div>
    </div>
  );
}

function baseOf(settings: Settings): string {
  return settings.publicBaseUrl === '' ? window.location.origin : settings.publicBaseUrl.replace(/\/+$/, '');
}

function Reach({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  if (settings.apiKey !== '') return <p className="field-help">{t('api.key')}</p>;
  if (!/^(127\.|localhost$|::1$)/.test(settings.host)) return null;
  return (
    <p className="field-help">
      {t('api.localOnly')}{' '}
      <button type="button" className="link-button" onClick={() => go('settings', { group: 'network' })}>
        {t('api.openSettings')}
      </button>
    </p>
  );
}
