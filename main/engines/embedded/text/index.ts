/** Draws the texts of a draft: fonts, layout, styles, animations. */
export { textAnimationFidelity } from './animations.ts';
export { createFontBook, type FontBook } from './fonts/book.ts';
export {
  createTextPainter,
  type PaintOptions,
  type TextPainter,
  type TextPicture,
  type TextWarning,
} from './painter.ts';
