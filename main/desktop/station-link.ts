import type { QueueStatus, StationEvent } from '../shared/events.ts';
import type { Settings } from '../shared/settings.ts';

/** What the session of this computer went through, in the engines' words. */
export type SessionChange = 'locked' | 'unlocked' | 'suspended' | 'resumed';

/** The settings that the desktop itself follows. */
export type DesktopSettings = Pick<
  Settings,
  'language' | 'theme' | 'notifyCompleted' | 'notifyFailed' | 'startAtLogin' | 'closeToTray' | 'updateFeed'
>;

export type LinkNews =
  | { readonly type: 'event'; readonly event: StationEvent }
  | { readonly type: 'settings'; readonly settings: DesktopSettings }
  /** An attached station does not answer (any more); the link keeps trying and a snapshot says that it is back. */
  | { readonly type: 'lost'; readonly reason: 'unreachable' | 'refused' };

/** A station as the desktop uses it: its own, or one that runs elsewhere. */
export interface StationLink {
  readonly kind: 'embedded' | 'attached';
  /** `http://host:port`, where the window's page comes from. */
  readonly origin: string;
  /** The window's address, token included: never shown, never logged. */
  readonly windowUrl: string;
  /** Folder of finished videos when it is on this computer. */
  outputFolder(): string | null;
  pause(): Promise<QueueStatus>;
  resume(): Promise<QueueStatus>;
  /** Puts a draft in line. @returns its task @throws StationError, or Error with a sentence for people */
  submit(draftUrl: string): Promise<string>;
  sessionChanged(change: SessionChange): void;
  /** Settings first, then a snapshot, then what changes. The returned function ends it. */
  subscribe(listener: (news: LinkNews) => void): () => void;
  /** Stops the app's own station, or lets an attached one go. */
  close(deadlineMs: number): Promise<void>;
}

/** What of all settings concerns the desktop. */
export function desktopSettings(settings: Settings): DesktopSettings {
  const { language, theme, notifyCompleted, notifyFailed, startAtLogin, closeToTray, updateFeed } = settings;
  return { language, theme, notifyCompleted, notifyFailed, startAtLogin, closeToTray, updateFeed };
}
