import { type Hint, wholeWords } from '../names.ts';
import { blur, dip, dissolve, flash, mosaic, negative, overlay } from './fades.ts';
import type { DrawTransition } from './scene.ts';
import { bands, bouncePush, cover, type Direction, push, roll, shake, squeeze, stretch, uncover } from './slides.ts';
import { glare, glitch, grains, light, spread, waves } from './textures.ts';
import { blinds, blink, iris, sectors, slit, split, tiles, wipe } from './wipes.ts';
import { cube, flip, pageTurn, rotate, vortex, whip, zoomIn, zoomOut } from './zooms.ts';

/**
 * Families that are wholly defined by their geometry. The others are drawn after what their names say, but the app's own
 * artwork (paper, fire, lenses) is not to be had: they count as approximated even under their own name.
 */
export const GEOMETRIC: ReadonlySet<string> = new Set(
  'dissolve fade-black fade-white push-left push-right push-up push-down wipe wipe-soft blinds sectors iris-circle iris-heart iris-star iris-rectangle split-vertical split-horizontal split-diagonal'.split(
    ' ',
  ),
);

export interface TransitionEntry {
  readonly family: string;
  /** Names that mean exactly this, as `fullName` gives them. */
  readonly exact: readonly string[];
  /** Words in other names that come nearest to it. */
  readonly words: RegExp | null;
  readonly make: (hint: Hint) => DrawTransition;
}

const towards = (hint: Hint, fallback: Direction): Direction => hint.direction ?? fallback;
const LEFT: Direction = { x: -1, y: 0 };
const UP: Direction = { x: 0, y: -1 };
const RIGHT: Direction = { x: 1, y: 0 };
const along = (hint: Hint, fallback: Direction): Direction =>
  hint.direction ?? (hint.vertical === null ? fallback : hint.vertical ? UP : LEFT);

const entry = (
  family: string,
  exact: readonly string[],
  words: RegExp | null,
  make: (hint: Hint) => DrawTransition,
): TransitionEntry => ({ family, exact, words: words === null ? null : wholeWords(words), make });

/**
 * Transitions by what they do; the first entry whose words fit takes a name, so that the particular stands before the
 * general. Adding one is one line here (and its test).
 */
export const TRANSITIONS: readonly TransitionEntry[] = [
  // Fades
  entry(
    'dissolve',
    ['叠化', 'mix', 'dissolve', '溶解', 'fade', 'gradual fade', 'cross dissolve', 'hòa tan'],
    null,
    () => dissolve,
  ),
  entry(
    'fade-black',
    ['闪黑', 'black fade', 'fade to black', 'dip to black'],
    /闪黑|黑场|black (?:fade|flash)|(?:fade|flash).*black|đen mờ/u,
    () => dip('#000'),
  ),
  entry(
    'fade-white',
    ['闪白', '泛白', 'white fade', 'fade to white', 'dip to white'],
    /闪白|泛白|white (?:fade|flash)|(?:fade|flash).*white|blanch|雪雾|mờ trắng/u,
    () => dip('#fff'),
  ),
  entry(
    'overlay',
    ['叠加', 'overlay'],
    /叠加|叠影|幻影|幻觉|overlay|double exposure|superimpose|chồng/u,
    () => overlay,
  ),
  entry('negative', ['色彩负片', 'negative'], /负片|反转片|negative|invert|âm bản/u, () => negative),
  // Slides
  entry('bounce', ['弹跳'], /(?<![炸烟雾])弹|bounce|spring|nảy/u, (hint) => bouncePush(towards(hint, UP))),
  entry(
    'push-left',
    ['左移', 'left', 'move left', 'slide left', 'push', 'push left', 'bên trái'],
    /左移|(?:slide|push|move).*left/u,
    () => push(LEFT),
  ),
  entry(
    'push-right',
    ['右移', 'right', 'move right', 'slide right', 'push right', 'bên phải'],
    /右移|(?:slide|push|move).*right/u,
    () => push(RIGHT),
  ),
  entry('push-up', ['上移', 'up', 'move up', 'slide up', 'push up'], /上移|(?:slide|push|move).*up/u, () => push(UP)),
  entry(
    'push-down',
    ['下移', 'down', 'move down', 'slide down', 'push down', 'trượt xuống'],
    /下移|下滑|(?:slide|push|move).*down/u,
    () => push({ x: 0, y: 1 }),
  ),
  // Wipes
  entry(
    'sectors',
    ['雨刷转场', '圆形扫描', 'clock wipe'],
    /雨刷(?!.*擦)|圆形扫描|时钟|闹钟|clock|wiper|radial wipe|顺时针三角/u,
    (hint) => sectors(1, hint.counterClockwise),
  ),
  entry('wipe-soft', ['渐变擦除', 'gradient wipe', 'soft wipe'], /渐变擦|羽化|gradient|soft wipe/u, (hint) =>
    wipe(towards(hint, RIGHT), 0.5),
  ),
  entry(
    'wipe',
    ['向左擦除', '向右擦除', '向上擦除', '向下擦除', 'wipe', 'wipe left', 'wipe right', 'wipe up', 'wipe down'],
    /擦除|对比|wipe|comparison|then and now|before (?:and|&) after|quét(?! sáng)|拉屏|横线|竖线|(?:horizontal|vertical) line|波点|dot|箭头|arrow/u,
    (hint) => wipe(along(hint, RIGHT), 0.03),
  ),
  entry('windmill', ['风车', 'windmill', 'pinwheel'], /风车|windmill|pinwheel|cối xay/u, (hint) =>
    sectors(4, hint.counterClockwise),
  ),
  entry('blinds', ['百叶窗', 'blinds', 'venetian blinds'], /百叶|快门|blind|shutter|rèm/u, (hint) =>
    blinds(10, hint.vertical ?? false),
  ),
  entry('iris-heart', ['爱心', 'heart', '爱心遮罩'], /爱心|心形|喜欢|heart|love|trái tim/u, () => iris('heart')),
  entry('iris-star', ['星星', 'star'], /星星(?!模糊)|star|ngôi sao/u, () => iris('star')),
  entry(
    'iris-circle',
    ['圆形遮罩', 'circle', 'iris', 'hình tròn'],
    /圆(?!盘|球)|环形(?!色散)|circle|circular|iris|round|tròn|气泡|泡泡|水滴|bubble|droplet|聚光灯|射灯|spotlight|floodlight|望远/u,
    () => iris('circle'),
  ),
  entry('iris-diamond', ['菱形'], /菱|diamond|rhomb|kim cương/u, () => iris('diamond')),
  entry('iris-hexagon', [], /六边形|hexagon/u, () => iris('hexagon')),
  entry('iris-rectangle', ['矩形分割'], /矩形|方形|拉框|边框|便利贴|rectangle|square|hình vuông|ghi chú/u, () =>
    iris('rectangle'),
  ),
  entry('blink', ['眨眼', 'blink'], /眨眼|blink|nháy mắt/u, () => blink),
  entry(
    'tiles',
    ['窗格', '方片翻转'],
    /方片|(?<!故障)拼贴|几何|(?<!定)格|(?:色块|滑块)(?!故障)|tile|block|grid|puzzle|checker(?:board)?/u,
    () => tiles(8, 5, 'diagonal'),
  ),
  entry(
    'bands',
    ['三屏滑入', 'ba lát'],
    /三屏|四屏|四格|分屏|多屏|挤压分|(?<!线)条|三分|(?<!(?:vertical|horizontal|diagonal|circular) )slice|ba lát|lát|strip/u,
    (hint) => bands(3, hint.vertical ?? true),
  ),
  // Cuts
  entry('torn', ['撕纸', '撕纸拉屏', '撕纸掉落'], /撕|裂|碎|纸|胶带|tear|torn|paper|rip|shatter|xé/u, () =>
    split(78, true),
  ),
  entry(
    'split-vertical',
    ['竖向分割', 'vertical split'],
    /竖向分割|split.*vertical(?:ly)?|vertical (?:split|slice)/u,
    () => split(90),
  ),
  entry(
    'split-horizontal',
    ['横向分割', 'horizontal split'],
    /横向分割|split.*horizontal(?:ly)?|horizontal (?:split|slice)/u,
    () => split(0),
  ),
  entry('split-diagonal', ['斜向分割', 'diagonal split'], /斜向分割|倾斜拉开|斜线(?!翻)|diagonal/u, () => split(-35)),
  entry('split', ['分割', 'split', '中心切开', '拉开'], /分割|切开|拉开|剪开|split|cut open|tách/u, (hint) =>
    split(hint.vertical === false ? 0 : 90),
  ),
  // 横向拉幕 opens sideways: the slit itself stands upright.
  entry(
    'slit',
    ['横向拉幕', '竖向拉幕', 'open horizontally', 'open vertically'],
    /拉幕|open.*(?:horizontal|vertical)(?:ly)?/u,
    (hint) => slit(hint.vertical !== true),
  ),
  entry('slit', ['开幕', 'open', 'open curtain', 'curtain'], /幕(?!转场)|curtain|barn|door|open|màn/u, (hint) =>
    slit(hint.vertical ?? true),
  ),
  // Turns
  entry(
    'page',
    ['翻页', '翻篇', 'flip page', 'page turn', 'lật trang', '上下翻页'],
    /翻页|翻篇|翻书|篇章|日历|课本|page|fold|trang|book/u,
    (hint) => pageTurn(towards(hint, LEFT)),
  ),
  entry('cube', ['立方体', '滚动立方', '立方旋转', 'cube', '3d空间'], /立方|cube|3d|立体|空间|khối/u, (hint) =>
    cube(towards(hint, LEFT)),
  ),
  entry('flip', ['镜像翻转', '立体翻转', 'flip', 'lật ngược'], /镜像|卡片|翻|flip|mirror|lật/u, (hint) =>
    flip(hint.vertical ?? false),
  ),
  entry(
    'vortex',
    ['漩涡', '动漫漩涡', 'vortex', 'swirl', 'milk swirl'],
    /漩涡|旋入|扭曲|扭转|扭动|vortex|swirl|whirl(?:pool)?|twist|twirl|distort(?:ion)?|warp|xoáy/u,
    () => vortex,
  ),
  entry(
    'rotate',
    [
      '顺时针旋转',
      '逆时针旋转',
      '中心旋转',
      'rotate',
      'spin',
      'clockwise',
      'counterclockwise',
      'rotate cw',
      'rotate ccw',
    ],
    /旋(?!焦)|顺时针|逆时针|转盘|圆盘|rotat(?:e|ion|ing)|spin(?:ning)?|(?:counter-?|anti-?)?clockwise|xoay|quay/u,
    (hint) => rotate(hint.counterClockwise ? -1 : 1),
  ),
  // Signals
  entry(
    'glitch',
    ['故障', '信号故障', '色差故障', '电视故障', '雪花故障', 'glitch', 'tín hiệu trục trặc'],
    /故障|色差|色散|信号|glitch|trục trặc|chromatic|rgb|电流|赛博|全息|畸变/u,
    () => glitch,
  ),
  entry('mosaic', ['马赛克', 'mosaic', 'pixelate'], /马赛克|像素|mosaic|pixel|矩阵/u, () => mosaic),
  entry(
    'shake',
    ['抖动', '震动', '剧烈摇晃', 'shake'],
    /抖|震|摇|晃|shak(?:e|y|ing)|vibrat(?:e|ion|ing)|jitter|rung|lắc/u,
    () => shake,
  ),
  // Light
  entry('strobe', ['频闪', '爆闪', 'strobe'], /频闪|爆闪|快闪|切闪|屏闪|细闪|strobe|flicker|nhấp nháy/u, () =>
    flash('#fff', 4),
  ),
  entry(
    'flash',
    ['白光快闪', '闪光灯', 'flash', 'light flash'],
    /闪|曝光|拍摄|摄像机|相机|flash|lightning|camera|recorder|expos(?:e|ure)|chớp|lóe/u,
    () => flash('#fff', 1),
  ),
  entry('glare', ['光束', '发光变焦'], /光束|发光|射|light beam|glow|twinkle zoom|wh?oosh|tỏa/u, () => glare),
  entry(
    'light-beam',
    ['扫光', '蓝光扫描', 'light sweep', 'quét sáng'],
    /扫光|扫描|炫光|流光|sweep|scan|quét sáng|đường màu|蓝色线条|blue line|电光|霓虹/u,
    () => light('rgba(255,250,235,1)', 'beam'),
  ),
  entry('light-leak', ['复古漏光', 'light leak'], /漏光|泛光|光晕|leak|回忆|胶片融化|热成像|夕阳|memory/u, () =>
    light('rgba(255,170,80,1)', 'leak'),
  ),
  entry(
    'light-spots',
    ['亮点模糊', '金色光斑', 'lấp lánh'],
    /亮点|星|烟花|sparkl(?:e|ing)|twinkl(?:e|ing)|shimmer|glitter|bokeh|lấp lánh|金沙|圣诞|(?<!时)光/u,
    () => light('rgba(255,225,160,1)', 'spots'),
  ),
  // Textures
  entry(
    'fire',
    ['动漫火焰', '火焰湍流', 'ngọn lửa', 'fire', 'flame'],
    /火|焰|燃烧|炸|爆|fire|flame|burn|explo(?:de|sion)|lửa/u,
    () => spread('#ff9a2e'),
  ),
  entry('ink', ['水墨', '泼墨晕染', 'ink', '黑色烟雾'], /(?<!白色)墨|(?<!white )ink|黑色烟|black smoke|mực/u, () =>
    spread('#101010'),
  ),
  entry(
    'smoke',
    ['云朵', '烟雾转场', '白色烟雾', '白色墨花', '雾化', 'smoke', 'clouds'],
    /云|烟|雾|白色墨|white ink|smoke|cloud|fog|mist|khói|mây/u,
    () => spread('#f4f6f8'),
  ),
  entry(
    'spread',
    ['色彩溶解', '溶解推进', '融化'],
    /溶解|融化|晕|画笔|涂|笔迹|冰雪|结晶|brush|paint|melt|dissolve|milk|hòa/u,
    () => spread(null),
  ),
  entry('grains', ['粒子', '雪花叠化'], /粒子|雪|沙|樱花|飘|particle|snow|sand|dust|tuyết/u, () => grains),
  entry(
    'waves',
    ['水波卷动', '波动', '水波向左', '水波向右', 'ripple', 'wave', 'sóng cuộn'],
    /水波|波|倒影|鱼眼|ripple|wave|water|sóng|lens/u,
    () => waves,
  ),
  // Speed
  entry('blur-horizontal', ['横向模糊', 'horizontal blur'], /横向模糊|横移模糊|horizontal blur/u, () => blur(2, 0)),
  entry('blur-vertical', ['竖向模糊', 'vertical blur'], /竖向模糊|竖移模糊|vertical blur/u, () => blur(0, 2)),
  entry(
    'blur-whip',
    ['blur traverse', 'kéo ảnh mờ'],
    /traverse|拉丝|甩|冲|穿越|穿梭|速移|whip|swipe|kéo ảnh/u,
    (hint) => whip(along(hint, LEFT)),
  ),
  entry('blur', ['模糊', 'blur', '旋焦'], /模糊|失焦|焦|blur(?:red)?|focus|mờ/u, () => blur(1, 1)),
  entry(
    'zoom-out',
    ['拉远', 'pull out', 'zoom out', 'kéo ra', '推远', 'giảm dần zoom', '缩小'],
    /拉远|推远|(?<!压)缩(?!放)|zoom out|pull out|kéo ra|giảm|shrink|thổi ra|blow/u,
    () => zoomOut,
  ),
  entry(
    'zoom-in',
    ['推近', 'pull in', 'zoom in', '放大', 'zoom', 'slide zoom'],
    /推近|放大|缩放|推进|穿|变焦|吸入|汇聚|inhale|zoom|pull in|enlarge|phóng|thu phóng|前景/u,
    () => zoomIn,
  ),
  entry('stretch', ['拉伸', '向左拉伸', '向右拉伸', 'stretch'], /拉伸|拉|stretch|elastic|kéo/u, (hint) =>
    stretch(along(hint, LEFT)),
  ),
  entry('squeeze', ['压缩', 'squeeze'], /压缩|挤压|压|squeeze|compress|nén/u, (hint) => squeeze(along(hint, LEFT))),
  entry(
    'roll',
    ['胶卷滑动', '复古放映', '弹幕转场'],
    /胶片|放映|卷|弹幕|film|roll|reel|projector|screening|cuộn/u,
    (hint) => roll(towards(hint, UP)),
  ),
  entry('uncover', [], /掉落|落下|拖拽|后台|uncover|fall|drop|rơi/u, (hint) => uncover(towards(hint, { x: 0, y: 1 }))),
  entry(
    'cover',
    ['向左', '向右', '向上', '向下', '滑动', '向左上', '向左下', '向右上', '向右下', 'slide', 'cover', '重叠上滑'],
    /滑|向|流动|slide|cover|swipe|trượt|move|bên|左|右|上|下|left|right|up|down|top|bottom/u,
    (hint) => cover(along(hint, LEFT)),
  ),
];
