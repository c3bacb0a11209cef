/** Parts of draft files as Jianying writes them, for the drafts that benchmarks render. Times in seconds. */

export type Json = Record<string, unknown>;

export const canvas = { width: 1920, height: 1080 };

/** Seconds as drafts count them: whole µs. */
export const us = (seconds: number): number => Math.round(seconds * 1e6);

export const range = (start: number, duration: number): Json => ({ start: us(start), duration: us(duration) });

export interface DraftSpec {
  readonly name: string;
  readonly seconds: number;
  readonly fps: number;
  readonly materials: Readonly<Record<string, readonly Json[]>>;
  readonly tracks: readonly { readonly type: string; readonly segments: readonly Json[] }[];
}

/** A draft of 1920x1080. */
export function draftFile({ name, seconds, fps, materials, tracks }: DraftSpec): Json {
  return {
    id: name,
    name,
    canvas_config: { ...canvas, ratio: '16:9' },
    fps,
    duration: us(seconds),
    version: 360_000,
    new_version: '110.0.0',
    platform: { app_source: 'lv', app_version: '5.9.0', os: 'windows' },
    materials: { videos: [], audios: [], texts: [], ...materials },
    tracks: tracks.map((track, index) => ({ id: `track${index}`, attribute: 0, flag: 0, ...track })),
  };
}

export const film = (id: string, path: string, seconds: number): Json => ({
  id,
  type: 'video',
  path,
  material_name: id,
  duration: us(seconds),
  has_audio: true,
  ...canvas,
});

export const photo = (id: string, path: string): Json => ({
  id,
  type: 'photo',
  path,
  material_name: id,
  duration: us(10_800),
  ...canvas,
});

export const sound = (id: string, path: string, seconds: number): Json => ({
  id,
  type: 'extract_music',
  path,
  name: id,
  duration: us(seconds),
});

export const fade = (id: string, inSeconds: number, outSeconds: number): Json => ({
  id,
  type: 'audio_fade',
  fade_in_duration: us(inSeconds),
  fade_out_duration: us(outSeconds),
});

export const transition = (id: string, name: string, seconds: number): Json => ({
  id,
  type: 'transition',
  name,
  duration: us(seconds),
  is_overlap: true,
});

export interface SegmentSpec {
  /** Part of the source; the first seconds of it when absent, null for texts. */
  readonly source?: Json | null;
  readonly speed?: number;
  readonly volume?: number;
  readonly clip?: Json;
  readonly keyframes?: readonly Json[];
  /** Ids of other materials. */
  readonly refs?: readonly string[];
}

/** A segment of a material at `start` for `duration`. */
export function segment(material: string, start: number, duration: number, spec: SegmentSpec = {}): Json {
  return {
    id: `${material}@${start}`,
    material_id: material,
    target_timerange: range(start, duration),
    source_timerange: spec.source === undefined ? range(0, duration) : spec.source,
    speed: spec.speed ?? 1,
    volume: spec.volume ?? 1,
    visible: true,
    clip: spec.clip ?? clip({}),
    common_keyframes: spec.keyframes ?? [],
    extra_material_refs: spec.refs ?? [],
  };
}

export interface ClipSpec {
  readonly scale?: number;
  readonly rotation?: number;
  readonly alpha?: number;
  readonly x?: number;
  readonly y?: number;
}

export function clip({ scale = 1, rotation = 0, alpha = 1, x = 0, y = 0 }: ClipSpec): Json {
  const flip = { horizontal: false, vertical: false };
  return { alpha, flip, rotation, scale: { x: scale, y: scale }, transform: { x, y } };
}

/** A property that goes in a straight line from one value at the segment's start to another `seconds` later. */
export function motion(property: string, from: number, to: number, seconds: number): Json {
  const at = (time: number, value: number) => ({ time_offset: us(time), values: [value], curveType: 'Line' });
  return { property_type: property, keyframe_list: [at(0, from), at(seconds, to)] };
}

/** White words with a black outline: styles in its content, and the plain fields beside it that others read. */
export function text(id: string, words: string, size: number): Json {
  const solid = (color: readonly number[]) => ({ content: { render_type: 'solid', solid: { alpha: 1, color } } });
  const strokes = [{ width: 0.08, ...solid([0, 0, 0]) }];
  const styles = [{ range: [0, words.length], size, fill: solid([1, 1, 1]), strokes }];
  return {
    id,
    type: 'subtitle',
    content: JSON.stringify({ text: words, styles }),
    font_size: size,
    text_color: '#FFFFFF',
    alignment: 1,
    line_max_width: 0.82,
  };
}
