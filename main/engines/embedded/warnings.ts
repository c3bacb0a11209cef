import type { Damage } from '../../media/damage.ts';
import { reasonOf } from '../../media/errors.ts';
import { type ErrorCode, type ErrorParams, type ErrorRecord, StationError } from '../../shared/errors/index.ts';
import type { SoundWarning } from './audio/index.ts';
import type { TextWarning } from './text/index.ts';
import { clock } from './timeline/frame-grid.ts';

/** What is most often wrong with a file. Everything else is in the decoder's own words. */
const reasonsInChinese: ReadonlyMap<string, string> = new Map([
  ['the file is missing', '文件不存在'],
  ['the file is empty', '文件为空'],
  ['the file is incomplete', '文件不完整'],
  ['the picture has no size that can be used', '画面没有可用的尺寸'],
  ['it is not a file', '不是普通文件'],
  ['it has no picture', '没有画面'],
  ['it has no sound', '没有声音'],
  ['the draft does not say where it is', '草稿没有写明文件位置'],
  ['it is no .cube file', '不是 .cube 文件'],
  ['it is too large for a colour table', '文件过大，不是颜色表'],
  ['it cannot be decoded', '无法解码'],
  ['no picture and no sound that can be decoded', '没有能解码的画面或声音'],
  ['no frame could be decoded', '没有能解码的画面'],
]);

const damageWords: Record<Damage, { what: string; whatZh: string }> = {
  'ends early': { what: 'ends before it should', whatZh: '提前结束，可能下载不完整' },
  broken: { what: 'has parts that cannot be decoded', whatZh: '有部分内容已损坏，无法解码' },
};

/** The painter's other warnings repeat what the draft's features already told, with better names. */
const textWords: Partial<Record<TextWarning['kind'], { fidelity: 'approximated' | 'not_drawn'; word: DrawnKind }>> = {
  font_replaced: { fidelity: 'approximated', word: 'font' },
  text_truncated: { fidelity: 'approximated', word: 'overlong text' },
  glyph_missing: { fidelity: 'not_drawn', word: 'script' },
};

/** Kinds of things a draft asks for, in both languages. */
const kindNames = {
  transition: '转场',
  animation: '动画',
  'text animation': '文字动画',
  'flower text': '花字',
  'text bubble': '文字气泡',
  'text glow': '文字发光',
  'text background': '文字背景',
  'text template': '文字模板',
  font: '字体',
  script: '文字',
  'overlong text': '超长文本',
  'blend mode': '混合模式',
  mask: '蒙版',
  'chroma key': '色度抠图',
  'colour table': 'LUT',
  'beauty effect': '美颜',
  'curve speed': '曲线变速',
  'smart processing': '智能处理',
  filter: '滤镜',
  effect: '特效',
  adjustment: '调节',
  sticker: '贴纸',
  'sound effect': '音效',
  keyframes: '关键帧',
  track: '轨道',
  'compound clip': '复合片段',
  'text filling': '文字填充',
} as const;
export type DrawnKind = keyof typeof kindNames;

const codes = { approximated: 'DRAWN_APPROXIMATELY', not_drawn: 'NOT_DRAWN' } as const;

/** What a person has to know first: what is missing altogether, then what only looks different. */
const lossesFirst: readonly ErrorCode[] = [
  'MEDIA_NOT_DRAWN',
  'MEDIA_NOT_HEARD',
  'MEDIA_DAMAGED',
  'NOT_DRAWN',
  'FONT_REPLACED',
  'DRAWN_APPROXIMATELY',
];

/** Something noted, with names of what it happened to: as it goes from one program to another. */
export interface NotedWarning {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
  readonly subjects: readonly string[];
  /** When it first happens in the video, µs; null where that is not told. */
  readonly atUs: number | null;
}

interface Found {
  readonly code: ErrorCode;
  params: ErrorParams;
  readonly subjects: Set<unknown>;
  atUs: number | null;
}

/** Collects what a video does not show as Jianying would: one entry per thing, counted. */
export class Warnings {
  private readonly found = new Map<string, Found>();
  private readonly part: string;

  /** @param part of the video to which these belong: what texts in different parts meet with counts in each */
  constructor(part = '') {
    this.part = part;
  }

  /**
   * Notes one occurrence.
   * @param subject what it happened to (a segment): the same subject counts once
   * @param atUs when it happens in the video, for sentences that tell the first time; the params are those of that time
   */
  add(code: ErrorCode, params: ErrorParams, subject: unknown, atUs: number | null = null): void {
    const name = String(params.name ?? '');
    // A font is the same however its name is spelled.
    const key = JSON.stringify([code, params.kind ?? '', params.kind === 'font' ? name.toLowerCase() : name]);
    const known = this.found.get(key);
    if (known === undefined) {
      this.found.set(key, { code, params, subjects: new Set([subject]), atUs });
      return;
    }
    known.subjects.add(subject);
    if (atUs === null || atUs >= (known.atUs ?? Number.POSITIVE_INFINITY)) return;
    known.params = params;
    known.atUs = atUs;
  }

  /** Notes something that was drawn in another way than Jianying's, or left out. */
  feature(fidelity: 'approximated' | 'not_drawn', kind: DrawnKind, name: string, subject: unknown): void {
    const code = kind === 'font' ? 'FONT_REPLACED' : codes[fidelity];
    this.add(code, { kind, kindZh: kindNames[kind], name: name.trim() }, subject);
  }

  /** The same for something that has been counted already. */
  addCounted(fidelity: 'approximated' | 'not_drawn', kind: DrawnKind, name: string, count: number, part = ''): void {
    for (let index = 0; index < count; index += 1) this.feature(fidelity, kind, name, `${part}${kind} ${index}`);
  }

  /** Notes a file that is not shown or not heard at all. */
  addLost(code: 'MEDIA_NOT_DRAWN' | 'MEDIA_NOT_HEARD', name: string, error: unknown, atUs: number, subject: unknown) {
    const reason = reasonOf(error);
    const own = error instanceof StationError ? error.params.reasonZh : undefined;
    this.add(code, { name, reason, reasonZh: own ?? reasonsInChinese.get(reason) ?? reason }, subject, atUs);
  }

  /** Notes a file that is shown or heard in part only. */
  addDamage(damage: Damage, name: string, atUs: number, subject: unknown): void {
    this.add('MEDIA_DAMAGED', { name, ...damageWords[damage] }, subject, atUs);
  }

  /** Notes what the sound mixer could not play. */
  addSound(warning: SoundWarning): void {
    const { name, segmentId, atUs } = warning;
    if (warning.kind === 'audio_damaged') this.addDamage(warning.damage, name, atUs, segmentId);
    else if (warning.kind === 'audio_lost') this.addLost('MEDIA_NOT_HEARD', name, warning.reason, atUs, segmentId);
    else {
      const fidelity = warning.kind === 'audio_effect_skipped' ? 'not_drawn' : 'approximated';
      this.feature(fidelity, 'sound effect', name, segmentId);
    }
  }

  /** Notes what the text painter could not draw as the draft says; its counts are complete. */
  addText({ kind, name, count }: TextWarning): void {
    const words = textWords[kind];
    if (words !== undefined) this.addCounted(words.fidelity, words.word, name, count, this.part);
  }

  /** Everything noted, to be taken over by others. */
  noted(): NotedWarning[] {
    return [...this.found.values()].map(({ code, params, subjects, atUs }) => ({
      code,
      params,
      subjects: [...subjects].map(nameOf),
      atUs,
    }));
  }

  /** Takes over what others noted. */
  take(noted: readonly NotedWarning[]): void {
    for (const { code, params, subjects, atUs } of noted)
      for (const subject of subjects) this.add(code, params, subject, atUs);
  }

  /** Everything noted, losses first, else in the order in which it was; `count` and `at` filled in. */
  list(): ErrorRecord[] {
    return [...this.found.values()]
      .sort((a, b) => lossesFirst.indexOf(a.code) - lossesFirst.indexOf(b.code))
      .map(({ code, params, subjects, atUs }) => ({
        code,
        params: { ...params, ...(atUs === null ? {} : { at: clock(atUs) }), count: subjects.size },
      }));
  }
}

function nameOf(subject: unknown): string {
  if (typeof subject === 'string') return subject;
  const id = (subject as { readonly id?: unknown }).id;
  return typeof id === 'string' ? id : JSON.stringify(subject);
}
