import type { MediaMaterial, Segment } from '../../../drafts/model.ts';
import { isCutShort } from '../../../media/cut-short.ts';
import type { Damage } from '../../../media/damage.ts';
import { StationError } from '../../../shared/errors/index.ts';
import { clock } from '../timeline/frame-grid.ts';
import { sourceTimeUs } from '../timeline/source-time.ts';
import type { PlacedSegment } from '../timeline/timeline.ts';
import type { Warnings } from '../warnings.ts';
import type { TellText } from './lottie-fonts.ts';
import { LottieSource } from './lottie-source.ts';
import { pictureFile } from './picture-file.ts';
import { ReaderPool } from './reader-pool.ts';
import { LoopSource, PhotoSource, type PictureSource, VideoSource } from './sources.ts';
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
  /** Names of those that could not. */
  readonly lost: readonly string[];
}

/**
 * Refuses a video none of whose pictures could be opened.
 * @throws StationError RENDER_NOTHING_TO_DRAW
 */
export function requireSomething(opened: readonly OpenedPictures[]): void {
  const lost = new Set(opened.flatMap((each) => each.lost));
  if (lost.size === 0 || opened.some(({ shown }) => shown > 0)) return;
  const names = [...lost].slice(0, 3).join(', ');
  throw new StationError('RENDER_NOTHING_TO_DRAW', { reason: `none of its media can be opened (${names})` });
}

/** Opens the pictures of segments when they are needed and closes them when they are over. */
export class SourceShelf {
  private readonly pool: ReaderPool;
  /** By what is placed on the timeline: one segment of a compound clip that is used twice is read twice. */
  private readonly open = new Map<PlacedSegment, Promise<OpenSource | null>>();
  private readonly lostNames = new Set<string>();
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
    return { shown: this.shown, lost: [...this.lostNames] };
  }

  private async tryOpen(
    placed: PlacedSegment,
    media: MediaMaterial,
    wanted: (width: number, height: number) => number,
  ): Promise<OpenSource | null> {
    const lost = (error: unknown) => this.lost(placed.segment, media, error);
    try {
      const opened = await this.openSource(placed, media, wanted);
      this.shown += 1;
      return { ...opened, source: guarded(opened.source, lost) };
    } catch (error) {
      lost(error);
      return null;
    }
  }

  /** Notes that a segment's picture cannot be shown. */
  private lost(segment: Segment, media: MediaMaterial, error: unknown): void {
    const reason = error instanceof StationError ? String(error.params.reason ?? error.message) : String(error);
    const name = nameOf(media);
    this.lostNames.add(name);
    this.warnings.add('MEDIA_NOT_DRAWN', { name, reason, at: clock(segment.target.startUs) }, segment);
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
    const tellDamage = (damage: Damage) =>
      this.warnings.addDamage(damage, nameOf(media), segment.target.startUs, segment);
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
        const source = await VideoSource.open(file, startUs, this.pool, wanted, tellDamage);
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
