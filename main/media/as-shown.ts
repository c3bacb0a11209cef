import {
  AV_FRAME_DATA_DISPLAYMATRIX,
  AV_FRAME_FLAG_INTERLACED,
  AVCOL_TRC_ARIB_STD_B67,
  AVCOL_TRC_SMPTE2084,
  type AVPixelFormat,
  type Frame,
} from 'node-av';
import { asWhole, Deinterlacer } from './deinterlacer.ts';
import { FrameFilter } from './frame-filter.ts';
import { type Orientation, orientationFromMatrix, swapsSides } from './orientation.ts';
import { isRgb } from './rgba-frame.ts';

/** Möbius keeps usual brightness as it is and rolls off what is beyond (up to 1000 nits); SIMD, in one step. */
const toneMapping = 'tonemapx=tonemap=mobius:desat=0:peak=10:p=bt709:t=bt709:m=bt709:r=tv:format=yuv420p';

/** Makes decoded frames what a player shows: whole pictures within the range of a usual screen (BT.709), and upright. */
export class AsShown {
  private readonly ofStream: Orientation;
  private readonly photo: boolean;
  /** Null until a frame is interlaced. */
  private deinterlacer: Deinterlacer | null = null;
  private afterJump = false;
  private readonly toneMapper = new FrameFilter(toneMapping);
  /** Known from the first frame on; null = frames are upright as they are. */
  private turner: FrameFilter | null | undefined;

  /**
   * @param ofStream how the container says that the pictures must be turned
   * @param photo the picture itself may say how (EXIF)
   */
  constructor(ofStream: Orientation, photo: boolean) {
    this.ofStream = ofStream;
    this.photo = photo;
  }

  /** Whether what a frame looks like depends on those beside it. */
  get looksAtNeighbours(): boolean {
    return this.deinterlacer !== null;
  }

  /** The frames as they are shown that are ready now, oldest first, in place of the given one. */
  async of(frame: Frame): Promise<Frame[]> {
    if (this.deinterlacer === null && isInterlaced(frame)) {
      // Of such pictures it says only that their rows are stored in another order (PNG).
      if (this.photo || isRgb(frame.format as AVPixelFormat)) asWhole(frame);
      else this.deinterlacer = new Deinterlacer();
    }
    const onlyNeighbour = this.afterJump;
    this.afterJump = false;
    return this.shown(this.deinterlacer === null ? [frame] : await this.deinterlacer.push(frame, onlyNeighbour));
  }

  /** The frames that were held back, at the end of the film. */
  async rest(): Promise<Frame[]> {
    return this.shown((await this.deinterlacer?.rest()) ?? []);
  }

  /**
   * What comes next does not follow what came before.
   * @param toStart it begins with the first frame of the film
   */
  jump(toStart: boolean): void {
    this.afterJump = !toStart;
    this.deinterlacer?.forget();
  }

  close(): void {
    this.deinterlacer?.forget();
    this.toneMapper.close();
    this.turner?.close();
  }

  private async shown(frames: readonly Frame[]): Promise<Frame[]> {
    const shown: Frame[] = [];
    for (const frame of frames) {
      if (this.turner === undefined) this.turner = turnerFor(this.orientationOf(frame));
      const mapped = isHdr(frame) ? await this.toneMapper.map(frame) : frame;
      shown.push(this.turner === null ? mapped : await this.turner.map(mapped));
    }
    return shown;
  }

  private orientationOf(frame: Frame): Orientation {
    const matrix = this.photo ? frame.getSideData(AV_FRAME_DATA_DISPLAYMATRIX) : null;
    return matrix === null ? this.ofStream : orientationFromMatrix(matrix);
  }
}

function isInterlaced(frame: Frame): boolean {
  return frame.hasFlags(AV_FRAME_FLAG_INTERLACED);
}

/** Whether a frame's brightness is coded for high dynamic range (PQ or HLG). */
function isHdr(frame: Frame): boolean {
  return frame.colorTrc === AVCOL_TRC_SMPTE2084 || frame.colorTrc === AVCOL_TRC_ARIB_STD_B67;
}

function turnerFor(orientation: Orientation): FrameFilter | null {
  const filters = swapsSides(orientation) ? [quarterTurn(orientation)] : flips(orientation);
  return filters.length === 0 ? null : new FrameFilter(filters.join(','));
}

/** FFmpeg names quarter turns by their way round; a flip may follow. */
function quarterTurn({ b, c }: Orientation): string {
  const way = b > 0 ? (c < 0 ? 'clock' : 'cclock_flip') : c > 0 ? 'cclock' : 'clock_flip';
  return `transpose=${way}`;
}

function flips({ a, d }: Orientation): string[] {
  return [...(a < 0 ? ['hflip'] : []), ...(d < 0 ? ['vflip'] : [])];
}
