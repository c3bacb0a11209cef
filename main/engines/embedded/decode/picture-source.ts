import type { Canvas, ImageData } from '@napi-rs/canvas';
import type { Damage } from '../../../media/damage.ts';
import type { TimedFrame } from '../../../media/frame-reader.ts';

/** One picture ready to be drawn. */
export interface Picture {
  readonly image: Canvas;
  /** The same pixels, where they are at hand for putting them somewhere unchanged. */
  readonly pixels: ImageData | null;
  readonly opaque: boolean;
  /** Two pictures of one source with equal serials are the same. */
  readonly serial: number;
}

/** Where a segment's pictures come from. */
export interface PictureSource {
  /** Displayed pixels, whole picture. */
  readonly width: number;
  readonly height: number;
  /** None of its pictures has a transparent part. */
  readonly opaque: boolean;
  /** It shows one and the same picture all the time. */
  readonly single: boolean;
  /** The picture at a time of the source; null when the file has none. */
  pictureAt(timeUs: number): Promise<Picture | null>;
  /** The same as a frame, for sources that can give it opaque; else null. */
  frameAt(timeUs: number): Promise<TimedFrame | null>;
  close(): Promise<void>;
}

/** Is told what is wrong with a file that is shown all the same. */
export type TellDamage = (damage: Damage) => void;
