import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../main/shared/settings.ts';
import { type Complaint, type Edits, valueAt } from './edits.ts';
import { FieldControl } from './FieldControl.tsx';
import type { Field } from './fields.ts';

interface FieldRowProps {
  readonly field: Field;
  readonly settings: Settings;
  readonly edits: Edits;
  readonly complaint: Complaint | undefined;
  /** What the station said against the value. */
  readonly refusal: string | undefined;
  readonly restart: boolean;
  readonly onChange: (value: unknown) => void;
}

/** A setting: what it is, what it does, its control, and what is wrong with the value. */
export function FieldRow({ field, settings, edits, complaint, refusal, restart, onChange }: FieldRowProps) {
  const { t, i18n } = useTranslation();
  const id = useId();
  if (field.desktopOnly === true && window.desktop === undefined) return null;
  const value = edits.has(field.path) ? edits.get(field.path) : valueAt(settings, field.path);
  // Paths of fields are known only here; a test holds that each has its words.
  const word = (part: 'label' | 'help'): string =>
    i18n.t(`settings.fields.${field.path}.${part}` as 'settings.fields.port.label');
  const help = word('help');
  const wrong =
    complaint === undefined
      ? refusal
      : t(`settings.errors.${complaint.key}`, { min: '', max: '', line: '', ...complaint.values });
  return (
    <div className={`field ${edits.has(field.path) ? 'is-edited' : ''}`}>
      <div className="field-words">
        <label htmlFor={id}>{word('label')}</label>
        {restart && <span className="field-tag">{t('settings.restart')}</span>}
        {help !== '' && (
          <p className="field-help" id={`${id}-help`}>
            {help}
          </p>
        )}
      </div>
      <div className="field-control">
        <FieldControl
          field={field}
          id={id}
          value={value}
          describedBy={`${id}-help ${id}-error`}
          invalid={wrong !== undefined}
          onChange={onChange}
        />
        <p className="field-error" id={`${id}-error`} role={wrong === undefined ? undefined : 'alert'}>
          {wrong}
        </p>
      </div>
    </div>
  );
}
