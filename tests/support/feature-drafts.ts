import path from 'node:path';
import type { SKRSContext2D } from '@napi-rs/canvas';
import type {
  ClipAnimation,
  Draft,
  Keyframe,
  Mask,
  SegmentExtras,
  TextStyle,
  Transition,
} from '../../main/drafts/model.ts';
import {
  aDraft,
  aMask,
  aMedia,
  anEffect,
  aSegment,
  aText,
  type SegmentSpec,
  second,
  type TrackSpec,
} from './drafts.ts';
import { makeAnimation, makeMovie, makePhoto } from './media.ts';

/** One thing that the embedded engine draws: a draft made for it, and the frames that show it. */
export interface Feature {
  readonly name: string;
  /** The part of the draft that the feature is about, for the gallery. */
  readonly about: unknown;
  readonly draft: Draft;
  readonly frames: readonly number[];
}

/** Media that the features share. */
export interface FeatureMedia {
  readonly movie: string;
  readonly landscape: string;
  readonly portrait: string;
  readonly sticker: string;
  readonly gif: string;
}

const width = 320;
const height = 180;

export async function makeFeatureMedia(folder: string): Promise<FeatureMedia> {
  const at = (name: string) => path.join(folder, name);
  return {
    movie: await makeMovie(at('movie.mp4'), { width, height, frames: 60, draw: drawMovie }),
    landscape: await makePhoto(at('landscape.png'), width, height, drawLandscape),
    portrait: await makePhoto(at('portrait.png'), 120, 200, drawPortrait),
    sticker: await makePhoto(at('sticker.png'), 240, 240, drawSticker),
    gif: await makeAnimation(at('moving.gif'), ['#d04040', '#40b060', '#4060d0'], 100),
  };
}

function drawMovie(context: SKRSContext2D, frame: number): void {
  context.fillStyle = '#263a52';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#3c5a7c';
  for (let x = -40; x < width; x += 40) context.fillRect(x + ((frame * 2) % 40), 120, 20, 60);
  context.fillStyle = '#f2b33d';
  context.beginPath();
  context.arc(30 + frame * 4.4, 70, 26, 0, Math.PI * 2);
  context.fill();
}

function drawLandscape(context: SKRSContext2D): void {
  const sky = context.createLinearGradient(0, 0, 0, height);
  sky.addColorStop(0, '#5aa0e0');
  sky.addColorStop(1, '#f0d8a8');
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#2f7d4a';
  context.beginPath();
  context.moveTo(0, 180);
  context.lineTo(90, 70);
  context.lineTo(180, 180);
  context.lineTo(250, 100);
  context.lineTo(320, 180);
  context.fill();
  context.fillStyle = '#e05030';
  context.fillRect(20, 20, 40, 40);
}

function drawPortrait(context: SKRSContext2D): void {
  context.fillStyle = '#8a3f7a';
  context.fillRect(0, 0, 120, 200);
  context.fillStyle = '#f6d7b0';
  context.beginPath();
  context.arc(60, 70, 36, 0, Math.PI * 2);
  context.fill();
  context.fillRect(30, 110, 60, 90);
}

function drawSticker(context: SKRSContext2D): void {
  context.fillStyle = '#ffd93b';
  context.beginPath();
  context.arc(120, 120, 100, 0, Math.PI * 2);
  context.fill();
  context.fillStyle = '#333';
  for (const x of [85, 155]) context.fillRect(x - 10, 85, 20, 30);
  context.fillRect(80, 150, 80, 14);
}

const key = (offsetUs: number, value: number, more: Partial<Keyframe> = {}): Keyframe => ({
  offsetUs,
  value,
  curve: 'line',
  rightControl: null,
  leftControl: null,
  ...more,
});
const animation = (kind: ClipAnimation['kind'], name: string, durationUs = 500_000): ClipAnimation => ({
  kind,
  name,
  id: '',
  resourceId: '',
  startUs: 0,
  durationUs,
});
const transition = (name: string): Transition => ({ name, resourceId: '', durationUs: 600_000, overlap: true });

/** Every feature with its draft. */
export function features(media: FeatureMedia): Feature[] {
  const movie = aMedia('video', media.movie);
  const landscape = aMedia('photo', media.landscape);
  const portrait = aMedia('photo', media.portrait);
  const ground = aSegment(movie, { durationUs: second });
  const found: Feature[] = [];
  const add = (name: string, about: unknown, tracks: readonly TrackSpec[], frames: readonly number[] = [0]) =>
    found.push({ name, about, draft: aDraft(tracks, { width, height }), frames });
  const main = (...segments: TrackSpec['segments']): TrackSpec => ({ type: 'video', segments });
  const photo = (spec: SegmentSpec = {}) => aSegment(landscape, { durationUs: second, ...spec });
  const above = (spec: SegmentSpec, content = landscape) => [
    main(ground),
    main(aSegment(content, { durationUs: second, ...spec })),
  ];

  // Clips
  add('photo, contained', {}, [main(aSegment(portrait, { durationUs: second }))]);
  for (const fill of [
    { type: 'color', color: '#204060' },
    { type: 'blur', blur: 0.375 },
    { type: 'image', path: media.landscape },
  ] as const)
    add(`canvas background: ${fill.type}`, fill, [
      main(aSegment(portrait, { durationUs: second, extras: { canvas: fill } })),
    ]);
  const place = { scaleX: 0.5, x: 0.4, y: 0.3, rotation: 20, alpha: 0.8 };
  add('scale, place, rotation, alpha', place, above({ transform: place }));
  add('flip', { flipX: true, flipY: true }, [main(photo({ transform: { flipX: true, flipY: true } }))]);
  const crop = {
    upperLeft: { x: 0, y: 0 },
    upperRight: { x: 0.5, y: 0 },
    lowerLeft: { x: 0, y: 0.5 },
    lowerRight: { x: 0.5, y: 0.5 },
  };
  add('crop', crop, [main(aSegment(aMedia('photo', media.landscape, { crop }), { durationUs: second }))]);
  const kenBurns = { scaleX: [key(0, 1), key(second, 1.6)], x: [key(0, 0), key(second, 0.4)] };
  add('keyframes', kenBurns, [main(photo({ keyframes: kenBurns }))], [0, 15, 29]);
  const eased = {
    x: [
      key(0, -0.6, { curve: 'bezier', rightControl: { x: 0.6, y: 0 } }),
      key(second, 0.6, { leftControl: { x: -0.2, y: 0 } }),
    ],
  };
  add('keyframes with control points', eased, above({ transform: { scaleX: 0.3 }, keyframes: eased }), [0, 10, 20]);
  add(
    'speed curve',
    [
      [0, 0.3],
      [0.5, 3],
      [1, 0.3],
    ],
    [
      main(
        aSegment(movie, {
          durationUs: second,
          speedCurve: [
            { x: 0, y: 0.3 },
            { x: 0.5, y: 3 },
            { x: 1, y: 0.3 },
          ],
        }),
      ),
    ],
    [0, 10, 20],
  );
  add('reverse', { reverse: true }, [main(aSegment(movie, { durationUs: second, reverse: true }))], [0, 15, 29]);
  for (const shape of [
    'line',
    'mirror',
    'circle',
    'rectangle',
    'heart',
    'star',
  ] as const satisfies readonly Mask['shape'][])
    add(
      `mask: ${shape}`,
      { shape },
      above({ extras: { masks: [aMask({ shape, feather: shape === 'circle' ? 0.3 : 0 })] } }),
    );
  add(
    'mask: turned, inverted, round corners',
    { rotation: 30, invert: true, roundCorner: 0.5 },
    above({
      extras: { masks: [aMask({ rotation: 30, invert: true, roundCorner: 0.5 })] },
    }),
  );
  add(
    'chroma key',
    { color: '#2f7d4a', intensity: 0.4 },
    above({
      extras: { chroma: { color: '#2f7d4a', intensity: 0.4, shadow: 0.2 } },
    }),
  );
  for (const name of ['正片叠底', '滤色', '叠加', '差值', '柔光'])
    add(`blend mode: ${name}`, { mix_mode: name }, above({ extras: { mixMode: anEffect('mix_mode', name) } }));
  for (const [type, value] of [
    ['brightness', 0.5],
    ['contrast', 0.6],
    ['saturation', -1],
    ['temperature', 0.7],
    ['vignetting', 0.8],
  ] as const)
    add(`adjustment: ${type} ${value}`, { type, value }, [
      main(photo({ extras: { effects: [{ ...anEffect(type, type), value }] } })),
    ]);
  for (const name of ['黑白', '复古', '赛博朋克'])
    add(`filter: ${name}`, { filter: name }, [main(photo({ extras: { effects: [anEffect('filter', name)] } }))]);
  const hsl: SegmentExtras['hsl'] = [{ range: 'red', hue: 1, saturation: 0, lightness: 0 }];
  add('hsl', hsl, [main(photo({ extras: { hsl } }))]);

  // Motion
  for (const name of ['叠化', '左移', '推近', '圆形遮罩', '百叶窗', '闪白', '翻页', '模糊', '泛光', '故障'])
    add(
      `transition: ${name}`,
      transition(name),
      [
        main(
          aSegment(landscape, { durationUs: second, extras: { transition: transition(name) } }),
          aSegment(movie, { startUs: second, durationUs: second, sourceStartUs: 500_000 }),
        ),
      ],
      [24, 29, 35],
    );
  for (const [kind, name] of [
    ['in', '向右滑动'],
    ['in', '放大'],
    ['in', '旋转'],
    ['out', '渐隐'],
    ['out', '向下滑动'],
    ['combo', '旋转缩放'],
  ] as const)
    add(
      `animation: ${kind} ${name}`,
      animation(kind, name),
      above({
        transform: { scaleX: 0.6 },
        extras: { animations: [animation(kind, name)] },
      }),
      kind === 'out' ? [18, 23, 28] : [1, 6, 12],
    );

  // Effects on a track of their own
  for (const name of ['模糊', '抖动', '暗角', '老电影', '电影感画幅', '镜像', '闪白', '噪点'])
    add(
      `effect: ${name}`,
      { video_effect: name },
      [
        main(photo()),
        {
          type: 'effect',
          segments: [
            aSegment(
              { type: 'effect', effect: anEffect('video_effect', name) },
              { durationUs: second, renderIndex: 10_000 },
            ),
          ],
        },
      ],
      [5, 15],
    );

  // Layers
  add('gif, moving', {}, above({ transform: { scaleX: 0.4 } }, aMedia('gif', media.gif)), [0, 4, 7]);
  add('sticker', { scaleX: 2 }, [
    main(ground),
    {
      type: 'sticker',
      segments: [aSegment(aMedia('sticker', media.sticker), { durationUs: second, transform: { scaleX: 2, x: 0.5 } })],
    },
  ]);
  const inner = aDraft(
    [
      main(aSegment(movie, { durationUs: second })),
      { type: 'text', segments: [aSegment(aText('内层', 20), { durationUs: second })] },
    ],
    { width, height },
  );
  add(
    'compound clip',
    { draft: 'nested' },
    [
      main(
        aSegment({ type: 'compound', draft: inner }, { durationUs: second, transform: { scaleX: 0.7, rotation: -8 } }),
      ),
    ],
    [0, 20],
  );

  // Texts
  const text = (
    name: string,
    words: string,
    size: number,
    style: Partial<TextStyle>,
    more: Record<string, unknown> = {},
    spec: SegmentSpec = {},
  ) => {
    const content = aText(words, size, style);
    const whole = content.type === 'text' ? { ...content, text: { ...content.text, ...more } } : content;
    add(
      `text: ${name}`,
      { text: words, ...style, ...more },
      [main(ground), { type: 'text', segments: [aSegment(whole, { durationUs: second, ...spec })] }],
      spec.extras?.animations === undefined ? [0] : [2, 8, 14],
    );
  };
  const black = { r: 0, g: 0, b: 0, a: 1 };
  text('plain', '剪映渲染站 Station', 12, {});
  text('stroke and shadow', '描边与阴影', 16, {
    strokes: [{ widthEm: 0.1, color: { r: 0.8, g: 0.1, b: 0.1, a: 1 } }],
    shadows: [{ color: black, distanceEm: 0.08, angle: -45, blurEm: 0.05 }],
  });
  text('gradient, bold, underlined', 'Gradient 渐变', 14, {
    bold: true,
    underline: true,
    gradient: [
      { offset: 0, color: { r: 1, g: 0.9, b: 0.2, a: 1 } },
      { offset: 1, color: { r: 1, g: 0.2, b: 0.4, a: 1 } },
    ],
  });
  text(
    'background',
    '有底色的字幕',
    12,
    {},
    {
      background: {
        color: { r: 0, g: 0, b: 0, a: 0.7 },
        radius: 0.4,
        width: 0.14,
        height: 0.14,
        offsetX: 0,
        offsetY: 0,
      },
    },
  );
  text(
    'wrapped, left',
    '这是一段比较长的字幕，会在画布宽度的八成处自动换行。',
    10,
    {},
    { wrapWidth: 0.8, align: 'left' },
  );
  text('vertical', '竖排文字', 14, {}, { vertical: true });
  text('right to left', 'مرحبا بالعالم', 14, {});
  text('emoji', '你好 😀🎬', 14, {});
  text(
    'animated: typewriter',
    '打字机效果',
    14,
    {},
    {},
    { extras: { animations: [animation('in', '打字机 I', 600_000)] } },
  );
  text('turned and scaled', '倾斜', 20, {}, {}, { transform: { rotation: -25, scaleX: 1.5, x: -0.3 } });
  return found;
}
