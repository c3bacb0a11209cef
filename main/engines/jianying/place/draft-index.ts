import path from 'node:path';
import type { Files } from '../files.ts';

/**
 * The client's list of drafts. The client rewrites it when it ends, so it may be changed only while no client runs.
 * Text that is not what it should be is never touched: the client rebuilds its list from the folders by itself.
 */
export const indexFile = 'root_meta_info.json';
const backupSuffix = '.station-backup';

interface Index {
  all_draft_store: unknown[];
  draft_ids?: unknown;
  [key: string]: unknown;
}

/** The index text with this entry in front; null when the text is no index. Pure. */
export function withEntry(text: string, entry: Record<string, unknown>): string | null {
  const index = parse(text);
  if (!index) return null;
  const others = index.all_draft_store.filter((known) => nameOf(known) !== entry.draft_name);
  return write(index, [entry, ...others]);
}

/** The index text without the drafts of these names; null when the text is no index or nothing changes. Pure. */
export function withoutEntries(text: string, names: ReadonlySet<string>): string | null {
  const index = parse(text);
  if (!index) return null;
  const others = index.all_draft_store.filter((known) => !names.has(nameOf(known)));
  return others.length === index.all_draft_store.length ? null : write(index, others);
}

function write(index: Index, store: unknown[]): string {
  const ids = typeof index.draft_ids === 'number' ? { draft_ids: store.length } : {};
  return JSON.stringify({ ...index, all_draft_store: store, ...ids });
}

function parse(text: string): Index | null {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (typeof value !== 'object' || value === null || !Array.isArray((value as Index).all_draft_store)) return null;
    return value as Index;
  } catch {
    return null;
  }
}

function nameOf(entry: unknown): string {
  return typeof entry === 'object' && entry !== null
    ? String((entry as { draft_name?: unknown }).draft_name ?? '')
    : '';
}

/** Adds a draft to the list. Only while the client is not running. False when there is no usable list. */
export async function register(files: Files, root: string, entry: Record<string, unknown>): Promise<boolean> {
  const file = path.join(root, indexFile);
  await restoreIfBroken(files, root);
  if (!(await files.facts(file))) return false;
  const before = await files.read(file);
  const after = withEntry(before, entry);
  if (after === null) return false;
  await files.write(file + backupSuffix, before);
  await files.write(file, after);
  return true;
}

/** Takes our drafts off the list and drops the backup. Only while the client is not running. */
export async function unregister(files: Files, root: string, names: ReadonlySet<string>): Promise<void> {
  const file = path.join(root, indexFile);
  if (!(await files.facts(file))) return;
  const after = withoutEntries(await files.read(file), names);
  if (after !== null) await files.write(file, after);
  await files.remove(file + backupSuffix);
}

/** Puts the backup back when the list became unreadable after we changed it. */
export async function restoreIfBroken(files: Files, root: string): Promise<boolean> {
  const file = path.join(root, indexFile);
  if (!(await files.facts(file + backupSuffix))) return false;
  const present = (await files.facts(file)) ? parse(await files.read(file)) : null;
  if (present) return false;
  const backup = await files.read(file + backupSuffix);
  if (!parse(backup)) return false;
  await files.write(file, backup);
  return true;
}
