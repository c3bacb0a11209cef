import type { Damage } from '../../media/damage.ts';
import type { ErrorCode, ErrorParams, ErrorRecord } from '../../shared/errors/index.ts';
import type { SoundWarning } from './audio/index.ts';
import type { TextWarning } from './text/index.ts';
import { clock } from './timeline/frame-grid.ts';

const soundReasons = {
  audio_missing: 'the file is missing',
  audio_unreadable: 'it cannot be decoded',
  audio_no_stream: 'it has no sound',
} as const;

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
  'canvas background': '画布背景',
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
} as const;
export type DrawnKind = keyof typeof kindNames;

const codes = { approximated: 'DRAWN_APPROXIMATELY', not_drawn: 'NOT_DRAWN' } as const;

/** Something noted, with names of what it happened to: as it goes from one program to another. */
export interface NotedWarning {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
  readonly subjects: readonly string[];
}

/** Collects what a video does not show as Jianying would: one entry per thing, counted. */
export class Warnings {
  private readonly found = new Map<string, { code: ErrorCode; params: ErrorParams; subjects: Set<unknown> }>();
  private readonly part: string;

  /** @param part of the video to which these belong: what texts in different parts meet with counts in each */
  constructor(part = '') {
    this.part = part;
  }

  /**
   * Notes one occurrence.
   * @param subject what it happened to (a segment): the same subject counts once
   */
  add(code: ErrorCode, params: ErrorParams, subject: unknown): void {
    const name = String(params.name ?? '');
    // A font is the same however its name is spelled.
    const key = JSON.stringify([code, params.kind ?? '', params.kind === 'font' ? name.toLowerCase() : name]);
    const known = this.found.get(key);
    if (known === undefined) this.found.set(key, { code, params, subjects: new Set([subject]) });
    else known.subjects.add(subject);
  }

  /** Notes something that was drawn in another way than Jianying's, or left out. */
  feature(fidelity: 'approximated' | 'not_drawn', kind: DrawnKind, name: string, subject: unknown): void {
    this.add(codes[fidelity], { kind, kindZh: kindNames[kind], name }, subject);
  }

  /** The same for something that has been counted already. */
  addCounted(fidelity: 'approximated' | 'not_drawn', kind: DrawnKind, name: string, count: number, part = ''): void {
    for (let index = 0; index < count; index += 1) this.feature(fidelity, kind, name, `${part}${kind} ${index}`);
  }

  /** Notes a file that is shown or heard in part only. */
  addDamage(damage: Damage, name: string, atUs: number, subject: unknown): void {
    this.add('MEDIA_DAMAGED', { name, ...damageWords[damage], at: clock(atUs) }, subject);
  }

  /** Notes what the sound mixer could not play. */
  addSound(warning: SoundWarning): void {
    const { kind, name } = warning;
    if (kind === 'audio_damaged') {
      this.addDamage(warning.damage, name, warning.atUs, name);
      return;
    }
    if (kind === 'audio_effect_skipped') this.feature('not_drawn', 'sound effect', name, name);
    else if (kind === 'audio_effect_approximated') this.feature('approximated', 'sound effect', name, name);
    else this.add('MEDIA_NOT_HEARD', { name, reason: soundReasons[kind] }, name);
  }

  /** Notes what the text painter could not draw as the draft says; its counts are complete. */
  addText({ kind, name, count }: TextWarning): void {
    const words = textWords[kind];
    if (words !== undefined) this.addCounted(words.fidelity, words.word, name, count, this.part);
  }

  /** Everything noted, to be taken over by others. */
  noted(): NotedWarning[] {
    return [...this.found.values()].map(({ code, params, subjects }) => ({
      code,
      params,
      subjects: [...subjects].map(nameOf),
    }));
  }

  /** Takes over what others noted. */
  take(noted: readonly NotedWarning[]): void {
    for (const { code, params, subjects } of noted) for (const subject of subjects) this.add(code, params, subject);
  }

  /** Everything noted, in order of first occurrence, `count` filled in. */
  list(): ErrorRecord[] {
    return [...this.found.values()].map(({ code, params, subjects }) => ({
      code,
      params: { ...params, count: subjects.size },
    }));
  }
}

function nameOf(subject: unknown): string {
  if (typeof subject === 'string') return subject;
  const id = (subject as { readonly id?: unknown }).id;
  return typeof id === 'string' ? id : JSON.stringify(subject);
}
