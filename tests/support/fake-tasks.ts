import type { Inspection } from '../../main/shared/inspection.ts';
import type { Task, TaskDetail } from '../../main/shared/task.ts';
import type { LogLine } from '../../main/shared/task-query.ts';

/** Scripted content for the fake station: what a window test needs to see, in both languages. */

const names = [
  '春季新品口播_竖屏_v3',
  '门店探店 30 秒｜成都太古里',
  'Product teaser 9:16 (final)',
  '课程导流_第 12 课_如何写好开头三秒让观众愿意看完整支视频而不是划走',
  '直播切片 2026-11-27 夜场',
  '招聘短片',
] as const;

export function taskName(seq: number): string {
  return names[seq % names.length] ?? `task ${seq}`;
}

export const failure = {
  code: 'DRAFT_NOT_IN_LIBRARY',
  zh: '草稿库中没有编号为 7434912345678901234 的草稿。请把该草稿（文件夹、zip 或 json）放入草稿库，或在设置中填写草稿地址模板。',
  en: 'The draft library has no draft with the id 7434912345678901234. Put it there (folder, zip or json) or set a draft URL template in the settings.',
} as const;

/** A task as it is right after its submission. */
export function newTask(seq: number, draftUrl: string, createdAt: string, name = taskName(seq)): Task {
  return {
    id: `t${String(seq).padStart(6, '0')}`,
    seq,
    draftUrl,
    name,
    state: 'pending',
    stage: null,
    progress: 0,
    fraction: null,
    detail: null,
    position: null,
    engine: null,
    attempt: 0,
    retryAt: null,
    createdAt,
    startedAt: null,
    completedAt: null,
    durationMs: null,
    error: null,
    warnings: 0,
    videoUrl: null,
    videoBytes: null,
    coverUrl: null,
  };
}

export function inspection(name: string): Inspection {
  return {
    name,
    app: { source: 'lv', version: '5.9.0', os: 'windows' },
    newVersion: '110.0.0',
    canvas: { width: 1080, height: 1920, ratio: '9:16' },
    fps: 30,
    durationUs: 31_400_000,
    declaredDurationUs: 31_400_000,
    tracks: [
      { type: 'video', segments: 8 },
      { type: 'audio', segments: 2 },
      { type: 'text', segments: 14 },
      { type: 'effect', segments: 1 },
    ],
    media: [
      media('m1', 'video', '开场.mp4', 'present', 8_200_000, 12_400_000),
      media('m2', 'video', '产品特写.mp4', 'present', 15_000_000, 48_100_000),
      media('m3', 'audio', '背景音乐.mp3', 'missing', null, null),
      media('m4', 'photo', '二维码.png', 'present', null, 88_000),
    ],
    findings: [
      {
        severity: 'degraded',
        kind: 'effect_not_drawn',
        subject: '胶片颗粒',
        count: 1,
        zh: '特效「胶片颗粒」无法由内置引擎绘制，视频中不会出现。',
        en: 'The effect "胶片颗粒" cannot be drawn by the embedded engine and will be absent.',
      },
      {
        severity: 'degraded',
        kind: 'media_missing',
        subject: '背景音乐.mp3',
        count: 1,
        zh: '素材「背景音乐.mp3」取不到，这段声音为静音。',
        en: 'The media "背景音乐.mp3" could not be had; that part is silent.',
      },
      {
        severity: 'note',
        kind: 'font_replaced',
        subject: '抖音美好体',
        count: 3,
        zh: '字体「抖音美好体」未安装，已用思源黑体代替。',
        en: 'The font "抖音美好体" is not installed; Noto Sans SC stands in.',
      },
    ],
    embedded: 'degraded',
    membership: ['胶片颗粒'],
  };
}

function media(
  materialId: string,
  kind: Inspection['media'][number]['kind'],
  name: string,
  state: Inspection['media'][number]['state'],
  durationUs: number | null,
  bytes: number | null,
): Inspection['media'][number] {
  return {
    materialId,
    kind,
    name,
    state,
    source: `media.example.com/${name}`,
    width: null,
    height: null,
    durationUs,
    bytes,
  };
}

export function detailOf(task: Task): TaskDetail {
  const startedAt = task.startedAt ?? task.createdAt;
  const started = Date.parse(startedAt);
  const at = (ms: number) => new Date(started + ms).toISOString();
  const failed = task.state === 'failed';
  return {
    ...task,
    timings:
      task.startedAt === null
        ? []
        : [
            { attempt: 1, stage: 'fetch', startedAt: at(0), durationMs: 6200 },
            { attempt: 1, stage: 'ready', startedAt: at(6200), durationMs: 1400 },
            { attempt: 1, stage: 'export', startedAt: at(7600), durationMs: 48_300 },
            ...(failed ? [] : [{ attempt: 1, stage: 'publish' as const, startedAt: at(55_900), durationMs: 900 }]),
          ],
    warningList:
      task.warnings > 0 ? inspection(task.name).findings.map(({ kind, zh, en }) => ({ code: kind, zh, en })) : [],
    inspection: task.startedAt === null ? null : inspection(task.name),
    evidence: failed ? ['screen-1.png', 'controls.txt'] : [],
    videoFile: task.videoUrl === null ? null : `/videos/${task.id}.mp4`,
    crashes: 0,
    webhook: null,
  };
}

export function logOf(task: Task): readonly LogLine[] {
  const time = (ms: number) => new Date(Date.parse(task.startedAt ?? task.createdAt) + ms).toISOString();
  return [
    {
      time: time(0),
      level: 'info',
      message: 'Stage fetch starts (attempt 1).',
      zh: '开始获取草稿与素材（第 1 次尝试）。',
    },
    { time: time(120), level: 'debug', message: '草稿链接识别为扣子插件草稿', data: { id: '7434912345678901234' } },
    { time: time(900), level: 'info', message: '草稿解析完成：25 个片段，31.4 秒' },
    { time: time(2400), level: 'info', message: '素材 2/4 · 开场.mp4 · 11.8 MB' },
    { time: time(4100), level: 'warn', message: '素材「背景音乐.mp3」返回 404，已跳过' },
    { time: time(7600), level: 'info', message: '开始导出：1080×1920，30 fps，H.264' },
    ...(task.state === 'failed' ? [{ time: time(55_000), level: 'error' as const, message: failure.zh }] : []),
  ];
}
