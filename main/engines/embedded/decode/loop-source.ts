import { unreadable } from '../../../media/errors.ts';
import { FrameReader, type TimedFrame } from '../../../media/frame-reader.ts';
import { displayedSize } from '../../../media/open.ts';
import type { Picture, PictureSource } from './picture-source.ts';
import { type Texture, textureFor, texturePicture } from './texture.ts';

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
