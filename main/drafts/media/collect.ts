import { mediaLists } from '../read/media.ts';

type Json = Record<string, unknown>;

/** One path of a media material, and how to change it in the draft's JSON. */
export interface MediaUse {
  readonly materialId: string;
  /** For people. */
  readonly name: string;
  readonly written: string;
  readonly remoteUrl: string | null;
  /**
   * `needed`: a segment shows or plays it; `optional`: the video can be made without (reversed copies, stickers);
   * `idle`: no segment uses it.
   */
  readonly need: 'needed' | 'optional' | 'idle';
  /** The material's own file, its reversed copy, or the picture behind a clip. */
  readonly field: 'path' | 'reverse_path' | 'image';
  /** Changes the path in the JSON; `source` is kept for people when the draft does not name one itself. */
  assign(path: string, source: string | null): void;
}

const deepestNesting = 8;

/**
 * Every media path of a draft, those of compound clips included.
 * @param content the parsed JSON; `assign` changes it in place
 */
export function collectMedia(content: Json): MediaUse[] {
  const timelines = [...timelinesOf(content, true, 0)];
  const used = new Set(timelines.flatMap(({ timeline, shown }) => (shown ? usedIds(timeline) : [])));
  return timelines.flatMap(({ timeline }) => {
    const materials = asObject(timeline.materials);
    return [
      ...mediaLists.flatMap((list) => objects(materials[list]).flatMap((material) => usesOf(list, material, used))),
      ...objects(materials.canvases).flatMap((canvas) => canvasUse(canvas, used)),
    ];
  });
}

interface Nested {
  readonly timeline: Json;
  /** Whether a segment shows it: a draft keeps compound clips that were taken off its tracks. */
  readonly shown: boolean;
}

/** The timeline and those of its compound clips (`materials.drafts[].draft`). */
function* timelinesOf(timeline: Json, shown: boolean, depth: number): Generator<Nested> {
  yield { timeline, shown };
  if (depth >= deepestNesting) return;
  const used = new Set(usedIds(timeline));
  for (const nested of objects(asObject(timeline.materials).drafts)) {
    if (isObject(nested.draft)) yield* timelinesOf(nested.draft, shown && used.has(idOf(nested.id)), depth + 1);
  }
}

function usedIds(timeline: Json): string[] {
  return objects(timeline.tracks)
    .flatMap((track) => objects(track.segments))
    .flatMap((segment) => [
      idOf(segment.material_id),
      ...(Array.isArray(segment.extra_material_refs) ? segment.extra_material_refs.map(idOf) : []),
    ]);
}

function usesOf(list: (typeof mediaLists)[number], material: Json, used: ReadonlySet<string>): MediaUse[] {
  const materialId = idOf(material.id);
  const written = text(material.path);
  const remoteUrl = text(material.remote_url) || null;
  const name = text(material.material_name) || text(material.name) || baseName(written) || materialId;
  // Compound clips stand among the videos without a file of their own.
  const isStandIn = Number(material.extra_type_option) === 2 && written.trim() === '';
  const isUsed = used.has(materialId);
  const common = { materialId, name };
  const own: MediaUse = {
    ...common,
    written,
    remoteUrl,
    need: !isUsed ? 'idle' : list === 'stickers' ? 'optional' : 'needed',
    field: 'path',
    assign(path, source) {
      material.path = path;
      if (source !== null && remoteUrl === null) material.remote_url = source;
      // A second path that some versions write beside the first.
      if (typeof material.media_path === 'string' && material.media_path !== '') material.media_path = path;
    },
  };
  const reverse: MediaUse = {
    ...common,
    written: text(material.reverse_path),
    remoteUrl: null,
    need: isUsed ? 'optional' : 'idle',
    field: 'reverse_path',
    assign(path) {
      material.reverse_path = path;
      // The segments' ranges count in the copy, also when it is gone.
      if (path === '') material.lost_reverse_path = reverse.written;
    },
  };
  return [...(isStandIn ? [] : [own]), ...(reverse.written === '' ? [] : [reverse])];
}

/** A canvas may be a picture behind the clip. */
function canvasUse(canvas: Json, used: ReadonlySet<string>): MediaUse[] {
  const written = text(canvas.image) || text(canvas.album_image);
  if (canvas.type !== 'canvas_image' || written === '') return [];
  const materialId = idOf(canvas.id);
  return [
    {
      materialId,
      name: text(canvas.image_name) || baseName(written) || materialId,
      written,
      remoteUrl: null,
      need: used.has(materialId) ? 'needed' : 'idle',
      field: 'image',
      assign(path) {
        canvas.image = path;
        if (typeof canvas.album_image === 'string' && canvas.album_image !== '') canvas.album_image = path;
      },
    },
  ];
}

/** Last part of a path or address, without query; for people. */
export function baseName(path: string): string {
  return path.split(/[?#]/)[0]?.split(/[\\/]/).at(-1)?.slice(0, 200) ?? '';
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asObject(value: unknown): Json {
  return isObject(value) ? value : {};
}

function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function idOf(value: unknown): string {
  return typeof value === 'number' ? String(value) : text(value);
}
