import { AVCOL_TRC_ARIB_STD_B67, AVCOL_TRC_SMPTE2084, FilterAPI, type Frame, Rational } from 'node-av';

/** Möbius keeps usual brightness as it is and rolls off what is beyond (up to 1000 nits); SIMD, in one step. */
const graph = 'tonemapx=tonemap=mobius:desat=0:peak=10:p=bt709:t=bt709:m=bt709:r=tv:format=yuv420p';

/** Whether a frame's brightness is coded for high dynamic range (PQ or HLG). */
export function isHdr(frame: Frame): boolean {
  return frame.colorTrc === AVCOL_TRC_SMPTE2084 || frame.colorTrc === AVCOL_TRC_ARIB_STD_B67;
}

/** Brings frames of high dynamic range to what a usual screen shows (BT.709). */
export class ToneMapper {
  private filter: FilterAPI | null = null;
  private unable = false;

  /** The frame for a usual screen, in place of the given one; that one itself where this FFmpeg cannot map it. */
  async map(frame: Frame): Promise<Frame> {
    if (this.unable) return frame;
    this.filter ??= FilterAPI.create(graph);
    const { pts, duration, bestEffortTimestamp } = frame;
    // The graph wants some clock; the frame's own stamps are put back afterwards.
    frame.timeBase = new Rational(1, 1_000_000);
    try {
      const [mapped, ...rest] = await this.filter.processAll(frame);
      for (const extra of rest) extra.free();
      if (mapped === undefined) return frame;
      mapped.pts = pts;
      mapped.duration = duration;
      mapped.bestEffortTimestamp = bestEffortTimestamp;
      frame.free();
      return mapped;
    } catch {
      this.unable = true;
      return frame;
    }
  }

  close(): void {
    this.filter?.close();
  }
}
