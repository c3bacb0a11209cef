/** Drafts that the public `capcut-cli render` can read, and what of each it leaves out. */
import {
  clip,
  draftFile,
  fade,
  film,
  type Json,
  motion,
  photo,
  range,
  segment,
  sound,
  text,
  transition,
} from './draft-parts.ts';

export interface CapcutDraft {
  readonly name: string;
  /** Flags of `capcut-cli render` with which it draws all that it can of the draft. */
  readonly flags: readonly string[];
  /** What is in the draft and not in its video; seen by comparing the two videos. */
  readonly leftOut: string;
  readonly json: Json;
}

/** Files of the drafts: two films of `filmSeconds` with sound, a photo, and music as long as the drafts. */
export interface CapcutMedia {
  readonly films: readonly [string, string];
  readonly photo: string;
  readonly music: string;
}

export const fps = 30;
export const filmSeconds = 8;
export const draftSeconds = 12;

/** Cuts; cuts under captions; films and a photo under an overlay, captions and music; the same in motion. */
export function capcutDrafts(media: CapcutMedia): CapcutDraft[] {
  const films = media.films.map((file, index) => film(`film${index}`, file, filmSeconds));
  const cuts = { type: 'video', segments: Array.from({ length: 6 }, (_, index) => cut(index)) };
  const captions = Array.from({ length: 6 }, (_, index) => index);
  const lines = {
    type: 'text',
    segments: captions.map((index) =>
      segment(`caption${index}`, 2 * index + 0.2, 1.6, { source: null, clip: clip({ y: -0.75 }) }),
    ),
  };
  const texts = captions.map((index) => text(`caption${index}`, `Caption number ${index + 1} of a short film`, 8));
  const music = { type: 'audio', segments: [segment('music', 0, draftSeconds, { volume: 0.5, refs: ['fade'] })] };
  const everything = ['--burn-captions', '--all-video-tracks'];
  const materials = {
    videos: [...films, photo('photo', media.photo)],
    audios: [sound('music', media.music, draftSeconds)],
    audio_fades: [fade('fade', 1, 2)],
    transitions: [transition('dissolve', '叠化', 0.6)],
    texts,
  };
  const common = { name: 'bench', seconds: draftSeconds, fps };
  return [
    {
      name: 'cut list',
      flags: [],
      leftOut: 'the sound of the clips',
      json: draftFile({ ...common, materials: { videos: films }, tracks: [cuts] }),
    },
    {
      name: 'cuts and captions',
      flags: ['--burn-captions'],
      leftOut: "the clips' sound, the captions' size and outline",
      json: draftFile({ ...common, materials: { videos: films, texts }, tracks: [cuts, lines] }),
    },
    {
      name: 'photo, overlay, captions, music',
      flags: everything,
      leftOut: "the clips' sound, the overlay's corners, the captions' size and outline",
      json: draftFile({ ...common, materials, tracks: [...pictures(false), lines, music] }),
    },
    {
      name: 'the same with motion and a dissolve',
      flags: everything,
      leftOut: "the clips' sound, the dissolve, all motion, the overlay's corners, the captions' size and outline",
      json: draftFile({ ...common, materials, tracks: [...pictures(true), lines, music] }),
    },
  ];
}

/** Two seconds of one film and the other in turn, each further on than the last. */
function cut(index: number): Json {
  return segment(`film${index % 2}`, 2 * index, 2, { source: range(Math.floor(index / 2) * 2.5, 2) });
}

/**
 * Two films, the second quicker, and a photo; over them a picture in picture, turned and slightly transparent. In motion
 * the films dissolve, the photo is slowly approached and the picture in picture crosses the frame.
 */
function pictures(moving: boolean): { type: string; segments: Json[] }[] {
  const moves = (property: string, from: number, to: number, seconds: number) =>
    moving ? [motion(property, from, to, seconds)] : [];
  const main = [
    segment('film0', 0, 4, { refs: moving ? ['dissolve'] : [] }),
    segment('film1', 4, 4, { source: range(0, 6), speed: 1.5 }),
    segment('photo', 8, 4, { keyframes: moves('KFTypeScaleX', 1, 1.3, 4) }),
  ];
  const over = segment('film1', 1, 7, {
    volume: 0,
    clip: clip({ scale: 0.4, rotation: 12, alpha: 0.9, x: -0.4, y: 0.35 }),
    keyframes: moves('KFTypePositionX', -0.4, 0.4, 7),
  });
  return [main, [over]].map((segments) => ({ type: 'video', segments }));
}
