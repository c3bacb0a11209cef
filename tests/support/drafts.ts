import type {
  ClipTransform,
  Draft,
  EffectMaterial,
  Keyframe,
  Mask,
  MediaMaterial,
  Segment,
  SegmentContent,
  SegmentExtras,
  TextStyle,
  Track,
  TrackType,
} from '../../main/drafts/model.ts';

/** Builders for draft objects: every field present, only what a test is about has to be said. */

export const second = 1_000_000;

export const stillTransform: ClipTransform = {
  alpha: 1,
  flipX: false,
  flipY: false,
  rotation: 0,
  scaleX: 1,
  scaleY: 1,
  x: 0,
  y: 0,
};

export const noExtras: SegmentExtras = {
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
};

/** A value at an offset, reached in a straight line unless said otherwise. */
export function aKeyframe(offsetUs: number, value: number, more: Partial<Keyframe> = {}): Keyframe {
  return { offsetUs, value, curve: 'line', rightControl: null, leftControl: null, ...more };
}

let counter = 0;

export function aMedia(kind: MediaMaterial['kind'], path: string, more: Partial<MediaMaterial> = {}): MediaMaterial {
  counter += 1;
  return {
    id: `media-${counter}`,
    kind,
    name: path.split('/').at(-1) ?? path,
    path,
    remoteUrl: null,
    reversePath: '',
    width: 0,
    height: 0,
    durationUs: 0,
    crop: null,
    ...more,
  };
}

export interface SegmentSpec extends Partial<Omit<Segment, 'transform' | 'extras' | 'content'>> {
  readonly startUs?: number;
  readonly durationUs?: number;
  readonly sourceStartUs?: number;
  readonly transform?: Partial<ClipTransform>;
  readonly extras?: Partial<SegmentExtras>;
}

export function aSegment(content: SegmentContent | MediaMaterial, spec: SegmentSpec = {}): Segment {
  counter += 1;
  const { startUs = 0, durationUs = second, sourceStartUs = 0, transform, extras, ...rest } = spec;
  const whole: SegmentContent = 'kind' in content ? { type: 'media', media: content } : content;
  const speed = spec.speed ?? 1;
  return {
    id: `segment-${counter}`,
    trackIndex: 0,
    trackType: 'video',
    target: { startUs, durationUs },
    source:
      whole.type === 'media' || whole.type === 'compound'
        ? { startUs: sourceStartUs, durationUs: durationUs * speed }
        : null,
    speed,
    speedCurve: null,
    keepPitch: true,
    volume: 1,
    reverse: false,
    visible: true,
    renderIndex: 0,
    uniformScale: true,
    keyframes: {},
    content: whole,
    ...rest,
    transform: { ...stillTransform, ...transform },
    extras: { ...noExtras, ...extras },
  };
}

export interface TrackSpec {
  readonly type: TrackType;
  readonly muted?: boolean;
  readonly segments: readonly Segment[];
}

export interface DraftSpec extends Partial<Omit<Draft, 'tracks' | 'canvas' | 'media'>> {
  readonly width?: number;
  readonly height?: number;
}

/** A draft of these tracks, in file order. Its duration is the end of the last segment. */
export function aDraft(tracks: readonly TrackSpec[], spec: DraftSpec = {}): Draft {
  const { width = 320, height = 180, ...rest } = spec;
  const placed = tracks.map(
    ({ type, muted = false, segments }, index): Track => ({
      id: `track-${index}`,
      type,
      index,
      muted,
      segments: segments
        .map((segment) => ({ ...segment, trackIndex: index, trackType: type }))
        .sort((a, b) => a.target.startUs - b.target.startUs),
    }),
  );
  const segments = placed.flatMap((track) => track.segments);
  const media = segments.flatMap(({ content }) => (content.type === 'media' ? [content.media] : []));
  const durationUs = Math.max(0, ...segments.map(({ target }) => target.startUs + target.durationUs));
  return {
    name: 'test',
    app: { source: 'lv', version: '5.9.0', os: 'windows' },
    newVersion: '110.0.0',
    canvas: { width, height, ratio: 'original' },
    fps: 30,
    durationUs,
    declaredDurationUs: durationUs,
    tracks: placed,
    media: new Map(media.map((material) => [material.id, material])),
    ...rest,
  };
}

export function anEffect(type: string, name: string): EffectMaterial {
  return { id: name, type, name, resourceId: '', value: 1, path: '', applyTarget: 0, params: [] };
}

export function aMask(spec: Partial<Mask>): Mask {
  return {
    shape: 'rectangle',
    name: '',
    resourceId: '',
    centerX: 0,
    centerY: 0,
    width: 0.5,
    height: 0.5,
    rotation: 0,
    invert: false,
    feather: 0,
    roundCorner: 0,
    aspectRatio: 1,
    ...spec,
  };
}

/** White text in one style. */
export function aText(text: string, size = 8, style: Partial<TextStyle> = {}): SegmentContent {
  const whole: TextStyle = {
    start: 0,
    end: text.length,
    size,
    color: { r: 1, g: 1, b: 1, a: 1 },
    gradient: null,
    font: { path: '', name: '', id: '' },
    bold: false,
    italic: false,
    underline: false,
    strokes: [],
    shadows: [],
    effectId: '',
    ...style,
  };
  return {
    type: 'text',
    text: {
      id: text,
      text,
      styles: [whole],
      align: 'center',
      vertical: false,
      wrapWidth: null,
      lineSpacingEm: 0.02,
      letterSpacingEm: 0,
      background: null,
      glow: null,
      alpha: 1,
      words: [],
    },
  };
}
