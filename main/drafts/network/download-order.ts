import type { StationError } from '../../shared/errors/index.ts';
import type { Validator } from './validator.ts';

/** What is wanted of a download. */
export interface DownloadOrder {
  readonly url: string;
  /**
   * Looks at the first bytes and says where the file goes (absolute; complete when the download returns, gone when it
   * throws), perhaps with a smaller limit. Throws to refuse the file before it is loaded.
   */
  readonly accept: (head: Uint8Array) => { readonly file: string; readonly maxBytes?: number };
  readonly maxBytes: number;
  /** The setting that `maxBytes` comes from, for the sentence. */
  readonly setting: string;
  /** An older copy: when the file has not changed, nothing is downloaded. */
  readonly known?: Validator | undefined;
  /** The beginning of the file from an earlier time: the download goes on there if the server still has the same file. */
  readonly resume?: Beginning | undefined;
  /** Told of a beginning that is worth keeping, before it is removed: the network was the trouble. */
  readonly onBrokenOff?: (beginning: Beginning) => Promise<void>;
  /** Bytes on disk so far and expected in all (null = not known). May fall when a file starts over. */
  readonly onBytes?: (bytes: number, expected: number | null) => void;
  readonly onRetry?: (failure: StationError, pauseMs: number) => void;
  /** The last byte has come, the network is not needed any more; what remains is for the disk. */
  readonly onReceived?: () => void;
}

export type Downloaded =
  | { readonly state: 'fetched'; readonly file: string; readonly bytes: number; readonly validator: Validator | null }
  | { readonly state: 'unchanged' };

/** The first bytes of a file on disk, and what the rest has to fit. */
export interface Beginning {
  readonly file: string;
  readonly bytes: number;
  readonly validator: Validator;
}

/** What is on disk after an interrupted try, and whether the server can go on from there. */
export interface OnDisk {
  bytes: number;
  validator: Validator | null;
  /** Null until the first bytes have been looked at. */
  file: string | null;
}
