import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { AV_LOG_QUIET, Log } from 'node-av';
import { exportPresetSchema } from '../../main/shared/settings.ts';
import { makePhoto } from '../../tests/support/media.ts';
import { tone, writeEncoded } from '../../tests/support/sound.ts';
import { type CapcutDraft, type CapcutMedia, capcutDrafts, draftSeconds, fps } from './capcut-drafts.ts';
import { canvas } from './draft-parts.ts';
import { exportFolder } from './export-folder.ts';
import { best, hasFfmpeg, texturedMovie } from './render.ts';
import type { BenchRow } from './row.ts';

/** What `capcut-cli render` tells ffmpeg and cannot be asked to change: libx264 veryfast, crf 28, AAC at 128 kbit/s. */
const preset = exportPresetSchema.parse({ quality: 28, audioKbps: 128 });

/**
 * Both render the same draft folder at 1080p30, each as a program of its own that is started for it: `capcut-cli
 * render` at full scale, and our engine, whose export ends with a check of the whole file. What the other leaves out of
 * a draft is in the row's note.
 */
export async function benchCapcut(): Promise<BenchRow[]> {
  if (!hasFfmpeg()) return [skipped('the ffmpeg command, which capcut-cli calls, is missing')];
  Log.setLevel(AV_LOG_QUIET);
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-capcut-'));
  try {
    const drafts = capcutDrafts(await makeMedia(folder));
    const rows: BenchRow[] = [];
    for (const [index, draft] of drafts.entries()) rows.push(await compare(draft, path.join(folder, `draft${index}`)));
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(draft: CapcutDraft, folder: string): Promise<BenchRow> {
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'draft_content.json'), JSON.stringify(draft.json));
  let told: CapcutReport | null = null;
  const ms = await best<'ours' | 'theirs'>({
    ours: () => exportFolder(folder, { preset, seconds: draftSeconds }),
    theirs: () => {
      told = renderTheirs(folder, draft.flags);
    },
  });
  const speed = (each = Number.NaN) => (draftSeconds * fps * 1000) / each;
  const [ours, baseline] = [speed(ms.ours), speed(ms.theirs)];
  const note = `1080p30, crf 28; at least 1; ${drawnBy(told)}; it leaves out ${draft.leftOut}`;
  return {
    name: `${draft.name}, against capcut-cli render`,
    ours,
    baseline,
    ratio: ours / baseline,
    unit: 'fps',
    note,
  };
}

function skipped(note: string): BenchRow {
  return { name: 'capcut-cli render', ours: Number.NaN, baseline: Number.NaN, ratio: Number.NaN, unit: '', note };
}

/** What the command says of its own video. */
interface CapcutReport {
  readonly width: number;
  readonly height: number;
  readonly videoSegments: number;
  readonly overlaySegments: number;
  readonly textOverlays: number;
  readonly audioSegments: number;
  readonly skipped: readonly { readonly segmentId: string; readonly reason: string }[];
}

function renderTheirs(folder: string, flags: readonly string[]): CapcutReport {
  const args = [capcutCommand(), 'render', folder, '--out', path.join(folder, 'theirs.mp4')];
  const size = ['--scale', '1', '--fps', String(fps)];
  const out = execFileSync(process.execPath, [...args, ...size, ...flags], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const report = JSON.parse(out) as CapcutReport;
  if (report.width !== canvas.width || report.height !== canvas.height || report.skipped.length > 0)
    throw new Error(`capcut-cli did not render what it was asked for: ${out.slice(0, 2000)}`);
  return report;
}

/** The package exports its library, not its command: where that lies is in its package.json. */
function capcutCommand(): string {
  const manifest = fileURLToPath(import.meta.resolve('capcut-cli/package.json'));
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { 'capcut-cli': string } };
  return path.join(path.dirname(manifest), bin['capcut-cli']);
}

function drawnBy(report: CapcutReport | null): string {
  if (report === null) return 'it reports nothing';
  const { videoSegments, overlaySegments, textOverlays, audioSegments } = report;
  const counts = { clips: videoSegments, overlays: overlaySegments, captions: textOverlays, sounds: audioSegments };
  const told = Object.entries(counts).filter(([, count]) => count > 0);
  return `it reports ${told.map(([what, count]) => `${count} ${what}`).join(', ')}`;
}

async function makeMedia(folder: string): Promise<CapcutMedia> {
  const at = (name: string) => path.join(folder, name);
  return {
    films: [await texturedMovie(at('film0.mp4'), 1), await texturedMovie(at('film1.mp4'), 2)],
    photo: await makePhoto(at('photo.jpg'), canvas.width, canvas.height, (context, width, height) => {
      for (let x = 0; x < width; x += 60) {
        context.fillStyle = `hsl(${x / 6} 55% 45%)`;
        context.fillRect(x, 0, 60, height);
        context.fillStyle = '#ffd166';
        context.fillRect(x + 15, (x * 7) % (height - 60), 30, 60);
      }
    }),
    music: await writeEncoded(at('music.m4a'), 'aac', [tone(330, 0.3), tone(440, 0.3)], draftSeconds),
  };
}
