import { AV_FRAME_DATA_DISPLAYMATRIX, AVCOL_TRC_ARIB_STD_B67, AVCOL_TRC_SMPTE2084, type Frame } from 'node-av';
import { FrameFilter } from './frame-filter.ts';
import { type Orientation, orientationFromMatrix, swapsSides } from './orientation.ts';

/** Möbius keeps usual brightness as it is and rolls off what is beyond (up to 1000 nits); SIMD, in one step. */
const toneMapping = 'tonemapx=tonemap=mobius:desat=0:peak=10:p=bt709:t=bt709:m=bt709:r=tv:format=yuv420p';

/** Makes decoded frames what a player shows: within the range of a usual screen (BT.709), and upright. */
export class AsShown {
  private readonly ofStream: Orientation;
  private readonly photo: boolean;
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

  /** The frame as it is shown, in place of the given one. */
  async of(frame: Frame): Promise<Frame> {
    if (this.turner === undefined) this.turner = turnerFor(this.orientationOf(frame));
    const mapped = isHdr(frame) ? await this.toneMapper.map(frame) : frame;
    return this.turner === null ? mapped : this.turner.map(mapped);
  }

  close(): void {
    this.toneMapper.close();
    this.turner?.close();
  }

  private orientationOf(frame: Frame): Orientation {
    const matrix = this.photo ? frame.getSideData(AV_FRAME_DATA_DISPLAYMATRIX) : null;
    return matrix === null ? this.ofStream : orientationFromMatrix(matrix);
  }
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
