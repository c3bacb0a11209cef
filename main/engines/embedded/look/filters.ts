import { clamp01, ramp } from '../motion/ease.ts';
import { plainName } from '../motion/names.ts';
import { ADJUSTMENTS } from './adjustments.ts';
import { type ColorOp, curve, saturate } from './ops.ts';

interface FilterFamily {
  readonly family: string;
  readonly words: RegExp;
  readonly ops: readonly ColorOp[];
  /** Added sharpness. */
  readonly sharpen?: number;
}

const adjust = (name: keyof typeof ADJUSTMENTS, value: number): readonly ColorOp[] => ADJUSTMENTS[name](value);

/** Tints dark and light parts towards two colours (factors around 1). */
const splitTone = (dark: readonly [number, number, number], bright: readonly [number, number, number]): ColorOp =>
  curve((x, channel) => {
    const t = ramp(0, 1, clamp01(x));
    return x * ((dark[channel] ?? 1) * (1 - t) + (bright[channel] ?? 1) * t);
  });

const SEPIA: ColorOp = {
  kind: 'matrix',
  rows: [
    [0.393, 0.769, 0.189],
    [0.349, 0.686, 0.168],
    [0.272, 0.534, 0.131],
  ],
};

/**
 * Colour filters by the mood that their names tell: the app's own tables are not in a draft. Always approximated. The
 * first family whose words fit takes the name.
 */
export const FILTERS: readonly FilterFamily[] = [
  {
    family: 'black-and-white',
    words: /黑白|默片|银盐|安塞尔|墨色|黑胶|单色|灰调|noir|mono|black ?(?:and|&) ?white|b&w|grey|gray|đen trắng/u,
    ops: [saturate(0), ...adjust('contrast', 0.25)],
  },
  {
    family: 'sepia',
    words: /怀旧|老照片|褐|牛皮|旧时|往事|sepia|nostalg|hoài/u,
    ops: [SEPIA, ...adjust('fade', 0.25)],
  },
  {
    family: 'vivid',
    words: /增色|鲜|浓郁|高饱和|亢奋|多彩|彩果|vivid|vibrant|pop|saturat|rực/u,
    ops: [...adjust('saturation', 0.35), ...adjust('contrast', 0.18)],
  },
  {
    family: 'food',
    words: /美食|食|料理|餐|味|烘|烤|food|delicious|tasty/u,
    ops: [...adjust('saturation', 0.22), ...adjust('temperature', 0.18), ...adjust('brightness', 0.08)],
  },
  {
    family: 'clear',
    words: /清晰|高清|画质|去雾|去灰|清透|4k|8k|质感|增强|hd\b|clear|sharp|clarity|rõ nét/u,
    ops: [...adjust('contrast', 0.15), ...adjust('saturation', 0.08)],
    sharpen: 0.35,
  },
  {
    family: 'teal-orange',
    words: /青橙|橙蓝|电影|好莱坞|大片|cinema|movie|film look|teal|hollywood|điện ảnh/u,
    ops: [splitTone([0.9, 1.02, 1.1], [1.06, 1, 0.9]), ...adjust('contrast', 0.2), ...adjust('saturation', -0.05)],
  },
  {
    family: 'vintage',
    words:
      /复古|胶片|胶卷|古早|港风|港历|旧|老|宝丽来|拍立得|富士|柯达|徕卡|哈苏|ccd|vhs|dv\b|1980|90s|retro|vintage|film|kodak|fuji|polaroid|cổ điển/u,
    ops: [splitTone([1.06, 1, 0.9], [1.02, 1, 0.92]), ...adjust('fade', 0.35), ...adjust('saturation', -0.12)],
  },
  {
    family: 'cyber',
    words: /赛博|霓虹|2077|蒸汽波|迷幻|紫|cyber|neon|vapor|purple|tím/u,
    ops: [splitTone([1.02, 0.86, 1.2], [1.08, 0.94, 1.08]), ...adjust('contrast', 0.15)],
  },
  {
    family: 'pink',
    words: /粉|樱|桃|玫瑰|少女|芭比|初恋|红润|pink|rose|sakura|hồng/u,
    ops: [splitTone([1.05, 0.98, 1.02], [1.05, 0.98, 1.02]), ...adjust('brightness', 0.12)],
  },
  {
    family: 'warm',
    words: /暖|日落|落日|夕阳|黄昏|橘|橙|金|秋|烛|日出|奶油|阳|焰|火|warm|sunset|golden|autumn|amber|ấm/u,
    ops: [...adjust('temperature', 0.45), ...adjust('saturation', 0.06)],
  },
  {
    family: 'cool',
    words: /冷|蓝|雪|冬|冰|寒|海|cool|cold|blue|winter|ice|ocean|lạnh/u,
    ops: [...adjust('temperature', -0.45), ...adjust('contrast', 0.06)],
  },
  {
    family: 'green',
    words: /绿|森|松|林|竹|薄荷|柠|green|forest|mint|xanh/u,
    ops: [...adjust('tint', -0.45), ...adjust('saturation', -0.05)],
  },
  {
    family: 'bright',
    words: /亮|白|透|清新|明|光|晴|净|夏|春|清|fresh|bright|light|clean|air|summer|spring|sáng|trong/u,
    ops: [...adjust('brightness', 0.22), ...adjust('saturation', 0.06), ...adjust('contrast', 0.05)],
  },
  {
    family: 'dark',
    words: /暗|夜|黑|深|阴|dark|night|moody|low ?key|tối/u,
    ops: [...adjust('brightness', -0.25), ...adjust('contrast', 0.18), ...adjust('saturation', -0.1)],
  },
  {
    family: 'faded',
    words: /褪色|淡|雾|烟|灰|柔|梦|低保真|fade|matte|soft|haze|lofi|dream|nhạt/u,
    ops: [...adjust('fade', 0.5), ...adjust('saturation', -0.18)],
  },
  { family: 'red', words: /红|赤|椿|red|đỏ/u, ops: [splitTone([1.08, 0.97, 0.95], [1.06, 0.98, 0.96])] },
];

export function findFilter(name: string): FilterFamily | null {
  const plain = plainName(name);
  return FILTERS.find(({ words }) => words.test(plain)) ?? null;
}
