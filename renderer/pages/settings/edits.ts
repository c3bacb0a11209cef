import type { z } from 'zod';
import { secretMask } from '../../../main/shared/operator-api.ts';
import { goTogether, type Settings, type SettingsPatch, settingsPatchSchema } from '../../../main/shared/settings.ts';

/** What the operator has changed and not saved yet, by dotted path. */
export type Edits = ReadonlyMap<string, unknown>;

/** Why a value cannot be saved: a key of `settings.errors` with its numbers. */
export interface Complaint {
  readonly key:
    | 'between'
    | 'whole'
    | 'number'
    | 'tooLong'
    | 'tooMany'
    | 'empty'
    | 'url'
    | 'template'
    | 'host'
    | 'keyNeeded'
    | 'av1InMov'
    | 'invalid';
  readonly values?: Readonly<Record<string, number | string>>;
}

export function valueAt(settings: Settings, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return Reflect.get(value, name);
  }, settings);
}

/** The edits with one more; an edit back to the saved value is none. */
export function withEdit(edits: Edits, settings: Settings, path: string, value: unknown): Edits {
  const next = new Map(edits);
  if (JSON.stringify(value) === JSON.stringify(valueAt(settings, path))) next.delete(path);
  else next.set(path, value);
  return next;
}

function nested(edits: Edits): Record<string, unknown> {
  const patch: Record<string, unknown> = {};
  for (const [path, value] of edits) {
    const [group, name] = path.split('.');
    if (group === undefined) continue;
    if (name === undefined) patch[group] = withoutBlanks(value);
    else patch[group] = { ...(patch[group] as object | undefined), [name]: value };
  }
  return patch;
}

/** A list without the empty lines in which somebody is still typing. */
function withoutBlanks(value: unknown): unknown {
  return Array.isArray(value) ? value.filter((line) => String(line).trim() !== '') : value;
}

/** The edits as the station takes them. @throws z.ZodError when one is not valid */
export function patchOf(edits: Edits): SettingsPatch {
  return settingsPatchSchema.parse(nested(edits));
}

/** What is wrong with the edits, by path; empty when all can be saved. */
export function complaints(edits: Edits, settings: Settings): ReadonlyMap<string, Complaint> {
  const found = new Map<string, Complaint>();
  for (const [path, value] of edits) {
    const checked = settingsPatchSchema.safeParse(nested(new Map([[path, value]])));
    const issue = checked.success ? undefined : checked.error.issues[0];
    if (issue !== undefined) found.set(path, complaintOf(path, issue));
  }
  const current = (path: string) => (edits.has(path) ? edits.get(path) : valueAt(settings, path));
  const open = !/^(127\.|localhost$|::1$)/.test(String(current('host')));
  if (open && current('apiKey') === '' && (edits.has('host') || edits.has('apiKey')))
    found.set('apiKey', { key: 'keyNeeded' });
  const kind = { codec: String(current('preset.codec')), container: String(current('preset.container')) };
  if (!goTogether(kind) && (edits.has('preset.codec') || edits.has('preset.container')))
    found.set('preset.container', { key: 'av1InMov' });
  return found;
}

const limits: Readonly<Record<string, readonly [min: number, max: number]>> = {
  port: [0, 65535],
  maxMediaMb: [1, 1_000_000],
  maxDraftMb: [1, 10_000_000],
  mediaCacheGb: [0, 10_000],
  'preset.quality': [10, 40],
  'preset.videoKbps': [0, 200_000],
  'preset.audioKbps': [32, 512],
  fetchLanes: [1, 16],
  embeddedLanes: [1, 8],
  embeddedParts: [0, 16],
  publishLanes: [1, 8],
  maxAttempts: [1, 10],
  maxPending: [1, 10_000_000],
  patience: [0.1, 100],
  minFreeDiskGb: [0, 10_000],
  keepVideosDays: [0, 36_500],
  keepVideosGb: [0, 1_000_000],
  keepDraftsHours: [0, 100_000],
};

const addresses = ['publicBaseUrl', 'webhookUrl', 's3.endpoint', 's3.publicBase'];

function complaintOf(path: string, issue: z.core.$ZodIssue): Complaint {
  if (path === 'draftUrlTemplate') return { key: 'template' };
  if (addresses.includes(path)) return { key: 'url' };
  const line = issue.path.at(-1);
  if (issue.code === 'invalid_format' && typeof line === 'number') return { key: 'host', values: { line: line + 1 } };
  const range = limits[path];
  if (range !== undefined) {
    if (issue.code === 'too_small' || issue.code === 'too_big')
      return { key: 'between', values: { min: range[0], max: range[1] } };
    return { key: issue.code === 'invalid_type' && issue.expected === 'int' ? 'whole' : 'number' };
  }
  if (issue.code === 'too_big')
    return { key: issue.origin === 'array' ? 'tooMany' : 'tooLong', values: { max: Number(issue.maximum) } };
  if (issue.code === 'too_small') return { key: 'empty' };
  return { key: 'invalid' };
}

/** Whether a secret is set at the station and has not been touched here. */
export function isMasked(value: unknown): boolean {
  return value === secretMask;
}
