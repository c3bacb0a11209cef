import type { TextGlow } from '../../../drafts/model.ts';
import { within } from './runs.ts';
import { type Box, createSheet, release, type Sheet, tint } from './sheet.ts';

/** How far the light of range 1 can be seen, em. */
const REACH_EM = 1;
/** It is soft: drawn so coarse that its blur is this many raster pixels, nobody can tell. */
const COARSE_BLUR = 2.5;
/** Two blurs in shares of the reach, and how often each is laid over itself: a bright rim in a wide, weak light. */
const lights = [
  { blur: 0.4, times: 3 },
  { blur: 0.1, times: 2 },
] as const;
/** A blur is nothing beyond this many times its own width. */
const TAIL = 3;

/**
 * Where the light is, pixels. The measure is ours, the file format has none: a `range` of 1 reaches one em beyond the
 * letters, the direction moves the light by up to that reach.
 * @param em the text's largest, pixels
 */
function measure(glow: TextGlow, em: number): { reach: number; moveX: number; moveY: number } {
  const reach = within(glow.range, 0, 1) * REACH_EM * em;
  // Directions count upwards, as every y in a draft.
  return { reach, moveX: within(glow.directionX, -1, 1) * reach, moveY: -within(glow.directionY, -1, 1) * reach };
}

/** The room that the letters in `box` take with their light. */
export function lit(box: Box, glow: TextGlow | null, em: number): Box {
  if (glow === null) return box;
  const { reach, moveX, moveY } = measure(glow, em);
  const around = reach * lights[0].blur * TAIL;
  return {
    left: box.left - around + Math.min(0, moveX),
    top: box.top - around + Math.min(0, moveY),
    right: box.right + around + Math.max(0, moveX),
    bottom: box.bottom + around + Math.max(0, moveY),
  };
}

/**
 * Draws the light of letters on a sheet, to be drawn over with the letters themselves: their shape in the light's colour,
 * blurred; `strength` is its opacity.
 * @param letters draws the letters, wherever they stand, on the sheet that it is given
 */
export function drawGlow(sheet: Sheet, glow: TextGlow | null, em: number, letters: (sheet: Sheet) => void): void {
  if (glow === null) return;
  const { reach, moveX, moveY } = measure(glow, em);
  if (reach * sheet.scale < 0.5) return;
  // Drawn in full size first: on coarse sheets letters would snap to the pixels.
  const shape = createSheet(sheet.box, sheet.scale);
  letters(shape);
  const softs = lights.map(({ blur, times }) => softened(shape, reach * blur, times));
  // Together first, so that the strength is that of the whole light.
  const light = createSheet(sheet.box, Math.max(...softs.map(({ scale }) => scale)));
  for (const soft of softs) lay(light, soft, 0, 0);
  tint(light, { ...glow.color, a: 1 });
  sheet.context.save();
  sheet.context.globalAlpha = within(glow.strength * glow.color.a, 0, 1);
  lay(sheet, light, moveX, moveY);
  sheet.context.restore();
  for (const used of [shape, light, ...softs]) release(used);
}

/** A sheet blurred by `width` pixels and laid over itself, no finer than it has to be. */
function softened(shape: Sheet, width: number, times: number): Sheet {
  const coarse = Math.min(shape.scale, COARSE_BLUR / width);
  const small = createSheet(shape.box, coarse);
  small.context.imageSmoothingQuality = 'medium';
  lay(small, shape, 0, 0);
  const soft = createSheet(shape.box, coarse);
  soft.context.filter = `blur(${width * coarse}px)`;
  for (let n = 0; n < times; n += 1) lay(soft, small, 0, 0);
  soft.context.filter = 'none';
  release(small);
  return soft;
}

/** Draws a sheet of the same box, of whatever scale. */
function lay({ context }: Sheet, { canvas, box, scale }: Sheet, moveX: number, moveY: number): void {
  // Whole pixels of a coarse sheet may cover a little more or less than its box.
  context.drawImage(canvas, box.left + moveX, box.top + moveY, canvas.width / scale, canvas.height / scale);
}
