import { type Canvas, ImageData } from '@napi-rs/canvas';
import {
  AV_PIX_FMT_GBRAP,
  AV_PIX_FMT_GBRP,
  AV_PIX_FMT_PAL8,
  AV_PIX_FMT_RGBA,
  AVCHROMA_LOC_UNSPECIFIED,
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

/** A picture on its way into an RGBA frame. */
interface Between {
  readonly frame: Frame;
  /** Into it, and out of it. */
  readonly scaler: Scaler;
  readonly copier: Scaler;
}

/**
 * An RGBA frame of FFmpeg whose memory is at once an ImageData: swscale writes it, Skia reads it, nobody copies it. The
 * memory is JavaScript's: Electron shows the memory of native code only as a copy.
 */
export class RgbaFrame {
  readonly image: ImageData;
  private readonly frame: Frame;
  private readonly scaler = new Scaler();
  private readonly between = new Map<string, Between>();

  constructor(width: number, height: number) {
    const pixels = Buffer.alloc(width * height * 4);
    this.image = new ImageData(new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.length), width, height);
    this.frame = keepBuffer(Frame.fromVideoBuffer(pixels, { width, height, format: AV_PIX_FMT_RGBA }), pixels);
    tagRgb(this.frame);
  }

  /** Scales and converts a frame into `image`. */
  async load(source: Frame): Promise<void> {
    tagColours(source);
    const between = this.betweenFor(source);
    if (between === null) return this.scaler.scale(this.frame, source);
    await between.scaler.scale(between.frame, source);
    await between.copier.scale(this.frame, between.frame);
  }

  private betweenFor(source: Frame): Between | null {
    const { width, height } = this.image;
    const format = this.formatBetween(source.format as AVPixelFormat);
    if (format === null) return null;
    const scaling = source.width === width && source.height === height ? 'none' : 'exact';
    const key = `${format} ${scaling}`;
    const known = this.between.get(key);
    if (known !== undefined) return known;
    const made = { frame: roomyFrame(width, height, format), scaler: new Scaler(scaling), copier: new Scaler() };
    tagRgb(made.frame);
    this.between.set(key, made);
    return made;
  }

  /**
   * Straight from YUV to packed RGB swscale cuts fractions off, which makes pictures one or two shades darker than they are
   * where they are encoded undrawn; into planes it rounds. Null = nothing between.
   */
  private formatBetween(source: AVPixelFormat): AVPixelFormat | null {
    if (!isRgb(source)) return hasAlpha(source) ? AV_PIX_FMT_GBRAP : AV_PIX_FMT_GBRP;
    // Where rows do not end with a group, they are converted with room behind them first.
    return this.image.width % groupPixels === 0 ? null : AV_PIX_FMT_RGBA;
  }

  close(): void {
    this.scaler.close();
    for (const { frame, scaler, copier } of this.between.values()) {
      scaler.close();
      copier.close();
      frame.free();
    }
    this.frame.free();
  }
}

/** A frame with what is on an opaque canvas now. Free it together with its buffer. */
export function frameOfCanvas(canvas: Canvas): Frame {
  const { width, height } = canvas;
  const pixels = canvas.data();
  const frame = keepBuffer(Frame.fromVideoBuffer(pixels, { width, height, format: AV_PIX_FMT_RGBA }), pixels);
  tagRgb(frame);
  return frame;
}

function tagRgb(frame: Frame): void {
  frame.colorSpace = AVCOL_SPC_RGB;
  frame.colorRange = AVCOL_RANGE_JPEG;
}

/** @throws StationError RENDER_FAILED */
function roomyFrame(width: number, height: number, format: AVPixelFormat): Frame {
  const frame = new Frame();
  frame.alloc();
  frame.format = format;
  frame.width = width;
  frame.height = height;
  if (frame.getBuffer(0) < 0)
    throw new StationError('RENDER_FAILED', { reason: `no memory for a ${width}x${height} picture` });
  return frame;
}

/**
 * Frames that do not say which matrix made them: HD is BT.709, anything smaller BT.601, as players assume. Where colour
 * samples lie, half a pixel aside or not, is left as it is in the video, so it does not count in between.
 */
export function tagColours(frame: Frame): void {
  frame.chromaLocation = AVCHROMA_LOC_UNSPECIFIED;
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
