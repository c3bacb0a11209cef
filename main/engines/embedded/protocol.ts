import type { ErrorRecord } from '../../shared/errors/index.ts';
import type { ExportPreset } from '../../shared/settings.ts';
import type { OpenedPictures } from './decode/source-shelf.ts';
import type { OutputShape } from './encode/output.ts';
import type { NotedWarning } from './warnings.ts';

/** The draft that a job is about. */
export interface JobDraft {
  /** Plain draft JSON. */
  readonly contentFile: string;
  /** The draft's folder, for placeholder and relative media paths. */
  readonly folder: string;
  readonly preset: ExportPreset;
  /** Folder with fonts; empty = bundled ones only. */
  readonly fontFolder: string;
}

/** Renders a whole draft to a checked file. */
export interface RenderJob extends JobDraft {
  readonly type: 'render';
  readonly output: string;
}

/** Asks what the video of a draft will be; whatever cannot be rendered at all is refused. */
export interface PlanJob extends JobDraft {
  readonly type: 'plan';
}

/** What the video of a draft will be. */
export interface RenderPlan {
  readonly shape: OutputShape;
  readonly frames: number;
  /** Frames between two key frames. */
  readonly keyFrameEvery: number;
}

/** Draws and encodes some frames of a draft, without sound. */
export interface PartJob extends JobDraft {
  readonly type: 'part';
  readonly from: number;
  /** Not among them. */
  readonly to: number;
  /** How many cores it may keep busy. */
  readonly cores: number;
  readonly output: string;
}

/** What came of a part. */
export interface PartReport {
  readonly warnings: readonly NotedWarning[];
  readonly opened: OpenedPictures;
  /** Of the frames that the check of a video looks at, 0..255. */
  readonly brightest: number;
}

/** Mixes and encodes the whole sound of a draft, without a picture. */
export interface SoundJob extends JobDraft {
  readonly type: 'sound';
  readonly output: string;
}

/** Puts the parts of a video and its sound into one file and checks it. */
export interface JoinJob {
  readonly type: 'join';
  readonly parts: readonly { readonly file: string; readonly frames: number }[];
  readonly sound: string;
  readonly shape: OutputShape;
  readonly container: ExportPreset['container'];
  readonly mayBeBlack: boolean;
  readonly output: string;
}

/** Asks which video encoders work on this machine. */
export interface EncodersJob {
  readonly type: 'encoders';
}

/** What the renderer's child program is asked to do; sent once, and it ends when it has answered. */
export type Job = RenderJob | PlanJob | PartJob | SoundJob | JoinJob | EncodersJob;

/** What is answered to each kind of job. */
export interface Answers {
  readonly render: readonly ErrorRecord[];
  readonly plan: RenderPlan;
  readonly part: PartReport;
  readonly sound: readonly NotedWarning[];
  /** Null when joined; else why the parts do not fit together. */
  readonly join: string | null;
  /** Their names, best first. */
  readonly encoders: readonly string[];
}

/** What the child program tells. */
export type RenderMessage =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'done'; readonly answer: Answers[keyof Answers] }
  /** @param systemCode of the system's error behind it (`ENOSPC`); null when there is none */
  | { readonly type: 'failed'; readonly error: ErrorRecord; readonly systemCode: string | null };
