import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Rgba, TextBackground, TextMaterial, TextShadow, TextStyle } from '../../../drafts/model.ts';
import { turnedBaseline } from './columns.ts';
import type { TextLayout } from './layout.ts';
import { canvasFont, fontFeatures, inkReach } from './measure.ts';
import { type TextRun, within } from './runs.ts';
import { type Box, createSheet, cssColor, release, type Sheet, tint, union } from './sheet.ts';

/** A stroke of width w reaches w em / 2 beyond the outline: it is centred on it, its inner half lies below the fill. */
const STROKE_LINE_EM = 1;
/** Jianying's own numbers (`underline_offset`, `underline_width`), em. */
const UNDERLINE_OFFSET = 0.22;
const UNDERLINE_WIDTH = 0.05;
/** More of them cannot be told apart, but would cost time. */
const MAX_STROKES = 8;
const MAX_SHADOW_GROUPS = 16;
const MAX_STROKE_EM = 2;
const MAX_SHADOW_EM = 5;

/** How far ink of a style may reach beyond its line box and advance, pixels. */
function overhang(style: TextStyle, px: number): number {
  let reach = 0.3;
  for (const stroke of style.strokes) reach = Math.max(reach, 0.3 + within(stroke.widthEm, 0, MAX_STROKE_EM));
  for (const shadow of style.shadows)
    reach = Math.max(
      reach,
      0.3 + within(shadow.distanceEm, 0, MAX_SHADOW_EM) + 3 * within(shadow.blurEm, 0, MAX_SHADOW_EM),
    );
  return reach * px;
}

/** The room that a run's ink may take. */
export function runBox(run: TextRun): Box {
  const reach = overhang(run.style, run.px);
  const { ascent, descent } = run.face;
  const ink = inkReach(run);
  const up = Math.max(1, ascent, ink.up) * run.px;
  const down = Math.max(0.3, descent, ink.down) * run.px;
  const [before, after] = [ink.before * run.px, ink.after * run.px];
  if (run.mode === 'rotated')
    return {
      left: run.x - down - reach,
      top: run.y - before - reach,
      right: run.x + up + reach,
      bottom: run.y + run.advance + after + reach,
    };
  const left = run.mode === 'upright' ? run.x - run.px / 2 : run.x - before;
  const right = run.mode === 'upright' ? run.x + run.px / 2 : run.x + run.advance + after;
  return { left: left - reach, top: run.y - up - reach, right: right + reach, bottom: run.y + down + reach };
}

/** Shadows and strokes: what lies below the letters' fill. */
export function drawUnder(sheet: Sheet, runs: readonly TextRun[]): void {
  drawShadows(sheet, runs);
  drawStrokes(sheet.context, runs);
}

/** The letters themselves, with underlines. `layout`: gradients run over the whole block. */
export function drawOver(sheet: Sheet, runs: readonly TextRun[], layout: TextLayout): void {
  const { context } = sheet;
  for (const run of runs) {
    context.fillStyle = fillOf(context, run.style, layout);
    drawRun(context, run, 'fill');
    if (run.style.underline) drawUnderline(context, run);
  }
}

function fillOf(context: SKRSContext2D, style: TextStyle, layout: TextLayout): string | CanvasGradient {
  if (style.gradient === null || style.gradient.length === 0) return cssColor(style.color);
  // Over the whole block; 0 degrees runs to the right, 90 downwards.
  const angle = (within(style.gradientAngle ?? 90, -1e6, 1e6) * Math.PI) / 180;
  const [x, y] = [Math.cos(angle), Math.sin(angle)];
  const reach = Math.max(1, Math.abs(x) * layout.width + Math.abs(y) * layout.height) / 2;
  const [middleX, middleY] = [layout.width / 2, layout.height / 2];
  const gradient = context.createLinearGradient(
    middleX - x * reach,
    middleY - y * reach,
    middleX + x * reach,
    middleY + y * reach,
  );
  for (const stop of style.gradient) gradient.addColorStop(within(stop.offset, 0, 1), cssColor(stop.color));
  return gradient;
}

type CanvasGradient = ReturnType<SKRSContext2D['createLinearGradient']>;

function drawRun(context: SKRSContext2D, run: TextRun, how: 'fill' | 'stroke'): void {
  if (run.px <= 0) return;
  context.font = canvasFont(run.face, run.px, run.style.bold, run.style.italic);
  context.direction = run.rtl ? 'rtl' : 'ltr';
  context.letterSpacing = run.clusters.length === 1 ? '0px' : `${run.letterSpacing}px`;
  context.fontFeatureSettings = fontFeatures({ proportional: run.proportional, spaced: run.letterSpacing !== 0 });
  const put = (x: number, y: number) =>
    how === 'fill' ? context.fillText(run.text, x, y) : context.strokeText(run.text, x, y);
  if (run.mode === 'horizontal') {
    put(run.x, run.y);
  } else if (run.mode === 'upright') {
    context.textAlign = 'center';
    context.fontFeatureSettings = '"vert" 1';
    put(run.x, run.y);
    context.textAlign = 'left';
  } else {
    context.save();
    context.translate(run.x, run.y);
    context.rotate(Math.PI / 2);
    put(0, turnedBaseline(run.px));
    context.restore();
  }
}

function drawUnderline(context: SKRSContext2D, run: TextRun): void {
  const thickness = UNDERLINE_WIDTH * run.px;
  const offset = UNDERLINE_OFFSET * run.px - thickness / 2;
  if (run.mode === 'horizontal') context.fillRect(run.x, run.y + offset, run.advance, thickness);
  else if (run.mode === 'rotated') context.fillRect(run.x - run.px / 2 - thickness, run.y, thickness, run.advance);
  else context.fillRect(run.x - run.px / 2 - thickness, run.y - 0.88 * run.px, thickness, run.advance);
}

/** Widest first, over the whole text: no stroke covers the narrower one of a neighbour. */
function drawStrokes(context: SKRSContext2D, runs: readonly TextRun[]): void {
  const sorted = runs.map((run) => ({ run, strokes: strokesOf(run.style) }));
  const most = sorted.reduce((count, { strokes }) => Math.max(count, strokes.length), 0);
  context.lineJoin = 'round';
  for (let i = 0; i < most; i++) {
    for (const { run, strokes } of sorted) {
      const stroke = strokes[i];
      if (stroke === undefined || run.face.color) continue;
      context.lineWidth = stroke.widthEm * run.px * STROKE_LINE_EM;
      context.strokeStyle = cssColor(stroke.color);
      drawRun(context, run, 'stroke');
    }
  }
}

function strokesOf(style: TextStyle): { widthEm: number; color: Rgba }[] {
  return style.strokes
    .slice(0, MAX_STROKES)
    .map(({ widthEm, color }) => ({ widthEm: within(widthEm, 0, MAX_STROKE_EM), color }))
    .filter(({ widthEm }) => widthEm > 0)
    .toSorted((a, b) => b.widthEm - a.widthEm);
}

/** Each kind of shadow: the letters' shape in one colour, blurred, moved. Angles count counter-clockwise from right. */
function drawShadows(sheet: Sheet, runs: readonly TextRun[]): void {
  const groups = new Map<string, { shadow: TextShadow; px: number; runs: TextRun[] }>();
  for (const run of runs) {
    for (const shadow of run.style.shadows.slice(0, MAX_STROKES)) {
      const key = JSON.stringify([shadow, run.px]);
      const group = groups.get(key);
      if (group !== undefined) group.runs.push(run);
      else if (groups.size < MAX_SHADOW_GROUPS) groups.set(key, { shadow, px: run.px, runs: [run] });
    }
  }
  for (const { shadow, px, runs: shadowed } of groups.values()) {
    const shape = createSheet(sheet.box, sheet.scale);
    shape.context.strokeStyle = '#000';
    shape.context.fillStyle = '#000';
    shape.context.lineJoin = 'round';
    for (const run of shadowed) {
      const [widest] = strokesOf(run.style);
      if (widest !== undefined && !run.face.color) {
        shape.context.lineWidth = widest.widthEm * run.px * STROKE_LINE_EM;
        drawRun(shape.context, run, 'stroke');
      }
      drawRun(shape.context, run, 'fill');
    }
    tint(shape, shadow.color);
    const distance = within(shadow.distanceEm, 0, MAX_SHADOW_EM) * px * sheet.scale;
    const angle = (within(shadow.angle, -1e6, 1e6) * Math.PI) / 180;
    const blur = within(shadow.blurEm, 0, MAX_SHADOW_EM) * px * sheet.scale;
    const { context } = sheet;
    context.save();
    context.resetTransform();
    if (blur > 0.1) context.filter = `blur(${blur}px)`;
    context.drawImage(shape.canvas, distance * Math.cos(angle), -distance * Math.sin(angle));
    context.restore();
    release(shape);
  }
}

/**
 * The boxes behind a text: the block of line boxes, or every line's own, grown on every side by the stored width and
 * height as shares of an em, moved by the stored offsets as shares of the block.
 */
function backgroundBoxes(background: TextBackground, layout: TextLayout): Box[] {
  const growX = within(background.width, 0, 5) * layout.em;
  const growY = within(background.height, 0, 5) * layout.em;
  const moveX = within(background.offsetX, -5, 5) * layout.width;
  // Offsets count upwards, as every y in a draft.
  const moveY = -within(background.offsetY, -5, 5) * layout.height;
  const behind = background.perLine ? layout.lines : [{ x: 0, y: 0, width: layout.width, height: layout.height }];
  return behind
    .filter(({ width, height }) => width > 0 && height > 0)
    .map(({ x, y, width, height }) => ({
      left: x + moveX - growX,
      top: y + moveY - growY,
      right: x + width + moveX + growX,
      bottom: y + height + moveY + growY,
    }));
}

/** Boxes of lines are filled as one shape, so that they are no darker where they overlap. `radius` 1 = half round. */
export function drawBackground({ context }: Sheet, material: TextMaterial, layout: TextLayout): void {
  if (material.background === null) return;
  const round = within(material.background.radius, 0, 1) / 2;
  context.fillStyle = cssColor(material.background.color);
  context.beginPath();
  for (const { left, top, right, bottom } of backgroundBoxes(material.background, layout)) {
    const [width, height] = [right - left, bottom - top];
    context.roundRect(left, top, width, height, round * Math.min(width, height));
  }
  context.fill();
}

/** Everything the text may cover. */
export function inkBox(text: TextMaterial, layout: TextLayout): Box {
  let box: Box = { left: 0, top: 0, right: layout.width, bottom: layout.height };
  for (const line of layout.lines) for (const run of line.runs) box = union(box, runBox(run));
  return text.background === null ? box : backgroundBoxes(text.background, layout).reduce(union, box);
}
