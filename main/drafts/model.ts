/**
 * A Jianying draft as the rest of the station sees it: references resolved, numbers checked, every field present.
 * Facts and units: research on draft files (documented in docs/draft-format.md). All times are integer µs.
 */

export interface TimeRange {
  readonly startUs: number;
  readonly durationUs: number;
}

export interface Draft {
  readonly name: string;
  readonly app: { readonly source: string; readonly version: string; readonly os: string };
  readonly newVersion: string;
  /** Pixels. When the file says 0x0 the reader takes the first visual media's size, else 1920x1080. */
  readonly canvas: { readonly width: number; readonly height: number; readonly ratio: string };
  readonly fps: number;
  /** End of the last segment. */
  readonly durationUs: number;
  /** The file's own field, often wrong. */
  readonly declaredDurationUs: number;
  /** In file order. */
  readonly tracks: readonly Track[];
  /** Every media material, by id, used or not. */
  readonly media: ReadonlyMap<string, MediaMaterial>;
  /** Names of materials that the file itself marks as members' material; absent when none. */
  readonly membership?: readonly string[];
}

export type TrackType = 'video' | 'audio' | 'text' | 'sticker' | 'effect' | 'filter' | 'adjust';

export interface Track {
  readonly id: string;
  readonly type: TrackType;
  /** Place in the file; later = further in front when render indices tie. */
  readonly index: number;
  readonly muted: boolean;
  /** By target start. */
  readonly segments: readonly Segment[];
}

/** A file on disk or on the network: video, photo, gif, audio, sticker picture. */
export interface MediaMaterial {
  readonly id: string;
  readonly kind: 'video' | 'photo' | 'gif' | 'audio' | 'sticker';
  readonly name: string;
  /** As written in the file: absolute, placeholder, URL, relative or empty. */
  readonly path: string;
  /** Where the original can be fetched from, if the draft says. */
  readonly remoteUrl: string | null;
  /** Already reversed copy of the file (`reverse_path`), as written, also when it could not be had; empty when none. */
  readonly reversePath: string;
  /** Declared, 0 = unknown. Drafts lie about these; probe before trusting. */
  readonly width: number;
  readonly height: number;
  readonly durationUs: number;
  /** Corners of the used part, 0..1, y down: upper left, upper right, lower left, lower right. Null = whole picture. */
  readonly crop: Crop | null;
  /** What the application computes on the file before it shows it, e.g. `matting` (cutting out); absent when nothing. */
  readonly algorithms?: readonly string[];
  /** Of a sticker: its id in the application's library. */
  readonly resourceId?: string;
  /** Of a sticker: a small picture of it, as an address. */
  readonly previewUrl?: string;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Crop {
  readonly upperLeft: Point;
  readonly upperRight: Point;
  readonly lowerLeft: Point;
  readonly lowerRight: Point;
}

/** Where and how a picture stands on the canvas. */
export interface ClipTransform {
  /** 0..1 */
  readonly alpha: number;
  readonly flipX: boolean;
  readonly flipY: boolean;
  /** Degrees, clockwise. */
  readonly rotation: number;
  readonly scaleX: number;
  readonly scaleY: number;
  /** Half canvas units, +x right, +y UP: centre = (W/2*(1+x), H/2*(1-y)). */
  readonly x: number;
  readonly y: number;
}

export type KeyframeProperty =
  | 'x'
  | 'y'
  | 'rotation'
  | 'scaleX'
  | 'scaleY'
  /** Both axes at once (`UNIFORM_SCALE`, or `KFTypeScale` with equal values). */
  | 'scale'
  | 'alpha'
  | 'volume'
  | 'saturation'
  | 'contrast'
  | 'brightness';

export interface Keyframe {
  /** From the segment's start, in timeline time. */
  readonly offsetUs: number;
  readonly value: number;
  /** How the value goes from this keyframe to the next. */
  readonly curve: 'line' | 'hold' | 'bezier';
  /** Control points as stored: right control of this keyframe, left control of the next; null for straight lines. */
  readonly rightControl: Point | null;
  readonly leftControl: Point | null;
}

/** Keyframes by property, each list by time; a property without keyframes is absent. */
export type KeyframeTracks = { readonly [P in KeyframeProperty]?: readonly Keyframe[] };

export interface Segment {
  readonly id: string;
  readonly trackIndex: number;
  readonly trackType: TrackType;
  readonly target: TimeRange;
  /** Part of the source; null for text, stickers, effects. */
  readonly source: TimeRange | null;
  /** Constant speed, > 0; source = target x speed. */
  readonly speed: number;
  /** Piecewise speed curve when set: x = share of the source range 0..1, y = speed there. */
  readonly speedCurve: readonly Point[] | null;
  /** False: pitch follows speed (`is_tone_modify` true). */
  readonly keepPitch: boolean;
  /** Linear factor. */
  readonly volume: number;
  readonly reverse: boolean;
  readonly visible: boolean;
  readonly renderIndex: number;
  readonly transform: ClipTransform;
  /** Y scale follows X. */
  readonly uniformScale: boolean;
  readonly keyframes: KeyframeTracks;
  readonly content: SegmentContent;
  readonly extras: SegmentExtras;
}

export type SegmentContent =
  | { readonly type: 'media'; readonly media: MediaMaterial }
  | { readonly type: 'compound'; readonly draft: Draft }
  | { readonly type: 'text'; readonly text: TextMaterial }
  | { readonly type: 'text_template'; readonly template: TextTemplate }
  | { readonly type: 'effect'; readonly effect: EffectMaterial }
  /** `material_id` leads nowhere. */
  | { readonly type: 'unresolved'; readonly materialId: string };

/** What a segment refers to besides its content; dangling references are left out by the reader. */
export interface SegmentExtras {
  readonly canvas: CanvasFill | null;
  /** At this segment's end, into the next one of the track. */
  readonly transition: Transition | null;
  readonly animations: readonly ClipAnimation[];
  readonly masks: readonly Mask[];
  readonly fade: { readonly inUs: number; readonly outUs: number } | null;
  readonly chroma: Chroma | null;
  /** Blend mode name as in the draft (变暗, 正片叠底, ...); null = normal. */
  readonly mixMode: EffectMaterial | null;
  /** Filters, adjustments (brightness, ...), luts, beauty, per-clip effects, text bubbles and flower text. */
  readonly effects: readonly EffectMaterial[];
  readonly audioEffects: readonly EffectMaterial[];
  readonly hsl: readonly HslAdjust[];
}

export type CanvasFill =
  | { readonly type: 'color'; readonly color: string }
  /** `blur` as stored: 0.0625, 0.375, 0.75, 1.0 = levels 1-4. */
  | { readonly type: 'blur'; readonly blur: number }
  | { readonly type: 'image'; readonly path: string };

export interface Transition {
  readonly name: string;
  readonly resourceId: string;
  readonly durationUs: number;
  readonly overlap: boolean;
}

export interface ClipAnimation {
  readonly kind: 'in' | 'out' | 'combo' | 'loop' | 'caption';
  readonly name: string;
  readonly id: string;
  readonly resourceId: string;
  /** From the segment's start. */
  readonly startUs: number;
  readonly durationUs: number;
}

export interface Mask {
  readonly shape: 'line' | 'mirror' | 'circle' | 'rectangle' | 'heart' | 'star' | 'other';
  readonly name: string;
  readonly resourceId: string;
  /** Half-material units, +y up as `ClipTransform`. */
  readonly centerX: number;
  readonly centerY: number;
  /** Share of the material. */
  readonly width: number;
  readonly height: number;
  /** Degrees, clockwise. */
  readonly rotation: number;
  readonly invert: boolean;
  /** 0..1 */
  readonly feather: number;
  /** 0..1 */
  readonly roundCorner: number;
  readonly aspectRatio: number;
}

export interface Chroma {
  readonly color: string;
  /** 0..1 */
  readonly intensity: number;
  /** 0..1 */
  readonly shadow: number;
}

export interface EffectMaterial {
  readonly id: string;
  /** As in the draft: filter, video_effect, face_effect, mix_mode, lut, brightness, contrast, text_effect, text_shape ... */
  readonly type: string;
  readonly name: string;
  readonly resourceId: string;
  /** Strength, usually 0..1 (adjustments -1..1). */
  readonly value: number;
  readonly path: string;
  /** 0 = this clip, 2 = everything below. */
  readonly applyTarget: number;
  /** Named parameters (`adjust_params`) with their values. */
  readonly params: readonly { readonly name: string; readonly value: number }[];
}

export interface HslAdjust {
  /** Which colour range is meant, as stored. */
  readonly range: string;
  readonly hue: number;
  readonly saturation: number;
  readonly lightness: number;
}

/** One styled run. `start`/`end` count UTF-16 code units, clamped to the text. Colours are CSS `#rrggbb` + alpha. */
export interface TextStyle {
  readonly start: number;
  readonly end: number;
  /** Draft units; pixels = size * shorter canvas side / 128. */
  readonly size: number;
  readonly color: Rgba;
  /** Gradient stops instead of a plain colour, when the fill is one. */
  readonly gradient: readonly { readonly offset: number; readonly color: Rgba }[] | null;
  /** Degrees, as stored; set beside `gradient`. */
  readonly gradientAngle?: number;
  readonly font: { readonly path: string; readonly name: string; readonly id: string };
  readonly bold: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly strokes: readonly { readonly widthEm: number; readonly color: Rgba }[];
  readonly shadows: readonly TextShadow[];
  /** Flower text style id; reported, not drawn. */
  readonly effectId: string;
}

/** 0..1 each. */
export interface Rgba {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  readonly a: number;
}

export interface TextShadow {
  readonly color: Rgba;
  /** Em. */
  readonly distanceEm: number;
  /** Degrees, as stored. */
  readonly angle: number;
  /** Em. */
  readonly blurEm: number;
}

export interface TextMaterial {
  readonly id: string;
  readonly text: string;
  /** Cover the whole text without gaps, in order. */
  readonly styles: readonly TextStyle[];
  readonly align: 'left' | 'center' | 'right';
  readonly vertical: boolean;
  /** Share of the canvas width at which lines wrap; null = no wrapping. */
  readonly wrapWidth: number | null;
  /** Em, added to the font's own line height. */
  readonly lineSpacingEm: number;
  readonly letterSpacingEm: number;
  readonly background: TextBackground | null;
  readonly glow: TextGlow | null;
  readonly alpha: number;
  /** Karaoke words with their times from the segment's start; empty when none. */
  readonly words: readonly { readonly text: string; readonly startUs: number; readonly endUs: number }[];
}

export interface TextBackground {
  readonly color: Rgba;
  /** Every line has a box of its own, as wide as the line; otherwise one box lies behind them all. */
  readonly perLine: boolean;
  /** 0..1 */
  readonly radius: number;
  /** Share of the text block, as stored (`background_width/height`), and offsets in the same unit. */
  readonly width: number;
  readonly height: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

/** A light around the letters (`bloom_params` of a `bloom` effect that the segment refers to). */
export interface TextGlow {
  /** Of the effect, e.g. `DeepGlow`. */
  readonly name: string;
  readonly resourceId: string;
  readonly color: Rgba;
  /** 0..1 */
  readonly strength: number;
  /** 0..1 */
  readonly range: number;
  /** Where the light leans to, -1..1 as stored: +x right, +y up. */
  readonly directionX: number;
  readonly directionY: number;
}

/** One text of a template. */
export interface TemplateText {
  readonly text: TextMaterial;
  /** From the template's centre. */
  readonly transform: ClipTransform;
  /** Its own, whose times count from its own start; without any it moves as the segment says. */
  readonly animations: readonly ClipAnimation[];
  /** When it is shown, from the segment's start; a length of null lasts until the segment ends. */
  readonly startUs: number;
  readonly durationUs: number | null;
}

export interface TextTemplate {
  readonly id: string;
  readonly name: string;
  readonly resourceId: string;
  /** Back to front. */
  readonly texts: readonly TemplateText[];
}
