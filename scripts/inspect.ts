/**
 * Says what is in a draft and whether it can be exported, without queuing anything.
 * Usage: npm run inspect -- <draft folder or JSON file> [--json]. Exit code 1: cannot be exported; 2: cannot be read.
 */
import { openDraft } from '../main/drafts/draft-folder.ts';
import { inspectDraft } from '../main/drafts/inspect/index.ts';
import { lookAtMedia } from '../main/drafts/inspect/known-media.ts';
import { type Language, StationError, sentence } from '../main/shared/errors/index.ts';
import type { Finding, InspectedMedia, Inspection, Severity } from '../main/shared/inspection.ts';

const words = {
  zh: {
    usage: '用法：npm run inspect -- <草稿文件夹或 JSON 文件> [--json]',
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
    usage: 'Usage: npm run inspect -- <draft folder or JSON file> [--json]',
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

function report(inspection: Inspection, language: Language): string {
  const say = words[language];
  const { app, canvas, fps, tracks, media, findings } = inspection;
  const source = { lv: '剪映 (lv)', cc: 'CapCut (cc)' }[app.source] ?? app.source;
  const lines = [
    inspection.name || say.unknown,
    `${say.app}: ${[source, app.version, app.os].filter(Boolean).join(' ') || say.unknown}${inspection.newVersion ? ` (${inspection.newVersion})` : ''}`,
    `${say.canvas}: ${canvas.width}x${canvas.height}, ${fps} fps`,
    `${say.duration}: ${clock(inspection.durationUs)}`,
    `${say.tracks}:`,
    ...limited(
      tracks.map(({ type, segments }) => `  ${type}: ${segments} ${say.segments}`),
      say.more,
    ),
    `${say.media}: ${summary(media, language)}`,
    ...limited(
      media
        .filter(({ state }) => state !== 'present')
        .map((entry) => `  [${say.states[entry.state]}] ${entry.name} (${entry.kind}) ${entry.source}`),
      say.more,
    ),
    `${say.findings}:${findings.length === 0 ? ` ${say.nothing}` : ''}`,
    ...findings.map((finding) => `  [${say.severities[finding.severity]}] ${finding[language]}`),
    say.verdicts[inspection.embedded],
  ];
  return lines.join('\n');
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
  const seconds = us / 1e6;
  const pad = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${pad(seconds / 3600)}:${pad((seconds / 60) % 60)}:${(seconds % 60).toFixed(2).padStart(5, '0')}`;
}

function language(): Language {
  const locale =
    process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || Intl.DateTimeFormat().resolvedOptions().locale;
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

function isFatal({ severity }: Finding): boolean {
  const fatal: Severity = 'fatal';
  return severity === fatal;
}

async function main(args: readonly string[]): Promise<number> {
  const speaking = language();
  const [location, ...others] = args.filter((argument) => argument !== '--json');
  if (location === undefined || others.length > 0) {
    console.error(words[speaking].usage);
    return 2;
  }
  try {
    const { draft, problems, folder } = await openDraft(location);
    const media = await lookAtMedia(draft, folder, null);
    const inspection = inspectDraft(draft, media, undefined, { problems, nowMs: Date.now() });
    console.log(args.includes('--json') ? JSON.stringify(inspection, null, 2) : report(inspection, speaking));
    return inspection.findings.some(isFatal) ? 1 : 0;
  } catch (error) {
    console.error(sentence(StationError.from(error).toRecord(), speaking));
    return 2;
  }
}

process.exitCode = await main(process.argv.slice(2));
