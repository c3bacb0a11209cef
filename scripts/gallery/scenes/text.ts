import { above, clip, type Json, moved, type Scene, seconds } from '../scene.ts';

const group = 'Text';

const white = { content: { solid: { color: [1, 1, 1] } } };
const style = (length: number, more: Json = {}): Json => ({ range: [0, length], size: 12, fill: white, ...more });
const rich = (text: string, more: Json = {}, material: Json = {}): Json => ({
  content: JSON.stringify({ text, styles: [style(text.length, more)] }),
  alignment: 1,
  ...material,
});

const line = (id: string, title: string, text: Json, segment: Json = {}): Scene => ({
  id: `text-${id}`,
  group,
  title,
  lines: above({ text, segment: { ...clip(), ...segment } }, 'text'),
  at: [0],
});

const animated = (id: string, name: string, type: 'in' | 'out' | 'loop', text = '剪映 Text'): Scene => ({
  id: `text-animation-${id}`,
  group: 'Text animations',
  title: `${name} (${type})`,
  lines: above(
    {
      text: rich(text),
      segment: clip(),
      refs: [
        [
          'material_animations',
          {
            type: 'sticker_animation',
            animations: [{ type, name, start: 0, duration: seconds(type === 'loop' ? 0.5 : 1) }],
          },
        ],
      ],
    },
    'text',
  ),
  at: [0.1, 0.3, 0.6],
});

const entering = (name: string): Json => ({ type: 'in', name, start: 0, duration: seconds(1) });

const two = '红与蓝';
const mixed: Json = {
  content: JSON.stringify({
    text: two,
    styles: [
      { range: [0, 1], size: 18, fill: { content: { solid: { color: [1, 0.2, 0.2] } } } },
      { range: [1, 2], size: 9, fill: white },
      { range: [2, 3], size: 18, fill: { content: { solid: { color: [0.3, 0.5, 1] } } } },
    ],
  }),
  alignment: 1,
};
const stroke = (width: number, color: readonly number[]): Json => ({ width, content: { solid: { color } } });

const glow = (id: string, title: string, params: Json, more: Json = {}): Scene => ({
  id: `text-${id}`,
  group,
  title,
  lines: above(
    {
      text: rich('发光 Glow', { size: 20, ...more }),
      segment: clip(),
      refs: [
        [
          'effects',
          {
            type: 'bloom',
            name: 'DeepGlow',
            bloom_params: { color: '#00e200', dir_x: 0, dir_y: 0, range: 0.45, strength: 0.8, ...params },
          },
        ],
      ],
    },
    'text',
  ),
  at: [0],
});

const long = '很长的一行字幕会在画布宽度的百分之八十二处换行，而标点不会站在行首。';

export const textScenes: readonly Scene[] = [
  line('json', 'JSON content', rich('渲染 Station 42')),
  line('markup', 'Markup content of old versions', {
    content: '<outline color=(0,0,0,1) width=0.08><size=12><color=(1,0.87,0,1)>[旧式 Markup]</color></size></outline>',
    alignment: 1,
  }),
  line('plain', 'Plain content with flat fields', {
    content: '纯文本 plain',
    font_size: 12,
    text_color: '#80ffdb',
    alignment: 1,
  }),
  line(
    'place',
    'Up left, turned 15°, 1.5 times as large',
    rich('左上'),
    clip({ ...moved(-0.5, 0.5), rotation: 15, scale: { x: 1.5, y: 1.5 } }),
  ),
  line('left', 'Left-aligned lines', rich('第一行很长\n第二行', {}, { alignment: 0 })),
  line('right', 'Right-aligned lines', rich('第一行很长\n第二行', {}, { alignment: 2 })),
  line(
    'spacing',
    'Letter spacing 0.5 em, line spacing 0.5 em',
    rich('字间距\n行间距', {}, { letter_spacing: 0.5, line_spacing: 0.5 }),
  ),
  line('wrap', 'A subtitle wraps', rich(long, { size: 8 }, { type: 'subtitle', line_max_width: 0.82 })),
  line('vertical', 'Vertical, columns from the right', rich('竖排文字\n第二列，。', { size: 10 }, { typesetting: 1 })),
  line(
    'strokes',
    'Two strokes',
    rich('描边', { size: 20, strokes: [stroke(0.08, [1, 0, 0]), stroke(0.16, [0, 0, 0])] }),
  ),
  line(
    'shadow',
    'Shadow down right (−45°), soft',
    rich('阴影', {
      size: 20,
      shadows: [{ distance: 12, angle: -45, diffuse: 0.08, content: { solid: { color: [0, 0, 0] } } }],
    }),
  ),
  glow('glow', 'Glow (bloom) of strength 0.8 and range 0.45', {}),
  glow(
    'glow-leaning',
    'Glow down right, around strokes',
    { dir_x: 0.5, dir_y: -0.5, color: '#ff3b6b' },
    { strokes: [stroke(0.06, [0, 0, 0])] },
  ),
  line(
    'background',
    'Background with round corners',
    rich(
      '背景',
      { size: 14 },
      {
        background_style: 1,
        background_color: '#ff006e',
        background_alpha: 0.8,
        background_round_radius: 0.4,
        background_width: 0.14,
        background_height: 0.14,
      },
    ),
  ),
  line('faces', 'Bold, italic, underline', rich('Bold italic 下划线', { bold: true, italic: true, underline: true })),
  line('runs', 'Sizes and colours in one line', mixed),
  line(
    'gradient',
    'Gradient fill',
    rich('渐变', {
      size: 22,
      fill: {
        content: {
          render_type: 'gradient',
          gradient: {
            mode: 'linear',
            angle: 90,
            colors: [
              [1, 0.2, 0.2],
              [1, 1, 0.3],
            ],
            percents: [0, 1],
            alphas: [1, 1],
          },
        },
      },
    }),
  ),
  line('arabic', 'Right to left, shaped', rich('مرحبا بالعالم 42', { size: 14 })),
  line('emoji', 'Emoji count two units each', rich('🎬 好 👍🏽', { size: 14 })),
  line('alpha', 'Half transparent', rich('透明度', { size: 20 }), clip({ alpha: 0.5 })),
  {
    id: 'text-karaoke',
    group,
    title: 'Karaoke caption from words',
    lines: above(
      {
        text: rich(
          '卡拉 OK 字幕',
          { size: 16 },
          {
            words: { text: ['卡拉', ' OK', ' 字幕'], start_time: [0, 300, 600], end_time: [300, 600, 900] },
          },
        ),
        segment: clip(),
        refs: [
          [
            'material_animations',
            {
              type: 'sticker_animation',
              animations: [{ type: 'caption', name: '卡拉OK', start: 0, duration: seconds(1) }],
            },
          ],
        ],
      },
      'text',
    ),
    at: [0.1, 0.45, 0.8],
  },
  {
    id: 'text-template',
    group,
    title: 'A text template: its texts at their places',
    lines: above(
      {
        shows: [
          'text_templates',
          {
            name: '模板',
            resource_id: '1',
            text_info_resources: [
              { text_material_id: 'upper', attach_info: { clip: clip(moved(0, 0.3)).clip } },
              { text_material_id: 'lower', attach_info: { clip: clip({ ...moved(0, -0.3), rotation: -10 }).clip } },
            ],
          },
        ],
        segment: clip(),
        refs: [
          ['texts', { id: 'upper', ...rich('标题', { size: 18 }) }],
          ['texts', { id: 'lower', ...rich('副标题') }],
        ],
      },
      'text',
    ),
    at: [0],
  },
  {
    id: 'text-template-animated',
    group,
    title: 'A text template: each text with its own animation',
    lines: above(
      {
        shows: [
          'text_templates',
          {
            name: '模板',
            resource_id: '1',
            text_info_resources: [
              {
                text_material_id: 'upper',
                attach_info: { clip: clip(moved(0, 0.3)).clip },
                extra_material_refs: ['typing'],
              },
              {
                text_material_id: 'lower',
                attach_info: { clip: clip(moved(0, -0.3)).clip },
                extra_material_refs: ['growing'],
              },
            ],
          },
        ],
        segment: clip(),
        refs: [
          ['texts', { id: 'upper', ...rich('标题 Title', { size: 18 }) }],
          ['texts', { id: 'lower', ...rich('副标题 Subtitle') }],
          ['material_animations', { id: 'typing', animations: [entering('打字机')] }],
          ['material_animations', { id: 'growing', animations: [entering('放大')] }],
        ],
      },
      'text',
    ),
    at: [0.3, 0.6, 0.95],
  },
  animated('fade', '渐显', 'in'),
  animated('typewriter', '打字机', 'in'),
  animated('slide-up', '向上滑动', 'in'),
  animated('pop', '弹入', 'in'),
  animated('roll', '滚入', 'in'),
  animated('grow', '放大', 'in'),
  animated('blur', '模糊', 'in'),
  animated('fade-out', '渐隐', 'out'),
  animated('wave', '波浪', 'loop'),
  animated('heartbeat', '心跳', 'loop'),
];
