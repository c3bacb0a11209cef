import type { MediaMaterial } from '../../../drafts/model.ts';
import { isCutShort } from '../../../media/cut-short.ts';
import type { Damage } from '../../../media/damage.ts';
import { StationError } from '../../../shared/errors/index.ts';
import { clock } from '../timeline/frame-grid.ts';
import { sourceTimeUs } from '../timeline/source-time.ts';
import type { PlacedSegment } from '../timeline/timeline.ts';
import type { Warnings } from '../warnings.ts';
import { LoopSource } from './loop-source.ts';
import type { TellText } from './lottie-fonts.ts';
import { LottieSource } from './lottie-source.ts';
import { PhotoSource } from './photo-source.ts';
import { pictureFile } from './picture-file.ts';
import type { PictureSource } from './picture-source.ts';
import { ReaderPool } from './reader-pool.ts';
import { VideoSource } from './video-source.ts';
import { WebpSource } from './webp-source.ts';

/** Where a written media path leads on this machine; null when nowhere. */
export type ResolvePath = (written: string) => string | null;

/** An opened source with what a segment needs to know of it. */
export interface OpenSource {
  readonly source: PictureSource;
  /** The file must be read backwards: the segment is reversed and has no reversed copy. */
  readonly backwards: boolean;
}

/** What came of the pictures that a video needs. */
export interface OpenedPictures {
  /** How many could be opened. */
  readonly shown: number;
  /** Those that could not, by name, and when each is first used, µs of the video. */
  readonly lost: readonly { readonly name: string; readonly atUs: number }[];
}

/** Named in a refusal, at most. */
const mostNamed = 3;

/**
 * Refuses a video none of whose pictures could be opened.
 * @throws StationError RENDER_NOTHING_TO_DRAW
 */
export function requireSomething(opened: readonly OpenedPictures[]): void {
  const uses = opened.flatMap(({ lost }) => lost).sort((a, b) => a.atUs - b.atUs);
  if (uses.length === 0 || opened.some(({ shown }) => shown > 0)) return;
  const first = [...new Map(uses.toReversed().map((use) => [use.name, use])).values()].reverse().slice(0, mostNamed);
  throw new StationError('RENDER_NOTHING_TO_DRAW', {
    reason: `none of its media can be opened (${first.map(({ name, atUs }) => `${name} at ${clock(atUs)}`).join(', ')})`,
    reasonZh: `素材全部无法打开（${first.map(({ name, atUs }) => `${name}，首次用于 ${clock(atUs)}`).join('；')}）`,
  });
}

/** Opens the pictures of segments when they are needed and closes them when they are over. */
export class SourceShelf {
  private readonly pool: ReaderPool;
  /** By what is placed on the timeline: one segment of a compound clip that is used twice is read twice. */
  private readonly open = new Map<PlacedSegment, Promise<OpenSource | null>>();
  private readonly lostAtUs = new Map<string, number>();
  private shown = 0;
  private readonly resolve: ResolvePath;
  private readonly warnings: Warnings;

  /** @param cores that decoders may keep busy */
  constructor(resolve: ResolvePath, warnings: Warnings, cores: number) {
    this.pool = new ReaderPool(cores);
    this.resolve = resolve;
    this.warnings = warnings;
  }

  /**
   * The source of a media segment; opened once. Null when its file cannot be shown, which is noted as a warning.
   * @param wanted factor from displayed source pixels to output pixels, asked once the size is known
   */
  sourceOf(
    placed: PlacedSegment,
    media: MediaMaterial,
    wanted: (width: number, height: number) => number,
  ): Promise<OpenSource | null> {
    let known = this.open.get(placed);
    if (known === undefined) {
      known = this.tryOpen(placed, media, wanted);
      this.open.set(placed, known);
    }
    return known;
  }

  /** Ends a segment's source; its decoder may serve the next one. */
  async release(placed: PlacedSegment): Promise<void> {
    const known = this.open.get(placed);
    if (known === undefined) return;
    this.open.delete(placed);
    await (await known)?.source.close();
  }

  async close(): Promise<void> {
    await Promise.all([...this.open.keys()].map((placed) => this.release(placed)));
    await this.pool.close();
  }

  get opened(): OpenedPictures {
    return { shown: this.shown, lost: [...this.lostAtUs].map(([name, atUs]) => ({ name, atUs })) };
  }

  private async tryOpen(
    placed: PlacedSegment,
    media: MediaMaterial,
    wanted: (width: number, height: number) => number,
  ): Promise<OpenSource | null> {
    const lost = (error: unknown) => this.lost(placed, media, error);
    try {
      const opened = await this.openSource(placed, media, wanted);
      this.shown += 1;
      // The application's own measure for the size of stickers is not known.
      if (media.kind === 'sticker') this.warnings.feature('approximated', 'sticker', nameOf(media), placed.segment);
      return { ...opened, source: guarded(opened.source, lost) };
    } catch (error) {
      lost(error);
      return null;
    }
  }

  /** Notes that a segment's picture cannot be shown. */
  private lost({ segment, usedAtUs }: PlacedSegment, media: MediaMaterial, error: unknown): void {
    const name = nameOf(media);
    this.lostAtUs.set(name, Math.min(usedAtUs, this.lostAtUs.get(name) ?? usedAtUs));
    this.warnings.addLost('MEDIA_NOT_DRAWN', name, error, usedAtUs, segment);
  }

  private async openSource(
    placed: PlacedSegment,
    media: MediaMaterial,
    wanted: (width: number, height: number) => number,
  ): Promise<OpenSource> {
    const { segment } = placed;
    const hasCopy = segment.reverse && media.reversePath !== '';
    const backwards = segment.reverse && !hasCopy;
    const found = this.resolve(hasCopy ? media.reversePath : media.path);
    if (found === null) throw new StationError('MEDIA_UNREADABLE', { file: media.name, reason: 'the file is missing' });
    const { file, format } = await pictureFile(found);
    const tellDamage = (damage: Damage) => this.warnings.addDamage(damage, nameOf(media), placed.usedAtUs, segment);
    // A video is damaged where it is read beyond its end; pictures are shown whole.
    if (media.kind !== 'video' && isCutShort(file)) tellDamage('ends early');
    if (format === 'webp') return { source: await WebpSource.open(file, media.kind === 'photo'), backwards };
    if (format === 'lottie') {
      const tell: TellText = (fidelity, kind, name) => this.warnings.feature(fidelity, kind, name, segment);
      return { source: LottieSource.open(file, wanted, tell), backwards: false };
    }
    switch (media.kind) {
      case 'photo':
        return { source: await PhotoSource.open(file, wanted, tellDamage), backwards: false };
      case 'gif':
      case 'sticker':
        return { source: await LoopSource.open(file, wanted), backwards };
      default: {
        const startUs = sourceTimeUs(segment, placed.leadUs, backwards);
        const endUs = sourceTimeUs(segment, segment.target.durationUs, backwards);
        const source = await VideoSource.open(file, { startUs, endUs }, this.pool, wanted, tellDamage);
        // Decoded up to its first frame while others are still on screen.
        await source.warm(startUs);
        return { source, backwards };
      }
    }
  }
}

function nameOf({ name, id }: MediaMaterial): string {
  return name === '' ? id : name;
}

/** A source that shows nothing any more once it has failed; `lost` is told why. */
function guarded(source: PictureSource, lost: (error: unknown) => void): PictureSource {
  let failed = false;
  async function attempt<Found>(look: () => Promise<Found | null>): Promise<Found | null> {
    if (failed) return null;
    try {
      return await look();
    } catch (error) {
      failed = true;
      lost(error);
      return null;
    }
  }
  return {
    width: source.width,
    height: source.height,
    opaque: source.opaque,
    single: source.single,
    pictureAt: (timeUs) => attempt(() => source.pictureAt(timeUs)),
    frameAt: (timeUs) => attempt(() => source.frameAt(timeUs)),
    close: () => source.close(),
  };
}
