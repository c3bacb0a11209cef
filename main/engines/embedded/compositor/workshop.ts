import type { ResolvePath, SourceShelf } from '../decode/source-shelf.ts';
import type { FontBook, TextPainter } from '../text/index.ts';
import type { Warnings } from '../warnings.ts';
import type { ColorTables } from './color-tables.ts';

/** What every scene of a render shares. */
export interface Workshop {
  readonly shelf: SourceShelf;
  readonly fonts: FontBook;
  readonly warnings: Warnings;
  readonly resolve: ResolvePath;
  readonly tables: ColorTables;
  /** Every text painter at work, for what they could not draw. */
  readonly painters: TextPainter[];
}
