import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import type { SKRSContext2D } from '@napi-rs/canvas';
import { openDraft } from '../../main/drafts/draft-folder.ts';
import { collectMedia } from '../../main/drafts/media/collect.ts';
import { draftFolderPlaceholder } from '../../main/drafts/media-path.ts';
import type { Draft, MediaMaterial } from '../../main/drafts/model.ts';
import { unwrapDraft } from '../../main/drafts/read/envelope.ts';
import { parseDraftFile, readDraft } from '../../main/drafts/read/index.ts';
import { everyMedia, everySegment } from '../../main/drafts/walk.ts';
import { cutDraft } from './cut-draft.ts';
import { repeatMedia } from './looped-media.ts';
import { drawCounter, makeAnimation, makeMovie, makePhoto } from './media.ts';
import { tone, writeEncoded } from './sound.ts';

/** Media that stands in for what a real draft refers to: of the same kind, shape and length, but tiny. */

export interface StandIns {
  /** The folder that the station takes as a draft. */
  readonly folder: string;
  /** The draft as rewritten. */
  readonly draft: Draft;
  /** Media files made for it. */
  readonly files: number;
}

export interface StandInOptions {
  /** Masters are made once and linked into every draft that needs them. */
  readonly masters?: string;
  /** Cuts the draft to its first seconds. */
  readonly firstSeconds?: number;
  /** Replaces the draft's frame rate: long drafts become quick to render whole. */
  readonly fps?: number;
}

/**
 * Copies a draft folder without media and makes every file that its segments use.
 * @param draftFolder folder of a real draft; read only
 * @param targetFolder made; `media/` in it gets the files
 */
export async function standInMedia(
  draftFolder: string,
  targetFolder: string,
  options: StandInOptions = {},
): Promise<StandIns> {
  const masters = options.masters ?? path.join(path.dirname(targetFolder), 'masters');
  mkdirSync(masters, { recursive: true });
  copyFolder(draftFolder, targetFolder);
  mkdirSync(path.join(targetFolder, 'media'), { recursive: true });
  const { contentFile } = await openDraft(targetFolder);
  const json = parseDraftFile(readFileSync(contentFile));
  const timeline = unwrapDraft(json);
  if (options.firstSeconds !== undefined) cutDraft(timeline, options.firstSeconds);
  if (options.fps !== undefined) Object.assign(timeline, { fps: options.fps });
  const needs = neededMedia(readDraft(json));
  const made = new Map<string, string>();
  for (const use of collectMedia(timeline)) {
    const need = needs.get(use.materialId);
    if (use.need === 'idle' || need === undefined) continue;
    // Reversed copies lie in a cache folder of the author; without one the file itself is played backwards.
    if (use.field === 'reverse_path') continue;
    const key = use.written === '' ? use.materialId : use.written;
    let name = made.get(key);
    if (name === undefined) {
      const master = await masterOf(need, masters);
      name = `${made.size}-${path.basename(master)}`;
      link(master, path.join(targetFolder, 'media', name));
      made.set(key, name);
    }
    use.assign(`${draftFolderPlaceholder}/media/${name}`, null);
  }
  writeFileSync(contentFile, JSON.stringify(json));
  return { folder: targetFolder, draft: readDraft(json), files: made.size };
}

interface Need {
  readonly kind: MediaMaterial['kind'];
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
}

/** What the segments use of each material; one path used for different lengths gets the longest. */
function neededMedia(draft: Draft): Map<string, Need> {
  const ends = new Map<string, number>();
  const materials = everyMedia(draft);
  const pathOf = new Map(materials.map(({ id, path: written }) => [id, written || id]));
  for (const { content, source } of everySegment(draft)) {
    if (content.type !== 'media' || source === null) continue;
    const key = pathOf.get(content.media.id) ?? content.media.id;
    ends.set(key, Math.max(ends.get(key) ?? 0, (source.startUs + source.durationUs) / 1e6));
  }
  return new Map(
    materials.map((media) => {
      // A second more than is used: transitions borrow from beyond the cut.
      const seconds = (ends.get(pathOf.get(media.id) ?? media.id) ?? 0) + 1;
      return [media.id, { kind: media.kind, ...tinySize(media), seconds }];
    }),
  );
}

/** The material's shape in few pixels; 16:9 when the draft does not say. */
function tinySize({ width, height }: MediaMaterial): { width: number; height: number } {
  if (width <= 0 || height <= 0) return { width: 160, height: 90 };
  const factor = 160 / Math.max(width, height);
  const even = (pixels: number) => Math.max(16, 2 * Math.round((pixels * factor) / 2));
  return { width: even(width), height: even(height) };
}

const periodSeconds = 4;
const fps = 30;
const making = new Map<string, Promise<string>>();

/** The master file of a kind, shape and length class (4, 8, 16 ... seconds); made when it is not there yet. */
function masterOf(need: Need, folder: string): Promise<string> {
  const size = `${need.width}x${need.height}`;
  const rounds = 2 ** Math.max(0, Math.ceil(Math.log2(need.seconds / periodSeconds)));
  const length = `${rounds * periodSeconds}s`;
  switch (need.kind) {
    case 'photo':
      return master(folder, `photo-${size}.png`, (file) => makePhoto(file, need.width, need.height, drawPhoto));
    case 'sticker':
      return master(folder, 'sticker.png', (file) => makePhoto(file, 96, 96, drawSticker));
    case 'gif':
      return master(folder, 'animation.gif', (file) => makeAnimation(file, ['#e63946', '#2a9d8f', '#457b9d'], 200));
    case 'audio':
      return long(folder, `sound-${length}.m4a`, rounds, (file) =>
        writeEncoded(file, 'aac', [tone(330, 0.3), tone(440, 0.3)], periodSeconds),
      );
    case 'video':
      return long(folder, `film-${size}-${length}.mp4`, rounds, (file) =>
        makeMovie(file, {
          width: need.width,
          height: need.height,
          fps,
          frames: periodSeconds * fps,
          draw: drawFilm,
          toneHz: 220,
        }),
      );
  }
}

/** A master, or the master of one period repeated. */
function long(folder: string, name: string, rounds: number, make: (file: string) => Promise<string>): Promise<string> {
  const once = name.replace(/-\d+s\./, `-${periodSeconds}s.`);
  if (rounds === 1) return master(folder, once, make);
  return master(folder, name, async (file) => {
    await repeatMedia(await master(folder, once, make), file, periodSeconds, rounds);
    return file;
  });
}

/** Makes a file once, also when many ask at the same time; a half-written one never gets its name. */
function master(folder: string, name: string, make: (file: string) => Promise<string>): Promise<string> {
  const file = path.join(folder, name);
  const promise = making.get(file) ?? (existsSync(file) ? Promise.resolve(file) : makeWhole(file, make));
  making.set(file, promise);
  return promise;
}

async function makeWhole(file: string, make: (file: string) => Promise<string>): Promise<string> {
  const part = path.join(path.dirname(file), `.part-${process.pid}-${path.basename(file)}`);
  await make(part);
  await rename(part, file);
  return file;
}

function link(from: string, to: string): void {
  if (existsSync(to)) return;
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

/** By content: the corpus may be read-only, its copy must not be. */
function copyFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, copy] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) copyFolder(source, copy);
    else writeFileSync(copy, readFileSync(source));
  }
}

/** A ball that crosses the picture, on a background that changes, under the frame's number. */
function drawFilm(context: SKRSContext2D, frame: number, width: number, height: number): void {
  const share = frame / (periodSeconds * fps);
  context.fillStyle = `hsl(${Math.round(share * 360)} 50% 35%)`;
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#ffd166';
  context.beginPath();
  context.arc(share * width, height * 0.65, Math.min(width, height) / 6, 0, 2 * Math.PI);
  context.fill();
  drawCounter(context, frame, width, height);
}

function drawPhoto(context: SKRSContext2D, width: number, height: number): void {
  for (const [index, color] of ['#e76f51', '#2a9d8f', '#264653', '#e9c46a'].entries()) {
    context.fillStyle = color;
    context.fillRect((index % 2) * (width / 2), Math.floor(index / 2) * (height / 2), width / 2, height / 2);
  }
}

function drawSticker(context: SKRSContext2D, width: number, height: number): void {
  context.fillStyle = '#ef476f';
  context.beginPath();
  context.arc(width / 2, height / 2, width / 2.2, 0, 2 * Math.PI);
  context.fill();
}
