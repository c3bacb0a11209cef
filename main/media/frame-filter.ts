import { FilterAPI, type Frame, Rational } from 'node-av';

/** Sends frames one by one through a filter graph of FFmpeg that makes one frame of each. */
export class FrameFilter {
  private readonly graph: string;
  private filter: FilterAPI | null = null;
  private unable = false;

  constructor(graph: string) {
    this.graph = graph;
  }

  /** The filtered frame, in place of the given one; that one itself where this FFmpeg cannot do it. */
  async map(frame: Frame): Promise<Frame> {
    if (this.unable) return frame;
    this.filter ??= FilterAPI.create(this.graph);
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
