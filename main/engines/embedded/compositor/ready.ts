import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Rect } from './geometry.ts';

/** A layer that is ready to be drawn; drawing it waits for nothing. */
export interface Ready {
  /** Equal identities draw equal pictures over equal pictures. */
  readonly identity: string;
  /** What on the timeline is drawn: the same from frame to frame. */
  readonly slot: object;
  /**
   * Where it can be seen, pixels of the draft's canvas. Null for a layer that changes or mixes with what is below it: it
   * can only be drawn over that.
   */
  readonly bounds: Rect | null;
  draw(context: SKRSContext2D): void;
}
