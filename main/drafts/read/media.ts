import { remoteMediaUrl } from '../media-path.ts';
import type { Crop, MediaMaterial, Point } from '../model.ts';
import { type Fields, fields, finite, firstText, id, micros, number, records, text } from './fields.ts';

/** Lists of `materials` whose entries are files. */
export const mediaLists = ['videos', 'audios', 'stickers', 'images'] as const;
export type MediaList = (typeof mediaLists)[number];

const largestSide = 65_536;

/** One entry of a media list. */
export function readMedia(list: MediaList, material: Fields): MediaMaterial {
  const path = text(material.path);
  const preview = firstText(material.preview_cover_url, material.icon_url);
  return {
    id: id(material.id),
    kind: mediaKind(list, material),
    name: firstText(material.material_name, material.name) || baseName(path),
    path,
    remoteUrl: remoteMediaUrl({ path, remoteUrl: firstText(material.remote_url) }),
    reversePath: firstText(material.reverse_path, material.lost_reverse_path),
    width: Math.round(number(material.width, 0, 0, largestSide)),
    height: Math.round(number(material.height, 0, 0, largestSide)),
    durationUs: micros(material.duration),
    crop: readCrop(fields(material.crop)),
    ...(list === 'stickers' ? { resourceId: firstText(id(material.resource_id), id(material.sticker_id)) } : {}),
    ...(preview === '' ? {} : { previewUrl: preview }),
    ...algorithms(material),
  };
}

/** Cutting out and the like: computed by the application, kept in its own files. */
function algorithms(material: Fields): { algorithms?: readonly string[] } {
  const named = records(fields(material.video_algorithm).algorithms).slice(0, 20);
  const found = named.map((entry) => firstText(entry.name, entry.type)).filter((name) => name !== '');
  if ((finite(fields(material.matting).flag) ?? 0) > 0) found.push('matting');
  return found.length === 0 ? {} : { algorithms: found };
}

/** `videos` holds photos and gifs too; generators write gifs as videos. */
function mediaKind(list: MediaList, material: Fields): MediaMaterial['kind'] {
  if (list === 'audios') return 'audio';
  if (list === 'stickers') return 'sticker';
  if (list === 'images' || material.type === 'photo') return 'photo';
  return material.type === 'gif' || /\.gif$/i.test(text(material.path)) ? 'gif' : 'video';
}

/** A compound clip's stand-in among the videos: it has no file, its picture is the nested draft's. */
export function isCompoundStandIn(material: Fields): boolean {
  return finite(material.extra_type_option) === 2 && text(material.path).trim() === '';
}

function readCrop(crop: Fields): Crop | null {
  const corner = (name: string, x: number, y: number): Point => ({
    x: number(crop[`${name}_x`], x, 0, 1),
    y: number(crop[`${name}_y`], y, 0, 1),
  });
  const upperLeft = corner('upper_left', 0, 0);
  const upperRight = corner('upper_right', 1, 0);
  const lowerLeft = corner('lower_left', 0, 1);
  const lowerRight = corner('lower_right', 1, 1);
  const width = Math.hypot(upperRight.x - upperLeft.x, upperRight.y - upperLeft.y);
  const height = Math.hypot(lowerLeft.x - upperLeft.x, lowerLeft.y - upperLeft.y);
  // A crop to nothing is damage (all zeros); a crop to everything is none.
  const whole = [upperLeft.x, upperLeft.y, upperRight.y, lowerLeft.x].every((value) => Math.abs(value) < 1e-6);
  const full = whole && [upperRight.x, lowerLeft.y, lowerRight.x, lowerRight.y].every((v) => Math.abs(v - 1) < 1e-6);
  return full || width < 1e-3 || height < 1e-3 ? null : { upperLeft, upperRight, lowerLeft, lowerRight };
}

function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1)?.split('?')[0]?.slice(0, 200) ?? '';
}
