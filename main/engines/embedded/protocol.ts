import type { ErrorRecord } from '../../shared/errors/index.ts';
import type { ExportPreset } from '../../shared/settings.ts';

/** What the renderer's child program is asked to do; sent once. */
export interface RenderJob {
  readonly type: 'render';
  /** Plain draft JSON. */
  readonly contentFile: string;
  /** The draft's folder, for placeholder and relative media paths. */
  readonly folder: string;
  readonly preset: ExportPreset;
  /** The file to write. */
  readonly output: string;
  /** Folder with fonts; empty = bundled ones only. */
  readonly fontFolder: string;
}

/** Asks which video encoders work on this machine; the child ends after its answer. */
export interface EncoderQuestion {
  readonly type: 'encoders';
}

/** What the child program tells. */
export type RenderMessage =
  | { readonly type: 'progress'; readonly done: number; readonly total: number; readonly speed: number }
  | {
      readonly type: 'log';
      readonly level: 'debug' | 'info' | 'warn';
      readonly message: string;
      readonly data?: Record<string, unknown>;
    }
  | { readonly type: 'encoders'; readonly names: readonly string[] }
  | { readonly type: 'done'; readonly warnings: readonly ErrorRecord[] }
  | { readonly type: 'failed'; readonly error: ErrorRecord };
