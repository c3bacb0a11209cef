import { useTranslation } from 'react-i18next';
import type { JsonSchema, Operation } from './document.ts';
import { TryIt } from './TryIt.tsx';

/** One call: what it does, what it takes and answers, and a place to try it. */
export function OperationCard({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const [answer] = operation.answers;
  return (
    <section className="card operation">
      <h2>
        <span className="operation-method">{operation.method}</span> <code>{operation.path}</code>
      </h2>
      <p className="operation-summary">{operation.summary}</p>
      {operation.description !== '' && <p className="field-help">{operation.description}</p>}
      <div className="operation-columns">
        <div className="stack">
          {operation.request !== null && <Properties title={t('api.body')} schema={operation.request} />}
          {answer?.schema != null && (
            <Properties title={`${t('api.answers')} ${answer.status}`} schema={answer.schema} />
          )}
        </div>
        <TryIt operation={operation} />
      </div>
    </section>
  );
}

function Properties({ title, schema }: { title: string; schema: JsonSchema }) {
  const entries = Object.entries(schema.properties ?? {});
  return (
    <div>
      <h3>{title}</h3>
      <dl className="properties">
        {entries.map(([name, property]) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
              <span>
                {property.type ?? ''}
                {property.nullable === true ? ' | null' : ''}
                {schema.required?.includes(name) === true ? ' *' : ''}
              </span>
            </dt>
            <dd>{property.description ?? ''}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
