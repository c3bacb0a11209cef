import { availableParallelism } from 'node:os';
import type { Canvas } from '@napi-rs/canvas';
import type { Draft } from '../../drafts/model.ts';
import type { ReadProblem } from '../../drafts/read/index.ts';
import { ColorTables } from './compositor/color-tables.ts';
import { Stage } from './compositor/stage.ts';
import type { Workshop } from './compositor/workshop.ts';
import { SourceShelf } from './decode/source-shelf.ts';
import type { OutputShape } from './encode/output.ts';
import { noteFeatures, noteProblems } from './feature-warnings.ts';
import { type LaidOut, type LayOutOptions, layOut } from './lay-out.ts';
import { createFontBook } from './text/index.ts';
import type { Timeline } from './timeline/timeline.ts';
import { Warnings } from './warnings.ts';

export interface StudioOptions extends LayOutOptions {
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
export class Studio implements LaidOut {
  readonly draft: Draft;
  readonly shape: OutputShape;
  readonly timeline: Timeline;
  readonly stage: Stage;
  readonly shelf: SourceShelf;
  private readonly noted: Warnings;
  private readonly workshop: Workshop;

  /** @throws StationError RENDER_LIMIT, RENDER_TOO_SMALL, RENDER_NOTHING_TO_DRAW */
  constructor(asked: Draft, options: StudioOptions) {
    const { resolve, fontFolder = '', cores, part, problems = [] } = options;
    const { draft, shape, timeline } = layOut(asked, options);
    this.draft = draft;
    this.shape = shape;
    this.timeline = timeline;
    this.noted = new Warnings(part);
    noteFeatures(draft, this.noted);
    noteProblems(problems, this.noted);
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
