import { ImageData } from '@napi-rs/canvas';
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
  SoftwareScaleContext,
} from 'node-av';
import { StationError } from '../shared/errors/index.ts';
import { keepBuffer } from './buffer-frame.ts';
import { avReason } from './open.ts';

/**
 * An RGBA frame of FFmpeg whose memory is at once an ImageData: swscale writes it, Skia reads it, nobody copies it. The
 * memory is JavaScript's: Electron shows the memory of native code only as a copy.
 */
export class RgbaFrame {
  readonly image: ImageData;
  private readonly frame: Frame;
  private readonly scaler = new SoftwareScaleContext();

  constructor(width: number, height: number) {
    const pixels = Buffer.alloc(width * height * 4);
    this.image = new ImageData(new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.length), width, height);
    this.frame = keepBuffer(Frame.fromVideoBuffer(pixels, { width, height, format: AV_PIX_FMT_RGBA }), pixels);
    this.frame.colorSpace = AVCOL_SPC_RGB;
    this.frame.colorRange = AVCOL_RANGE_JPEG;
    this.scaler.allocContext();
    this.scaler.setOption('flags', 'bicubic');
  }

  /** Scales and converts a frame into `image`. */
  async load(source: Frame): Promise<void> {
    tagColours(source);
    const scaled = await this.scaler.scaleFrame(this.frame, source);
    if (scaled < 0) throw new StationError('RENDER_FAILED', { reason: `scaling a frame: ${avReason(scaled)}` });
  }

  close(): void {
    this.scaler.freeContext();
    this.frame.free();
  }
}

/** Frames that do not say which matrix made them: HD is BT.709, anything smaller BT.601, as players assume. */
export function tagColours(frame: Frame): void {
  if (frame.colorSpace !== AVCOL_SPC_UNSPECIFIED || isRgb(frame.format as AVPixelFormat)) return;
  frame.colorSpace = frame.height >= 720 || frame.width >= 1280 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
}

function formatName(format: AVPixelFormat): string {
  return avGetPixFmtName(format) ?? '';
}

function isRgb(format: AVPixelFormat): boolean {
  return /rgb|bgr|gbr|pal8/.test(formatName(format));
}

/** Whether pictures of this pixel format can have transparent parts. */
export function hasAlpha(format: AVPixelFormat): boolean {
  return format === AV_PIX_FMT_PAL8 || /yuva|rgba|bgra|argb|abgr|gbrap|ya8|ya16|rgba64|bgra64/.test(formatName(format));
}
