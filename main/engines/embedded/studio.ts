import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Canvas } from '@napi-rs/canvas';
import type { Draft } from '../../drafts/model.ts';
import type { ReadProblem } from '../../drafts/read/index.ts';
import { everySegment } from '../../drafts/walk.ts';
import { StationError } from '../../shared/errors/index.ts';
import type { ExportPreset } from '../../shared/settings.ts';
import { ColorTables } from './compositor/color-tables.ts';
import { Stage } from './compositor/stage.ts';
import type { Workshop } from './compositor/workshop.ts';
import { type ResolvePath, SourceShelf } from './decode/source-shelf.ts';
import { type OutputShape, outputShape } from './encode/output.ts';
import { noteFeatures, noteProblems } from './feature-warnings.ts';
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
  /** What the reader of the draft's file met. */
  readonly problems?: readonly ReadProblem[];
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

  /** @throws StationError RENDER_LIMIT, RENDER_NOTHING_TO_DRAW */
  constructor(asked: Draft, { preset, resolve, fontFolder = '', cores, part, problems = [] }: StudioOptions) {
    checkLimits(asked);
    requireMaterial(asked);
    const draft = withoutLostCopies(asked, (written) => existsSync(resolve(written) ?? ''));
    this.draft = draft;
    this.noted = new Warnings(part);
    noteFeatures(draft, this.noted);
    noteProblems(problems, this.noted);
    this.shape = outputShape(draft, preset);
    checkShape(this.shape);
    this.timeline = buildTimeline(draft, this.shape.rate);
    this.shelf = new SourceShelf(resolve, this.noted, cores ?? availableParallelism());
    this.workshop = {
      shelf: this.shelf,
      fonts: createFontBook({ folder: fontFolder }),
      resolve,
      warnings: this.noted,
      tables: new ColorTables(resolve, this.noted),
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

/** Refuses a draft that refers only to material it does not have: nothing but black would come of it. */
function requireMaterial(draft: Draft): void {
  const segments = everySegment(draft).filter(({ content }) => content.type !== 'compound');
  if (segments.length === 0 || segments.some(({ content }) => content.type !== 'unresolved')) return;
  const ids = segments.slice(0, 3).map(({ content }) => ('materialId' in content ? content.materialId : ''));
  throw new StationError('RENDER_NOTHING_TO_DRAW', {
    reason: `none of its ${segments.length} segments has its material in the draft (${ids.join(', ')})`,
    reasonZh: `${segments.length} 个片段引用的素材都不在草稿中（${ids.join('、')}）`,
  });
}
