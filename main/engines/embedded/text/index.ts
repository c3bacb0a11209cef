/** Draws the texts of a draft: fonts, layout, styles, animations. */
export { createFontBook, type FontBook } from './fonts/book.ts';
export {
  createTextPainter,
  type PaintOptions,
  type TextPainter,
  type TextPicture,
  type TextWarning,
} from './painter.ts';
