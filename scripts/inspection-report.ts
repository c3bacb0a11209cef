import type { Language } from '../main/shared/errors/index.ts';
import type { InspectedMedia, Inspection } from '../main/shared/inspection.ts';

const words = {
  zh: {
    app: '应用',
    canvas: '画布',
    duration: '时长',
    tracks: '轨道',
    media: '素材',
    findings: '问题',
    nothing: '没有发现问题。',
    unknown: '未知',
    segments: '个片段',
    more: '另有 {count} 个',
    states: {
      present: '正常',
      missing: '缺失',
      unreadable: '无法打开',
      too_short: '过短',
      wrong_kind: '类型不符',
      remote: '待下载',
    },
    severities: { fatal: '致命', degraded: '有损', note: '提示' },
    verdicts: {
      exact: '内置渲染可以完整导出。',
      degraded: '内置渲染可以导出，但与剪映有差别。',
      impossible: '无法导出。',
    },
  },
  en: {
    app: 'Application',
    canvas: 'Canvas',
    duration: 'Length',
    tracks: 'Tracks',
    media: 'Media',
    findings: 'Findings',
    nothing: 'Nothing to report.',
    unknown: 'unknown',
    segments: 'segments',
    more: '{count} more',
    states: {
      present: 'present',
      missing: 'missing',
      unreadable: 'unreadable',
      too_short: 'too short',
      wrong_kind: 'wrong kind',
      remote: 'to be fetched',
    },
    severities: { fatal: 'fatal', degraded: 'degraded', note: 'note' },
    verdicts: {
      exact: 'The embedded engine can export this completely.',
      degraded: 'The embedded engine can export this, with differences from Jianying.',
      impossible: 'This cannot be exported.',
    },
  },
} as const;

const longestList = 20;

/** An inspection as lines for a terminal. */
export function inspectionReport(inspection: Inspection, language: Language): string {
  const say = words[language];
  const { canvas, fps, tracks, media, findings } = inspection;
  const troubled = media.filter(({ state }) => state !== 'present');
  return [
    inspection.name || say.unknown,
    `${say.app}: ${application(inspection, say.unknown)}`,
    `${say.canvas}: ${canvas.width}x${canvas.height}, ${fps} fps`,
    `${say.duration}: ${clock(inspection.durationUs)}`,
    `${say.tracks}:`,
    ...limited(
      tracks.map(({ type, segments }) => `  ${type}: ${segments} ${say.segments}`),
      say.more,
    ),
    `${say.media}: ${summary(media, language)}`,
    ...limited(
      troubled.map((entry) => `  [${say.states[entry.state]}] ${entry.name} (${entry.kind}) ${entry.source}`),
      say.more,
    ),
    `${say.findings}:${findings.length === 0 ? ` ${say.nothing}` : ''}`,
    ...findings.map((finding) => `  [${say.severities[finding.severity]}] ${finding[language]}`),
    say.verdicts[inspection.embedded],
  ].join('\n');
}

function application({ app, newVersion }: Inspection, unknown: string): string {
  const source = { lv: '剪映 (lv)', cc: 'CapCut (cc)' }[app.source] ?? app.source;
  const name = [source, app.version, app.os].filter(Boolean).join(' ') || unknown;
  return newVersion === '' ? name : `${name} (${newVersion})`;
}

function limited(lines: readonly string[], more: string): string[] {
  const rest = lines.length - longestList;
  return rest <= 0 ? [...lines] : [...lines.slice(0, longestList), `  … ${more.replace('{count}', String(rest))}`];
}

function summary(media: readonly InspectedMedia[], language: Language): string {
  const counts = Map.groupBy(media, ({ state }) => state);
  const parts = [...counts].map(([state, entries]) => `${entries.length} ${words[language].states[state]}`);
  return parts.length === 0 ? '0' : parts.join(', ');
}

function clock(us: number): string {
  const pad = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const hundredths = Math.round(us / 10_000);
  const seconds = Math.floor(hundredths / 100);
  return `${pad(seconds / 3600)}:${pad((seconds / 60) % 60)}:${pad(seconds % 60)}.${pad(hundredths % 100)}`;
}
