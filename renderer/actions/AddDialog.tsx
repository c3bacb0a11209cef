import {
  CheckCircleFilled,
  CloseCircleFilled,
  FileSearchOutlined,
  FileZipOutlined,
  InfoCircleFilled,
} from '@ant-design/icons';
import { Button, Input, Modal, Space } from 'antd';
import { lazy, Suspense, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Inspection } from '../../main/shared/inspection.ts';
import type { SubmitResult } from '../../main/shared/operator-api.ts';
import { usePreferences } from '../app/preferences.ts';
import { inspectDraft, submitLinks } from '../station/calls.ts';
import { useAttempt } from './feedback.ts';
import { linksIn } from './links.ts';
import { useUpload } from './upload.ts';
import './add-dialog.css';

const Report = lazy(() => import('../pages/task/Report.tsx'));

/** Paste one or many links; the answer is shown link by link. */
export default function AddDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const upload = useUpload();
  const label = useId();
  const help = useId();
  const picker = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [results, setResults] = useState<readonly SubmitResult[] | null>(null);
  const links = linksIn(text);
  const check = useCheck(links);

  const submit = async () => {
    if (links.length === 0 || busy) return;
    setBusy(true);
    await attempt(async () => setResults(await submitLinks(links)));
    setBusy(false);
  };
  const again = () => {
    // What was refused stays in the box, to be corrected.
    setText(
      (results ?? [])
        .filter((result) => result.error !== null)
        .map((result) => result.draftUrl)
        .join('\n'),
    );
    setResults(null);
  };
  return (
    <Modal
      open={open}
      title={t('add.title')}
      width={680}
      centered
      destroyOnHidden
      onCancel={onClose}
      afterClose={() => {
        setText('');
        setResults(null);
        check.forget();
      }}
      footer={
        results === null ? (
          <>
            <Button onClick={onClose}>{t('common.cancel')}</Button>
            <Button icon={<FileSearchOutlined aria-hidden />} disabled={links.length !== 1} {...check.button}>
              {t('add.check')}
            </Button>
            <Button type="primary" loading={busy} disabled={links.length === 0} onClick={() => void submit()}>
              {t('add.submit', { count: links.length })}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={again}>{t('add.another')}</Button>
            <Button type="primary" onClick={onClose}>
              {t('common.done')}
            </Button>
          </>
        )
      }
    >
      {results === null ? (
        <Space direction="vertical" size={10} className="fill">
          <label htmlFor={label} className="field-label">
            {t('add.label')}
          </label>
          <Input.TextArea
            id={label}
            aria-describedby={help}
            autoFocus
            value={text}
            rows={7}
            spellCheck={false}
            placeholder={t('add.placeholder')}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
            }}
          />
          {check.inspection !== null && (
            <section className="add-report" aria-label={t('task.tabs.report')}>
              <Suspense fallback={null}>
                <Report inspection={check.inspection} />
              </Suspense>
            </section>
          )}
          <span id={help} className="field-help">
            {t('add.help')}
          </span>
          <div className="add-files">
            <Button icon={<FileZipOutlined aria-hidden />} onClick={() => picker.current?.click()}>
              {t('add.file')}
            </Button>
            <span className="field-help">{t('add.orDrop')}</span>
            <input
              ref={picker}
              type="file"
              hidden
              multiple
              accept=".zip,.json,application/zip,application/json"
              onChange={(event) => {
                const files = [...(event.target.files ?? [])];
                event.target.value = '';
                for (const file of files) void upload({ name: file.name, file });
                if (files.length > 0) onClose();
              }}
            />
          </div>
        </Space>
      ) : (
        <Results results={results} />
      )}
    </Modal>
  );
}

/** Looks at a single draft before it is queued. */
function useCheck(links: readonly string[]) {
  const attempt = useAttempt();
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<{ link: string; inspection: Inspection } | null>(null);
  const [link = ''] = links;
  const run = async () => {
    setBusy(true);
    await attempt(async () => setFound({ link, inspection: await inspectDraft(link) }));
    setBusy(false);
  };
  return {
    // A report of another link than the one in the box would mislead.
    inspection: found !== null && links.length === 1 && found.link === link ? found.inspection : null,
    button: { loading: busy, onClick: () => void run() },
    forget: () => setFound(null),
  };
}

function Results({ results }: { results: readonly SubmitResult[] }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const bad = results.filter((result) => result.error !== null).length;
  return (
    <div role="status">
      <p className="field-label">{t('add.result', { ok: results.length - bad, bad })}</p>
      <ul className="add-results">
        {results.map((result) => {
          const tone = result.error !== null ? 'bad' : result.created ? 'ok' : 'soft';
          return (
            <li key={result.draftUrl}>
              <span className={`add-mark is-${tone}`} aria-hidden>
                {tone === 'bad' ? (
                  <CloseCircleFilled aria-hidden />
                ) : tone === 'ok' ? (
                  <CheckCircleFilled aria-hidden />
                ) : (
                  <InfoCircleFilled aria-hidden />
                )}
              </span>
              <div>
                <span className="add-link">{result.draftUrl}</span>
                <span className="add-verdict">
                  {result.error !== null ? result.error[language] : result.created ? t('add.created') : t('add.joined')}
                </span>
              </div>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
