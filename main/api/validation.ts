import { z } from 'zod';
import { type ErrorCode, StationError } from '../shared/errors/index.ts';
import type { FieldErrors } from '../shared/operator-api.ts';
import { ApiError } from './api-error.ts';

const chinese = z.locales.zhCN().localeError;
const english = z.locales.en().localeError;

/**
 * Reads what an operator's request carries.
 * @throws ApiError VALIDATION_ERROR with a sentence per field in both languages
 */
export function parse<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  reason: ErrorCode = 'BODY_INVALID',
): z.output<Schema> {
  const parsed = schema.safeParse(value, { error: chinese });
  if (parsed.success) return parsed.data;
  const inEnglish = schema.safeParse(value, { error: english });
  const fields = fieldErrors(parsed.error.issues, inEnglish.error?.issues ?? []);
  const summary = (language: 'zh' | 'en') =>
    Object.entries(fields)
      .map(([field, error]) => (field === '' ? error[language] : `${field}: ${error[language]}`))
      .join('; ');
  throw new ApiError('VALIDATION_ERROR', new StationError(reason, { zh: summary('zh'), en: summary('en') }), {
    fields,
  });
}

function fieldErrors(zh: readonly z.core.$ZodIssue[], en: readonly z.core.$ZodIssue[]): FieldErrors {
  const fields: FieldErrors = {};
  zh.forEach((issue, index) => {
    const field = issue.path.map(String).join('.');
    fields[field] ??= { zh: issue.message, en: en[index]?.message ?? issue.message };
  });
  return fields;
}
