import type { AVPixelFormat } from 'node-av';
import { unreadable } from '../../../media/errors.ts';
import { FrameReader, type TimedFrame } from '../../../media/frame-reader.ts';
import { frameOfCanvas, hasAlpha } from '../../../media/rgba-frame.ts';
import type { Picture, PictureSource, TellDamage } from './picture-source.ts';
import { textureFor } from './texture.ts';

/** A photo: decoded once. */
export class PhotoSource implements PictureSource {
  readonly width: number;
  readonly height: number;
  readonly opaque: boolean;
  readonly single = true;
  private readonly picture: Picture;
  private frame: TimedFrame | null = null;

  private constructor(width: number, height: number, picture: Picture) {
    this.width = width;
    this.height = height;
    this.opaque = picture.opaque;
    this.picture = picture;
  }

  /**
   * @param tell is told when the photo turned out to be damaged
   * @throws StationError MEDIA_UNREADABLE
   */
  static open(
    file: string,
    wanted: (width: number, height: number) => number,
    tell: TellDamage = () => {},
  ): Promise<PhotoSource> {
    const decode = async () => {
      try {
        return await PhotoSource.decoded(file, wanted, true);
      } catch {
        const incomplete = await PhotoSource.decoded(file, wanted, false);
        tell('broken');
        return incomplete;
      }
    };
    const opened = PhotoSource.turn.then(decode);
    PhotoSource.turn = opened.catch(() => {});
    return opened;
  }

  /** One after the other: the largest photo takes a GB while it is decoded, and many may be wanted at once. */
  private static turn: Promise<unknown> = Promise.resolve();

  private static async decoded(
    file: string,
    wanted: (width: number, height: number) => number,
    strict: boolean,
  ): Promise<PhotoSource> {
    const reader = await FrameReader.open(file, { threads: 1, photo: true, strict });
    try {
      const timed = await reader.frameAt(0);
      if (timed === null) throw unreadable(file, 'it has no picture');
      const { width, height } = timed.frame;
      const textureWith = async (alpha: boolean) => {
        const texture = textureFor(timed.frame, wanted(width, height), { width, height }, alpha);
        await texture.load(timed.frame);
        return texture;
      };
      let opaque = !hasAlpha(timed.frame.format as AVPixelFormat);
      let texture = await textureWith(!opaque);
      // Many photos could have transparent parts and have none.
      if (!opaque && texture.opaque) {
        texture.close();
        opaque = true;
        texture = await textureWith(false);
      }
      const image = texture.canvas;
      texture.close();
      return new PhotoSource(width, height, { image, pixels: null, opaque, serial: 0 });
    } finally {
      await reader.close();
    }
  }

  async pictureAt(): Promise<Picture> {
    return this.picture;
  }

  async frameAt(): Promise<TimedFrame | null> {
    const { image, opaque, serial } = this.picture;
    if (!opaque) return null;
    this.frame ??= { frame: frameOfCanvas(image), timeUs: 0, serial };
    return this.frame;
  }

  async close(): Promise<void> {
    this.frame?.frame.free();
    this.frame = null;
  }
}
