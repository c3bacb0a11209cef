import type { Canvas } from '@napi-rs/canvas';
import {
  AV_PICTURE_TYPE_NONE,
  AV_PIX_FMT_RGBA,
  AVCOL_RANGE_JPEG,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_SPC_RGB,
  type AVPixelFormat,
  Frame,
  SoftwareScaleContext,
} from 'node-av';
import { keepBuffer } from '../../../media/buffer-frame.ts';
import { avReason } from '../../../media/open.ts';
import { tagColours } from '../../../media/rgba-frame.ts';
import { StationError } from '../../../shared/errors/index.ts';
import type { OutputShape } from './output.ts';

/** Makes encoder frames (BT.709, limited range) out of canvases and decoded frames. */
export class FrameConverter {
  private readonly scaler = new SoftwareScaleContext();
  private readonly shape: OutputShape;
  private readonly format: AVPixelFormat;
  private busy: Promise<unknown> = Promise.resolve();

  constructor(shape: OutputShape, format: AVPixelFormat) {
    this.shape = shape;
    this.format = format;
    this.scaler.allocContext();
    this.scaler.setOption('flags', 'bicubic');
  }

  /** Takes the canvas's pixels; drawing may go on at once. Free the frame. */
  grab(canvas: Canvas): Frame {
    const { width, height } = canvas;
    const pixels = canvas.data();
    const rgba = keepBuffer(Frame.fromVideoBuffer(pixels, { width, height, format: AV_PIX_FMT_RGBA }), pixels);
    rgba.colorSpace = AVCOL_SPC_RGB;
    rgba.colorRange = AVCOL_RANGE_JPEG;
    return rgba;
  }

  /** A frame for the encoder; the very same one when nothing has to change. Free the result. */
  async toEncoder(source: Frame): Promise<Frame> {
    tagColours(source);
    const { width, height } = this.shape;
    const fits = source.width === width && source.height === height && source.format === this.format;
    if (fits && source.colorSpace === AVCOL_SPC_BT709 && source.colorRange !== AVCOL_RANGE_JPEG) {
      const same = source.clone();
      if (same !== null) return forEncoder(same);
    }
    const frame = new Frame();
    frame.alloc();
    frame.format = this.format;
    frame.width = width;
    frame.height = height;
    frame.colorSpace = AVCOL_SPC_BT709;
    frame.colorRange = AVCOL_RANGE_MPEG;
    // One scaling context serves one frame at a time.
    const scaling = this.busy.then(() => this.scaler.scaleFrame(frame, source));
    this.busy = scaling;
    const scaled = await scaling;
    if (scaled < 0) {
      frame.free();
      throw new StationError('RENDER_FAILED', { reason: `scaling a frame: ${avReason(scaled)}` });
    }
    return forEncoder(frame);
  }

  close(): void {
    this.scaler.freeContext();
  }
}

/** The encoder decides itself what kind of picture a frame becomes. */
function forEncoder(frame: Frame): Frame {
  frame.pictType = AV_PICTURE_TYPE_NONE;
  return frame;
}
