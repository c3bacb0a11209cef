import type Database from 'better-sqlite3';
import type { StationPaths } from './paths.ts';
import type { Courier } from './publish/courier.ts';
import type { Outbox } from './queue/outbox.ts';
import type { RenderQueue } from './queue/queue.ts';
import type { SettingsStore } from './queue/settings-store.ts';
import type { Health } from './shared/health.ts';
import type { Inspection } from './shared/inspection.ts';
import type { HealthCheck } from './shared/operator-api.ts';
import type { Settings, SettingsPatch } from './shared/settings.ts';
import type { ReadyDraft } from './stage-work.ts';

/** A station's parts, as the composition root hands them on. */
export interface StationParts {
  readonly version: string;
  readonly token: string;
  readonly paths: StationPaths;
  readonly db: Database.Database;
  readonly settings: SettingsStore;
  readonly queue: RenderQueue<ReadyDraft>;
  readonly outbox: Outbox;
  readonly courier: Courier;
  /** @throws StationError SETTINGS_INVALID */
  changeSettings(patch: SettingsPatch): Promise<Settings>;
  health(): Promise<Health>;
  inspect(draftUrl: string, signal: AbortSignal): Promise<Inspection>;
  runCheck(check: HealthCheck, signal: AbortSignal): Promise<Health>;
  switchUpdateGuard(on: boolean): Promise<Health>;
}
