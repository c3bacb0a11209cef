import type Database from 'better-sqlite3';
import { z } from 'zod';
import { type ErrorRecord, isErrorCode } from '../shared/errors/index.ts';
import {
  defaultSettings,
  type Settings,
  type SettingsPatch,
  settingsPatchSchema,
  settingsSchema,
} from '../shared/settings.ts';
import { errorRecordSchema } from '../shared/task.ts';

const pauseSchema = z.object({ reason: errorRecordSchema.nullable() });

/** Why the queue was paused; null = an operator did it. */
export interface PauseNote {
  readonly reason: ErrorRecord | null;
}

/** Settings and the few other words that outlive a restart, in the station's database. */
export class SettingsStore {
  readonly #db: Database.Database;
  #current: Settings;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#current = this.#load();
  }

  get current(): Settings {
    return this.#current;
  }

  /** Applies a change and keeps it. @throws ZodError naming each wrong field */
  change(patch: SettingsPatch): Settings {
    const { preset, s3, ...flat } = settingsPatchSchema.parse(patch);
    const next = settingsSchema.parse({
      ...this.#current,
      ...flat,
      preset: { ...this.#current.preset, ...preset },
      s3: { ...this.#current.s3, ...s3 },
    });
    this.#write('settings', next);
    this.#current = next;
    return next;
  }

  /** Null while the queue is not paused. */
  readPause(): PauseNote | null {
    const read = pauseSchema.safeParse(this.#read('pause'));
    if (!read.success) return null;
    const { reason } = read.data;
    return {
      reason: reason !== null && isErrorCode(reason.code) ? { code: reason.code, params: reason.params } : null,
    };
  }

  writePause(pause: PauseNote | null): void {
    if (pause === null) this.#db.prepare(`DELETE FROM settings WHERE key = 'pause'`).run();
    else this.#write('pause', pause);
  }

  /** A setting that no longer fits (an older or newer version wrote it) falls back to its default; the others stay. */
  #load(): Settings {
    const stored = z.record(z.string(), z.unknown()).safeParse(this.#read('settings'));
    if (!stored.success) return defaultSettings;
    // Whether values go together is looked at only when each of them is right.
    const alone = fitting(stored.data);
    return settingsSchema.catch(defaultSettings).parse(fitting(alone));
  }

  #read(key: string): unknown {
    const row = this.#db.prepare('SELECT value FROM settings WHERE key = ?').get(key) as { value: string } | undefined;
    return row === undefined ? undefined : JSON.parse(row.value);
  }

  #write(key: string, value: unknown): void {
    this.#db.prepare('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)').run(key, JSON.stringify(value));
  }
}

/** Stored settings without those that do not fit. */
function fitting(stored: unknown): unknown {
  const { error } = settingsSchema.safeParse(stored);
  return (error?.issues ?? []).reduce((left, { path }) => without(left, path), stored);
}

/** The same without what lies at a path of field names. */
function without(value: unknown, [name, ...deeper]: readonly PropertyKey[]): unknown {
  if (name === undefined || typeof value !== 'object' || value === null) return value;
  const { [String(name)]: inner, ...others } = value as Record<string, unknown>;
  return deeper.length === 0 || Array.isArray(inner) ? others : { ...others, [name]: without(inner, deeper) };
}
