import { rename } from 'node:fs/promises';
import path from 'node:path';
import { extensionOfFile, ownName } from './media/transfer.ts';
import { draftFolderPlaceholder, localMediaPath, mediaPathForm } from './media-path.ts';
import { parsedFields } from './read/fields.ts';
import type { OpenedDraft } from './sources/opener.ts';

export interface MovedFiles {
  readonly filesFolder: string;
  readonly mediaFolder: string;
  /** Names in the media folder of files that have moved there, by their old path; further ones are added. */
  readonly moved: Map<string, string>;
}

/**
 * Paths in a draft that are not media (fonts, sound effects, analysis files): what comes with the draft moves along, and a
 * placeholder never means another folder than before. Network shares in a draft from elsewhere are emptied: whoever opens
 * one sends the operator's login to it.
 * @param content changed in place; media paths are settled already
 */
export async function rewriteOtherPaths(
  content: Record<string, unknown>,
  draft: OpenedDraft,
  { filesFolder, mediaFolder, moved }: MovedFiles,
): Promise<void> {
  const own = new Set(draft.files);
  const settled = `${draftFolderPlaceholder}/media/`;
  for (const place of stringsOf(content)) {
    if (place.value.startsWith(settled)) continue;
    const form = mediaPathForm(place.value);
    if (form === 'network_share' && draft.origin === 'remote') place.set('');
    if (form !== 'placeholder') continue;
    const file = localMediaPath(place.value, draft.folder);
    if (file === null || !own.has(file) || draft.addresses.has(file)) continue;
    if (!file.startsWith(filesFolder + path.sep)) {
      place.set(file);
      continue;
    }
    let name = moved.get(file);
    if (name === undefined) {
      name = `${ownName(moved.size, file)}-x${await extensionOfFile(file, file)}`;
      await rename(file, path.join(mediaFolder, name));
      moved.set(file, name);
    }
    place.set(settled + name);
  }
}

interface StringPlace {
  readonly value: string;
  set(value: string): void;
}

const longestPath = 2000;
const deepestText = 3;

/**
 * Every string of a JSON value that could be a path, also inside JSON kept as text (titles hold their fonts that way).
 * Without recursion: a file may be nested as deep as it likes.
 */
function* stringsOf(root: object, depth = 0): Generator<StringPlace> {
  const waiting: object[] = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const holder = next as Record<string, unknown>;
    for (const [key, value] of Object.entries(holder)) {
      const set = (changed: string) => {
        holder[key] = changed;
      };
      if (typeof value === 'object' && value !== null) waiting.push(value);
      else if (typeof value !== 'string' || !/[\\/]/.test(value)) continue;
      else if (value.startsWith('{') && depth < deepestText) yield* stringsInText(value, set, depth);
      else if (value.length <= longestPath) yield { value, set };
    }
  }
}

function* stringsInText(text: string, write: (changed: string) => void, depth: number): Generator<StringPlace> {
  const inner = parsedFields(text);
  if (inner === null) return;
  let hasChanged = false;
  for (const place of stringsOf(inner, depth + 1)) {
    yield {
      value: place.value,
      set(changed) {
        hasChanged = true;
        place.set(changed);
      },
    };
  }
  if (hasChanged) write(JSON.stringify(inner));
}
