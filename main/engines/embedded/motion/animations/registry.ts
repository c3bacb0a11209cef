import { type Hint, wholeWords } from '../names.ts';
import * as enter from './enter.ts';
import type { Animate } from './motion.ts';
import * as through from './through.ts';

export interface AnimationEntry<Make> {
  readonly family: string;
  /** Names that mean exactly this, as `fullName` gives them. */
  readonly exact: readonly string[];
  readonly words: RegExp | null;
  readonly make: Make;
}

function entry<Make>(family: string, exact: readonly string[], words: RegExp | null, make: Make): AnimationEntry<Make> {
  return { family, exact, words: words === null ? null : wholeWords(words), make };
}

/** Families that their geometry defines wholly; the others are near what the app draws. */
export const GEOMETRIC_ANIMATIONS: ReadonlySet<string> = new Set([
  'fade',
  'slide',
  'grow',
  'shrink',
  'grow-slightly',
  'wipe',
  'open',
  'loop-spin',
  'loop-blink',
]);

/** Entrances and exits; the first entry whose words fit takes a name. Adding one is one line (and its test). */
export const ENTRANCES: readonly AnimationEntry<enter.Enter>[] = [
  entry('fade', ['渐显', '渐隐', 'fade in', 'fade out', 'fade', 'mờ dần'], /渐显|渐隐|fade|淡|mờ dần/u, enter.fade),
  entry(
    'typing',
    ['打字机', '居中打字', 'typewriter'],
    /打字|逐字|输入|typewriter|typing|卡拉|激光雕刻|gõ chữ/u,
    enter.typing,
  ),
  entry('sunrise', ['日出', '日落', 'sunrise', 'sunset'], /日出|日落|sunrise|sunset/u, enter.sunrise),
  entry(
    'wipe',
    [
      '向左擦除',
      '向右擦除',
      '向上擦除',
      '向下擦除',
      '羽化向右擦开',
      '羽化向左擦开',
      'wipe left',
      'wipe right',
      'wipe up',
      'wipe down',
    ],
    /擦|露出|扫描|wipe|reveal|涂|喷绘|slash|描边填充/u,
    enter.wipe,
  ),
  entry(
    'grow-slightly',
    ['轻微放大', 'zoom slightly', 'mini zoom'],
    /轻微放大|slightly|mini zoom|慢速放大/u,
    enter.growSlightly,
  ),
  entry('dynamic-grow', ['动感放大', 'zoom 2'], /动感放大|变速扩大|弹近|飞近|冲屏/u, enter.dynamicGrow),
  entry('dynamic-shrink', ['动感缩小', 'zoom 1', 'thu phóng'], /动感缩小|thu phóng|弹远|飞远/u, enter.dynamicShrink),
  entry(
    'shake',
    ['上下抖动', '左右抖动', '轻微抖动', 'shake'],
    /抖|震|摇|晃|shak(?:e|y|ing)|rock|vibrat(?:e|ion|ing)|lắc|碰撞|冲撞|trembl(?:e|ing)|故障|色散|glitch|rgb|乱码/u,
    enter.shake,
  ),
  entry(
    'fling',
    [
      '向下甩入',
      '向右上甩入',
      '向右下甩入',
      '向右甩入',
      '向左上甩入',
      '向左下甩入',
      'swing top left',
      'swing top right',
      'swing bottom left',
      'swing bottom right',
    ],
    /甩|swing (?:top|bottom|left|right|up|down)|fling|throw/u,
    enter.fling,
  ),
  entry(
    'pendulum',
    ['钟摆', '雨刷', 'pendulum', 'swing', 'wiper'],
    /钟摆|雨刷|荡|pendulum|swing|wiper|con lắc|đu/u,
    enter.swing,
  ),
  entry(
    'turn-in',
    ['向上转入', '向左转入', '向右转入', '向上转出'],
    /转入|转出|spin (?:left|right|up|down)|rotate out|swivel/u,
    enter.turnIn,
  ),
  entry('roll', ['滚入', '滚出', 'roll in', 'roll out'], /滚|roll|lăn|圆柱/u, enter.roll),
  entry('vortex', ['漩涡旋转', 'vortex'], /漩涡|螺旋|扭曲|vortex|swirl|twirl|whirl|spiral|xoáy/u, enter.vortex),
  entry(
    'flip',
    ['镜像翻转', '水平翻转', '翻入', '翻出', '空翻', '翻动', 'flip', 'khối lập phương'],
    /翻|立方|立体|镜像|卡片|flip|turn over|cube|mirror|khối|lật|3d|魔方/u,
    enter.flip,
  ),
  entry(
    'spin',
    ['旋转', '旋入', '旋出', 'rotate', 'spin'],
    /旋|转(?!换)|环绕|rotat(?:e|ion|ing)|spin(?:ning)?|xoay|quay/u,
    enter.spin,
  ),
  entry(
    'bounce',
    ['波浪弹入', '波浪弹跳', '左上弹入', '右上弹入', 'bounce'],
    /弹跳|波浪|跳|左上弹|右上弹|向上弹|向下弹|随机|bounc(?:e|ing|y)|jump|nảy|落下|下降|坠|drop|rơi/u,
    enter.bounce,
  ),
  entry(
    'spring',
    ['弹入', '弹出', '弹簧', '弹性伸缩', '弹弓', '果冻', 'spring', 'elastic', 'pop'],
    /弹|果冻|伸缩|二段缩放|spring|elastic|pop|jelly|砸/u,
    enter.spring,
  ),
  entry(
    'open',
    ['开幕', '闭幕', '交错开幕', 'open'],
    /开幕|(?<!圆形)闭幕|幕布|斜向开|分割|分屏|四屏|三屏|多屏|九宫格|拼图|拼贴|百叶|展开|curtain|split|blind|puzzle|便利贴|ghi chú|sticky/u,
    enter.open,
  ),
  entry(
    'open-all',
    ['圆形扫描', '圆形开幕', 'hình tròn'],
    /圆形|环形|心形|爱心|遮罩|circle|mask|tròn|heart|tim|探灯/u,
    enter.openAll,
  ),
  entry('unfold', ['折叠', '折叠开幕', '折叠闭幕'], /折叠|收拢|fold|gấp/u, enter.unfold),
  entry('stand-up', ['生长', '站起', '躺下'], /生长|站起|躺下|顶出|grow up/u, enter.standUp),
  entry(
    'flicker',
    ['闪动', '闪现', '闪屏', 'flash', 'flicker'],
    /闪|曝光|flash|flicker|blink|chớp|辉光|发光|glow|twinkl(?:e|ing)|sparkl(?:e|ing)|星光/u,
    enter.flicker,
  ),
  entry(
    'focus',
    ['模糊', '模糊聚焦', '横向模糊', 'blur', 'độ mờ ngang', '发光模糊'],
    /模糊|聚焦|变焦|blur(?:red)?|focus|mờ/u,
    enter.focus,
  ),
  entry('slant', ['斜切', 'slant'], /斜切|斜|slant|skew/u, enter.slant),
  entry('pulse', ['脉冲', '心跳'], /脉冲|心跳|心动|音量|pulse|beat|nhịp/u, enter.pulse),
  entry('shrink', ['缩小', 'zoom out', '收缩', 'thu nhỏ'], /缩小|收缩|缩|zoom out|shrink|thu nhỏ/u, enter.shrink),
  entry('grow', ['放大', 'zoom in', 'zoom', 'phóng to'], /放大|变大|扩大|zoom in|zoom|scale|phóng/u, enter.grow),
  entry(
    'dissolve',
    ['溶解', '向下溶解', '向上溶解', '晕开', '水墨晕开', 'dissolve', 'khói'],
    /溶解|晕|墨|烟|消散|飘散|雪|雾|火|灼烧|融|粒子|金|马赛克|dissolve|smoke|flame|fire|mosaic|khói|snow|particle|炸开|ink/u,
    enter.dissolve,
  ),
  entry(
    'drift',
    ['向右缓入', '向左缓出', '滑动上升', '滑动下落', 'ease in right', 'ease in left'],
    /缓入|缓出|上升|集合|汇聚|ease|飘|float|重叠|叠影|拖尾/u,
    enter.drift,
  ),
  entry(
    'slide',
    ['向上滑动', '向下滑动', '向左滑动', '向右滑动', 'slide up', 'slide down', 'slide left', 'slide right', 'trượt'],
    /滑|飞|移|侧|划|吸|拉|slide|fly|move|trượt|kéo|向|左|右|上|下/u,
    enter.slide,
  ),
];

/** Combos. */
export const COMBOS: readonly AnimationEntry<through.Through>[] = [
  entry('train', ['小火车', 'chuyến tàu', 'train'], /火车|过山车|tàu|train|roller-?coaster/u, through.train),
  entry(
    'swing',
    ['荡秋千', '海盗船', '红酒摇晃', '悠悠球', 'con lắc'],
    /秋千|海盗|钟摆|悠悠|con lắc|swing|pendulum|pirate|yo-?yo|đu/u,
    through.swing,
  ),
  entry('flash-zoom', ['闪光放大', 'phóng đại flash'], /闪光|flash|phóng đại flash/u, through.flashZoom),
  entry(
    'split',
    ['三分割', '上下分割', '左右分割', '中间分割', '夹心饼干', '百叶窗'],
    /分割|夹心|百叶|碎块|叠叠|分身|split|slice|bisect|trisect|triplet|puzzle|blind|sliding doors|domino|3d card/u,
    through.split,
  ),
  entry('spin-fade', ['旋出渐隐', '缩小转出'], /旋出渐隐|转出|roll in|zoom-roll/u, through.spinAndFade),
  entry(
    'flip',
    ['翻转', '四格翻转', '立方体', '魔方', '水晶'],
    /翻转|立方|魔方|水晶|方片|四格|手机|flip|cube|crystal|quarter|smartphone|revolving|khối|lật/u,
    through.flip,
  ),
  entry('orbit', ['绕圈圈', '转圈圈', 'spin'], /绕圈|转圈|环绕|orbit|waltzer/u, through.orbit),
  entry(
    'spin-zoom-in',
    ['旋转缩小', '旋转上升', '弹入旋转'],
    /旋转上升|旋转缩小|弹入|上升旋转|小陀螺|spin in|spin rise|rise spin|spinning top|smaller/u,
    through.spinZoomIn,
  ),
  entry(
    'spin-zoom-out',
    ['旋转降落', '缩小旋转', 'quay thu phóng', 'lắc vào', '旋入晃动'],
    /旋|转|陀螺|spin(?:ning)?|rotat(?:e|ion|ing)|angle|quay|xoay|lắc vào/u,
    through.spinZoomOut,
  ),
  entry('pan', ['左拉镜', '右拉镜'], /拉镜|相框|pan|camera/u, through.pan),
  entry(
    'fall',
    ['下降向左', '下降向右', '向左下降', '向右下降', '坠落', '滑滑梯', 'rơi xuống bên trái'],
    /下降|坠落|降落|滑梯|向左缩小|向右缩小|fall|drop|slip|left zoom|right zoom|rơi/u,
    through.fall,
  ),
  entry('zoom-bounce', ['放大弹动', '缩小弹动', '回弹伸缩'], /弹|跳跳|bounc(?:e|ing|y)|spring/u, through.zoomBounce),
  entry('shake', ['抖入放大'], /抖|震|动感摇晃|shak(?:e|y|ing)|wobble|rung/u, through.shake),
  entry('sway', ['晃动旋出'], /晃|摇|sway|lắc/u, through.sway),
  entry(
    'stretch',
    ['扭曲拉伸', '拉伸扭曲', '形变缩小', '形变左缩', '形变右缩', '哈哈镜'],
    /拉伸|扭曲|形变|哈哈镜|stretch|warp|distort|bend|funhouse/u,
    through.stretchOut,
  ),
  entry('wave', ['波动放大', '波动吸收', '波动滑出', '滑入波动', 'khuếch đại sóng'], /波|sóng|wave/u, through.wave),
  entry('train-slide', ['四格滑动'], /滑|slide|trượt/u, through.train),
  entry('zoom', ['缩放', '缩放 ii'], /缩放|放大|缩小|zoom|phóng/u, through.zoom),
];

/** Loops, mostly of texts and stickers. */
export const LOOPS: readonly AnimationEntry<through.Loop>[] = [
  entry(
    'loop-swing',
    ['摇摆', '摇荡', '钟摆', '雨刷', 'swing', 'swing dance'],
    /摇|荡|钟摆|雨刷|尾巴|swing|dance|lắc/u,
    through.loopSwing,
  ),
  entry(
    'loop-jump',
    ['跳动', '轻微跳动', '随机弹跳', 'jump', 'bounce'],
    /跳|弹|jump|bounce|hop|nhảy/u,
    through.loopJump,
  ),
  entry(
    'loop-pulse',
    ['心跳', '放大缩小', '悸动', 'pulse', 'heartbeat'],
    /心跳|放大|缩|悸动|呐喊|扩音|声波|pulse|beat|zoom|heart/u,
    through.loopPulse,
  ),
  entry(
    'loop-blink',
    ['闪烁', '爆闪', '频闪边框', 'flash', 'blink'],
    /闪|频|flash|blink|flicker|扫光|泛光|流光|glow/u,
    through.loopBlink,
  ),
  entry(
    'loop-spin',
    ['旋转', 'spin', 'rotate'],
    /旋转|漩涡|环|甜甜圈|spin(?:ning)?|rotat(?:e|ion|ing)|quay|xoay/u,
    through.loopSpin,
  ),
  entry(
    'loop-tremble',
    ['颤抖', '投影颤抖', '故障闪动', 'jiggle', '抖动故障'],
    /颤|抖|故障|色差|急|错位|jiggl(?:e|ing)|shak(?:e|y|ing)|trembl(?:e|ing)|glitch|vhs/u,
    through.loopTremble,
  ),
  entry('loop-sway', ['晃动', '超强晃动', '扭动'], /晃|扭|调皮|拉|sway|滚动|滑动|弹幕/u, through.loopSway),
  entry('loop-float', ['漂浮', '飘起', 'float'], /漂|飘|泡泡|float|hover/u, through.loopFloat),
  entry('loop-flip', ['翻转', '空间翻转', '翻页'], /翻|flip|折叠|lật/u, through.loopFlip),
  entry('loop-wave', ['波浪', '超强波浪', '彩虹', 'wave'], /波|弧|彩|火焰|wave|sóng/u, through.loopWave),
];

/** What an unknown name of each kind does. */
export const DEFAULTS: { readonly enter: enter.Enter; readonly combo: through.Through; readonly loop: through.Loop } = {
  enter: enter.fade,
  combo: through.zoom,
  loop: through.loopFloat,
};

export type MakeAnimation = (hint: Hint) => Animate;
