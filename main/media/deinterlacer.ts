import { AV_FRAME_FLAG_INTERLACED, FilterAPI, type Frame, Rational } from 'node-av';

/** One frame for each: the picture of the first of its two fields. Frames that are not interlaced stay as they are. */
const graph = 'bwdif=mode=send_frame:parity=auto:deint=interlaced';

/** What is known of a frame in the graph, which wants some clock of its own: the stamps are put back afterwards. */
interface Inside {
  readonly stamps: Pick<Frame, 'pts' | 'duration' | 'bestEffortTimestamp'>;
  readonly onlyNeighbour: boolean;
}

/**
 * Makes whole pictures of frames that consist of two half pictures of different moments. It looks at the neighbours of a
 * frame, so each comes out when the next one goes in.
 */
export class Deinterlacer {
  private filter: FilterAPI | null = null;
  /** What the graph was made for. */
  private shape = '';
  private readonly inside: Inside[] = [];
  private unable = false;

  /**
   * Frames that are ready, oldest first, in place of the given one.
   * @param onlyNeighbour it does not come out: the frame before it is not to be had, so it would look different
   */
  async push(frame: Frame, onlyNeighbour: boolean): Promise<Frame[]> {
    if (this.unable) return [asWhole(frame)];
    const shape = `${frame.width}x${frame.height} ${frame.format}`;
    const before = shape === this.shape ? [] : await this.rest();
    this.shape = shape;
    const { pts, duration, bestEffortTimestamp } = frame;
    try {
      this.filter ??= FilterAPI.create(graph);
      frame.timeBase = new Rational(1, 1_000_000);
      const made = await this.filter.processAll(frame);
      this.inside.push({ stamps: { pts, duration, bestEffortTimestamp }, onlyNeighbour });
      frame.free();
      return [...before, ...this.stamped(made)];
    } catch {
      // Too small, or an FFmpeg without the filter: better combed than not shown.
      this.unable = true;
      return [...before, asWhole(frame)];
    }
  }

  /** The frames that are still inside, at the end of the film. */
  async rest(): Promise<Frame[]> {
    const made: Frame[] = [];
    if (this.filter !== null) for await (const frame of this.filter.flushFrames()) made.push(frame);
    const frames = this.stamped(made);
    this.forget();
    return frames;
  }

  /** Begins anew: what comes next does not follow what came before. */
  forget(): void {
    this.filter?.close();
    this.filter = null;
    this.shape = '';
    this.inside.length = 0;
  }

  private stamped(made: readonly Frame[]): Frame[] {
    const stamped: Frame[] = [];
    for (const frame of made) {
      const known = this.inside.shift();
      if (known?.onlyNeighbour === true) frame.free();
      else stamped.push(Object.assign(asWhole(frame), known?.stamps));
    }
    return stamped;
  }
}

/** Says that a frame is one picture: converters refuse to mix both kinds. */
export function asWhole(frame: Frame): Frame {
  frame.clearFlags(AV_FRAME_FLAG_INTERLACED);
  return frame;
}
