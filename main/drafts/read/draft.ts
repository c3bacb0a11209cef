import type {
  Draft,
  EffectMaterial,
  MediaMaterial,
  Segment,
  SegmentContent,
  TextMaterial,
  TextTemplate,
  Track,
  TrackType,
} from '../model.ts';
import { readClip } from './clip.ts';
import { readEffect, readExtras } from './extras.ts';
import { type Fields, fields, finite, firstText, id, isFields, list, micros, number, records, text } from './fields.ts';
import { withGlow } from './glow.ts';
import { indexMaterials, type Material, type MaterialIndex, type MaterialReader } from './materials.ts';
import { isCompoundStandIn, type MediaList, mediaLists, readMedia } from './media.ts';
import type { ProblemLog } from './problems.ts';
import { type ContentReader, mostReferences, readSegment, type SegmentPlace } from './segment.ts';
import { readText, withFittingWords } from './text.ts';

/** Compound clips inside compound clips: the application allows few, a file may hold any number. */
const deepestCompound = 8;
/** No canvas is wider or higher, pixels. */
export const largestCanvas = 16_384;

const trackTypes: ReadonlySet<unknown> = new Set(['video', 'audio', 'text', 'sticker', 'effect', 'filter', 'adjust']);

const isTrackType = (value: unknown): value is TrackType => trackTypes.has(value);
const isMediaList = (value: string): value is MediaList => (mediaLists as readonly string[]).includes(value);

/** The typed draft of one timeline object, its compound clips included. */
export function readTimeline(json: Fields, name: string, log: ProblemLog, depth = 0): Draft {
  const materials = indexMaterials(fields(json.materials));
  const media = readAllMedia(materials);
  const declared = declaredCanvas(json);
  const content = contentReader(materials, media, declared?.width ?? 1920, log, depth);
  const tracks = readTracks(json, materials, content, log);
  const segments = tracks.flatMap((track) => track.segments);
  const platform = fields(json.platform);
  const lastPlatform = fields(json.last_modified_platform);
  return {
    name: firstText(name, json.name),
    app: {
      source: firstText(lastPlatform.app_source, platform.app_source),
      version: firstText(lastPlatform.app_version, platform.app_version),
      os: firstText(lastPlatform.os, platform.os),
    },
    newVersion: text(json.new_version),
    canvas: declared ?? guessedCanvas(segments, json, log),
    fps: readFps(json, log),
    durationUs: segments.reduce((end, { target }) => Math.max(end, target.startUs + target.durationUs), 0),
    declaredDurationUs: micros(json.duration),
    tracks,
    media,
    ...membership(materials),
  };
}

/** What the file itself marks as members' material; most files mark nothing. */
function membership(materials: MaterialIndex): { membership?: readonly string[] } {
  const names = new Set<string>();
  for (const { list: kind, fields: material } of materials.values()) {
    const marked =
      material.is_vip === true || material.vip === true || list(material.pre_applied_vip_materials).length > 0;
    if (marked && names.size < 100) names.add(firstText(material.name, material.material_name) || kind);
  }
  return names.size === 0 ? {} : { membership: [...names] };
}

function readTracks(json: Fields, materials: MaterialIndex, content: ContentReader, log: ProblemLog): Track[] {
  return list(json.tracks).flatMap((value, index) => {
    const track = fields(value);
    if (!isTrackType(track.type)) {
      if (list(track.segments).length > 0) log.add('track_unknown', firstText(track.type) || '?');
      return [];
    }
    const place: SegmentPlace = { trackIndex: index, trackType: track.type };
    const segments = records(track.segments)
      .flatMap((segment) => readSegment(segment, place, materials, content, log) ?? [])
      .sort((a, b) => a.target.startUs - b.target.startUs);
    const muted = ((finite(track.attribute) ?? 0) & 1) === 1;
    return [{ id: id(track.id), type: track.type, index, muted, segments }];
  });
}

function readAllMedia(materials: MaterialIndex): Map<string, MediaMaterial> {
  const media = new Map<string, MediaMaterial>();
  for (const [key, material] of materials) {
    if (isMediaList(material.list) && !isCompoundStandIn(material.fields)) {
      media.set(key, readMedia(material.list, material.fields));
    }
  }
  return media;
}

/** How materials become what segments show; nested drafts and texts are read once, however many segments show them. */
function contentReader(
  materials: MaterialIndex,
  media: Map<string, MediaMaterial>,
  canvasWidth: number,
  log: ProblemLog,
  depth: number,
): ContentReader {
  const readWords: MaterialReader<TextMaterial> = (material) => readText(material, canvasWidth, log);
  const readNested: MaterialReader<Draft | null> = ({ draft, name }) =>
    isFields(draft) && depth < deepestCompound ? readTimeline(draft, text(name), log, depth + 1) : null;
  const readWordTemplate: MaterialReader<TextTemplate> = (material) => readTemplate(material, materials, readWords);

  return ({ materialId, material, extras, trackType, durationUs, tell }) => {
    const compound = [...extras, ...(material === null ? [] : [material])].find(({ list }) => list === 'drafts');
    const draft = compound?.as(readNested) ?? null;
    if (draft !== null) {
      const standIn = media.get(materialId);
      if (standIn !== undefined && standIn.path.trim() === '') media.delete(materialId);
      return { type: 'compound', draft };
    }
    if (isFields(compound?.fields.draft)) tell('compound_too_deep');
    const file = media.get(materialId);
    if (file !== undefined) return { type: 'media', media: file };
    if (material === null) return adjustmentOf(trackType, extras) ?? { type: 'unresolved', materialId };
    switch (material.list) {
      case 'texts':
        return { type: 'text', text: withGlow(withFittingWords(material.as(readWords), durationUs), extras) };
      case 'text_templates':
        return { type: 'text_template', template: withFittingTexts(material.as(readWordTemplate), durationUs) };
      case 'videos':
        // A compound clip whose nested draft is gone.
        return { type: 'unresolved', materialId };
      default:
        return { type: 'effect', effect: onTrack(material.as(readEffect), trackType) };
    }
  };
}

/** A segment of an adjustment track is what it refers to; its own material may be nothing at all. */
function adjustmentOf(trackType: TrackType, extras: readonly Material[]): SegmentContent | null {
  if (trackType !== 'adjust' || !extras.some(({ list }) => list !== 'speeds')) return null;
  return { type: 'effect', effect: onTrack(readEffect({ type: 'adjust' }, 'adjust'), trackType) };
}

/** What lies on a filter or adjustment track works on everything below it. */
function onTrack(effect: EffectMaterial, trackType: TrackType): EffectMaterial {
  return trackType === 'filter' || trackType === 'adjust' ? { ...effect, applyTarget: 2 } : effect;
}

function readTemplate(
  template: Fields,
  materials: MaterialIndex,
  readWords: MaterialReader<TextMaterial>,
): TextTemplate {
  return {
    id: id(template.id),
    name: text(template.name),
    resourceId: firstText(id(template.resource_id), id(template.effect_id)),
    texts: records(template.text_info_resources)
      .slice(0, 100)
      .toSorted((a, b) => layerOf(a) - layerOf(b))
      .flatMap((resource) => {
        const material = materials.get(id(resource.text_material_id));
        if (material?.list !== 'texts') return [];
        const extras = list(resource.extra_material_refs)
          .slice(0, mostReferences)
          .flatMap((ref) => materials.get(id(ref)) ?? []);
        const text = withGlow(material.as(readWords), extras);
        const attached = fields(resource.attach_info);
        return [
          {
            text,
            transform: readClip(attached.clip),
            animations: readExtras(fields(null), fields(null), extras).animations,
            startUs: micros(attached.start_time),
            durationUs: micros(attached.duration) || null,
          },
        ];
      }),
  };
}

const layerOf = (resource: Fields): number => number(resource.order_in_layer, 0, -1e6, 1e6);

function withFittingTexts(template: TextTemplate, durationUs: number): TextTemplate {
  const texts = template.texts.map(({ text, ...rest }) => ({
    ...rest,
    text: withFittingWords(text, rest.durationUs ?? durationUs - rest.startUs),
  }));
  return texts.every(({ text }, index) => text === template.texts[index]?.text) ? template : { ...template, texts };
}

function declaredCanvas(json: Fields): Draft['canvas'] | null {
  const canvas = fields(json.canvas_config);
  const width = Math.round(number(canvas.width, 0, 0, largestCanvas));
  const height = Math.round(number(canvas.height, 0, 0, largestCanvas));
  return width < 2 || height < 2 ? null : { width, height, ratio: text(canvas.ratio) };
}

/** Compound presets are saved without a canvas: the first picture's size is theirs. */
function guessedCanvas(segments: readonly Segment[], json: Fields, log: ProblemLog): Draft['canvas'] {
  log.add('canvas_missing', 'canvas');
  const ratio = text(fields(json.canvas_config).ratio);
  for (const { content } of segments) {
    if (content.type === 'compound') return { ...content.draft.canvas, ratio };
    if (content.type !== 'media' || content.media.kind === 'audio') continue;
    const { width, height } = content.media;
    if (width >= 2 && height >= 2 && width <= largestCanvas && height <= largestCanvas) return { width, height, ratio };
  }
  return { width: 1920, height: 1080, ratio };
}

function readFps(json: Fields, log: ProblemLog): number {
  const written = finite(json.fps);
  if (written !== null && written >= 1 && written <= 240) return written;
  if (json.fps !== undefined && json.fps !== null) log.add('fps_invalid', String(json.fps).slice(0, 20));
  return 30;
}
