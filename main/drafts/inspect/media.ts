import type { MediaFacts } from '../../media/facts.ts';
import type { Finding, InspectedMedia, MediaState } from '../../shared/inspection.ts';
import { mediaPathForm, remoteMediaUrl } from '../media-path.ts';
import type { Draft, MediaMaterial } from '../model.ts';
import { everyDraft, everyMedia } from '../walk.ts';
import { finding } from './words.ts';

/** What is known about the file of a material: what it is, or why it is not known. */
export type MediaKnowledge = MediaFacts | 'present' | 'missing' | 'unreadable' | 'remote';

/** Lengths are compared with this much patience: containers round, frames are cut. */
const toleranceUs = 100_000;

interface Use {
  /** End of the furthest part in use, µs of the source. */
  readonly endUs: number;
  readonly asSound: boolean;
}

export interface MediaReport {
  readonly media: InspectedMedia[];
  readonly findings: Finding[];
}

/** The state of every media material, and what it means for the export. */
export function inspectMedia(
  draft: Draft,
  known: ReadonlyMap<string, MediaKnowledge>,
  nowMs: number | null,
): MediaReport {
  const uses = mediaUses(draft);
  const entries = everyMedia(draft).map((material) => {
    const knowledge = known.get(material.id) ?? guess(material);
    const use = uses.get(material) ?? null;
    return { material, use, knowledge, state: mediaState(material, knowledge, use) };
  });
  const names = (wanted: (entry: (typeof entries)[number]) => boolean) =>
    entries
      .filter(({ material }) => material.kind !== 'sticker')
      .filter(wanted)
      .map(({ material }) => label(material));
  const groups = [
    ['media_missing', names(({ state, use }) => state === 'missing' && use !== null)],
    ['media_unreadable', names(({ state, use }) => state === 'unreadable' && use !== null)],
    ['media_wrong_kind', names(({ state }) => state === 'wrong_kind')],
    ['media_too_short', names(({ state }) => state === 'too_short')],
    ['media_unused_missing', names(({ state, use }) => state === 'missing' && use === null)],
    [
      'media_shorter_than_declared_use',
      names(({ material, knowledge, use }) => typeof knowledge === 'string' && beyondDeclared(material, use)),
    ],
    [
      'media_link_expired',
      names(
        ({ material, state }) => state === 'remote' && nowMs !== null && isExpired(remoteMediaUrl(material), nowMs),
      ),
    ],
  ] as const;
  return {
    media: entries.map(({ material, knowledge, state }) => inspected(material, knowledge, state)),
    findings: groups.flatMap(([kind, subjects]) =>
      subjects.length === 0 ? [] : [finding(kind, subjects, subjects.length)],
    ),
  };
}

/** What can be seen or heard: hidden segments and muted sound need no file. */
function mediaUses(draft: Draft): Map<MediaMaterial, Use> {
  const uses = new Map<MediaMaterial, Use>();
  const shown = everyDraft(draft)
    .flatMap(({ tracks }) => tracks.filter(({ type, muted }) => !(type === 'audio' && muted)))
    .flatMap(({ segments }) => segments.filter(({ visible }) => visible));
  for (const segment of shown) {
    if (segment.content.type !== 'media') continue;
    const { media } = segment.content;
    const before = uses.get(media);
    // Reversed segments count in the reversed copy, which is another file.
    const endUs = segment.source === null || segment.reverse ? 0 : segment.source.startUs + segment.source.durationUs;
    const asSound = segment.trackType === 'audio';
    uses.set(media, { endUs: Math.max(endUs, before?.endUs ?? 0), asSound: asSound || (before?.asSound ?? false) });
  }
  return uses;
}

/** Nobody has looked at the file: what the written path alone tells. */
function guess(material: MediaMaterial): MediaKnowledge {
  if (remoteMediaUrl(material) !== null) return 'remote';
  const form = mediaPathForm(material.path);
  return form === 'empty' || form === 'unresolved' || form === 'unusable' ? 'missing' : 'present';
}

function mediaState(material: MediaMaterial, known: MediaKnowledge, use: Use | null): MediaState {
  if (typeof known === 'string') return known;
  if (use === null) return 'present';
  if (use.asSound && !known.hasAudio) return 'wrong_kind';
  if (!use.asSound && known.kind === 'audio') return 'wrong_kind';
  const plays = known.kind === 'video' || known.kind === 'audio';
  const endless = material.kind === 'photo' || material.kind === 'gif' || material.kind === 'sticker';
  const short = plays && !endless && known.durationUs > 0 && use.endUs > known.durationUs + toleranceUs;
  return short ? 'too_short' : 'present';
}

function beyondDeclared({ kind, durationUs }: MediaMaterial, use: Use | null): boolean {
  return (
    use !== null && (kind === 'video' || kind === 'audio') && durationUs > 0 && use.endUs > durationUs + toleranceUs
  );
}

function inspected(material: MediaMaterial, known: MediaKnowledge, state: MediaState): InspectedMedia {
  const facts = typeof known === 'string' ? null : known;
  const size = (probed: number | undefined, declared: number) => probed || declared || null;
  return {
    materialId: material.id,
    kind: material.kind,
    name: label(material),
    state,
    source: sourceLabel(material),
    width: size(facts?.width, material.width),
    height: size(facts?.height, material.height),
    durationUs: material.kind === 'photo' ? null : size(facts?.durationUs, material.durationUs),
    bytes: facts?.bytes ?? null,
  };
}

function label(material: MediaMaterial): string {
  return material.name.trim() || fileName(material.path) || material.id;
}

/** For people: a remote address without its signature, or the file's name. */
function sourceLabel(material: MediaMaterial): string {
  const url = remoteMediaUrl(material);
  return url === null ? fileName(material.path) : url.replace(/^(https?:\/\/)[^/@]*@/i, '$1').replace(/[?#].*$/s, '');
}

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? '';
}

/** Signed addresses say in their query until when they hold, in seconds since 1970. */
function isExpired(url: string | null, nowMs: number): boolean {
  const seconds = /[?&](?:x-expires|expires)=(\d{9,11})(?:&|$)/i.exec(url ?? '')?.[1];
  return seconds !== undefined && Number(seconds) * 1000 < nowMs;
}
