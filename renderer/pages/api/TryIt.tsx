import { SendOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReason } from '../../actions/feedback.ts';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { span } from '../../format/time.ts';
import { send } from '../../station/client.ts';
import { exampleBody, type Operation } from './document.ts';

interface Answer {
  readonly status: number;
  readonly tookMs: number;
  readonly text: string;
}

/** Sends the call for real, with the rights of this window, and shows what came back. */
export function TryIt({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const reason = useReason();
  const id = useId();
  const [body, setBody] = useState(() => JSON.stringify(exampleBody(operation.request), null, 2));
  const [answer, setAnswer] = useState<Answer>();
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setProblem('');
    const parsed = operation.request === null ? { value: undefined } : parseJson(body);
    if ('error' in parsed) {
      setProblem(t('api.badJson', { reason: parsed.error }));
      return;
    }
    setBusy(true);
    const began = performance.now();
    try {
      const response = await send(operation.method, operation.path, parsed.value);
      const text = pretty(await response.text());
      setAnswer({ status: response.status, tookMs: performance.now() - began, text });
    } catch (thrown) {
      setProblem(reason(thrown));
    }
    setBusy(false);
  };
  return (
    <div className="try-it">
      <h3>{t('api.tryIt')}</h3>
      {operation.request !== null && (
        <>
          <label htmlFor={id} className="visually-hidden">
            {`${operation.path} ${t('api.body')}`}
          </label>
          <Input.TextArea
            id={id}
            className="try-body"
            autoSize={{ minRows: 3, maxRows: 12 }}
            spellCheck={false}
            value={body}
            onChange={(event) => setBody(event.target.value)}
          />
        </>
      )}
      <div className="try-line">
        <Button
          type="primary"
          icon={<SendOutlined aria-hidden />}
          loading={busy}
          onClick={() => void run()}
          aria-label={`${t('api.send')} ${operation.method} ${operation.path}`}
        >
          {t('api.send')}
        </Button>
        <span role="status" className={problem === '' ? 'field-help' : 'field-error'}>
          {problem !== ''
            ? problem
            : answer === undefined
              ? t('api.noResponse')
              : t('api.status', { status: answer.status, time: span(answer.tookMs) })}
        </span>
      </div>
      {answer !== undefined && <CodeBlock text={answer.text} label={t('api.response')} />}
    </div>
  );
}

function parseJson(text: string): { value: unknown } | { error: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function pretty(text: string): string {
  const parsed = parseJson(text);
  return 'value' in parsed ? JSON.stringify(parsed.value, null, 2) : text;
}
