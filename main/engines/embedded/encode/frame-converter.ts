import type { Canvas } from '@napi-rs/canvas';
import {
  AV_PICTURE_TYPE_NONE,
  AV_PIX_FMT_NV12,
  AV_PIX_FMT_RGBA,
  AV_PIX_FMT_YUV444P,
  AVCOL_RANGE_JPEG,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  type AVPixelFormat,
  Frame,
} from 'node-av';
import { keepBuffer } from '../../../media/buffer-frame.ts';
import { frameOfCanvas, tagColours } from '../../../media/rgba-frame.ts';
import { Scaler } from '../../../media/scaler.ts';
import type { YuvPixels } from './lay-patch.ts';
import type { OutputShape } from './output.ts';
import type { EncoderFrame } from './shared-frame.ts';

/** An encoder frame whose samples are in memory of our own, to be changed. */
export interface OwnFrame extends EncoderFrame {
  readonly pixels: YuvPixels;
}

/** Rows of very narrow pictures are written in groups that reach beyond them, bytes. */
const roomBehind = 64;

/** Makes encoder frames (BT.709, limited range) out of canvases and decoded frames. */
export class FrameConverter {
  private readonly shape: OutputShape;
  private readonly format: AVPixelFormat;
  private readonly scalers = { canvas: new Scaler(), clip: new Scaler(), copy: new Scaler() };
  private readonly idle: OwnFrame[] = [];
  private closed = false;

  constructor(shape: OutputShape, format: AVPixelFormat) {
    this.shape = shape;
    this.format = format;
  }

  /** Takes the canvas's pixels; drawing may go on at once. Free the frame. */
  grab(canvas: Canvas): Frame {
    return frameOfCanvas(canvas);
  }

  /** A frame for the encoder; the very same one when nothing has to change. Free the result. */
  async toEncoder(source: Frame): Promise<Frame> {
    tagColours(source);
    if (this.fits(source)) {
      const same = source.clone();
      if (same !== null) return forEncoder(same);
    }
    const frame = new Frame();
    frame.alloc();
    frame.format = this.format;
    frame.width = this.shape.width;
    frame.height = this.shape.height;
    try {
      await this.scalerFor(source).scale(forEncoder(frame), source);
    } catch (error) {
      frame.free();
      throw error;
    }
    return frame;
  }

  /** A copy for the encoder whose samples may be changed. Free the result. */
  async toOwn(source: Frame): Promise<OwnFrame> {
    tagColours(source);
    const own = this.blank();
    try {
      await this.scalerFor(source).scale(own.frame, source);
    } catch (error) {
      own.free();
      throw error;
    }
    return own;
  }

  /** Memory for a frame all of which will be written. */
  blank(): OwnFrame {
    return this.idle.pop() ?? this.makeOwn();
  }

  /** What is still being made or used is freed later. */
  close(): void {
    this.closed = true;
    for (const scaler of Object.values(this.scalers)) scaler.close();
    for (const { frame } of this.idle.splice(0)) frame.free();
  }

  private fits(source: Frame): boolean {
    const { width, height } = this.shape;
    const same = source.width === width && source.height === height && source.format === this.format;
    return same && source.colorSpace === AVCOL_SPC_BT709 && source.colorRange !== AVCOL_RANGE_JPEG;
  }

  /** One for each kind of source: setting a scaler up anew for every frame would take longer than scaling. */
  private scalerFor(source: Frame): Scaler {
    if (source.format === AV_PIX_FMT_RGBA) return this.scalers.canvas;
    return this.fits(source) ? this.scalers.copy : this.scalers.clip;
  }

  private makeOwn(): OwnFrame {
    const { width, height } = this.shape;
    const side = this.format === AV_PIX_FMT_YUV444P ? 1 : 2;
    const [area, part] = [width * height, (width / side) * (height / side)];
    const memory = Buffer.alloc(area + 2 * part + roomBehind);
    const frame = keepBuffer(Frame.fromVideoBuffer(memory, { width, height, format: this.format }), memory);
    const colours: Pick<YuvPixels, 'u' | 'v' | 'chromaStride' | 'chromaStep'> =
      this.format === AV_PIX_FMT_NV12
        ? { u: memory.subarray(area), v: memory.subarray(area + 1), chromaStride: width, chromaStep: 2 }
        : {
            u: memory.subarray(area, area + part),
            v: memory.subarray(area + part),
            chromaStride: width / side,
            chromaStep: 1,
          };
    const pixels = { y: memory.subarray(0, area), yStride: width, ...colours };
    const own: OwnFrame = { frame: forEncoder(frame), pixels, free: () => this.takeBack(own) };
    return own;
  }

  private takeBack(own: OwnFrame): void {
    if (this.closed) own.frame.free();
    else this.idle.push(own);
  }
}

/** Tagged as what it becomes; the encoder decides itself what kind of picture it is. */
function forEncoder(frame: Frame): Frame {
  frame.colorSpace = AVCOL_SPC_BT709;
  frame.colorRange = AVCOL_RANGE_MPEG;
  frame.pictType = AV_PICTURE_TYPE_NONE;
  return frame;
}
