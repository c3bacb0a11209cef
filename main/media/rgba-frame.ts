import { type Canvas, ImageData } from '@napi-rs/canvas';
import {
  AV_PIX_FMT_PAL8,
  AV_PIX_FMT_RGBA,
  AVCOL_RANGE_JPEG,
  AVCOL_SPC_BT709,
  AVCOL_SPC_RGB,
  AVCOL_SPC_SMPTE170M,
  AVCOL_SPC_UNSPECIFIED,
  type AVPixelFormat,
  avGetPixFmtName,
  Frame,
} from 'node-av';
import { StationError } from '../shared/errors/index.ts';
import { keepBuffer } from './buffer-frame.ts';
import { Scaler } from './scaler.ts';

/** Converters write whole groups of this many pixels, or leave the last ones out. */
const groupPixels = 16;

/**
 * An RGBA frame of FFmpeg whose memory is at once an ImageData: swscale writes it, Skia reads it, nobody copies it. The
 * memory is JavaScript's: Electron shows the memory of native code only as a copy.
 */
export class RgbaFrame {
  readonly image: ImageData;
  private readonly frame: Frame;
  private readonly scaler = new Scaler();
  /** Where rows do not end with a group, they are converted with room behind them first. */
  private readonly roomy: { readonly frame: Frame; readonly copier: Scaler } | null;

  constructor(width: number, height: number) {
    const pixels = Buffer.alloc(width * height * 4);
    this.image = new ImageData(new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.length), width, height);
    this.frame = keepBuffer(Frame.fromVideoBuffer(pixels, { width, height, format: AV_PIX_FMT_RGBA }), pixels);
    this.roomy = width % groupPixels === 0 ? null : { frame: roomyFrame(width, height), copier: new Scaler() };
    for (const frame of [this.frame, this.roomy?.frame]) {
      if (frame === undefined) continue;
      frame.colorSpace = AVCOL_SPC_RGB;
      frame.colorRange = AVCOL_RANGE_JPEG;
    }
  }

  /** Scales and converts a frame into `image`. */
  async load(source: Frame): Promise<void> {
    tagColours(source);
    const { frame, roomy, scaler } = this;
    await scaler.scale(roomy?.frame ?? frame, source);
    await roomy?.copier.scale(frame, roomy.frame);
  }

  close(): void {
    this.scaler.close();
    this.roomy?.copier.close();
    this.roomy?.frame.free();
    this.frame.free();
  }
}

/** A frame with what is on an opaque canvas now. Free it together with its buffer. */
export function frameOfCanvas(canvas: Canvas): Frame {
  const { width, height } = canvas;
  const pixels = canvas.data();
  const frame = keepBuffer(Frame.fromVideoBuffer(pixels, { width, height, format: AV_PIX_FMT_RGBA }), pixels);
  frame.colorSpace = AVCOL_SPC_RGB;
  frame.colorRange = AVCOL_RANGE_JPEG;
  return frame;
}

/** @throws StationError RENDER_FAILED */
function roomyFrame(width: number, height: number): Frame {
  const frame = new Frame();
  frame.alloc();
  frame.format = AV_PIX_FMT_RGBA;
  frame.width = width;
  frame.height = height;
  if (frame.getBuffer(0) < 0)
    throw new StationError('RENDER_FAILED', { reason: `no memory for a ${width}x${height} picture` });
  return frame;
}

/** Frames that do not say which matrix made them: HD is BT.709, anything smaller BT.601, as players assume. */
export function tagColours(frame: Frame): void {
  if (frame.colorSpace !== AVCOL_SPC_UNSPECIFIED || isRgb(frame.format as AVPixelFormat)) return;
  frame.colorSpace = frame.height >= 720 || frame.width >= 1280 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
}

function formatName(format: AVPixelFormat): string {
  return avGetPixFmtName(format) ?? '';
}

/** Whether a pixel format stores red, green and blue. */
export function isRgb(format: AVPixelFormat): boolean {
  return /rgb|bgr|gbr|pal8/.test(formatName(format));
}

/** Whether pictures of this pixel format can have transparent parts. */
export function hasAlpha(format: AVPixelFormat): boolean {
  return format === AV_PIX_FMT_PAL8 || /yuva|rgba|bgra|argb|abgr|gbrap|ya8|ya16|rgba64|bgra64/.test(formatName(format));
}
