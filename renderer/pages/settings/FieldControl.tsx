import { FolderOpenOutlined } from '@ant-design/icons';
import { Button, Input, InputNumber, Select, Space, Switch } from 'antd';
import type { i18n } from 'i18next';
import { useTranslation } from 'react-i18next';
import { isMasked } from './edits.ts';
import type { Field } from './fields.ts';

interface FieldControlProps {
  readonly field: Field;
  readonly id: string;
  readonly value: unknown;
  readonly describedBy: string;
  readonly invalid: boolean;
  readonly onChange: (value: unknown) => void;
}

/** The control that fits the kind of setting. */
export function FieldControl({ field, id, value, describedBy, invalid, onChange }: FieldControlProps) {
  const { t, i18n } = useTranslation();
  const common = {
    id,
    'aria-describedby': describedBy,
    'aria-invalid': invalid,
    status: invalid ? 'error' : '',
  } as const;
  switch (field.kind) {
    case 'switch':
      return <Switch id={id} aria-describedby={describedBy} checked={value === true} onChange={onChange} />;
    case 'number':
      return (
        <InputNumber
          {...common}
          className="field-number"
          value={typeof value === 'number' ? value : null}
          suffix={field.unit === undefined ? undefined : t(`settings.units.${field.unit}`)}
          onChange={onChange}
        />
      );
    case 'choice':
      return (
        <Select
          {...common}
          className="fill"
          value={value as string | number}
          onChange={onChange}
          options={choices(field.values, value).map((option) => ({
            value: option,
            label: optionWord(i18n, field.path, option),
          }))}
        />
      );
    case 'list':
      return (
        <Input.TextArea
          {...common}
          autoSize={{ minRows: 2, maxRows: 8 }}
          spellCheck={false}
          value={Array.isArray(value) ? value.join('\n') : ''}
          onChange={(event) => onChange(linesOf(event.target.value))}
        />
      );
    case 'secret':
      return (
        <Input.Password
          {...common}
          autoComplete="new-password"
          value={isMasked(value) ? '' : String(value ?? '')}
          placeholder={isMasked(value) ? t('settings.isSet') : ''}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case 'text':
      return (
        <Input
          {...common}
          spellCheck={false}
          value={String(value ?? '')}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case 'folder':
    case 'file':
      return <PathControl {...{ field, common, value: String(value ?? ''), onChange }} />;
  }
}

/** Empty lines stay while somebody types in them; saving leaves them out. */
function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split('\n');
}

/** The values on offer, with the present one when it is none of them (set by other means). */
function choices(values: readonly (string | number)[], value: unknown): readonly (string | number)[] {
  if (typeof value !== 'string' && typeof value !== 'number') return values;
  return values.includes(value) ? values : [...values, value];
}

function optionWord(i18n: i18n, path: string, option: string | number): string {
  // Some values have dots (addresses), which i18next would take for levels: it is given the levels one by one.
  const levels = ['settings', 'options', ...path.split('.'), String(option)];
  const word: unknown = i18n.getResource(i18n.language, 'translation', levels as unknown as string);
  return typeof word === 'string' ? word : String(option);
}

interface PathControlProps {
  readonly field: Field;
  readonly common: object;
  readonly value: string;
  readonly onChange: (value: unknown) => void;
}

/** A path to type, and on a desktop with its station inside a dialog to choose it. */
function PathControl({ field, common, value, onChange }: PathControlProps) {
  const { t } = useTranslation();
  const { desktop } = window;
  const input = (
    <Input {...common} spellCheck={false} value={value} onChange={(event) => onChange(event.target.value)} />
  );
  if (desktop?.localStation !== true) return input;
  const pick = async () => {
    const chosen =
      field.kind === 'file' ? await desktop.pickFile(value, field.endings) : await desktop.pickFolder(value);
    if (chosen !== null) onChange(chosen);
  };
  return (
    <Space.Compact className="fill">
      {input}
      <Button icon={<FolderOpenOutlined aria-hidden />} onClick={() => void pick()}>
        {t('settings.pick')}
      </Button>
    </Space.Compact>
  );
}
