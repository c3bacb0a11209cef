import { clip, onTrack, type Ref, type Scene, scaled } from '../scene.ts';

const coloured = (id: string, group: string, title: string, ref: Ref): Scene => ({
  id,
  group,
  title,
  lines: onTrack({ media: 'chart', refs: [ref] }),
  at: [0],
});

const slider = (type: string, value: number): Scene =>
  coloured(`adjust-${type}-${value > 0 ? 'up' : 'down'}`, 'Adjustments', `${type} ${value}`, [
    'effects',
    { type, name: type, value },
  ]);

const filter = (id: string, name: string): Scene =>
  coloured(`filter-${id}`, 'Filters', name, ['effects', { type: 'filter', name, value: 1 }]);

/** On a track of its own, over everything. Noise fills reference pictures, so it is shown once. */
const effect = (id: string, name: string, at: readonly number[] = [0.2, 0.7, 1.5]): Scene => ({
  id: `effect-${id}`,
  group: 'Effects',
  title: name,
  lines: [
    { type: 'video', items: [{ media: 'card', duration: 2 }] },
    {
      type: 'effect',
      items: [
        { shows: ['video_effects', { type: 'video_effect', name, value: 1, apply_target_type: 2 }], duration: 2 },
      ],
    },
  ],
  at,
});

export const lookScenes: readonly Scene[] = [
  { id: 'adjust-none', group: 'Adjustments', title: 'Untouched', lines: onTrack({ media: 'chart' }), at: [0] },
  ...['brightness', 'contrast', 'saturation', 'temperature', 'tone', 'highlight', 'shadow', 'light_sensation'].flatMap(
    (type) => [slider(type, -0.5), slider(type, 0.5)],
  ),
  slider('fade', 0.7),
  slider('sharpen', 0.8),
  slider('vignetting', 0.7),
  coloured('hsl', 'Adjustments', 'HSL: reds turned and paler', [
    'hsl',
    { hsl_color_type: 1, hue: 100, saturation: -30, lightness: 0 },
  ]),
  coloured('lut', 'Adjustments', 'A colour table (.cube) of the draft', [
    'effects',
    { type: 'lut', name: 'warm', value: 1, path: 'media:table' },
  ]),
  {
    id: 'adjust-track',
    group: 'Adjustments',
    title: 'An adjustment layer changes what lies below it, not the text above',
    lines: [
      { type: 'video', items: [{ media: 'chart' }] },
      {
        type: 'adjust',
        items: [
          {
            shows: ['placeholders', { type: 'adjust' }],
            refs: [['effects', { type: 'saturation', name: 'saturation', value: -1 }]],
          },
        ],
      },
      { type: 'video', items: [{ media: 'badge', segment: { ...clip(scaled(0.5)), render_index: 20000 } }] },
    ],
    at: [0],
  },
  filter('mono', '黑白'),
  filter('warm', '暖冬'),
  filter('cool', '冷蓝'),
  filter('vintage', '复古胶片'),
  filter('cyber', '赛博朋克'),
  effect('bars', '电影感画幅'),
  effect('vignette', '暗角'),
  effect('blur', '模糊'),
  effect('shake', '抖动'),
  effect('beat', '心跳'),
  effect('grain', '噪点', [0.2]),
  effect('mirror', '镜像'),
  effect('old-film', '老电影', [0.2]),
  effect('flash', '闪白'),
  effect('glitch', '故障'),
  effect('four', '四屏'),
  effect('snow', '飘雪'),
  effect('open', '开幕'),
  effect('edge-glow', '边缘发光', [0.2]),
  effect('neon', '霓虹', [0.2, 1.2]),
  {
    id: 'effect-clip',
    group: 'Effects',
    title: 'On one clip only, which stays where it is',
    lines: [
      { type: 'video', items: [{ media: 'other' }] },
      {
        type: 'video',
        items: [
          {
            media: 'card',
            segment: clip(scaled(0.6)),
            refs: [['video_effects', { type: 'video_effect', name: '黑白', value: 1, apply_target_type: 0 }]],
          },
        ],
      },
    ],
    at: [0.2],
  },
];
