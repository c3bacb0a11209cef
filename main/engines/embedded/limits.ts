import type { Draft } from '../../drafts/model.ts';
import { largestCanvas, longestUs } from '../../drafts/read/index.ts';
import { StationError } from '../../shared/errors/index.ts';
import type { ExportPreset } from '../../shared/settings.ts';
import type { OutputShape } from './encode/output.ts';
import { loadOf } from './load.ts';

interface Limit {
  readonly zh: string;
  readonly en: string;
  readonly most: number;
  /** Drafts are read with nothing larger than this: such a value may be more. */
  readonly known?: number;
}

const usPerHour = 3.6e9;

const limits = {
  width: { zh: '画布宽度（像素）', en: 'the canvas width (px)', most: 8192, known: largestCanvas },
  height: { zh: '画布高度（像素）', en: 'the canvas height (px)', most: 8192, known: largestCanvas },
  side: { zh: '视频边长（像素）', en: 'the longer side of the video (px)', most: 8192 },
  /** 8K; the encoder keeps dozens of pictures at once. */
  megapixels: { zh: '视频画面大小（百万像素）', en: 'the picture of the video (megapixels)', most: 36 },
  hours: { zh: '时长（小时）', en: 'the duration (hours)', most: 24, known: longestUs / usPerHour },
  nestedHours: {
    zh: '复合片段的时长（小时）',
    en: 'the duration of a compound clip (hours)',
    most: 24,
    known: longestUs / usPerHour,
  },
  nesting: { zh: '复合片段的嵌套层数', en: 'the nesting of compound clips', most: 8 },
  segments: { zh: '片段数量', en: 'the number of segments', most: 200_000 },
  /** Each keeps a decoder with its pictures, some 45 MB at 1080p. */
  videos: { zh: '同时出现的视频数量', en: 'the number of videos on screen at once', most: 64 },
  /** Each keeps a decoder, some 0.4 MB. */
  sounds: { zh: '同时播放的声音数量', en: 'the number of sounds at once', most: 1000 },
} as const satisfies Readonly<Record<string, Limit>>;

const smallestSide = 16;
/** What lasts less begins and ends in one frame: it is not seen, and hardly a sample of it heard. */
const shortestUs = 1000;

/**
 * Refuses drafts that could only fill the disk, the memory or the night.
 * @throws StationError RENDER_LIMIT, RENDER_NOTHING_TO_DRAW
 */
export function checkLimits(draft: Draft): void {
  const { width, height } = draft.canvas;
  within(limits.width, width);
  within(limits.height, height);
  if (!(width >= smallestSide) || !(height >= smallestSide))
    throw nothingToDraw(
      `the canvas is ${width}x${height} pixels, at least ${smallestSide}x${smallestSide}`,
      `画布大小为 ${width}x${height} 像素，至少需要 ${smallestSide}x${smallestSide}`,
    );
  within(limits.hours, draft.durationUs / usPerHour);
  const load = loadOf(draft);
  if (load.segments === 0) throw nothingToDraw('it has no segment', '没有任何片段');
  if (!(draft.durationUs >= shortestUs))
    throw nothingToDraw(`its duration is ${draft.durationUs || 0} µs`, `时长为 ${draft.durationUs || 0} 微秒`);
  within(limits.nesting, load.nesting);
  within(limits.nestedHours, load.nestedUs / usPerHour);
  within(limits.segments, load.segments);
  within(limits.videos, load.videosAtOnce);
  within(limits.sounds, load.soundsAtOnce);
}

/** Below this SVT-AV1 may wait for itself for ever, and x265 does not open where the other side is long. Pixels. */
const smallestSides: Readonly<Record<ExportPreset['codec'], number>> = { h264: smallestSide, hevc: 32, av1: 32 };

/**
 * Refuses a size that no encoder makes: a canvas that is very narrow grows very long at a high resolution.
 * @throws StationError RENDER_LIMIT, RENDER_TOO_SMALL
 */
export function checkShape(
  { width, height }: Pick<OutputShape, 'width' | 'height'>,
  codec: ExportPreset['codec'],
): void {
  const least = smallestSides[codec];
  if (Math.min(width, height) < least)
    throw new StationError('RENDER_TOO_SMALL', { codec: codec.toUpperCase(), size: `${width}x${height}`, least });
  within(limits.side, Math.max(width, height));
  within(limits.megapixels, (width * height) / 1e6);
}

function nothingToDraw(reason: string, reasonZh: string): StationError {
  return new StationError('RENDER_NOTHING_TO_DRAW', { reason, reasonZh });
}

function within({ zh, en, most, known = 1e9 }: Limit, value: number): void {
  if (!(value > most)) return;
  const shown = value >= known ? `${known}+` : justOver(value);
  throw new StationError('RENDER_LIMIT', { what: en, whatZh: zh, value: shown, limit: String(most) });
}

/** Of the computer's own, far below the excess of one µs in hours. */
const rounding = 1e-9;

/** Two digits after the point, rounded up: what is a little beyond a limit must not read as the limit itself. */
function justOver(value: number): string {
  return String(Math.ceil(value * 100 - rounding) / 100);
}
