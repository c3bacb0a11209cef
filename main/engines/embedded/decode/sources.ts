import type { Canvas, ImageData } from '@napi-rs/canvas';
import type { AVPixelFormat, Frame } from 'node-av';
import type { Damage } from '../../../media/damage.ts';
import { unreadable } from '../../../media/errors.ts';
import { FrameReader, type TimedFrame } from '../../../media/frame-reader.ts';
import { displayedSize } from '../../../media/open.ts';
import type { Span } from '../../../media/passing-over.ts';
import { frameOfCanvas, hasAlpha } from '../../../media/rgba-frame.ts';
import type { ReaderPool } from './reader-pool.ts';
import { Texture } from './texture.ts';

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

/** Pixels; pictures larger than that on the canvas are drawn from fewer. */
const largestTexture = 4096;

function textureFor(
  frame: Frame,
  factor: number,
  displayed: { width: number; height: number },
  alpha = hasAlpha(frame.format as AVPixelFormat),
) {
  const limit = Math.min(1, largestTexture / Math.max(frame.width, frame.height));
  const side = (own: number, shown: number) =>
    Math.max(1, Math.min(Math.ceil(own * limit), Math.round(shown * factor)));
  return new Texture(side(frame.width, displayed.width), side(frame.height, displayed.height), !alpha);
}

function texturePicture(texture: Texture, opaque: boolean, serial: number): Picture {
  return {
    get image() {
      return texture.canvas;
    },
    pixels: texture.pixels,
    opaque,
    serial,
  };
}

/** Is told what is wrong with a file that is shown all the same. */
export type TellDamage = (damage: Damage) => void;

/** A video read forwards. */
export class VideoSource implements PictureSource {
  readonly width: number;
  readonly height: number;
  readonly opaque: boolean;
  readonly single = false;
  private texture: Texture | null = null;
  private loaded = -1;
  private readonly reader: FrameReader;
  private readonly pool: ReaderPool;
  private readonly factor: number;

  private readonly tell: TellDamage;

  private constructor(
    reader: FrameReader,
    pool: ReaderPool,
    wanted: (width: number, height: number) => number,
    tell: TellDamage,
  ) {
    this.tell = tell;
    const stream = reader.media.video?.stream;
    if (stream === undefined) throw unreadable(reader.media.file, 'it has no picture');
    this.reader = reader;
    this.pool = pool;
    const { width, height } = displayedSize(stream);
    this.width = width;
    this.height = height;
    this.opaque = !hasAlpha(stream.codecpar.format as AVPixelFormat);
    this.factor = wanted(width, height);
  }

  /**
   * @param span what of the file will be shown, and perhaps a little beside it
   * @param wanted gives the factor from displayed pixels to output pixels, once the size is known
   * @param tell is told when the file turns out to be damaged
   * @throws StationError MEDIA_UNREADABLE
   */
  static async open(
    file: string,
    span: Span,
    pool: ReaderPool,
    wanted: (width: number, height: number) => number,
    tell: TellDamage,
  ): Promise<VideoSource> {
    const reader = await pool.take(file, span.startUs);
    reader.readUntil(span.endUs);
    return new VideoSource(reader, pool, wanted, tell);
  }

  /** Decodes up to the first frame that will be wanted. */
  async warm(timeUs: number): Promise<void> {
    await this.reader.frameAt(timeUs);
  }

  async frameAt(timeUs: number): Promise<TimedFrame | null> {
    return this.opaque ? this.read(timeUs) : null;
  }

  async pictureAt(timeUs: number): Promise<Picture | null> {
    const timed = await this.read(timeUs);
    if (timed === null) return null;
    this.texture ??= textureFor(timed.frame, this.factor, this);
    if (timed.serial !== this.loaded) {
      await this.texture.load(timed.frame);
      this.loaded = timed.serial;
    }
    return texturePicture(this.texture, this.opaque, timed.serial);
  }

  private async read(timeUs: number): Promise<TimedFrame | null> {
    const timed = await this.reader.frameAt(timeUs);
    const damage = this.reader.takeDamage();
    if (damage !== null) this.tell(damage);
    return timed;
  }

  async close(): Promise<void> {
    this.texture?.close();
    this.texture = null;
    await this.pool.give(this.reader);
  }
}

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

/** An animated picture (gif, apng) or a still one that starts again when it ends. */
export class LoopSource implements PictureSource {
  readonly width: number;
  readonly height: number;
  readonly opaque = false;
  readonly single = false;
  private readonly file: string;
  private readonly factor: number;
  private reader: FrameReader;
  private texture: Texture | null = null;
  private loaded = -1;
  private turn = 0;

  private constructor(file: string, reader: FrameReader, wanted: (width: number, height: number) => number) {
    const stream = reader.media.video?.stream;
    if (stream === undefined) throw unreadable(file, 'it has no picture');
    this.file = file;
    this.reader = reader;
    const { width, height } = displayedSize(stream);
    this.width = width;
    this.height = height;
    this.factor = wanted(width, height);
  }

  /** @throws StationError MEDIA_UNREADABLE */
  static async open(file: string, wanted: (width: number, height: number) => number): Promise<LoopSource> {
    return new LoopSource(file, await FrameReader.open(file, { threads: 1 }), wanted);
  }

  async pictureAt(timeUs: number): Promise<Picture | null> {
    const timed = await this.frameOfLoop(timeUs);
    if (timed === null) return null;
    this.texture ??= textureFor(timed.frame, this.factor, this);
    // Serials start again with every turn: the times do not.
    const serial = timed.timeUs;
    if (serial !== this.loaded) {
      await this.texture.load(timed.frame);
      this.loaded = serial;
    }
    return texturePicture(this.texture, false, serial);
  }

  async frameAt(): Promise<null> {
    return null;
  }

  async close(): Promise<void> {
    this.texture?.close();
    this.texture = null;
    await this.reader.close();
  }

  private async frameOfLoop(timeUs: number): Promise<TimedFrame | null> {
    const inTurn = (length: number) => (length > 0 ? Math.floor(Math.max(0, timeUs) / length) : 0);
    let length = this.reader.lengthUs ?? this.knownLengthUs;
    if (length === null) {
      const timed = await this.reader.frameAt(timeUs);
      length = this.reader.lengthUs;
      if (length === null || timeUs < length) return timed;
    }
    this.knownLengthUs = length;
    const turn = inTurn(length);
    const within = Math.max(0, timeUs) - turn * length;
    if (turn !== this.turn) {
      this.turn = turn;
      await this.reader.close();
      this.reader = await FrameReader.open(this.file, { threads: 1 });
    }
    return this.reader.frameAt(within);
  }

  private knownLengthUs: number | null = null;
}
