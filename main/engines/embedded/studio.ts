import { existsSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Canvas } from '@napi-rs/canvas';
import type { Draft } from '../../drafts/model.ts';
import type { ExportPreset } from '../../shared/settings.ts';
import { Stage } from './compositor/stage.ts';
import type { Workshop } from './compositor/workshop.ts';
import { type ResolvePath, SourceShelf } from './decode/source-shelf.ts';
import { type OutputShape, outputShape } from './encode/output.ts';
import { noteFeatures } from './feature-warnings.ts';
import { checkLimits, checkShape } from './limits.ts';
import { withoutLostCopies } from './reversed-ranges.ts';
import { createFontBook } from './text/index.ts';
import { buildTimeline, type Timeline } from './timeline/timeline.ts';
import { Warnings } from './warnings.ts';

export interface StudioOptions {
  readonly preset: ExportPreset;
  /** Where a written media path leads; null when nowhere. */
  readonly resolve: ResolvePath;
  /** Folder with fonts; empty or absent = bundled ones only. */
  readonly fontFolder?: string;
  /** How many cores it may keep busy; absent = all. */
  readonly cores?: number;
  /** The part of a video that it draws, by any name; absent = all of it. */
  readonly part?: string;
}

/** A draft laid out and ready to be drawn, frame by frame. */
export class Studio {
  /** What is really drawn and played. */
  readonly draft: Draft;
  readonly shape: OutputShape;
  readonly timeline: Timeline;
  readonly stage: Stage;
  readonly shelf: SourceShelf;
  private readonly noted: Warnings;
  private readonly workshop: Workshop;

  /** @throws StationError RENDER_LIMIT, RENDER_TOO_SMALL, RENDER_NOTHING_TO_DRAW */
  constructor(asked: Draft, { preset, resolve, fontFolder = '', cores, part }: StudioOptions) {
    checkLimits(asked);
    const draft = withoutLostCopies(asked, (written) => existsSync(resolve(written) ?? ''));
    this.draft = draft;
    this.noted = new Warnings(part);
    noteFeatures(draft, this.noted);
    this.shape = outputShape(draft, preset);
    checkShape(this.shape, preset.codec);
    this.timeline = buildTimeline(draft, this.shape.rate);
    this.shelf = new SourceShelf(resolve, this.noted, cores ?? availableParallelism());
    this.workshop = {
      shelf: this.shelf,
      fonts: createFontBook({ folder: fontFolder }),
      resolve,
      warnings: this.noted,
      readFile: (path) => readTable(path, resolve, this.noted),
      painters: [],
    };
    this.stage = new Stage(this.timeline, this.shape, this.workshop);
  }

  /** One frame by itself. The canvas is drawn over by the next one. */
  async still(frame: number): Promise<Canvas> {
    await this.stage.drawn(frame);
    return this.stage.canvas;
  }

  /** What was approximated or left out so far. */
  get warnings(): Warnings {
    for (const painter of this.workshop.painters) for (const warning of painter.warnings()) this.noted.addText(warning);
    return this.noted;
  }

  async close(): Promise<void> {
    await this.stage.close();
    await this.shelf.close();
  }
}

/** A colour table is text of a few MB at most. */
const largestTable = 64 << 20;

function readTable(path: string, resolve: ResolvePath, warnings: Warnings): string | null {
  const file = resolve(path);
  try {
    const info = file === null ? null : statSync(file);
    // Reading a pipe or a device might never end.
    if (file !== null && info?.isFile() === true && info.size <= largestTable) return readFileSync(file, 'utf8');
  } catch {
    // Told below, like a path that leads nowhere.
  }
  warnings.feature('not_drawn', 'colour table', path.split(/[\\/]/).at(-1) ?? path, path);
  return null;
}
