import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { StationError } from '../shared/errors/index.ts';
import { contentKind } from './content-kind.ts';
import { type Fields, fields, id, isFields, list, text } from './read/fields.ts';
import { parseDraftFile, type ReadDraft, readDraftWithProblems } from './read/index.ts';

/** The timeline's file: the first on Windows, the second on macOS and in newer versions; generators write both. */
const draftFileNames = ['draft_content.json', 'draft_info.json'] as const;
const metaFileName = 'draft_meta_info.json';

const megabyte = 1_000_000;
const largestDraftMb = 200;
const largestMetaBytes = 20 * megabyte;
/** An encrypted file this much newer than a plain one holds edits that the plain one lacks. */
const saveGapMs = 60_000;

export interface OpenedDraft extends ReadDraft {
  /** Absolute. */
  readonly folder: string;
  readonly contentFile: string;
}

/**
 * The file of a draft folder that holds its timeline (docs/draft-format.md, "Which file counts"): the main timeline of
 * the `Timelines/` layout when it has content, else the root file with content, else an empty one. Told by content, so
 * names of other programs' exports are found too when there is only one such file.
 * @returns absolute path
 * @throws StationError DRAFT_FILE_MISSING, DRAFT_ENCRYPTED, DRAFT_DAMAGED, DRAFT_TOO_LARGE
 */
export async function findDraftFile(folder: string): Promise<string> {
  return (await bestCandidate(path.resolve(folder))).file;
}

/**
 * Opens a draft on disk.
 * @param location a draft folder, or the timeline's JSON file itself
 * @throws StationError what `findDraftFile` and `readDraft` throw
 */
export async function openDraft(location: string): Promise<OpenedDraft> {
  const absolute = path.resolve(location);
  const info = await stat(absolute).catch(() => null);
  if (info === null) throw new StationError('DRAFT_FILE_MISSING', { folder: absolute });
  const found = info.isDirectory() ? await bestCandidate(absolute) : await inspectFile(absolute);
  if (found === null) throw new StationError('DRAFT_FILE_MISSING', { folder: absolute });
  const folder = draftRoot(found.file);
  const name = (await draftName(folder)) ?? '';
  const read = readDraftWithProblems(parsed(found), name === '' ? {} : { name });
  const titled = read.draft.name === '' ? { ...read.draft, name: path.basename(folder) } : read.draft;
  return { draft: titled, problems: read.problems, folder, contentFile: found.file };
}

/** The title in the folder's meta file; null when there is none that can be read (newer versions encrypt it too). */
export async function draftName(folder: string): Promise<string | null> {
  const meta = await readPlainJson(path.join(folder, metaFileName));
  const name = text(fields(meta).draft_name).trim();
  return name === '' ? null : name;
}

interface Candidate {
  readonly file: string;
  readonly state: 'full' | 'encrypted' | 'empty' | 'damaged' | 'too_large';
  readonly json: unknown;
  readonly modifiedMs: number;
  readonly bytes: number;
  readonly failure: StationError | null;
}

async function bestCandidate(folder: string): Promise<Candidate> {
  const main = await mainTimeline(folder);
  // An application that has this layout ignores the root file, so an encrypted main timeline is the answer, too.
  if (main?.state === 'full' || main?.state === 'encrypted') return usable(main);
  const named = await inspectAll(draftFileNames.map((name) => path.join(folder, name)));
  const best = chosen([...named, ...(main === null ? [] : [main])]) ?? (await onlyOther(folder)) ?? null;
  if (best === null) throw new StationError('DRAFT_FILE_MISSING', { folder });
  return usable(best);
}

function usable(candidate: Candidate): Candidate {
  if (candidate.failure !== null) throw candidate.failure;
  return candidate;
}

function parsed(candidate: Candidate): unknown {
  return usable(candidate).json;
}

/** A timeline with segments before all else, unless an encrypted file has been saved after it. */
function chosen(candidates: readonly Candidate[]): Candidate | null {
  const first = (state: Candidate['state']) => candidates.find((candidate) => candidate.state === state) ?? null;
  const full = first('full');
  const encrypted = first('encrypted');
  if (full !== null && encrypted !== null && encrypted.modifiedMs > full.modifiedMs + saveGapMs) return encrypted;
  return full ?? encrypted ?? first('empty') ?? first('too_large') ?? first('damaged');
}

async function mainTimeline(folder: string): Promise<Candidate | null> {
  const project = fields(await readPlainJson(path.join(folder, 'Timelines', 'project.json')));
  const main = id(project.main_timeline_id);
  // The id becomes part of a path: nothing but what ids are made of.
  if (!/^[A-Za-z0-9-]{1,64}$/.test(main)) return null;
  return chosen(await inspectAll(draftFileNames.map((name) => path.join(folder, 'Timelines', main, name))));
}

/** Drafts saved under another name, or one folder further down: accepted when there is exactly one. */
async function onlyOther(folder: string): Promise<Candidate | null> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const jsons = entries.filter((entry) => entry.isFile() && /\.json$/i.test(entry.name)).slice(0, 50);
  const drafts = (await inspectAll(jsons.map((entry) => path.join(folder, entry.name)))).filter(holdsTimeline);
  const [only] = drafts;
  if (only !== undefined) return drafts.length === 1 ? only : null;
  const folders = entries.filter((entry) => entry.isDirectory()).slice(0, 50);
  const nested = await Promise.all(
    folders.map(({ name }) => inspectAll(draftFileNames.map((file) => path.join(folder, name, file)))),
  );
  const found = nested.map(chosen).filter((candidate) => candidate !== null);
  return found.length === 1 ? (found[0] ?? null) : null;
}

function holdsTimeline(candidate: Candidate): boolean {
  return candidate.state === 'full' || candidate.state === 'empty';
}

/** The folder that placeholder paths mean: the one the file is in, but the root for a file under `Timelines/<id>/`. */
function draftRoot(file: string): string {
  const folder = path.dirname(file);
  return path.basename(path.dirname(folder)) === 'Timelines' ? path.resolve(folder, '../..') : folder;
}

async function inspectAll(files: readonly string[]): Promise<Candidate[]> {
  return (await Promise.all(files.map(inspectFile))).filter((candidate) => candidate !== null);
}

async function inspectFile(file: string): Promise<Candidate | null> {
  const info = await stat(file).catch(() => null);
  if (info === null || !info.isFile()) return null;
  const facts = { file, modifiedMs: info.mtimeMs, bytes: info.size, json: null };
  if (info.size > largestDraftMb * megabyte) {
    const megabytes = Math.ceil(info.size / megabyte);
    const failure = new StationError('DRAFT_TOO_LARGE', { megabytes, limitMb: largestDraftMb });
    return { ...facts, state: 'too_large', failure };
  }
  const bytes = await readFile(file);
  try {
    const json = parseDraftFile(bytes);
    return { ...facts, json, failure: null, state: hasSegments(json) ? 'full' : timelineState(json) };
  } catch (error) {
    const failure = StationError.from(error);
    return { ...facts, state: contentKind(bytes) === 'encrypted' ? 'encrypted' : 'damaged', failure };
  }
}

function timelineState(json: unknown): 'empty' | 'damaged' {
  return Array.isArray(timeline(json).tracks) ? 'empty' : 'damaged';
}

/** A saved answer of a draft service counts as the draft inside. */
function timeline(json: unknown): Fields {
  const outer = fields(json);
  return outer.tracks === undefined && isFields(outer.data) ? outer.data : outer;
}

function hasSegments(json: unknown): boolean {
  return list(timeline(json).tracks).some((track) => list(fields(track).segments).length > 0);
}

async function readPlainJson(file: string): Promise<unknown> {
  try {
    const info = await stat(file);
    return info.size > largestMetaBytes ? null : parseDraftFile(await readFile(file));
  } catch {
    return null;
  }
}
