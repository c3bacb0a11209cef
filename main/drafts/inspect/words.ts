import { fillIn } from '../../shared/errors/index.ts';
import type { Finding, Severity } from '../../shared/inspection.ts';
import type { TrackType } from '../model.ts';
import type { FeatureKind, Fidelity } from './drawability.ts';
import type { CountedFeature } from './features.ts';

/** What findings are called, how bad they are and what they say. `{subject}` and `{count}` are filled in. */
interface Words {
  readonly severity: Severity;
  readonly zh: string;
  readonly en: string;
}

const findings = {
  no_segments: {
    severity: 'fatal',
    zh: '草稿中没有任何片段，没有可导出的内容。请检查草稿是否生成完整。',
    en: 'The draft has no segments, so there is nothing to export. Check that it was generated completely.',
  },
  media_missing: {
    severity: 'fatal',
    zh: '缺少 {count} 个被使用的素材：{subject}。请把文件补到草稿文件夹，或重新生成草稿。',
    en: '{count media files} in use could not be found: {subject}. Put the files into the draft folder or generate the draft again.',
  },
  media_unreadable: {
    severity: 'fatal',
    zh: '{count} 个被使用的素材文件无法打开：{subject}。文件可能损坏、没有下载完整，或画面尺寸过大，请更换。',
    en: '{count media files} in use cannot be opened: {subject}. They may be damaged, incomplete or too large a picture; replace them.',
  },
  media_wrong_kind: {
    severity: 'degraded',
    zh: '{count} 个素材的实际类型与草稿所写不符：{subject}。相应的画面或声音会缺失。',
    en: 'The draft is wrong about the kind of {count media files}: {subject}. Their picture or sound will be missing.',
  },
  media_too_short: {
    severity: 'degraded',
    zh: '{count} 个素材比草稿所用的部分短：{subject}。不足的部分会停在最后一帧或静音。',
    en: 'The part in use is longer than {count media files}: {subject}. The rest will stand still or be silent.',
  },
  media_shorter_than_declared_use: {
    severity: 'note',
    zh: '{count} 个素材所用的部分超出草稿声明的时长：{subject}。实际时长在下载后核对。',
    en: 'The draft uses {count media files} beyond the length that it declares: {subject}. The real length is checked once fetched.',
  },
  media_unused_missing: {
    severity: 'note',
    zh: '{count} 个未被使用的素材文件不存在：{subject}。不影响导出。',
    en: '{count media files} could not be found, but nothing uses what is missing: {subject}.',
  },
  media_link_expired: {
    severity: 'degraded',
    zh: '{count} 个素材的下载地址已过期：{subject}。请重新生成草稿以获得新的地址。',
    en: 'The download addresses of {count media files} have expired: {subject}. Generate the draft again to get new ones.',
  },
  track_overlap: {
    severity: 'degraded',
    zh: '{subject}轨道上有 {count} 处片段互相重叠，剪映会拒绝或改动它们；后面的片段盖住前面的。',
    en: 'Segments overlap in {count places} on the track {subject}: Jianying refuses or moves such segments; the later one covers the earlier.',
  },
  material_dangling: {
    severity: 'degraded',
    zh: '{subject}轨道上有 {count} 个片段引用了不存在的素材，不会显示。',
    en: 'The material of {count segments} on {subject} tracks is not in the draft; it will not be shown.',
  },
  reference_dangling: {
    severity: 'note',
    zh: '{subject}轨道的片段中有 {count} 个附加引用找不到对应内容，已忽略。',
    en: 'Ignored: {count further references} of segments on {subject} tracks that lead nowhere.',
  },
  speed_invalid: {
    severity: 'degraded',
    zh: '{subject}轨道上有 {count} 个片段的播放速度无效（必须大于 0），已按时间范围推算。',
    en: 'The speed of {count segments} on {subject} tracks is invalid (it must be above 0); it was taken from the time ranges.',
  },
  source_range_mismatch: {
    severity: 'note',
    zh: '{subject}轨道上有 {count} 个片段的素材范围与速度不一致，以速度为准。',
    en: 'The source range of {count segments} on {subject} tracks does not fit the speed; the speed counts.',
  },
  segment_without_time: {
    severity: 'degraded',
    zh: '{subject}轨道上有 {count} 个片段没有有效的时间范围，已忽略。',
    en: 'Left out: {count segments} on {subject} tracks without a valid time range.',
  },
  value_far_outside: {
    severity: 'degraded',
    zh: '有 {count} 处数值远超正常范围（{subject}），画面可能移出屏幕。常见原因是把像素写成了比例。',
    en: 'Far outside the usual range: {count values} ({subject}); pictures may be off the screen. Often pixels were written where shares belong.',
  },
  keyframe_unknown: {
    severity: 'degraded',
    zh: '{count} 个片段对「{subject}」设置了关键帧，内置渲染不支持，该属性会保持不变。',
    en: 'The embedded engine does not know the keyframes of "{subject}" in {count segments}; it will not change.',
  },
  canvas_missing: {
    severity: 'note',
    zh: '草稿没有画布尺寸，已采用第一个画面素材的尺寸。',
    en: 'The draft has no canvas size; the size of its first picture is used.',
  },
  canvas_odd: {
    severity: 'note',
    zh: '画布尺寸 {subject} 含奇数，导出时会取偶数。',
    en: 'The canvas size {subject} is odd; the video will have even sides.',
  },
  fps_invalid: {
    severity: 'note',
    zh: '草稿的帧率（{subject}）无效，按 30 帧导出。',
    en: 'The frame rate of the draft ({subject}) is invalid; 30 is used.',
  },
  duration_mismatch: {
    severity: 'note',
    zh: '草稿声明的时长为 {subject}，与片段不符，以片段为准。',
    en: 'The draft declares a length of {subject}, which does not fit its segments; the segments count.',
  },
  text_range_invalid: {
    severity: 'note',
    zh: '有 {count} 个文字样式的范围与文字不符，已修正。',
    en: 'The ranges of {count text styles} did not fit the text and were mended.',
  },
  text_content_broken: {
    severity: 'degraded',
    zh: '有 {count} 段文字的内容已损坏，按原样显示。',
    en: 'The content of {count texts} is damaged and shown as it is.',
  },
  text_texture: {
    severity: 'degraded',
    zh: '有 {count} 段文字使用图案填充，内置渲染以纯色代替。',
    en: 'The pattern that fills {count texts} is replaced by a plain colour.',
  },
  track_unknown: {
    severity: 'degraded',
    zh: '不认识的轨道类型「{subject}」（{count} 条），已忽略。',
    en: 'Tracks of the unknown type "{subject}" ({count}) are left out.',
  },
  compound_too_deep: {
    severity: 'degraded',
    zh: '复合片段嵌套过深，{count} 个最内层片段不会显示。',
    en: 'Compound clips are nested too deeply; the innermost ({count}) will not be shown.',
  },
  membership: {
    severity: 'note',
    zh: '素材「{subject}」需要剪映会员，未开通时剪映可能拒绝导出。',
    en: 'The material "{subject}" needs a Jianying membership; without one Jianying may refuse to export.',
  },
} as const satisfies Record<string, Words>;

export type FindingKind = keyof typeof findings;

/** The types of tracks, which are the subject of what is found on them. */
const tracksInChinese: ReadonlyMap<string, string> = new Map([
  ['video', '视频'],
  ['audio', '音频'],
  ['text', '文本'],
  ['sticker', '贴纸'],
  ['effect', '特效'],
  ['filter', '滤镜'],
  ['adjust', '调节'],
] satisfies [TrackType, string][]);
const onTracks: ReadonlySet<FindingKind> = new Set([
  'track_overlap',
  'material_dangling',
  'reference_dangling',
  'speed_invalid',
  'source_range_mismatch',
  'segment_without_time',
]);

/**
 * One finding with its sentences.
 * @param subject a name, or several of which a few are told
 */
export function finding(kind: FindingKind, subject: string | readonly string[], count = 1): Finding {
  const { severity, zh, en } = findings[kind];
  const names = typeof subject === 'string' ? [subject] : [...new Set(subject)];
  const told = names.slice(0, 5);
  const toldInChinese = onTracks.has(kind) ? told.map((name) => tracksInChinese.get(name) ?? name) : told;
  const rest = names.length > told.length ? ' …' : '';
  return {
    severity,
    kind,
    subject: told.join(', ') + rest,
    count,
    zh: fill(zh, toldInChinese.join('、') + rest, count),
    en: fill(en, told.join(', ') + rest, count),
  };
}

const nouns: Readonly<Record<FeatureKind, { readonly zh: string; readonly en: string }>> = {
  transition: { zh: '转场', en: 'transition' },
  animation: { zh: '动画', en: 'animation' },
  text_animation: { zh: '文字动画', en: 'text animation' },
  mask: { zh: '蒙版', en: 'mask' },
  filter: { zh: '滤镜', en: 'filter' },
  lut: { zh: 'LUT', en: 'LUT' },
  adjust: { zh: '调节', en: 'adjustment' },
  hsl: { zh: '调色', en: 'colour adjustment' },
  beauty: { zh: '美颜美体', en: 'beauty effect' },
  effect: { zh: '特效', en: 'effect' },
  chroma: { zh: '色度抠图', en: 'chroma key' },
  mix_mode: { zh: '混合模式', en: 'blend mode' },
  sticker: { zh: '贴纸', en: 'sticker' },
  text_template: { zh: '文字模板', en: 'text template' },
  flower_text: { zh: '花字', en: 'flower text style' },
  text_glow: { zh: '文字发光', en: 'text glow' },
  text_background: { zh: '文字背景', en: 'text background' },
  bubble: { zh: '文字气泡', en: 'text bubble' },
  font: { zh: '字体', en: 'font' },
  curve_speed: { zh: '曲线变速', en: 'speed curve' },
  audio_effect: { zh: '音频效果', en: 'audio effect' },
  algorithm: { zh: '智能处理', en: 'smart processing' },
};

const fidelities = {
  not_drawn: {
    zh: '内置渲染不支持{noun}「{subject}」（{count} 处），成片中不会有它；需要完整效果请用剪映导出。',
    en: 'The embedded engine cannot do the {noun} "{subject}" ({count}): the video will be without it. Export with Jianying to keep it.',
  },
  approximated: {
    zh: '{noun}「{subject}」（{count} 处）由内置渲染近似实现，与剪映略有差别。',
    en: 'The embedded engine approximates the {noun} "{subject}" ({count}); it will look or sound a little different.',
  },
} as const;

/** No font is lost, its text is only written in another one. */
const otherFont = {
  zh: '字体「{subject}」（{count} 处）不可用，将以内置字体代替。',
  en: 'The font "{subject}" ({count}) is not available; a built-in one is used instead.',
} as const;

/** What an engine's shortcoming with a feature means for the video; null when it has none. */
export function featureFinding(feature: CountedFeature, fidelity: Fidelity): Finding | null {
  if (fidelity === 'exact') return null;
  const words = feature.kind === 'font' ? otherFont : fidelities[fidelity];
  const noun = nouns[feature.kind];
  return {
    // Another font keeps the words readable: worth knowing, no loss of content.
    severity: feature.kind === 'font' ? 'note' : 'degraded',
    kind: `${feature.kind}_${fidelity}`,
    subject: feature.name,
    count: feature.count,
    zh: fill(words.zh.replace('{noun}', noun.zh), feature.name, feature.count),
    en: fill(words.en.replace('{noun}', noun.en), feature.name, feature.count),
  };
}

function fill(words: string, subject: string, count: number): string {
  return fillIn(words, { subject, count });
}
