import type { ClipAnimation } from '../../../drafts/model.ts';
import { type Loop, loops } from './motion/loops.ts';
import { flyByGlyph, type Passage, passages, slide, wipe } from './motion/passages.ts';

/**
 * - `exact`: the name says all there is to it (fade, typewriter) and that is drawn
 * - `approximated`: drawn by what its name says; Jianying's own timing and decoration may differ
 * - `not_drawn`: the text stands still
 */
export type TextAnimationFidelity = 'exact' | 'approximated' | 'not_drawn';

export interface ResolvedAnimation {
  readonly fidelity: TextAnimationFidelity;
  readonly passage: Passage | null;
  readonly loop: Loop | null;
  /** Words light up as they are spoken. */
  readonly karaoke: boolean;
}

type AnimationIdentity = Pick<ClipAnimation, 'kind' | 'name' | 'id' | 'resourceId'>;

/** Every name of a way in or out, Chinese and English, as the clients write them. */
const passageNames: readonly (readonly [Passage, ...string[]])[] = [
  [passages.fade, '渐显', '渐隐', 'Fade In', 'Fade Out', 'Fade', '轻微渐显'],
  [passages.typewriter, '打字机', '复古打字机', 'Typewriter', 'Typing', '打字光标', '字幕打字', '故障打字机'],
  [passages.typewriterFromMiddle, '居中打字', 'Centered Typing'],
  [passages.glyphFade, '逐字显影', '逐字虚影', '逐字渐显', '渐显逐字', 'Reveal', 'Letter Fade', 'Word by Word'],
  [passages.glyphFadeScattered, '溶解', '向上溶解', '向下溶解', '随机渐显', '水墨晕开', '晕开', 'Dissolve'],
  [slide('up'), '向上滑动', '上滑', '顶出', 'Slide Up', 'Push Up', 'Ease In Up', 'Ease Out Up'],
  [slide('down'), '向下滑动', '下滑', 'Slide Down', 'Push Down', 'Ease In Down', 'Ease Out Down'],
  [slide('left'), '向左滑动', '左滑', 'Slide Left', 'Push Left', 'Ease In Left', 'Ease Out Left', '叠影并入'],
  [slide('right'), '向右滑动', '右滑', 'Slide Right', 'Push Right', 'Ease In Right', 'Ease Out Right'],
  [slide('up', 0.6), '轻微上移', '缓慢上移'],
  [passages.grow, '放大', 'Zoom In', 'Scale Up', 'Grow', '轻微放大'],
  [passages.shrink, '缩小', 'Zoom Out', 'Scale Down', 'Shrink', '轻微缩小'],
  [passages.growGlyphs, '逐字放大', '生长', '音符弹跳'],
  [passages.shrinkGlyphs, '逐字缩小', '飞入', 'Fly In'],
  [
    passages.pop,
    '弹入',
    '弹出',
    '波浪弹入',
    '爱心弹跳',
    'Bounce In',
    'Bounce Out',
    'Pop Up',
    'Pop',
    'Pop In',
    'Pop Out',
  ],
  [passages.popBlock, '弹性缩放', '整体弹入', 'Elastic In', '左上弹入', '右下弹入'],
  [passages.spring, '弹簧', 'Spring'],
  [passages.stretch, '弹性伸缩', '果冻', 'Stretch', 'Jelly'],
  [passages.dropBounce, '波浪弹跳', '落下', '弹跳', 'Bounce', 'Drop', 'Drop In'],
  [passages.dropScattered, '随机弹跳', '随机落下', 'Random Bounce'],
  [passages.spin, '旋入', '旋出', '旋转', 'Spin In', 'Spin Out', 'Rotate In', 'Rotate Out', 'Spin'],
  [passages.spinGlyphs, '逐字旋转', '旋转飞入', '旋转飞出', 'Letter Spin', 'Swirl'],
  [passages.flip, '翻转', '水平翻转', '翻动', '圆柱体滚动', 'Flip', 'Flip In', 'Flip Out', 'Flip Over'],
  [passages.flipGlyphs, '逐字翻转', 'Letter Flip', '翻页'],
  [passages.standUp, '站起', '躺下', '立起', 'Stand Up'],
  [passages.somersault, '空翻', 'Somersault', 'Backflip'],
  [passages.roll, '滚入', '滚出', '滚动', 'Roll In', 'Roll Out', 'Roll'],
  [passages.sunrise, '日出', '日落', '向上露出', 'Sunrise', 'Rise', 'Rise Up'],
  [passages.blur, '模糊', '模糊渐显', 'Blur', 'Blur In', 'Blur Out'],
  [passages.blurGlyphs, '逐字模糊', '拖尾', '辉光', 'Glow', 'Focus', '发光'],
  [passages.curtain, '开幕', '闭幕', '展开', '向两侧展开', 'Curtain', 'Open', 'Expand'],
  [wipe('right'), '向右擦除', '羽化向右擦开', '右擦开', '向右露出', '向右展开', 'Wipe Right', 'Wipe', '激光雕刻'],
  [wipe('left'), '向左擦除', '羽化向左擦开', '向左露出', '向左展开', 'Wipe Left'],
  [wipe('up'), '向上擦除', '上擦开', '向上展开', 'Wipe Up'],
  [wipe('down'), '向下擦除', '右下擦开', '左下擦开', '向下露出', '向下展开', 'Wipe Down'],
  [flyByGlyph('up'), '逐字上升', '向上飞入', '字幕上升', 'Letter Up', 'Fly Up'],
  [flyByGlyph('down'), '逐字落下', '向下飞入', '雨滴', 'Letter Down', 'Fall'],
  [flyByGlyph('left'), '向左飞入', '逐字左移', 'Fly Left'],
  [flyByGlyph('right'), '向右飞入', '逐字右移', '向右集合', 'Fly Right'],
  [passages.gather, '集合', '收拢', '聚合', 'Gather', 'Converge', 'Tracking In'],
  [passages.unfold, '拉伸展开', '字距展开', '向外展开', 'Unfold', 'Tracking Out'],
  [passages.flyScattered, '随机飞入', '随机飞出', '打散', '冰雪飘动', 'Snow fluttering', 'Scatter', 'Random Fly'],
  [passages.flicker, '闪动', '闪烁', '闪现', '星光闪闪', 'Flicker', 'Flash', 'Twinkle', 'Sparkle'],
  [passages.glitch, '故障', '故障闪动', '色差故障', 'Glitch'],
  [passages.fling, '甩入', '甩出', 'Fling', 'Swing In', 'Swing Out', 'Paint Slash-Out', 'Paint Slash-In'],
  [passages.karaoke, '卡拉OK', 'Karaoke'],
];

const loopNames: readonly (readonly [Loop, ...string[]])[] = [
  [loops.wave, '波浪', '上弧', '下弧', '波动', '海浪', 'Wave', 'Wavy'],
  [loops.jump, '跳动', '逐字跳动', '音符跳动', '弹跳', 'Jump', 'Bounce', 'Hop'],
  [loops.hop, '轻微跳动', '整体跳动', '弹动'],
  [loops.blink, '闪烁', '呼吸', '渐隐渐显', 'Blink', 'Breathe', 'Flicker'],
  [loops.blinkHard, '闪动', '频闪', '彩色闪烁', 'Flash', 'Strobe'],
  [loops.swing, '摇摆', '晃动', '摇晃', 'Swing', 'Sway', 'Swing Dance', 'Rock'],
  [loops.pendulum, '钟摆', '吊坠', 'Pendulum'],
  [loops.wiper, '雨刷', 'Wiper'],
  [loops.heartbeat, '心跳', 'Heartbeat', 'Heart Beat'],
  [loops.pulse, '缩放', '轻微放大', '脉冲', 'Pulse', 'Zoom'],
  [loops.pulseGlyphs, '逐字放大', '逐字缩放', '吹泡泡', 'Letter Zoom'],
  [loops.shake, '抖动', '震动', '故障抖动', 'Shake', 'Vibrate'],
  [loops.tremble, '颤抖', '逐字抖动', '逐字颤抖', '手写抖动', 'Tremble'],
  [loops.jiggle, 'Jiggle', '扭动', '摇头晃脑', '左右摇摆', 'Wiggle', 'Dance'],
  [loops.float, '漂浮', '飘动', '悬浮', '上下浮动', 'Float', 'Hover'],
  [loops.rotate, '旋转', '风车', '环绕', 'Rotate', 'Spin'],
  [loops.rotateGlyphs, '逐字旋转', 'Letter Rotate'],
  [loops.flip, '翻转', '水平翻转', 'Flip', 'Turn'],
  [loops.flipGlyphs, '逐字翻转', 'Letter Flip'],
  [loops.glitch, '故障', '故障闪动', '色差故障', '信号干扰', 'Glitch'],
];

/** Resource ids of drafts seen in the wild, for drafts that have lost their names. */
const namesById: Readonly<Record<string, string>> = {
  '6724919382104871427': 'Fade Out',
  '6779084126457696776': '日出',
  '6887482184844710413': '弹入',
  '7268221856618910264': '顶出',
  '6865175746420150792': '空翻',
  '7041836555903701540': '缩小',
  '7309036302962266675': '星光闪闪',
  '7319873264375829001': '星光闪闪',
  '7314291622525538843': '冰雪飘动',
  '7314643432931070466': 'Snow fluttering',
  '7258179345192063525': '辉光',
  '7028458557058060831': '向下溶解',
  '7026619708627489293': '向上溶解',
  '7179035729043919397': '圆柱体滚动',
  '7317536986691015218': '波浪弹跳',
  '7259634012774208059': '叠影并入',
  '7035902226602136071': '闪动',
  '7244102612700631589': '激光雕刻',
  '7038882772450021896': '逐字显影',
  '6724920636403094028': '打字机',
  '7026674824537707038': '滚入',
  '7576947275415440641': 'Swing Dance',
  '7580223207924370705': 'Paint Slash-Out',
  '6724919499042066958': 'Zoom In',
  '7213291988500615738': 'Float',
  '7054065145990877698': 'Ease In Right',
  '6724927688047333891': 'Wave',
  '6887766216576864770': 'Jiggle',
};

/** What a name that is not in the tables says by one of its words; the first that fits. */
const passageWords: readonly (readonly [RegExp, Passage])[] = [
  [/打字|typ(e|ing)/i, passages.typewriter],
  [/卡拉|karaoke/i, passages.karaoke],
  [/故障|glitch/i, passages.glitch],
  [/闪|星光|火花|flash|flick|spark|twinkl|neon|霓虹/i, passages.flicker],
  [/模糊|虚化|辉光|发光|blur|glow|focus/i, passages.blur],
  [/空翻|somersault/i, passages.somersault],
  [/翻|flip|turn/i, passages.flip],
  [/滚|roll/i, passages.roll],
  [/旋|转|spin|rotat|swirl/i, passages.spin],
  [/弹|跳|bounc|pop|jump|elastic/i, passages.pop],
  [/簧|spring/i, passages.spring],
  [/缩小|zoom out|shrink/i, passages.shrink],
  [/放大|生长|zoom|scale|grow/i, passages.grow],
  [/擦|雕刻|写|画|wipe|draw|write|brush|slash/i, wipe('right')],
  [/开幕|展开|打开|curtain|open|expand/i, passages.curtain],
  [/集合|聚|收|gather|converge/i, passages.gather],
  [/随机|散|飘|雪|粒子|scatter|random|snow|particle|flutter/i, passages.flyScattered],
  [/溶解|晕|dissolve/i, passages.glyphFadeScattered],
  [/向上|上升|升|\bup\b|rise/i, slide('up')],
  [/向下|落|降|\bdown\b|drop|fall/i, slide('down')],
  [/向左|left/i, slide('left')],
  [/向右|right/i, slide('right')],
  [/逐字|letter|word/i, passages.glyphFade],
];

const loopWords: readonly (readonly [RegExp, Loop])[] = [
  [/故障|glitch/i, loops.glitch],
  [/闪|flash|blink|flick|neon|霓虹/i, loops.blink],
  [/心跳|heart/i, loops.heartbeat],
  [/波|浪|弧|wav/i, loops.wave],
  [/抖|颤|震|shak|trembl|vibrat/i, loops.shake],
  [/摆|摇|晃|swing|sway|rock|danc/i, loops.swing],
  [/跳|弹|jump|bounc|hop/i, loops.jump],
  [/旋|转|spin|rotat/i, loops.rotate],
  [/翻|flip/i, loops.flip],
  [/飘|浮|float|hover/i, loops.float],
  [/缩放|放大|呼吸|zoom|puls|scale|breath/i, loops.pulse],
];

const exact: ReadonlySet<Passage> = new Set<Passage>([passages.fade, passages.typewriter]);

const passageByName = tableOf(passageNames);
const loopByName = tableOf(loopNames);

function tableOf<Motion>(entries: readonly (readonly [Motion, ...string[]])[]): ReadonlyMap<string, Motion> {
  return new Map(entries.flatMap(([motion, ...names]) => names.map((name) => [plainName(name), motion] as const)));
}

/** Spelling apart: case, spaces, hyphens, and the number of a variant (打字机 II = 打字机). */
function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\s_-]*(\b[IVX]+|\d+)\s*$/, '')
    .replace(/[\s_-]+/g, '')
    .toLowerCase();
}

/** What is drawn for an animation of a text. */
export function resolveTextAnimation(animation: AnimationIdentity): ResolvedAnimation {
  if (animation.kind === 'caption') return { fidelity: 'approximated', passage: null, loop: null, karaoke: true };
  const known = namesById[animation.resourceId] ?? namesById[animation.id] ?? '';
  const name = animation.name.trim() === '' ? known : animation.name;
  if (animation.kind === 'loop' || animation.kind === 'combo') {
    const loop = loopByName.get(plainName(name)) ?? loopByName.get(plainName(known)) ?? wordIn(loopWords, name);
    return { fidelity: loop === null ? 'not_drawn' : 'approximated', passage: null, loop, karaoke: false };
  }
  const listed = passageByName.get(plainName(name)) ?? passageByName.get(plainName(known));
  const passage = listed ?? wordIn(passageWords, name) ?? passages.fade;
  const fidelity = listed !== undefined && exact.has(listed) && !isVariant(name) ? 'exact' : 'approximated';
  return { fidelity, passage, loop: null, karaoke: false };
}

/** How true to Jianying an animation of a text is drawn. */
export function textAnimationFidelity(animation: AnimationIdentity): TextAnimationFidelity {
  return resolveTextAnimation(animation).fidelity;
}

/** 打字机 II and the like carry their own decoration. */
function isVariant(name: string): boolean {
  return /故障|复古|光标|轻微|\b(?:I{2,}|IV|VI*|[2-9])\s*$/.test(name);
}

function wordIn<Motion>(words: readonly (readonly [RegExp, Motion])[], name: string): Motion | null {
  return words.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
