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
  private readonly spare: Frame[] = [];
  private readonly grabbed = new Set<Frame>();

  constructor(shape: OutputShape, format: AVPixelFormat) {
    this.shape = shape;
    this.format = format;
    this.scaler.allocContext();
    this.scaler.setOption('flags', 'bicubic');
  }

  /** Takes the canvas's pixels; drawing may go on at once. Hand the frame to `release` after use. */
  grab(canvas: Canvas): Frame {
    const rgba = this.spare.pop() ?? rgbaFrame(canvas.width, canvas.height);
    rgba.data?.[0]?.set(canvas.data());
    this.grabbed.add(rgba);
    return rgba;
  }

  /** Frees a frame, or keeps it for the next grab: fresh memory costs more than the copy into it. */
  release(frame: Frame): void {
    if (this.grabbed.delete(frame)) this.spare.push(frame);
    else frame.free();
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
    for (const frame of [...this.spare.splice(0), ...this.grabbed]) frame.free();
    this.grabbed.clear();
  }
}

function rgbaFrame(width: number, height: number): Frame {
  const frame = new Frame();
  frame.alloc();
  frame.format = AV_PIX_FMT_RGBA;
  frame.width = width;
  frame.height = height;
  frame.colorSpace = AVCOL_SPC_RGB;
  frame.colorRange = AVCOL_RANGE_JPEG;
  // Rows without padding, as the canvas has them.
  if (frame.getBuffer(1) < 0) throw new StationError('RENDER_FAILED', { reason: `no memory for ${width}x${height}` });
  return frame;
}

/** The encoder decides itself what kind of picture a frame becomes. */
function forEncoder(frame: Frame): Frame {
  frame.pictType = AV_PICTURE_TYPE_NONE;
  return frame;
}
