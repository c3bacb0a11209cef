import type { ResolvePath, SourceShelf } from '../decode/source-shelf.ts';
import type { ReadFile } from '../look/index.ts';
import type { FontBook, TextPainter } from '../text/index.ts';
import type { Warnings } from '../warnings.ts';

/** What every scene of a render shares. */
export interface Workshop {
  readonly shelf: SourceShelf;
  readonly fonts: FontBook;
  readonly warnings: Warnings;
  readonly resolve: ResolvePath;
  /** Reads a colour table named in the draft; null, and a warning, when it cannot be had. */
  readonly readFile: ReadFile;
  /** Every text painter at work, for what they could not draw. */
  readonly painters: TextPainter[];
}
