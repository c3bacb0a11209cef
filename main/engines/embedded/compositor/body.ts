import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Picture } from '../decode/picture-source.ts';
import type { TextPicture } from '../text/index.ts';
import { drawPicture } from './draw-picture.ts';
import type { Region, Size } from './geometry.ts';

/** What a segment looks like before it is put in its place: pixels of the draft's canvas at clip scale 1. */
export interface Body {
  /** The footprint around the clip's centre. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Equal identities of one segment are equal pictures. */
  readonly identity: string;
  /** Parts of it may lie outside its footprint. */
  readonly spills?: boolean;
  /** Covers its whole footprint. */
  readonly opaque: boolean;
  /** The pixels themselves when they may be put on the canvas as they are, where they fit exactly. */
  readonly picture: Picture | null;
  /** Draws with the origin at the clip's centre. */
  paint(context: SKRSContext2D): void;
}

/** A picture region fitted into the canvas. */
export function pictureBody(picture: Picture, region: Region, fitted: Size): Body {
  const whole = region.x === 0 && region.y === 0 && region.width === 1 && region.height === 1 && region.turn === 0;
  return {
    left: -fitted.width / 2,
    top: -fitted.height / 2,
    ...fitted,
    identity: String(picture.serial),
    opaque: picture.opaque,
    picture: whole ? picture : null,
    paint: (context) => drawPicture(context, picture, region, fitted),
  };
}

/** A drawn text; its block's centre is the clip's centre. */
export function textBody(text: TextPicture): Body {
  const { canvas, width, height, originX, originY } = text;
  return {
    left: -originX,
    top: -originY,
    width,
    height,
    identity: text.cacheKey,
    opaque: false,
    picture: null,
    paint: (context) => void context.drawImage(canvas, -originX, -originY, width, height),
  };
}

/** Several bodies, each at its own place within the clip, back to front. */
export function groupBody(
  members: readonly { readonly body: Body; readonly place: (context: SKRSContext2D) => void }[],
  footprint: Size,
): Body {
  return {
    left: -footprint.width / 2,
    top: -footprint.height / 2,
    ...footprint,
    spills: true,
    identity: members.map(({ body }) => body.identity).join('+'),
    opaque: false,
    picture: null,
    paint(context) {
      for (const { body, place } of members) {
        context.save();
        place(context);
        body.paint(context);
        context.restore();
      }
    },
  };
}
