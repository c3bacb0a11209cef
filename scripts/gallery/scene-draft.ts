import type { Item, Json, MediaName, Ref, Scene } from './scene.ts';
import { seconds } from './scene.ts';

export const galleryCanvas = { width: 640, height: 360 };
export const galleryFps = 30;

/** Where the media of the gallery lie. */
export type MediaFiles = Readonly<Record<MediaName, string>>;

const kinds: Readonly<Record<MediaName, string>> = {
  card: 'photo',
  other: 'photo',
  tall: 'photo',
  film: 'video',
  moving: 'gif',
  ring: 'gif',
  vector: 'gif',
  green: 'photo',
  badge: 'photo',
  chart: 'photo',
  table: 'photo',
};

/** The draft file of a scene, as Jianying would write it. */
export function draftOf(scene: Pick<Scene, 'lines' | 'canvas'>, files: MediaFiles): Json {
  const materials = new Map<string, Json[]>();
  let count = 0;
  const add = ([list, material]: Ref): string => {
    count += 1;
    const id = `m${count}`;
    const entries = materials.get(list) ?? [];
    const whole: Json = { id, ...withPaths(material, files) };
    entries.push(whole);
    materials.set(list, entries);
    return String(whole.id);
  };
  let endUs = 0;
  const tracks = scene.lines.map(({ type, items }, track) => ({
    id: `t${track}`,
    type,
    attribute: 0,
    flag: 0,
    segments: items.map((item, index) => {
      const target = { start: seconds(item.start ?? 0), duration: seconds(item.duration ?? 1) };
      endUs = Math.max(endUs, target.start + target.duration);
      return segmentOf(item, type, `s${track}-${index}`, target, add, files);
    }),
  }));
  return {
    canvas_config: { ...(scene.canvas ?? galleryCanvas), ratio: 'original' },
    fps: galleryFps,
    duration: endUs,
    version: 360_000,
    new_version: '110.0.0',
    platform: { app_source: 'lv', app_version: '5.9.0', os: 'windows' },
    materials: Object.fromEntries(materials),
    tracks,
  };
}

function segmentOf(
  item: Item,
  type: string,
  id: string,
  target: { start: number; duration: number },
  add: (ref: Ref) => string,
  files: MediaFiles,
): Json {
  const shown = shownRef(item, type, files);
  return {
    id,
    material_id: shown === null ? '' : add(shown),
    target_timerange: target,
    source_timerange:
      item.media === undefined && item.inner === undefined ? null : { start: 0, duration: target.duration },
    speed: 1,
    volume: 1,
    visible: true,
    extra_material_refs: [...(item.refs ?? []), ...innerRefs(item, files)].map(add),
    common_keyframes: [],
    ...item.segment,
  };
}

/** `media:card` in a material stands for that file. */
function withPaths(material: Json, files: MediaFiles): Json {
  const path = (value: unknown) =>
    typeof value === 'string' && value.startsWith('media:') ? files[value.slice(6) as MediaName] : value;
  return Object.fromEntries(Object.entries(material).map(([key, value]) => [key, path(value)]));
}

function innerRefs({ inner }: Item, files: MediaFiles): Ref[] {
  return inner === undefined ? [] : [['drafts', { type: 'combination', draft: draftOf(inner, files) }]];
}

function shownRef(item: Item, type: string, files: MediaFiles): Ref | null {
  if (item.shows !== undefined) return item.shows;
  // A compound clip stands among the videos without a file.
  if (item.inner !== undefined) return ['videos', { type: 'video', path: '', extra_type_option: 2 }];
  if (item.text !== undefined) return ['texts', item.text];
  if (item.media === undefined) return null;
  const path = files[item.media];
  if (type === 'sticker') return ['stickers', { path, name: item.media, ...item.material }];
  return ['videos', { type: kinds[item.media], path, material_name: item.media, ...item.material }];
}

/** The part of the draft that makes the feature, for people to read. */
export function snippetOf(scene: Scene): Json[] {
  return scene.lines.flatMap(({ items }) =>
    items.flatMap(({ segment, material, text, shows, refs = [] }) => {
      const lists = [...(shows === undefined ? [] : [shows]), ...refs];
      const told: Json = {
        ...(segment === undefined ? {} : { segment }),
        ...(material === undefined ? {} : { material }),
        ...(text === undefined ? {} : { texts: text }),
        ...Object.fromEntries(lists),
      };
      return Object.keys(told).length === 0 ? [] : [told];
    }),
  );
}
