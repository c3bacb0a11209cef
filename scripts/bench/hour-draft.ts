/** An hour as a busy editor would cut it: thousands of segments of every common kind, none of them twice the same. */
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

/** Files of the hour; the draft refers to them by these paths. */
export interface HourMedia {
  /** Of `filmSeconds` each, with sound. */
  readonly films: readonly string[];
  readonly photos: readonly string[];
  /** Of `musicSeconds`. */
  readonly music: string;
}

const hour = 3600;
export const filmSeconds = 600;
export const musicSeconds = 60;

const shots = 1200;
const overlays = 300;
const subtitles = 1400;
const titles = 180;
const voices = 450;

const dissolve = transition('dissolve', '叠化', 0.5);
const push = transition('push', '推近', 0.4);
const popIn: Json = {
  id: 'pop',
  type: 'sticker_animation',
  animations: [{ id: 'pop', type: 'in', name: '弹入', start: 0, duration: 600_000 }],
};

/**
 * The draft file.
 * @param fps its frame rate: the same hour with more or fewer frames of each segment
 * @param part share of the hour, 0..1, from its start
 */
export function hourDraft(media: HourMedia, fps: number, part = 1): Json {
  const seconds = hour * part;
  const first = (count: number) => Array.from({ length: Math.round(count * part) }, (_, index) => index);
  return draftFile({
    name: 'hour',
    seconds,
    fps,
    materials: {
      videos: [
        ...media.films.map((file, index) => film(`film${index}`, file, filmSeconds)),
        ...media.photos.map((file, index) => photo(`photo${index}`, file)),
      ],
      audios: [sound('music', media.music, musicSeconds)],
      texts: [
        ...first(subtitles).map((index) => text(`subtitle${index}`, `第 ${index + 1} 条字幕：每一句都不一样`, 7)),
        ...first(titles).map((index) => text(`title${index}`, `Chapter ${index + 1} · 第 ${index + 1} 章`, 14)),
      ],
      transitions: [dissolve, push],
      audio_fades: [fade('fade', 1, 1)],
      material_animations: [popIn],
    },
    tracks: [
      { type: 'video', segments: first(shots).map((index) => shot(index, media)) },
      { type: 'video', segments: first(overlays).map((index) => overlay(index, media)) },
      { type: 'text', segments: first(subtitles).map(subtitle) },
      { type: 'text', segments: first(titles).map(title) },
      { type: 'audio', segments: first(hour / musicSeconds).map(music) },
      { type: 'audio', segments: first(voices).map(voice) },
    ],
  });
}

/** Three seconds of a film from anywhere in it, now and then quicker or joined to the next; every fourth is a photo. */
function shot(index: number, { films, photos }: HourMedia): Json {
  const length = hour / shots;
  const start = index * length;
  if (index % 4 === 3)
    return segment(`photo${(index >> 2) % photos.length}`, start, length, {
      keyframes: [motion('KFTypeScaleX', 1.1, 1.4, length), motion('KFTypePositionX', -0.05, 0.05, length)],
    });
  const speed = index % 10 === 4 ? 1.25 : 1;
  return segment(`film${index % films.length}`, start, length, {
    source: range((index * 37) % (filmSeconds - 5), length * speed),
    speed,
    volume: 0.7,
    clip: clip({ scale: index % 6 === 0 ? 1.1 : 1 }),
    refs: index % 8 === 0 ? ['dissolve'] : index % 8 === 4 ? ['push'] : [],
  });
}

/** A turned picture in picture that crosses the frame, on screen half of the time. */
function overlay(index: number, { films }: HourMedia): Json {
  const length = 6;
  return segment(`film${(index + 1) % films.length}`, index * 2 * length, length, {
    source: range((index * 53) % (filmSeconds - length), length),
    volume: 0,
    clip: clip({ scale: 0.35, rotation: 8, y: 0.4 }),
    keyframes: [motion('KFTypePositionX', -0.5, 0.5, length)],
  });
}

function subtitle(index: number): Json {
  const step = hour / subtitles;
  return segment(`subtitle${index}`, index * step, step * 0.95, { source: null, clip: clip({ y: -0.75 }) });
}

/** A title that springs up, rises and fades. */
function title(index: number): Json {
  return segment(`title${index}`, index * (hour / titles) + 2, 4, {
    source: null,
    keyframes: [motion('KFTypePositionY', 0.2, 0.5, 4), motion('KFTypeAlpha', 1, 0.3, 4)],
    refs: ['pop'],
  });
}

function music(index: number): Json {
  return segment('music', index * musicSeconds, musicSeconds, { volume: 0.3, refs: ['fade'] });
}

function voice(index: number): Json {
  return segment('music', index * (hour / voices), 5, { source: range((index * 7) % (musicSeconds - 6), 5) });
}
