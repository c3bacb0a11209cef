/** A feature of drafts, shown by a small draft of its own in Jianying's format. */

export type Json = Record<string, unknown>;
/** A material and the list of `materials` that it stands in. */
export type Ref = readonly [list: string, material: Json];

export type MediaName =
  | 'card'
  | 'other'
  | 'tall'
  | 'film'
  | 'moving'
  | 'ring'
  | 'vector'
  | 'green'
  | 'badge'
  | 'chart'
  | 'table';

/** A segment in few words; what is not said is as in an untouched clip. */
export interface Item {
  readonly media?: MediaName;
  /** Fields of the media's material besides path and kind. */
  readonly material?: Json;
  /** A `materials.texts` entry. */
  readonly text?: Json;
  /** The segment's own material in another list (effects, compound drafts, templates). */
  readonly shows?: Ref;
  /** The timeline of a compound clip. */
  readonly inner?: Pick<Scene, 'lines' | 'canvas'>;
  /** Seconds. */
  readonly start?: number;
  readonly duration?: number;
  /** Fields of the segment. */
  readonly segment?: Json;
  /** What the segment refers to. */
  readonly refs?: readonly Ref[];
}

export interface Line {
  readonly type: string;
  readonly items: readonly Item[];
}

export interface Scene {
  /** Unique, in file-name letters. */
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly lines: readonly Line[];
  /** Moments to show, seconds. */
  readonly at: readonly number[];
  readonly canvas?: { readonly width: number; readonly height: number };
}

export const seconds = (value: number): number => Math.round(value * 1e6);

/** Everything about a clip that is not said: nothing. */
export const clip = (change: Json = {}): Json => ({
  clip: {
    alpha: 1,
    flip: { horizontal: false, vertical: false },
    rotation: 0,
    scale: { x: 1, y: 1 },
    transform: { x: 0, y: 0 },
    ...change,
  },
});

export const scaled = (x: number, y = x): Json => ({ scale: { x, y } });
export const moved = (x: number, y: number): Json => ({ transform: { x, y } });

/** Keyframes of one property: [seconds, value] pairs. */
export function keyframes(property: string, points: readonly (readonly [at: number, value: number])[]): Json {
  return {
    property_type: property,
    keyframe_list: points.map(([at, value]) => ({
      time_offset: seconds(at),
      values: [value],
      curveType: 'Line',
      left_control: { x: 0, y: 0 },
      right_control: { x: 0, y: 0 },
    })),
  };
}

/** One video track with these items. */
export const onTrack = (...items: readonly Item[]): Line[] => [{ type: 'video', items }];

/** The usual picture beneath, and one more track above. */
export const above = (item: Item, type = 'video', below: Item = { media: 'other' }): Line[] => [
  { type: 'video', items: [below] },
  { type, items: [item] },
];
