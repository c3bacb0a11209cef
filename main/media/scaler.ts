import { type Frame, SoftwareScaleContext } from 'node-av';
import { StationError } from '../shared/errors/index.ts';
import { avReason } from './open.ts';

/** How pictures are scaled, in the words of swscale. */
const ways = {
  /** May cut fractions of a shade off. */
  quick: 'bicubic',
  /** To the nearest shade. */
  exact: 'bicubic+accurate_rnd',
  /** For pictures that keep their size: each pixel by itself, and coarse colours come out again as they were. */
  none: 'neighbor+accurate_rnd',
} as const;

/** A scaling context; it serves one frame at a time. */
export class Scaler {
  private readonly context = new SoftwareScaleContext();
  private busy: Promise<unknown> = Promise.resolve();

  constructor(way: keyof typeof ways = 'quick') {
    this.context.allocContext();
    this.context.setOption('sws_flags', ways[way]);
  }

  /**
   * Scales and converts a frame into another one.
   * @throws StationError RENDER_FAILED
   */
  async scale(to: Frame, from: Frame): Promise<void> {
    const scaling = this.busy.then(() => this.context.scaleFrame(to, from));
    this.busy = scaling;
    const scaled = await scaling;
    if (scaled < 0) throw new StationError('RENDER_FAILED', { reason: `scaling a frame: ${avReason(scaled)}` });
  }

  /** What is being scaled is finished first. */
  close(): void {
    void this.busy.finally(() => this.context.freeContext());
  }
}
