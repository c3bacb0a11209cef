import { clip, onTrack, type Scene, seconds } from '../scene.ts';

/** Between two cards; the window is centred on the cut, so at 0.5, 0.75 and 1 s a quarter, half and three quarters are over. */
const transition = (id: string, name: string): Scene => ({
  id: `transition-${id}`,
  group: 'Transitions',
  title: name,
  lines: onTrack(
    { media: 'card', duration: 1, refs: [['transitions', { name, duration: seconds(1), is_overlap: true }]] },
    { media: 'other', start: 1, duration: 1 },
  ),
  at: [0.75, 1, 1.25],
});

const animation = (id: string, name: string, type: 'in' | 'out' | 'group' | 'loop'): Scene => ({
  id: `animation-${id}`,
  group: 'Clip animations',
  title: `${name} (${type})`,
  lines: [
    { type: 'video', items: [{ media: 'chart', duration: 1 }] },
    {
      type: 'video',
      items: [
        {
          media: 'card',
          duration: 1,
          segment: clip({ scale: { x: 0.6, y: 0.6 } }),
          refs: [
            [
              'material_animations',
              { type: 'sticker_animation', animations: [{ type, name, start: 0, duration: seconds(1) }] },
            ],
          ],
        },
      ],
    },
  ],
  at: [0.1, 0.3, 0.6],
});

export const motionScenes: readonly Scene[] = [
  transition('dissolve', '叠化'),
  transition('black', '闪黑'),
  transition('white', '闪白'),
  transition('left', '左移'),
  transition('right', '右移'),
  transition('up', '上移'),
  transition('wipe-left', '向左擦除'),
  transition('wipe-right', '向右擦除'),
  transition('wipe-soft', '渐变擦除'),
  transition('blinds', '百叶窗'),
  transition('clock', '圆形扫描'),
  transition('circle', '圆形遮罩'),
  transition('heart', '爱心'),
  transition('split', '竖向分割'),
  transition('slit', '开幕'),
  transition('page', '翻页'),
  transition('cube', '立方体'),
  transition('flip', '镜像翻转'),
  transition('rotate', '顺时针旋转'),
  transition('vortex', '漩涡'),
  transition('zoom-in', '推近'),
  transition('zoom-out', '拉远'),
  transition('blur', '模糊'),
  transition('whip', '拉丝'),
  transition('glitch', '信号故障'),
  transition('mosaic', '马赛克'),
  transition('flash', '闪光灯'),
  transition('leak', '复古漏光'),
  transition('fire', '动漫火焰'),
  transition('ink', '水墨'),
  transition('ripple', '水波卷动'),
  transition('shake', '抖动'),
  animation('fade-in', '渐显', 'in'),
  animation('slide-up', '向上滑动', 'in'),
  animation('slide-right', '向右滑动', 'in'),
  animation('grow', '放大', 'in'),
  animation('shrink', '缩小', 'in'),
  animation('dynamic', '动感放大', 'in'),
  animation('spin', '旋转', 'in'),
  animation('flip', '镜像翻转', 'in'),
  animation('fling', '向右下甩入', 'in'),
  animation('bounce', '弹入', 'in'),
  animation('wipe', '向右擦除', 'in'),
  animation('shake', '左右抖动', 'in'),
  animation('fade-out', '渐隐', 'out'),
  animation('slide-out', '向下滑动', 'out'),
  animation('zoom-combo', '缩放', 'group'),
  animation('fall-combo', '下降向左', 'group'),
  animation('swing-combo', '荡秋千', 'group'),
  animation('pulse-loop', '心跳', 'loop'),
];
