import { AV_PIX_FMT_GRAY8, AVCOL_RANGE_JPEG, Frame, SoftwareScaleContext } from 'node-av';

/** Places of a video that are looked at, as shares of its duration. */
export const lookShares: readonly number[] = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1];
/** A picture whose brightest part is below this (of 255, full range) is black. */
export const blackBelow = 20;
const lookSize = 64;

/** Brightness of the brightest part of a frame, 0..255. */
export class Brightness {
  private readonly small = new Frame();
  private readonly scaler = new SoftwareScaleContext();

  constructor() {
    this.small.alloc();
    this.small.format = AV_PIX_FMT_GRAY8;
    this.small.width = lookSize;
    this.small.height = lookSize;
    this.small.colorRange = AVCOL_RANGE_JPEG;
    this.small.getBuffer(1);
    this.scaler.allocContext();
    this.scaler.setOption('flags', 'area');
  }

  async of(frame: Frame): Promise<number> {
    await this.scaler.scaleFrame(this.small, frame);
    return (this.small.data?.[0] ?? Buffer.alloc(0)).reduce((most, value) => Math.max(most, value), 0);
  }

  close(): void {
    this.scaler.freeContext();
    this.small.free();
  }
}
