import * as lens from './lens.ts';
import * as outline from './outline.ts';
import * as particles from './particles.ts';
import type { DrawEffect } from './stage.ts';
import * as surface from './surface.ts';

export interface EffectEntry {
  readonly family: string;
  readonly words: RegExp;
  readonly draw: DrawEffect;
}

const entry = (family: string, words: RegExp, draw: DrawEffect): EffectEntry => ({ family, words, draw });

/**
 * Scene effects that can be built from what their names say; the first entry whose words fit takes a name. What is not
 * here (faces, lettering, artwork) is not drawn, and reported. Adding one is one line (and its test).
 */
export const EFFECTS: readonly EffectEntry[] = [
  // Openings and endings
  entry('focus-in', /变清晰|模糊开幕|clear up|focus in/u, lens.focusPull(true)),
  entry('focus-out', /模糊闭幕|blur out/u, lens.focusPull(false)),
  entry('fade-white-in', /白色渐显/u, surface.fadeFrom('#fff', true)),
  entry('fade-in', /渐显开幕|fade in/u, surface.fadeFrom('#000', true)),
  entry('fade-out', /渐隐闭幕|全剧终|fade out/u, surface.fadeFrom('#000', false)),
  entry('curtain-close-vertical', /横向闭幕/u, surface.curtain(false, true)),
  entry('curtain-close', /^闭幕|close/u, surface.curtain(false, false)),
  entry('curtain-open-horizontal', /纵向开幕/u, surface.curtain(true, false)),
  entry('curtain-open', /^开幕|分屏开幕|方形开幕|curtain|opening/u, surface.curtain(true, true)),
  // Screens
  entry('two-screens', /两屏|二屏|(?:two|2)[ -]?(?:screens?|split)/u, lens.screens(2, 1)),
  entry('three-screens', /三屏|(?:three|3)[ -]?(?:screens?|split)/u, lens.screens(3, 1)),
  entry('four-screens', /四屏|(?:four|4)[ -]?(?:screens?|split)/u, lens.screens(2, 2)),
  entry('six-screens', /六屏|(?:six|6)[ -]?(?:screens?|split)/u, lens.screens(3, 2)),
  entry('nine-screens', /九屏|九宫|(?:nine|9)[ -]?(?:screens?|split)/u, lens.screens(3, 3)),
  entry('mirror', /^镜像|mirror|gương/u, lens.mirror),
  // Frames
  entry('bars', /电影感|画幅|基础黑框|黑框|遮幅|letterbox|cinematic bars|widescreen/u, surface.bars),
  entry('film-frame', /胶片框|film frame|胶卷边/u, surface.border('#0b0a09', true)),
  entry(
    'white-border',
    /白色边框|相纸|简约边框|白胶边框|white (?:border|frame)|polaroid/u,
    surface.border('#fff', false),
  ),
  entry('black-border', /黑胶边框|black (?:border|frame)/u, surface.border('#000', false)),
  // Signals and film
  entry(
    'old-television',
    /老电视|电视|录像带|vhs|vcr|betamax|jvc|显像|scan ?lines?|隔行|tv cổ|\btv\b|crt/u,
    surface.television,
  ),
  entry('silent-film', /默片|黑白老|黑色老电影/u, surface.oldFilm(true)),
  entry(
    'old-film',
    /老电影|胶片|复古dv|放映|老照片|怀旧|retro film|old film|film|cổ điển|vintage|super ?8/u,
    surface.oldFilm(false),
  ),
  entry('glitch', /故障|毛刺|glitch|信号|x-signal|干扰|trục trặc/u, surface.glitch(false)),
  entry('chromatic', /色差|色散|rgb|chroma|aberration/u, surface.glitch(true)),
  entry('grain', /噪点|颗粒|彩噪|噪片|grain|noise|nhiễu/u, surface.grain),
  entry('pixelate', /马赛克|像素|低保真|mosaic|pixel/u, lens.pixelate),
  // Outlines
  entry(
    'edge-glow',
    /边缘发光|边缘提亮|轮廓发光|描边发光|edge (?:glow|light)|outline glow|sáng đường viền/u,
    outline.edgeGlow,
  ),
  entry('neon', /霓虹(?!灯牌)|\bneon/u, outline.neon),
  // Light
  entry('vignette', /暗角|vignette/u, surface.vignette),
  entry('spotlight', /聚光灯|手电筒|望远镜|聚焦|spotlight|flashlight/u, surface.spotlight),
  entry('black-flash', /闪黑|black flash/u, surface.flash('#000', 1.5)),
  entry('colour-flicker', /频闪|迪斯科|蹦迪|màu sắc nhấp nháy|colou?r flicker|disco|strobe/u, surface.flicker),
  entry('flash', /闪白|闪光灯|闪屏|咔嚓|曝光$|^闪动|flash|lóe|chớp/u, surface.flash('#fff', 2)),
  entry('negative', /负片|反转片|negative|invert/u, surface.negative),
  entry('turn-grey', /变黑白/u, surface.greys(true)),
  entry('turn-colour', /变彩色/u, surface.colours),
  entry('grey', /黑白|black ?(?:and|&) ?white|grayscale|greyscale|mono/u, surface.greys(false)),
  entry('wash-red', /红调|red tone/u, surface.wash('#c0392b')),
  entry('wash-blue', /蓝调|blue tone/u, surface.wash('#2f5fa8')),
  entry('wash-purple', /紫调|purple tone/u, surface.wash('#7a3fa0')),
  // Focus and motion
  entry('blur-vertical', /纵向模糊|竖向模糊|vertical blur/u, lens.blur(0, 1.6)),
  entry('blur-horizontal', /动感模糊|横向模糊|侧移模糊|motion blur|horizontal blur/u, lens.blur(1.6, 0)),
  entry('blur-pulse', /瞬间模糊/u, lens.blurPulse),
  entry('blur', /^模糊|失焦|虚化|毛玻璃|磨砂|斜向模糊|十字模糊|迷离|\bblur|hình vuông mờ|defocus/u, lens.blur(1, 1)),
  entry('gentle-shake', /轻微抖动|gentle shake|slight shake/u, lens.shake(4, 0.008)),
  entry('shake', /^抖动|震动|颤抖|震闪|\bshake|rung|earthquake/u, lens.shake(11, 0.02)),
  entry('sway', /摇摆|摇晃|荡秋千|sway|swing/u, lens.sway),
  entry(
    'beat',
    /^心跳|动感变焦|冲击波|x瞬移|xung nhịp|heartbeat|pulse|beat|lật zoom|zoom lens|bounce/u,
    lens.beat(1.6),
  ),
  entry('push-in', /渐渐放大|轻微放大|变焦推镜|推镜|镜头变焦|拉近|冲刺|zoom in|push in/u, lens.pushIn),
  entry('travel', /运镜|chuyển động máy ảnh|camera move/u, lens.travel),
  entry('ghost', /灵魂出窍|^幻影|幻觉|重影|ghost|soul/u, lens.ghost),
  entry('ripple', /水波|波纹扭曲|荡漾|ripple|water wave/u, lens.ripple),
  entry('glow', /^发光|辉光|柔光|盛世美颜|\bglow|bloom|空灵|梦境/u, surface.glow),
  // In the air
  entry('snow', /飘雪|大雪|初雪|^雪花|雪花细闪|snow(?!man)|tuyết/u, particles.snow),
  entry('rain', /下雨|雨滴|\brain|mưa rơi/u, particles.rain),
  entry('meteors', /流星|meteor|shooting star|mưa sao băng/u, particles.meteors),
  entry('confetti', /彩带|纸屑|缤纷|confetti|pháo giấy/u, particles.confetti),
  entry('petals', /樱花|花瓣|落樱|petal|sakura/u, particles.petals),
  entry('leaves', /落叶|枫叶|falling leaves/u, particles.leaves),
  entry('gold-dust', /金粉|金片|闪粉|亮片|gold dust|glitter/u, particles.goldDust),
  entry('bubbles', /^泡泡|气泡(?!水)|夏日泡泡|bubbles?/u, particles.bubbles),
  entry('bokeh', /光斑|bokeh|(?:large|light) spots?|điểm siêu lớn/u, particles.bokeh),
  entry('stars', /^星星|星光|星空|繁星|细闪|闪闪|starlight|sparkl|lấp lánh/u, particles.stars),
  entry('dust', /灰尘|尘|萤火|萤光|bụi rơi|\bdust|firefl/u, particles.dust),
];
