import { type Dirent, readdirSync } from 'node:fs';
import path from 'node:path';
import { unreadable } from '../../../media/errors.ts';
import { isLottieFile } from '../../../media/lottie-file.ts';

/** Of a sticker's folder no more than this is looked at. */
const mostEntries = 2_000;
const deepest = 4;

/** JSON files that may be the animation, at most. */
const mostJson = 50;

const picture = /\.(?:png|jpe?g|webp|gif|apng)$/iu;
/** Small pictures of the sticker for lists. */
const forLists = /(?:^|[_-])(?:icon|cover|preview|thumb(?:nail)?)/iu;
/** Programs and scenes of the application's own effect engine. */
const program = /\.(?:prefab|scene|lua|js|shader|vert|frag|material|amg|bytes)$/iu;

/**
 * The file to draw in a sticker's folder, when there is no doubt: its Lottie animation, else its only picture. Stickers
 * that are programs of the application's engine are refused: their pictures are only parts of what is shown.
 * @throws StationError MEDIA_UNREADABLE
 */
export function stickerFile(folder: string): string {
  const files = filesBelow(folder);
  if (files.some((file) => program.test(file)))
    throw unreadable(folder, "the sticker is a program for the application's own engine");
  const named = (words: RegExp) => files.filter((file) => words.test(path.basename(file)));
  const animations = named(/\.json$/iu)
    .slice(0, mostJson)
    .filter(isLottieFile);
  const pictures = named(picture).filter((file) => !forLists.test(path.basename(file)));
  const [only, ...others] = animations.length > 0 ? animations : pictures;
  if (only === undefined) throw unreadable(folder, 'the folder has no picture');
  if (others.length > 0) throw unreadable(folder, 'the folder does not say which of its pictures is the sticker');
  return only;
}

function filesBelow(folder: string): string[] {
  const found: string[] = [];
  const waiting: { readonly place: string; readonly depth: number }[] = [{ place: folder, depth: 0 }];
  let looked = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const entry of entriesOf(next.place)) {
      looked += 1;
      if (looked > mostEntries) throw unreadable(folder, 'the folder has too many files');
      const place = path.join(next.place, entry.name);
      if (entry.isFile()) found.push(place);
      else if (entry.isDirectory() && next.depth < deepest) waiting.push({ place, depth: next.depth + 1 });
    }
  }
  return found.sort();
}

function entriesOf(place: string): Dirent[] {
  try {
    return readdirSync(place, { withFileTypes: true });
  } catch {
    return [];
  }
}
