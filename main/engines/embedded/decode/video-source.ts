import type { AVPixelFormat } from 'node-av';
import { unreadable } from '../../../media/errors.ts';
import type { FrameReader, TimedFrame } from '../../../media/frame-reader.ts';
import { displayedSize } from '../../../media/open.ts';
import type { Span } from '../../../media/passing-over.ts';
import { hasAlpha } from '../../../media/rgba-frame.ts';
import type { Picture, PictureSource, TellDamage } from './picture-source.ts';
import type { ReaderPool } from './reader-pool.ts';
import { type Texture, textureFor, texturePicture } from './texture.ts';

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
