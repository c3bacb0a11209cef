/** Where the sample's media are: URLs, or paths as a draft may write them. */
export interface SampleMedia {
  readonly clip: string;
  readonly sunrise: string;
  readonly lake: string;
  readonly music: string;
}

/** Names of the sample's media files. */
export const sampleFiles = { clip: 'clip.mp4', sunrise: 'sunrise.jpg', lake: 'lake.png', music: 'music.m4a' } as const;

/** Its title. */
export const sampleName = '剪映渲染站示例';

const second = 1_000_000;
export const sampleDurationUs = 12 * second;
export const sampleCanvas = { width: 1280, height: 720, fps: 30 };

type Json = Record<string, unknown>;

interface Clip {
  readonly alpha?: number;
  readonly rotation?: number;
  readonly scale?: number;
  readonly x?: number;
  readonly y?: number;
}

let nextId = 0;
/** Ids as generators write them: 32 hex digits; the same on every run, so that the sample is one draft. */
function id(kind: string): string {
  nextId += 1;
  return `${Buffer.from(kind).toString('hex')}${nextId.toString(16)}`.padEnd(32, '0').slice(0, 32);
}

function clip({ alpha = 1, rotation = 0, scale = 1, x = 0, y = 0 }: Clip = {}): Json {
  return {
    alpha,
    flip: { horizontal: false, vertical: false },
    rotation,
    scale: { x: scale, y: scale },
    transform: { x, y },
  };
}

/** Linear keyframes of one property over a segment; times in seconds from its start. */
function keyframes(property: string, points: readonly (readonly [seconds: number, value: number])[]): Json {
  return {
    id: id('kf'),
    material_id: '',
    property_type: property,
    keyframe_list: points.map(([seconds, value]) => ({
      id: id('k'),
      curveType: 'Line',
      time_offset: seconds * second,
      left_control: { x: 0, y: 0 },
      right_control: { x: 0, y: 0 },
      values: [value],
    })),
  };
}

function segment(materialId: string, start: number, duration: number, more: Json = {}): Json {
  return {
    id: id('seg'),
    material_id: materialId,
    target_timerange: { start: start * second, duration: duration * second },
    source_timerange: { start: 0, duration: duration * second },
    speed: 1,
    volume: 1,
    visible: true,
    reverse: false,
    clip: clip(),
    uniform_scale: { on: true, value: 1 },
    common_keyframes: [],
    extra_material_refs: [],
    render_index: 0,
    track_render_index: 0,
    ...more,
  };
}

interface TextLook {
  readonly size: number;
  readonly color?: readonly [number, number, number];
  readonly stroke?: number;
  readonly bold?: boolean;
}

function text(words: string, { size, color = [1, 1, 1], stroke = 0, bold = false }: TextLook): Json {
  const content = {
    text: words,
    styles: [
      {
        range: [0, words.length],
        size,
        bold,
        fill: { alpha: 1, content: { render_type: 'solid', solid: { alpha: 1, color } } },
        strokes:
          stroke === 0
            ? []
            : [{ width: stroke, content: { render_type: 'solid', solid: { alpha: 1, color: [0.05, 0.05, 0.1] } } }],
        font: { id: '', path: '' },
        useLetterColor: true,
      },
    ],
  };
  return {
    id: id('text'),
    type: 'text',
    content: JSON.stringify(content),
    alignment: 1,
    typesetting: 0,
    line_spacing: 0.02,
    letter_spacing: 0,
    line_max_width: 0.82,
    check_flag: 7,
  };
}

/**
 * A small real draft, as a generator would write it: a moving clip with its own sound, two photos with Ken-Burns
 * keyframes, a turned picture in picture, a title and subtitles in Chinese, music with fades; twelve seconds.
 */
export function sampleDraft(media: SampleMedia): Json {
  nextId = 0;
  const { width, height, fps } = sampleCanvas;
  const whole = {
    upper_left_x: 0,
    upper_left_y: 0,
    upper_right_x: 1,
    upper_right_y: 0,
    lower_left_x: 0,
    lower_left_y: 1,
    lower_right_x: 1,
    lower_right_y: 1,
  };
  const video = {
    id: id('video'),
    type: 'video',
    path: media.clip,
    width,
    height,
    duration: 5 * second,
    material_name: 'clip',
    has_audio: true,
    crop: whole,
  };
  const photo = (path: string, name: string) => ({
    id: id('photo'),
    type: 'photo',
    path,
    width: 1600,
    height: 1200,
    duration: 10_800_000_000,
    material_name: name,
    crop: whole,
  });
  const sunrise = photo(media.sunrise, 'sunrise');
  const lake = photo(media.lake, 'lake');
  const music = { id: id('music'), type: 'extract_music', path: media.music, name: 'music', duration: 12 * second };
  const fade = { id: id('fade'), type: 'audio_fade', fade_in_duration: 1 * second, fade_out_duration: 2 * second };
  const dissolve = {
    id: id('trans'),
    type: 'transition',
    name: '叠化',
    resource_id: '6724845717472416269',
    duration: 600_000,
    is_overlap: true,
  };
  const title = text('剪映渲染站', { size: 16, color: [1, 0.87, 0.35], stroke: 0.08, bold: true });
  const subtitles = ['草稿链接进，成片视频出', '照片缓缓推近，像真的镜头一样', '整夜无人值守，一个任务也不丢'].map(
    (words) => text(words, { size: 7, stroke: 0.08 }),
  );

  const mainTrack = [
    segment(video.id, 0, 4, { extra_material_refs: [dissolve.id], volume: 0.5 }),
    segment(sunrise.id, 4, 4, {
      common_keyframes: [
        keyframes('KFTypeScaleX', [
          [0, 1.6],
          [4, 1.95],
        ]),
        keyframes('KFTypePositionX', [
          [0, -0.08],
          [4, 0.1],
        ]),
      ],
    }),
    segment(lake.id, 8, 4, {
      common_keyframes: [
        keyframes('KFTypeScaleX', [
          [0, 1.8],
          [4, 1.4],
        ]),
        keyframes('KFTypePositionY', [
          [0, 0.12],
          [4, -0.05],
        ]),
      ],
    }),
  ];
  const overlay = [
    segment(video.id, 5, 5, {
      clip: clip({ scale: 0.28, x: 0.62, y: 0.55, rotation: -6 }),
      volume: 0,
      render_index: 1,
      common_keyframes: [
        keyframes('KFTypeRotation', [
          [0, -6],
          [5, 6],
        ]),
        keyframes('KFTypeAlpha', [
          [0, 0],
          [0.5, 1],
          [4.5, 1],
          [5, 0],
        ]),
      ],
    }),
  ];
  const textSegment = (material: Json, start: number, duration: number, at: Clip, more: Json = {}) =>
    segment(String(material.id), start, duration, {
      source_timerange: null,
      clip: clip(at),
      render_index: 15_000,
      ...more,
    });
  const titles = [
    textSegment(
      title,
      0.5,
      3,
      { y: 0.35 },
      {
        common_keyframes: [
          keyframes('KFTypeAlpha', [
            [0, 0],
            [0.5, 1],
            [2.5, 1],
            [3, 0],
          ]),
        ],
      },
    ),
  ];
  const lines = subtitles.map((subtitle, n) => textSegment(subtitle, n * 4 + 0.3, 3.4, { y: -0.75 }));
  const musicTrack = [segment(music.id, 0, 12, { clip: null, volume: 0.6, extra_material_refs: [fade.id] })];

  const track = (type: string, segments: readonly Json[]) => ({
    id: id('track'),
    type,
    attribute: 0,
    flag: 0,
    segments,
  });
  return {
    id: id('draft'),
    name: sampleName,
    canvas_config: { width, height, ratio: 'original' },
    fps,
    duration: sampleDurationUs,
    version: 360000,
    new_version: '110.0.0',
    platform: { app_id: 3704, app_source: 'lv', app_version: '5.9.0', os: 'windows' },
    tracks: [
      track('video', mainTrack),
      track('video', overlay),
      track('text', titles),
      track('text', lines),
      track('audio', musicTrack),
    ],
    materials: {
      videos: [video, sunrise, lake],
      audios: [music],
      texts: [title, ...subtitles],
      transitions: [dissolve],
      audio_fades: [fade],
    },
  };
}
