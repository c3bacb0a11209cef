import path from 'node:path';
import { StationError } from '../../../shared/errors/index.ts';
import type { PathMap } from '../paths.ts';

export const placeholder = '##_draftpath_placeholder_0E685133-18CE-45ED-8CB8-2904A212EC80_##';

/** A media file that the draft refers to. */
export interface MediaReference {
  /** Jianying's word for the kind in `draft_materials`: photo, video, music. */
  readonly metetype: 'photo' | 'video' | 'music';
  readonly materialId: string;
  readonly name: string;
  /** Absolute, as the client sees it; "" when the draft names no local file. */
  readonly clientPath: string;
  /** The same file as the station sees it; null = not a local file. */
  readonly localPath: string | null;
  readonly durationUs: number;
  readonly width: number;
  readonly height: number;
}

export interface RewrittenContent {
  readonly text: string;
  readonly media: readonly MediaReference[];
  readonly canvas: { readonly width: number; readonly height: number };
  readonly fps: number;
  /** Something in it can be heard for certain: an audio segment with a volume. */
  readonly audible: boolean;
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const objects = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

const isAbsolute = (file: string) => path.win32.isAbsolute(file) || path.posix.isAbsolute(file);

/**
 * The draft JSON with every media path made absolute for the client: files inside the fetched folder move with the copy.
 * Nothing else is changed. `from` is the folder the JSON was made for, `to` the copy; both as the station sees them.
 * @throws StationError JIANYING_DRAFT_UNREADABLE
 */
export function rewriteContent(
  source: string,
  from: string,
  to: string,
  paths: PathMap,
  newId: string,
): RewrittenContent {
  const draft = parse(source);
  const localise = (written: string): string => {
    if (written.startsWith(placeholder))
      return path.join(
        to,
        written
          .slice(placeholder.length)
          .replace(/^[\\/]+/, '')
          .replaceAll('\\', '/'),
      );
    const relative = path.relative(from, written);
    if (path.isAbsolute(written) && !relative.startsWith('..') && !path.isAbsolute(relative))
      return path.join(to, relative);
    return written;
  };
  // A drive letter is the client's own spelling already.
  const forClient = (local: string) => (/^[A-Za-z]:|^\\\\/.test(local) ? local : paths.toClient(local));
  const media: MediaReference[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const entry of value) visit(entry);
    if (!isObject(value)) return;
    for (const [key, entry] of Object.entries(value)) {
      // Nested (compound) drafts and every list of materials alike: what points into the folder moves with it.
      if (
        typeof entry === 'string' &&
        /(^|_)path$/i.test(key) &&
        entry !== '' &&
        !/^https?:/i.test(entry) &&
        isAbsolute(asPath(entry))
      ) {
        const local = localise(entry);
        value[key] = forClient(local);
      } else visit(entry);
    }
  };
  const materials = isObject(draft.materials) ? draft.materials : {};
  for (const [list, kind] of [
    ['videos', 'video'],
    ['audios', 'music'],
  ] as const) {
    for (const material of objects(materials[list])) {
      const written = text(material.path);
      const local =
        written === '' || /^https?:/i.test(written) || !isAbsolute(asPath(written)) ? null : localise(written);
      media.push({
        metetype: kind === 'video' && text(material.type) === 'photo' ? 'photo' : kind,
        materialId: text(material.id),
        name: text(material.material_name) || text(material.name) || (local ? path.basename(local) : ''),
        clientPath: local === null ? '' : forClient(local),
        localPath: local,
        durationUs: number(material.duration),
        width: number(material.width),
        height: number(material.height),
      });
    }
  }
  visit(draft);
  draft.id = newId;
  const canvas = isObject(draft.canvas_config) ? draft.canvas_config : {};
  const audible = objects(draft.tracks).some(
    (track) =>
      text(track.type) === 'audio' &&
      objects(track.segments).some((segment) => (segment.volume ?? 1) !== 0) &&
      track.attribute !== 1,
  );
  return {
    text: JSON.stringify(draft),
    media,
    canvas: { width: number(canvas.width), height: number(canvas.height) },
    fps: number(draft.fps) || 30,
    audible,
  };
}

/** A placeholder counts as an absolute path. */
function asPath(written: string): string {
  return written.startsWith(placeholder) ? '/' : written;
}

function parse(source: string): Json {
  let draft: unknown;
  try {
    draft = JSON.parse(source.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new StationError('JIANYING_DRAFT_UNREADABLE', { file: 'draft_content.json' }, { cause });
  }
  if (!isObject(draft) || !Array.isArray(draft.tracks))
    throw new StationError('JIANYING_DRAFT_UNREADABLE', { file: 'draft_content.json' });
  return draft;
}
