import type { StageContext } from '../../engines/engine.ts';
import type { Settings } from '../../shared/settings.ts';
import type { DraftLink } from '../link.ts';
import type { NetworkClient } from '../network/client.ts';

/** What the station's configuration says about drafts. */
export interface DraftPlace {
  readonly settings: Settings;
  /** Absolute; the library is `library` in it unless the settings name another folder. */
  readonly dataFolder: string;
}

/** Where and with what a source works while it opens a draft. */
export interface Workshop extends DraftPlace {
  /** Folder for the files the draft brings; inside the task's folder, empty at the start. */
  readonly filesFolder: string;
  readonly client: NetworkClient;
  readonly signal: AbortSignal;
  readonly log: StageContext['log'];
  /** Share of this source's own work, 0..1. */
  readonly onProgress: StageContext['onProgress'];
}

/** A draft that has been opened: its JSON in memory, its own files on disk, its media not looked at yet. */
export interface OpenedDraft {
  /** The draft's JSON object (`tracks`, `materials`). */
  readonly content: Readonly<Record<string, unknown>>;
  /** Title for people. */
  readonly name: string;
  /** Folder that the draft's placeholders and relative paths mean. */
  readonly folder: string;
  /** Every file in it, absolute. */
  readonly files: readonly string[];
  /** Files of it that are still on a server: their address by the path they would have. Part of `files`. */
  readonly addresses: ReadonlyMap<string, string>;
  /** `remote`: made by somebody else; its paths to files of this machine are not followed. */
  readonly origin: 'local' | 'remote';
  /** Name of the server's folder of this draft, which its absolute paths contain. */
  readonly serverFolder: string | null;
}

/** How drafts of one kind of link are had. Adding a service: a recogniser, and an opener when it answers in its own way. */
export interface DraftOpener<Link extends DraftLink> {
  /**
   * Whether there is such a draft, as far as can be told at once.
   * @throws StationError
   */
  check?(link: Link, place: DraftPlace): Promise<void>;
  /** @throws StationError; the signal's reason */
  open(link: Link, workshop: Workshop): Promise<OpenedDraft>;
}
