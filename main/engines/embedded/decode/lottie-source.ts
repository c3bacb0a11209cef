import { type Canvas, createCanvas, LottieAnimation, type SKRSContext2D } from '@napi-rs/canvas';
import { unreadable } from '../../../media/errors.ts';
import { type LottieFile, readLottie } from '../../../media/lottie-file.ts';
import { bundledFonts, type TellText } from './lottie-fonts.ts';
import type { Picture, PictureSource } from './picture-source.ts';

/** Longer side of the picture that is drawn, pixels. */
const largestSide = 4096;
/** Times closer than this are the same picture. */
const stepUs = 1_000;

/** A Lottie animation that starts again when it ends, drawn as large as it is shown, so that its edges stay sharp. */
export class LottieSource implements PictureSource {
  readonly width: number;
  readonly height: number;
  readonly opaque = false;
  readonly single = false;
  private readonly animation: LottieAnimation;
  private readonly frames: number;
  private readonly durationUs: number;
  private readonly canvas: Canvas;
  private readonly context: SKRSContext2D;
  private drawn = -1;

  private constructor(animation: LottieAnimation, file: LottieFile, factor: number) {
    this.animation = animation;
    // Not the file itself: with its fonts it is large.
    this.frames = file.frames;
    this.durationUs = file.durationUs;
    this.width = file.width;
    this.height = file.height;
    const scale = Math.min(factor, largestSide / Math.max(file.width, file.height));
    this.canvas = createCanvas(
      Math.max(1, Math.round(file.width * scale)),
      Math.max(1, Math.round(file.height * scale)),
    );
    this.context = this.canvas.getContext('2d');
  }

  /**
   * @param wanted gives the factor from displayed pixels to output pixels, once the size is known
   * @param tell hears of text that looks other than its author saw it
   * @throws StationError MEDIA_UNREADABLE
   */
  static open(
    name: string,
    wanted: (width: number, height: number) => number,
    tell: TellText = () => {},
  ): LottieSource {
    const file = readLottie(name, bundledFonts(tell));
    return new LottieSource(load(name, file.json), file, wanted(file.width, file.height));
  }

  async pictureAt(timeUs: number): Promise<Picture> {
    const { frames, durationUs } = this;
    const step = frames < 2 ? 0 : Math.round((Math.max(0, timeUs) % durationUs) / stepUs);
    if (step !== this.drawn) {
      const { width, height } = this.canvas;
      this.context.clearRect(0, 0, width, height);
      this.animation.seekTime((step * stepUs) / 1e6);
      this.animation.render(this.context, { x: 0, y: 0, width, height });
      this.drawn = step;
    }
    return { image: this.canvas, pixels: null, opaque: false, serial: step };
  }

  async frameAt(): Promise<null> {
    return null;
  }

  async close(): Promise<void> {}
}

/** Without a resource path the library opens no file and no address. */
function load(name: string, json: string): LottieAnimation {
  try {
    return LottieAnimation.loadFromData(json);
  } catch {
    throw unreadable(name, 'the Lottie animation cannot be drawn');
  }
}
