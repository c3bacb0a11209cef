import type { Draft, MediaMaterial, Segment, Track } from '../../../../main/drafts/model.ts';

/** Small drafts for the sound tests: only what a test says differs from the plainest clip. */

export function media(path: string, fields: Partial<MediaMaterial> = {}): MediaMaterial {
  return {
    id: path,
    kind: 'audio',
    name: path.split('/').at(-1) ?? path,
    path,
    remoteUrl: null,
    reversePath: '',
    width: 0,
    height: 0,
    durationUs: 0,
    crop: null,
    ...fields,
  };
}

export function segment(
  content: Segment['content'] | MediaMaterial,
  startUs: number,
  durationUs: number,
  fields: Partial<Segment> = {},
): Segment {
  const speed = fields.speed ?? 1;
  return {
    id: `segment-${startUs}`,
    trackIndex: 0,
    trackType: 'audio',
    target: { startUs, durationUs },
    source: { startUs: 0, durationUs: durationUs * speed },
    speed,
    speedCurve: null,
    keepPitch: true,
    volume: 1,
    reverse: false,
    visible: true,
    renderIndex: 0,
    transform: { alpha: 1, flipX: false, flipY: false, rotation: 0, scaleX: 1, scaleY: 1, x: 0, y: 0 },
    uniformScale: true,
    keyframes: {},
    content: 'type' in content ? content : { type: 'media', media: content },
    extras: {
      canvas: null,
      transition: null,
      animations: [],
      masks: [],
      fade: null,
      chroma: null,
      mixMode: null,
      effects: [],
      audioEffects: [],
      hsl: [],
    },
    ...fields,
  };
}

export function track(segments: readonly Segment[], fields: Partial<Track> = {}): Track {
  return { id: 'track', type: 'audio', index: 0, muted: false, segments, ...fields };
}

export function draft(tracks: readonly Track[], durationUs?: number): Draft {
  const ends = tracks.flatMap(({ segments }) => segments.map(({ target }) => target.startUs + target.durationUs));
  const length = durationUs ?? Math.max(0, ...ends);
  return {
    name: 'sound',
    app: { source: 'lv', version: '', os: '' },
    newVersion: '',
    canvas: { width: 640, height: 360, ratio: 'original' },
    fps: 30,
    durationUs: length,
    declaredDurationUs: length,
    tracks,
    media: new Map(),
  };
}
