import type { TextBackground, TextMaterial, TextShadow, TextStyle } from '../model.ts';
import { black, colorOfHex, colorOfTuple, fill, white, withAlpha } from './color.ts';
import {
  type Fields,
  fields,
  finite,
  firstText,
  flag,
  id,
  list,
  number,
  parsedFields,
  records,
  text,
} from './fields.ts';
import { isMarkup, type MarkupTag, parseMarkup } from './markup.ts';
import type { ProblemLog } from './problems.ts';

/** Sizes and widths beyond these are damage. */
const largestSize = 1000;
const largestEm = 10;

type Style = Omit<TextStyle, 'start' | 'end'>;
type RangedStyle = { readonly start: number; readonly end: number; readonly style: Style };

/**
 * A `materials.texts` entry with its content in any of the three forms (docs/draft-format.md, "Text").
 * @param canvasWidth pixels, for materials that write their wrapping width in pixels
 */
export function readText(material: Fields, canvasWidth: number, log: ProblemLog): TextMaterial {
  const { content, styles } = readContent(material, log);
  const clean = unixLines(content);
  return {
    id: id(material.id),
    text: clean.text,
    styles: covering(
      styles.map((entry) => ({ ...entry, start: clean.place(entry.start), end: clean.place(entry.end) })),
      clean.text.length,
      flatStyle(material),
    ),
    align: (['left', 'center', 'right'] as const)[number(material.alignment, 1, 0, 2)] ?? 'center',
    vertical: finite(material.typesetting) === 1,
    wrapWidth: wrapWidth(material, canvasWidth),
    lineSpacingEm: number(material.line_spacing, 0.02, -largestEm, largestEm),
    letterSpacingEm: number(material.letter_spacing, 0, -largestEm, largestEm),
    background: background(material),
    glow: null,
    alpha: number(material.global_alpha, 1, 0, 1),
    words: words(fields(material.words)),
  };
}

function readContent(material: Fields, log: ProblemLog): { content: string; styles: RangedStyle[] } {
  const content = text(material.content);
  const parsed = parsedFields(material.content);
  if (parsed !== null && (typeof parsed.text === 'string' || Array.isArray(parsed.styles))) {
    return jsonContent(parsed, material, log);
  }
  if (content.trimStart().startsWith('{"')) log.add('text_content_broken', id(material.id));
  if (isMarkup(content)) return markupContent(content, material);
  const whole = content === '' ? firstText(material.base_content, material.recognize_text) : content;
  return { content: whole, styles: [{ start: 0, end: whole.length, style: flatStyle(material) }] };
}

function jsonContent(parsed: Fields, material: Fields, log: ProblemLog): { content: string; styles: RangedStyle[] } {
  const content = text(parsed.text);
  const flat = flatStyle(material);
  const styles = records(parsed.styles).map((style) => {
    const range = list(style.range);
    const start = number(range[0], 0, -1e9, 1e9);
    const end = number(range[1], content.length, -1e9, 1e9);
    if (start < 0 || end > content.length || end < start) log.add('text_range_invalid', id(material.id));
    if (fill(fields(style.fill), white).texture) log.add('text_texture', content.slice(0, 20));
    return { start, end, style: jsonStyle(style, material, flat) };
  });
  return { content, styles };
}

function jsonStyle(style: Fields, material: Fields, flat: Style): Style {
  const paint = fill(fields(style.fill), flat.color);
  const font = fields(style.font);
  return {
    size: number(style.size, flat.size, 0.1, largestSize),
    color: paint.color,
    gradient: paint.gradient,
    ...(paint.gradient === null ? {} : { gradientAngle: paint.gradientAngle }),
    font: isEmpty(font) ? flat.font : { path: text(font.path), id: id(font.id), name: fontName(font, material) },
    bold: flag(style.bold, false),
    italic: flag(style.italic, false),
    underline: flag(style.underline, false),
    strokes: records(style.strokes)
      .slice(0, 16)
      .map((stroke) => ({ widthEm: number(stroke.width, 0.08, 0, largestEm), color: fill(stroke, black).color }))
      .filter((stroke) => stroke.widthEm > 0),
    shadows: records(style.shadows).slice(0, 16).map(shadow),
    effectId: id(fields(style.effectStyle).id),
  };
}

/** Distances are hundredths of an em; `diffuse` (older: `feather`) is the blur in em. */
function shadow(value: Fields): TextShadow {
  return {
    color: fill(value, black).color,
    distanceEm: number(value.distance, 5, -1000, 1000) / 100,
    angle: number(value.angle, -45, -3600, 3600),
    blurEm: number(value.diffuse ?? value.feather, 0, 0, largestEm),
  };
}

function markupContent(content: string, material: Fields): { content: string; styles: RangedStyle[] } {
  const flat = flatStyle(material);
  const styles: RangedStyle[] = [];
  let whole = '';
  for (const run of parseMarkup(content)) {
    const style = run.tags.reduce<Style>(applyTag, { ...flat, strokes: [] });
    styles.push({ start: whole.length, end: whole.length + run.text.length, style });
    whole += run.text;
  }
  return { content: whole, styles };
}

function applyTag(style: Style, tag: MarkupTag): Style {
  const value = tag.attributes.get('') ?? '';
  const color = colorOfTuple(tag.attributes.get('color') ?? value);
  switch (tag.name) {
    case 'size':
      return { ...style, size: number(value, style.size, 0.1, largestSize) };
    case 'color':
      return { ...style, color: color ?? style.color };
    case 'outline': {
      const widthEm = number(tag.attributes.get('width'), 0.08, 0, largestEm);
      return widthEm === 0 ? style : { ...style, strokes: [{ widthEm, color: color ?? black }] };
    }
    case 'font': {
      const path = tag.attributes.get('path') ?? '';
      return { ...style, font: { path, id: tag.attributes.get('id') ?? '', name: style.font.name } };
    }
    case 'bold':
    case 'b':
      return { ...style, bold: true };
    case 'italic':
    case 'i':
      return { ...style, italic: true };
    case 'underline':
    case 'u':
      return { ...style, underline: true };
    case 'effectstyle':
      return { ...style, effectId: tag.attributes.get('id') ?? value };
    default:
      return style;
  }
}

/** The material's own fields: all there is for plain text, often stale defaults beside JSON or markup, which win. */
function flatStyle(material: Fields): Style {
  const flags = finite(material.check_flag);
  const border = colorOfHex(material.border_color);
  const widthEm = number(material.border_width, 0.08, 0, largestEm);
  const bordered = border !== null && widthEm > 0 && (flags === null || (flags & 8) !== 0);
  const shadowed = flag(material.has_shadow, false) && (flags === null || (flags & 32) !== 0);
  return {
    size: number(material.font_size, 15, 0.1, largestSize),
    color: withAlpha(colorOfHex(material.text_color) ?? white, number(material.text_alpha, 1, 0, 1)),
    gradient: null,
    font: {
      path: text(material.font_path),
      id: firstText(material.font_resource_id, material.font_id),
      name: fontName(fields(null), material),
    },
    bold: false,
    italic: false,
    underline: flag(material.underline, false),
    strokes: bordered ? [{ widthEm, color: withAlpha(border, number(material.border_alpha, 1, 0, 1)) }] : [],
    shadows: shadowed ? [flatShadow(material)] : [],
    effectId: '',
  };
}

function flatShadow(material: Fields): TextShadow {
  return {
    color: withAlpha(colorOfHex(material.shadow_color) ?? black, number(material.shadow_alpha, 0.9, 0, 1)),
    distanceEm: number(material.shadow_distance, 5, -1000, 1000) / 100,
    angle: number(material.shadow_angle, -45, -3600, 3600),
    // The flat field is 1 where the content says 1/18 em.
    blurEm: number(material.shadow_smoothing, 0.45, 0, 100) / 18,
  };
}

function fontName(font: Fields, material: Fields): string {
  const known = records(material.fonts).slice(0, 100);
  const match =
    known.find((entry) => id(font.id) !== '' && [id(entry.id), id(entry.resource_id)].includes(id(font.id))) ??
    known.find((entry) => text(font.path) !== '' && text(entry.path) === text(font.path));
  const title = firstText(font.title, match?.title, match?.name, material.font_title, material.font_name);
  return title === 'none' ? text(material.font_name) : title;
}

function isEmpty(value: Fields): boolean {
  return text(value.path) === '' && id(value.id) === '';
}

/** Subtitles wrap at their line width; free text only when it says so. `fixed_width` is pixels, or a share when <= 1. */
function wrapWidth(material: Fields, canvasWidth: number): number | null {
  const fixed = finite(material.fixed_width) ?? -1;
  if (fixed > 0) return Math.min(10, fixed <= 1 ? fixed : fixed / canvasWidth);
  const wraps = material.type === 'subtitle' || flag(material.force_apply_line_max_width, false);
  const share = number(material.line_max_width, 0.82, 0, 10);
  return wraps ? (share > 0 ? share : 0.82) : null;
}

/** The flag says whether there is one: style 0 is the first of the two that can be chosen, 1 an older number for it. */
function background(material: Fields): TextBackground | null {
  const color = colorOfHex(material.background_color);
  const flags = finite(material.check_flag);
  const style = finite(material.background_style) ?? 0;
  const drawn = flags === null ? style !== 0 : (flags & 16) !== 0;
  if (color === null || !drawn) return null;
  return {
    perLine: style === 2,
    color: withAlpha(color, number(material.background_alpha, 1, 0, 1)),
    radius: number(material.background_round_radius, 0, 0, 1),
    width: number(material.background_width, 0.14, 0, 10),
    height: number(material.background_height, 0.14, 0, 10),
    offsetX: number(material.background_horizontal_offset, 0, -10, 10),
    offsetY: number(material.background_vertical_offset, 0, -10, 10),
  };
}

/** Three parallel lists, ms. A word without a start follows on the one before it, one without an end takes no time. */
function words(value: Fields): TextMaterial['words'] {
  const starts = list(value.start_time);
  const ends = list(value.end_time);
  const us = (ms: unknown, fallback: number) => Math.round(number(ms, fallback / 1000, 0, 1e9) * 1000);
  let at = 0;
  return list(value.text)
    .slice(0, 10_000)
    .map((word, index) => {
      const startUs = us(starts[index], at);
      const endUs = us(ends[index], startUs);
      at = Math.max(at, endUs);
      return { text: text(word), startUs, endUs };
    });
}

/**
 * Some word times count from the start of the recording they were heard in: those begin as late as they end too late, and
 * are of no use to the segment. A caption that was cut in two keeps all its words, the first part's begin at once.
 */
export function withFittingWords(material: TextMaterial, durationUs: number): TextMaterial {
  const startUs = material.words.reduce((first, word) => Math.min(first, word.startUs), Number.POSITIVE_INFINITY);
  const lateUs = material.words.reduce((last, word) => Math.max(last, word.endUs), 0) - durationUs;
  return lateUs <= 1_000_000 || startUs < lateUs / 2 ? material : { ...material, words: [] };
}

/** Windows and old Mac line ends as `\n`, with the place every character went to. */
function unixLines(content: string): { text: string; place(index: number): number } {
  if (!content.includes('\r')) return { text: content, place: (index) => index };
  const pairs = [...content.matchAll(/\r\n/g)].map((match) => match.index);
  const before = (index: number) => {
    let low = 0;
    let high = pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[middle] ?? 0) < index) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return { text: content.replace(/\r\n?/g, '\n'), place: (index) => index - before(index) };
}

/**
 * Styles that cover the text exactly: clamped, in order, the earlier one winning an overlap. A gap belongs to the style
 * before it, one at the beginning to the first.
 */
function covering(written: readonly RangedStyle[], length: number, fallback: Style): TextStyle[] {
  const covered: TextStyle[] = [];
  let at = 0;
  for (const { start, end, style } of [...written].sort((a, b) => a.start - b.start)) {
    const from = Math.min(length, Math.max(at, Math.trunc(start)));
    const to = Math.min(length, Math.trunc(end));
    if (to <= from) continue;
    extend(covered, from);
    covered.push({ ...style, start: covered.length === 0 ? 0 : from, end: to });
    at = to;
  }
  extend(covered, length);
  return covered.length > 0 || length === 0 ? covered : [{ ...(written[0]?.style ?? fallback), start: 0, end: length }];
}

function extend(covered: TextStyle[], end: number): void {
  const last = covered.pop();
  if (last !== undefined) covered.push({ ...last, end });
}
