import type { ErrorRecord } from '../shared/errors/index.ts';
import type { ExpectedVideo, MediaFacts } from './facts.ts';
import type { VerifyOptions } from './verify.ts';

/** What the inspector's child program can be asked. */
export type MediaTask =
  | { readonly do: 'probe'; readonly file: string }
  | {
      readonly do: 'verify';
      readonly file: string;
      readonly expected: ExpectedVideo;
      readonly options: VerifyOptions;
    }
  | { readonly do: 'cover'; readonly file: string; readonly jpegFile: string; readonly size: number };

export interface MediaRequest {
  readonly id: number;
  readonly task: MediaTask;
}

/** `facts` is null for a cover. */
export type MediaReply =
  | { readonly id: number; readonly ok: true; readonly facts: MediaFacts | null }
  | { readonly id: number; readonly ok: false; readonly error: ErrorRecord };
