/** How an animation changes a clip at one moment; the clip itself stays what its transform and keyframes say. */
export interface Motion {
  /** Shift, as a share of the canvas width and height, +y down. */
  readonly x: number;
  readonly y: number;
  /** Factors on the clip's own size. */
  readonly scaleX: number;
  readonly scaleY: number;
  /** Degrees, clockwise, added to the clip's own. */
  readonly rotation: number;
  /** 0..1, factor on the clip's own. */
  readonly alpha: number;
  /** Radius as a share of the canvas height. */
  readonly blur: number;
  /** The part that is seen, as shares of the clip; null = all of it. */
  readonly clip: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null;
}

export const REST: Motion = { x: 0, y: 0, scaleX: 1, scaleY: 1, rotation: 0, alpha: 1, blur: 0, clip: null };

/** A motion that differs from rest in some ways; `scale` sets both axes. */
export function motion(change: Partial<Motion> & { scale?: number }): Motion {
  const { scale = 1, ...rest } = change;
  return { ...REST, scaleX: scale, scaleY: scale, ...rest };
}

/** 0..1 -> what the clip does. */
export type Animate = (progress: number) => Motion;
