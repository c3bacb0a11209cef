import {
  above,
  clip,
  type Item,
  type Json,
  keyframes,
  moved,
  onTrack,
  type Ref,
  type Scene,
  scaled,
} from '../scene.ts';

const group = 'Clips';

function photo(id: string, title: string, change: Json, more: Partial<Item> = {}): Scene {
  return { id, group, title, lines: onTrack({ media: 'card', segment: clip(change), ...more }), at: [0] };
}

const blend = (id: string, name: string): Scene => ({
  id: `blend-${id}`,
  group: 'Blend modes',
  title: name,
  lines: above({ media: 'chart', refs: [['effects', { type: 'mix_mode', name, value: 1 }]] }, 'video', {
    media: 'card',
  }),
  at: [0],
});

const mask = (id: string, title: string, resource_type: string, config: Json, name = title): Scene => ({
  id: `mask-${id}`,
  group: 'Masks',
  title,
  lines: above({
    media: 'card',
    refs: [['masks', { resource_type, name, config: { aspectRatio: 1, width: 0.5, height: 0.6, ...config } }]],
  }),
  at: [0],
});

const background = (id: string, title: string, canvas: Json): Scene => ({
  id: `canvas-${id}`,
  group,
  title,
  lines: onTrack({ media: 'tall', refs: [['canvases', canvas]] }),
  at: [0],
});

const crop: Json = {
  upper_left_x: 0.5,
  upper_left_y: 0,
  upper_right_x: 1,
  upper_right_y: 0,
  lower_left_x: 0.5,
  lower_left_y: 1,
  lower_right_x: 1,
  lower_right_y: 1,
};

const chroma: Ref = ['chromas', { color: '#00b140', intensity_value: 0.4, shadow_value: 0.2 }];

export const clipScenes: readonly Scene[] = [
  photo('clip-plain', 'A clip as it is', {}),
  { id: 'clip-contain', group, title: 'A tall clip is fitted inside', lines: onTrack({ media: 'tall' }), at: [0] },
  photo('clip-crop', 'Cropped to its right half', {}, { material: { crop } }),
  photo('clip-scale', 'Scale 0.5', scaled(0.5)),
  photo(
    'clip-scale-xy',
    'Scale 1 × 0.4, not uniform',
    {},
    {
      segment: { ...clip(scaled(1, 0.4)), uniform_scale: { on: false, value: 1 } },
    },
  ),
  photo('clip-position', 'Half size, right and up (0.5, 0.5)', { ...scaled(0.5), ...moved(0.5, 0.5) }),
  photo('clip-rotation', 'Turned 30° clockwise', { ...scaled(0.6), rotation: 30 }),
  photo('clip-flip-h', 'Flipped horizontally', { flip: { horizontal: true, vertical: false } }),
  photo('clip-flip-v', 'Flipped vertically', { flip: { horizontal: false, vertical: true } }),
  photo('clip-flip-rotation', 'Flipped horizontally, then turned 30°', {
    ...scaled(0.6),
    flip: { horizontal: true, vertical: false },
    rotation: 30,
  }),
  {
    id: 'clip-alpha',
    group,
    title: 'Half transparent over another clip',
    lines: above({ media: 'card', segment: clip({ alpha: 0.5 }) }),
    at: [0],
  },
  {
    id: 'clip-hidden',
    group,
    title: 'Switched off: the clip below is seen',
    lines: above({ media: 'card', segment: { visible: false } }),
    at: [0],
  },
  {
    id: 'clip-order',
    group,
    title: 'The later track is in front; render_index says otherwise where it differs',
    lines: [
      { type: 'video', items: [{ media: 'card', segment: { ...clip(scaled(0.6)), render_index: 2 } }] },
      {
        type: 'video',
        items: [{ media: 'other', segment: { ...clip({ ...scaled(0.6), ...moved(0.3, -0.3) }), render_index: 1 } }],
      },
      {
        type: 'video',
        items: [{ media: 'badge', segment: { ...clip({ ...scaled(0.4), ...moved(-0.4, 0.3) }), render_index: 3 } }],
      },
    ],
    at: [0],
  },
  background('color', 'Canvas colour', { type: 'canvas_color', color: '#3a86ff' }),
  background('blur-1', 'Canvas blur, weakest', { type: 'canvas_blur', blur: 0.0625 }),
  background('blur-3', 'Canvas blur, third level', { type: 'canvas_blur', blur: 0.75 }),
  background('image', 'Canvas picture', { type: 'canvas_image', image: 'media:chart' }),
  {
    id: 'clip-gif',
    group,
    title: 'A gif moves, and starts again',
    lines: onTrack({ media: 'moving', duration: 2 }),
    at: [0.1, 0.3, 0.7],
  },
  {
    id: 'clip-chroma',
    group,
    title: 'Chroma key',
    lines: above({ media: 'green', refs: [chroma] }, 'video', { media: 'card' }),
    at: [0],
  },
  mask('line', '线性', 'line', { centerY: 0.2 }),
  mask('line-turned', '线性, turned 30°, feathered', 'line', { rotation: 30, feather: 0.3 }, '线性'),
  mask('mirror', '镜面', 'mirror', { height: 0.4 }),
  mask('circle', '圆形', 'circle', {}),
  mask('circle-feather', '圆形, feathered', 'circle', { feather: 0.5 }, '圆形'),
  mask('rectangle', '矩形, turned 20°', 'rectangle', { rotation: 20 }, '矩形'),
  mask(
    'round',
    '矩形, round corners, off centre',
    'rectangle',
    { roundCorner: 0.6, centerX: -0.4, centerY: 0.3 },
    '矩形',
  ),
  mask('heart', '爱心', 'geometric_shape', {}),
  mask('star', '星形', 'geometric_shape', {}),
  mask('inverted', '圆形, inverted', 'circle', { invert: true }, '圆形'),
  blend('multiply', '正片叠底'),
  blend('screen', '滤色'),
  blend('overlay', '叠加'),
  blend('darken', '变暗'),
  blend('lighten', '变亮'),
  blend('soft-light', '柔光'),
  blend('hard-light', '强光'),
  blend('color-burn', '颜色加深'),
  blend('linear-burn', '线性加深'),
  blend('color-dodge', '颜色减淡'),
  blend('linear-dodge', '线性减淡'),
  blend('vivid-light', '亮光'),
  blend('linear-light', '线性光'),
  blend('pin-light', '点光'),
  blend('difference', '差值'),
  {
    id: 'keyframes-position',
    group: 'Keyframes',
    title: 'Position from left to right, held at both ends',
    lines: onTrack({
      media: 'card',
      segment: {
        ...clip(scaled(0.4)),
        common_keyframes: [
          keyframes('KFTypePositionX', [
            [0.2, -0.6],
            [0.8, 0.6],
          ]),
          keyframes('KFTypePositionY', [
            [0.2, -0.6],
            [0.8, 0.6],
          ]),
        ],
      },
    }),
    at: [0, 0.5, 0.95],
  },
  {
    id: 'keyframes-scale-rotation',
    group: 'Keyframes',
    title: 'Scale 0.2 → 1 and rotation 0 → 90°',
    lines: onTrack({
      media: 'card',
      segment: {
        ...clip(),
        uniform_scale: { on: true, value: 1 },
        common_keyframes: [
          keyframes('KFTypeScaleX', [
            [0, 0.2],
            [1, 1],
          ]),
          keyframes('KFTypeRotation', [
            [0, 0],
            [1, 90],
          ]),
        ],
      },
    }),
    at: [0, 0.5, 0.9],
  },
  {
    id: 'keyframes-bezier',
    group: 'Keyframes',
    title: 'Position eased out and in by control points: slow at both ends',
    lines: onTrack({
      media: 'card',
      segment: {
        ...clip(scaled(0.3)),
        common_keyframes: [
          {
            property_type: 'KFTypePositionX',
            keyframe_list: [
              {
                time_offset: 0,
                values: [-0.6],
                curveType: 'FreeCurveInOut',
                left_control: { x: 0, y: 0 },
                right_control: { x: 500_000, y: 0 },
              },
              {
                time_offset: 1_000_000,
                values: [0.6],
                curveType: 'FreeCurveInOut',
                left_control: { x: -500_000, y: 0 },
                right_control: { x: 0, y: 0 },
              },
            ],
          },
        ],
      },
    }),
    at: [0.2, 0.5, 0.8],
  },
  {
    id: 'keyframes-alpha',
    group: 'Keyframes',
    title: 'Alpha 0 → 1 over another clip',
    lines: above({
      media: 'card',
      segment: {
        ...clip(),
        common_keyframes: [
          keyframes('KFTypeAlpha', [
            [0, 0],
            [0.9, 1],
          ]),
        ],
      },
    }),
    at: [0, 0.45, 0.9],
  },
  {
    id: 'keyframes-colour',
    group: 'Keyframes',
    title: 'Brightness −0.5 → 0.5',
    lines: onTrack({
      media: 'chart',
      segment: {
        ...clip(),
        common_keyframes: [
          keyframes('KFTypeBrightness', [
            [0, -0.5],
            [0.9, 0.5],
          ]),
        ],
      },
    }),
    at: [0, 0.45, 0.9],
  },
];
