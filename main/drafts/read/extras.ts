import { adjustmentOf } from '../adjustments.ts';
import type {
  CanvasFill,
  Chroma,
  ClipAnimation,
  EffectMaterial,
  HslAdjust,
  Mask,
  SegmentExtras,
  Transition,
} from '../model.ts';
import { type Fields, fields, finite, firstText, flag, id, isFields, micros, number, records, text } from './fields.ts';
import type { Material } from './materials.ts';

type Mutable<T> = { -readonly [P in keyof T]: T[P] extends readonly (infer E)[] ? E[] : T[P] };

const noExtras: SegmentExtras = Object.freeze({
  canvas: null,
  transition: null,
  animations: [],
  masks: [],
  fade: null,
  chroma: null,
  mixMode: null,
  effects: [],
  audioEffects: [],
  hsl: [],
});

/** Lists that only keep books, or that change nothing in what they default to and are told apart below. */
const effectLists: ReadonlySet<string> = new Set([
  'effects',
  'video_effects',
  'color_curves',
  'hsl_curves',
  'log_color_wheels',
  'primary_color_wheels',
  'plugin_effects',
  'manual_deformations',
  'manual_beautys',
  'smart_relights',
  'smart_crops',
  'video_shadows',
  'video_strokes',
  'video_radius',
  'digital_humans',
  'green_screens',
]);

const audioEffectLists: ReadonlySet<string> = new Set([
  'audio_effects',
  'audio_pitch_shifts',
  'vocal_beautifys',
  'vocal_separations',
  'loudnesses',
  'realtime_denoises',
]);

/** What each of a segment's switches turns off, by the material's type. HSL had none of its own at first. */
const switches: readonly (readonly [types: RegExp, ...flags: string[]])[] = [
  [/^lut$/, 'enable_lut'],
  [/^hsl$/, 'enable_hsl', 'enable_adjust'],
  [/^color_curve/, 'enable_color_curves'],
  [/^hsl_curve/, 'enable_hsl_curves'],
  [/^(log|primary)_color_wheel/, 'enable_color_wheels'],
  [/^smart_color_adjust/, 'enable_smart_color_adjust'],
  [/^color_match/, 'enable_color_match_adjust'],
  [/^color_correct/, 'enable_color_correct_adjust'],
];

/**
 * Sorts what a segment refers to.
 * @param shown the material of the segment itself, which switches the canvas and which old versions write a fade into
 * @param materials found for `extra_material_refs`, in order
 */
export function readExtras(segment: Fields, shown: Fields, materials: readonly Material[]): SegmentExtras {
  const ownFade = isFields(shown.audio_fade) ? readFade(shown.audio_fade) : null;
  if (materials.length === 0 && ownFade === null) return noExtras;
  const extras: Mutable<SegmentExtras> = {
    ...noExtras,
    fade: ownFade,
    animations: [],
    masks: [],
    effects: [],
    audioEffects: [],
    hsl: [],
  };
  for (const material of materials) addExtra(extras, material, segment);
  if (!hasCanvas(shown)) extras.canvas = null;
  return extras;
}

const canvasFlag = 4096;

/** `check_flag` says whether the canvas is on; versions from before that flag have no bits so high. */
function hasCanvas(shown: Fields): boolean {
  const flags = finite(shown.check_flag) ?? 0;
  return flags < 2 * canvasFlag || (flags & canvasFlag) !== 0;
}

function addExtra(extras: Mutable<SegmentExtras>, material: Material, segment: Fields): void {
  switch (material.list) {
    case 'canvases':
      extras.canvas = material.as(readCanvas);
      return;
    case 'transitions':
      extras.transition = material.as(readTransition);
      return;
    case 'material_animations':
      extras.animations.push(...material.as(readAnimations));
      return;
    case 'masks':
    case 'common_mask':
      if (flag(segment.enable_video_mask, true)) extras.masks.push(material.as(readMask));
      return;
    case 'audio_fades':
      extras.fade = material.as(readFade) ?? extras.fade;
      return;
    case 'chromas':
      extras.chroma = material.as(readChroma);
      return;
    case 'hsl':
      if (isSwitchedOn(segment, 'hsl')) extras.hsl.push(...material.as(readHsl));
      return;
    default:
      addEffect(extras, material, segment);
  }
}

function addEffect(extras: Mutable<SegmentExtras>, material: Material, segment: Fields): void {
  if (audioEffectLists.has(material.list)) {
    if (isAudioEffectOn(material)) extras.audioEffects.push(material.as(readEffect));
  } else if (effectLists.has(material.list) && flag(material.fields.visible, true)) {
    const effect = material.as(readEffect);
    if (!isSwitchedOn(segment, effect.type)) return;
    if (effect.type === 'mix_mode') extras.mixMode = effect;
    else extras.effects.push(effect);
  }
}

/** Every clip refers to a separation and a loudness; they do something only when somebody switched them on. */
function isAudioEffectOn({ list, fields: material }: Material): boolean {
  if (list === 'vocal_separations') return (finite(material.choice) ?? 0) !== 0;
  if (list === 'loudnesses') return flag(material.enable, false);
  return flag(material.enable ?? material.is_denoise, true);
}

/** Whether the adjustments of a segment are on, also those that keyframes make. */
export function isAdjustOn(segment: Fields): boolean {
  return flag(segment.enable_adjust, true);
}

/** Every group of adjustments has a switch of its own; a switch that is not written is on. */
function isSwitchedOn(segment: Fields, type: string): boolean {
  if (adjustmentOf(type) !== null) return isAdjustOn(segment);
  const [, ...names] = switches.find(([types]) => types.test(type)) ?? [];
  return names.reduceRight((on, name) => flag(segment[name], on), true);
}

/** Any material that changes picture or sound, under its own type and name. */
export function readEffect(material: Fields, list: string): EffectMaterial {
  const type = firstText(material.type, list.replace(/(?<=ss)es$|s$/, ''));
  const resourceId = firstText(id(material.resource_id), id(material.effect_id));
  const name = firstText(material.name, material.title);
  // Flower text and bubbles often come without a name, or with their type for one, which would name none of them.
  const nameless = (type === 'text_effect' || type === 'text_shape') && (name === '' || name === type);
  return {
    id: id(material.id),
    type,
    name: firstText(nameless ? resourceId : name, name, type),
    resourceId,
    value: number(material.value, 1, -1000, 1000),
    path: text(material.path),
    applyTarget: number(material.apply_target_type, 0, 0, 10),
    params: records(material.adjust_params ?? material.audio_adjust_params)
      .slice(0, 200)
      .map((entry) => ({ name: text(entry.name), value: number(entry.value, 0, -1e6, 1e6) })),
  };
}

function readCanvas(material: Fields): CanvasFill | null {
  const image = firstText(material.image, material.album_image);
  const blur = number(material.blur, 0, 0, 10);
  switch (material.type) {
    case 'canvas_blur':
      return { type: 'blur', blur: blur === 0 ? 0.375 : blur };
    case 'canvas_image':
      return image === '' ? null : { type: 'image', path: image };
    case 'canvas_color':
      return cssColor(material.color) === '' ? null : { type: 'color', color: cssColor(material.color) };
    default:
      return null;
  }
}

/** Some generators leave the hash out. */
function cssColor(value: unknown): string {
  return text(value)
    .trim()
    .replace(/^(?=(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$)/i, '#');
}

function readTransition(material: Fields): Transition | null {
  const durationUs = micros(material.duration);
  if (durationUs === 0) return null;
  return {
    name: text(material.name),
    resourceId: firstText(id(material.resource_id), id(material.effect_id)),
    durationUs,
    overlap: flag(material.is_overlap, false),
  };
}

const animationKinds: ReadonlyMap<unknown, ClipAnimation['kind']> = new Map<unknown, ClipAnimation['kind']>([
  ['in', 'in'],
  ['out', 'out'],
  ['group', 'combo'],
  ['loop', 'loop'],
  ['caption', 'caption'],
]);

function readAnimations(material: Fields): ClipAnimation[] {
  return records(material.animations)
    .slice(0, 20)
    .flatMap((entry) => {
      const kind = animationKinds.get(entry.type);
      const durationUs = micros(entry.duration);
      if (kind === undefined || durationUs === 0) return [];
      return [
        {
          kind,
          name: text(entry.name),
          id: id(entry.id),
          resourceId: id(entry.resource_id),
          startUs: micros(entry.start),
          durationUs,
        },
      ];
    });
}

const shapes: ReadonlyMap<unknown, Mask['shape']> = new Map<unknown, Mask['shape']>(
  (['line', 'mirror', 'circle', 'rectangle', 'heart', 'star'] as const).map((shape) => [shape, shape]),
);

/** `geometric_shape` stands for several: the name tells which. */
function shapeOf(material: Fields): Mask['shape'] {
  const shape = shapes.get(material.resource_type);
  if (shape !== undefined) return shape;
  const name = text(material.name).toLowerCase();
  const named: readonly (readonly [RegExp, Mask['shape']])[] = [
    [/爱心|heart/, 'heart'],
    [/星|star/, 'star'],
    [/线性|split|linear/, 'line'],
    [/镜面|filmstrip|mirror/, 'mirror'],
    [/圆形|circle/, 'circle'],
    [/矩形|rectang/, 'rectangle'],
  ];
  return named.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
}

function readMask(material: Fields): Mask {
  const config = fields(material.config);
  return {
    shape: shapeOf(material),
    name: firstText(material.name, material.resource_type),
    resourceId: id(material.resource_id),
    centerX: number(config.centerX, 0, -100, 100),
    centerY: number(config.centerY, 0, -100, 100),
    width: number(config.width, 0.5, 0, 100),
    height: number(config.height, 0.5, 0, 100),
    rotation: number(config.rotation, 0, -36_000, 36_000),
    invert: flag(config.invert, false),
    feather: number(config.feather, 0, 0, 1),
    roundCorner: number(config.roundCorner, 0, 0, 1),
    aspectRatio: number(config.aspectRatio, 1, 0, 1000),
  };
}

function readFade(material: Fields): SegmentExtras['fade'] {
  const inUs = micros(material.fade_in_duration);
  const outUs = micros(material.fade_out_duration);
  return inUs === 0 && outUs === 0 ? null : { inUs, outUs };
}

function readChroma(material: Fields): Chroma | null {
  const color = cssColor(material.color);
  if (color === '') return null;
  return {
    color,
    intensity: number(material.intensity_value ?? material.intensity, 0, 0, 1),
    shadow: number(material.shadow_value ?? material.shadow, 0, 0, 1),
  };
}

function readHsl(material: Fields): HslAdjust[] {
  const hue = number(material.hue, 0, -1000, 1000);
  const saturation = number(material.saturation, 0, -1000, 1000);
  const lightness = number(material.lightness, 0, -1000, 1000);
  if (hue === 0 && saturation === 0 && lightness === 0) return [];
  const range = firstText(String(finite(material.hsl_color_type) ?? ''), material.custom_color);
  return [{ range, hue, saturation, lightness }];
}
