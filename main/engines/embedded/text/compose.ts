import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Rgba, TextMaterial } from '../../../drafts/model.ts';
import { drawBackground, drawOver, drawUnder, inkBox, runBox } from './draw.ts';
import { drawGlow, lit } from './glow.ts';
import type { TextLayout } from './layout.ts';
import { isAtRest, type UnitState } from './motion/state.ts';
import {
  type Box,
  copy,
  createSheet,
  createTextSheet,
  fade,
  release,
  type Sheet,
  sheetBytes,
  tint,
  union,
} from './sheet.ts';
import type { GlyphUnit } from './units.ts';

/** The drawn parts of one moving piece. */
interface Sprite {
  readonly unit: GlyphUnit;
  /** Strokes and shadows; null when there are none. */
  readonly under: Sheet | null;
  readonly over: Sheet;
  /** The fill in the highlight colour, made when first needed. */
  lit: Sheet | null;
}

/** A text cut into sprites, for drawing its motion frame by frame. */
export interface SpriteSet {
  readonly sprites: readonly Sprite[];
  readonly bytes: number;
}

/** What captions light up in; yellow ones turn white. */
const yellow: Rgba = { r: 1, g: 0.87, b: 0, a: 1 };
const white: Rgba = { r: 1, g: 1, b: 1, a: 1 };
const highlightOf = ({ r, g, b }: Rgba): Rgba =>
  Math.abs(r - yellow.r) + Math.abs(g - yellow.g) + Math.abs(b - yellow.b) < 0.5 ? white : yellow;

/** Of all pieces of one text together; beyond it they are drawn coarser. */
const MAX_SPRITE_PIXELS = 6_000_000;

export function makeSprites(units: readonly GlyphUnit[], layout: TextLayout, scale: number): SpriteSet {
  const boxes = units.map(({ runs }) => runs.map(runBox).reduce(union));
  const wantedPixels =
    boxes.reduce((sum, box) => sum + (box.right - box.left) * (box.bottom - box.top), 0) * scale ** 2;
  const spriteScale = scale * Math.min(1, Math.sqrt(MAX_SPRITE_PIXELS / Math.max(1, wantedPixels)));
  const sprites = units.map((unit, index): Sprite => {
    const box = boxes[index] ?? unit.cell;
    // On the raster of the whole text: at rest a piece is copied to where its letters stand, not drawn between pixels.
    const over = createTextSheet(box, spriteScale, layout);
    drawOver(over, unit.runs, layout);
    const plain = unit.runs.every(({ style }) => style.strokes.length === 0 && style.shadows.length === 0);
    if (plain) return { unit, under: null, over, lit: null };
    const under = createTextSheet(box, spriteScale, layout);
    drawUnder(under, unit.runs);
    return { unit, under, over, lit: null };
  });
  return {
    sprites,
    bytes: sprites.reduce((sum, { under, over }) => sum + sheetBytes(over) * (under === null ? 1 : 2), 0),
  };
}

export function sheetsOf({ sprites }: SpriteSet): Sheet[] {
  return sprites.flatMap(({ under, over, lit }) => [under, over, lit].filter((sheet) => sheet !== null));
}

/** The whole text at rest. */
export function drawStatic(text: TextMaterial, layout: TextLayout, scale: number): Sheet {
  const sheet = createTextSheet(lit(inkBox(text, layout), text.glow, layout.em), scale, layout);
  const runs = layout.lines.flatMap((line) => line.runs);
  drawBackground(sheet, text, layout);
  drawGlow(sheet, text.glow, layout.em, (letters) => drawOver(letters, runs, layout));
  drawUnder(sheet, runs);
  drawOver(sheet, runs, layout);
  fade(sheet, text.alpha);
  return sheet;
}

/** The text with each piece in its own state; the background stands still. */
export function drawPieces(
  text: TextMaterial,
  layout: TextLayout,
  { sprites }: SpriteSet,
  states: readonly UnitState[],
  scale: number,
): Sheet {
  let box = inkBox(text, layout);
  sprites.forEach(({ unit, over }, i) => {
    const state = states[i];
    if (state !== undefined && !isAtRest(state) && state.alpha > 0)
      box = union(box, movedBox(over.box, unit.cell, unit.em, state));
  });
  const sheet = createTextSheet(lit(box, text.glow, layout.em), scale, layout);
  drawBackground(sheet, text, layout);
  // Moving letters take their light along; it comes from the fill alone.
  drawGlow(sheet, text.glow, layout.em, ({ context }) => {
    sprites.forEach(({ unit, over }, i) => {
      const state = states[i];
      if (state !== undefined && state.alpha > 0) place(context, over, unit.cell, unit.em, state);
    });
  });
  // Solid pieces in two passes, as at rest: no stroke covers a neighbour's fill. Fading ones as a whole each.
  sprites.forEach(({ unit, under }, i) => {
    const state = states[i];
    if (state !== undefined && under !== null && state.alpha >= 1)
      place(sheet.context, under, unit.cell, unit.em, state);
  });
  sprites.forEach((sprite, i) => {
    const state = states[i];
    if (state === undefined || state.alpha <= 0) return;
    const { unit, under, over } = sprite;
    const whole = state.alpha < 1 && under !== null ? joined(under, over) : over;
    place(sheet.context, whole, unit.cell, unit.em, state);
    if (whole !== over) release(whole);
    if (state.highlight > 0) drawLit(sheet.context, sprite, state);
  });
  fade(sheet, text.alpha);
  return sheet;
}

/** A finished sheet as one moving piece. */
export function drawMoved(base: Sheet, layout: TextLayout, text: TextMaterial, state: UnitState): Sheet {
  const cell = text.background === null ? { left: 0, top: 0, right: layout.width, bottom: layout.height } : base.box;
  const box = movedBox(base.box, cell, layout.em, state);
  const sheet = createTextSheet(box, base.scale, layout);
  if (state.alpha > 0) place(sheet.context, base, cell, layout.em, state);
  return sheet;
}

function drawLit(context: SKRSContext2D, sprite: Sprite, state: UnitState): void {
  const { unit, over } = sprite;
  if (sprite.lit === null) {
    sprite.lit = createSheet(over.box, over.scale);
    copy(sprite.lit, over);
    if (unit.runs.some((run) => !run.face.color)) tint(sprite.lit, highlightOf(unit.runs[0]?.style.color ?? white));
  }
  const share = state.highlight;
  const full = { left: 0, top: 0, right: 1, bottom: 1 };
  const window = unit.vertical
    ? { ...full, bottom: share }
    : unit.rtl
      ? { ...full, left: 1 - share }
      : { ...full, right: share };
  place(context, sprite.lit, unit.cell, unit.em, { ...state, window });
}

function joined(under: Sheet, over: Sheet): Sheet {
  const sheet = createSheet(over.box, over.scale);
  copy(sheet, under);
  copy(sheet, over);
  return sheet;
}

/** Draws a sheet where and how `state` says. Windows and pivots are shares of `cell`. */
function place(context: SKRSContext2D, piece: Sheet, cell: Box, em: number, state: UnitState): void {
  const { box } = piece;
  if (state.window !== null && isEmpty(state.window)) return;
  context.save();
  if (!isAtRest(state)) {
    const pivot = pivotOf(cell, state);
    context.translate(pivot.x + state.dx * em, pivot.y + state.dy * em);
    context.rotate((state.rotation * Math.PI) / 180);
    context.scale(state.scaleX, state.scaleY);
    context.translate(-pivot.x, -pivot.y);
    if (state.window !== null) {
      const shown = windowBox(state.window, cell, box);
      context.beginPath();
      context.rect(shown.left, shown.top, shown.right - shown.left, shown.bottom - shown.top);
      context.clip();
    }
    context.globalAlpha = Math.min(1, Math.max(0, state.alpha));
    const blur = state.blur * em * piece.scale;
    if (blur > 0.2) context.filter = `blur(${blur}px)`;
  }
  context.drawImage(piece.canvas, box.left, box.top, box.right - box.left, box.bottom - box.top);
  context.restore();
}

const pivotOf = (cell: Box, state: UnitState) => ({
  x: (cell.left + cell.right) / 2 + state.pivotX * (cell.right - cell.left),
  y: (cell.top + cell.bottom) / 2 + state.pivotY * (cell.bottom - cell.top),
});

const isEmpty = ({ left, top, right, bottom }: Box): boolean => right - left < 0.001 || bottom - top < 0.001;

/** Sides that are hardly cut let more and more of the ink beyond the cell show: shadows, strokes, slanted letters. */
function windowBox(window: NonNullable<UnitState['window']>, cell: Box, ink: Box): Box {
  const [width, height] = [cell.right - cell.left, cell.bottom - cell.top];
  const beyond = (cut: number) => Math.min(1, Math.max(0, 1 - cut / lastCut));
  return {
    left: cell.left + window.left * width - beyond(window.left) * (cell.left - ink.left),
    top: cell.top + window.top * height - beyond(window.top) * (cell.top - ink.top),
    right: cell.left + window.right * width + beyond(1 - window.right) * (ink.right - cell.right),
    bottom: cell.top + window.bottom * height + beyond(1 - window.bottom) * (ink.bottom - cell.bottom),
  };
}

/** Share of a cell. */
const lastCut = 0.15;

/** The upright box around a moved one. */
function movedBox(box: Box, cell: Box, em: number, state: UnitState): Box {
  const pivot = pivotOf(cell, state);
  const angle = (state.rotation * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const corners = [
    [box.left, box.top],
    [box.right, box.top],
    [box.left, box.bottom],
    [box.right, box.bottom],
  ].map(([left = 0, top = 0]) => {
    const x = (left - pivot.x) * state.scaleX;
    const y = (top - pivot.y) * state.scaleY;
    return { x: pivot.x + state.dx * em + x * cos - y * sin, y: pivot.y + state.dy * em + x * sin + y * cos };
  });
  const soft = state.blur * em * 3;
  return {
    left: Math.min(...corners.map(({ x }) => x)) - soft,
    top: Math.min(...corners.map(({ y }) => y)) - soft,
    right: Math.max(...corners.map(({ x }) => x)) + soft,
    bottom: Math.max(...corners.map(({ y }) => y)) + soft,
  };
}
