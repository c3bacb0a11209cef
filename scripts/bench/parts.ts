import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { AV_LOG_QUIET, Log } from 'node-av';
import { workersFor } from '../../main/engines/embedded/parts.ts';
import { exportPresetSchema } from '../../main/shared/settings.ts';
import { canvas, draftFile, film, segment } from './draft-parts.ts';
import { exportFolder } from './export-folder.ts';
import { best, texturedMovie } from './render.ts';
import type { BenchRow } from './row.ts';

const seconds = 40;
const fps = 30;
const preset = exportPresetSchema.parse({});

/**
 * The same draft rendered in parts at once and whole: one whose frames leave most of the work to the encoder, and one whose
 * frames are drawn whole, which a single program does on one core. With two cores there is nothing to win.
 */
export async function benchParts(): Promise<BenchRow[]> {
  Log.setLevel(AV_LOG_QUIET);
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-parts-'));
  try {
    const movie = await texturedMovie(path.join(folder, 'film.mp4'), 1);
    const rows = [];
    for (const drawn of [false, true]) {
      writeFileSync(path.join(folder, 'draft_content.json'), JSON.stringify(draft(movie, drawn)));
      rows.push(await compare(folder, drawn ? 'drawn whole, frame by frame' : 'cut list'));
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function draft(movie: string, drawn: boolean) {
  const cuts = Array.from({ length: 8 }, (_, index) => segment('film', index * 5, 5));
  const tracks = [{ type: 'video', segments: cuts }];
  const effect = { type: 'effect', segments: [segment('vignette', 0, seconds, { source: null })] };
  return draftFile({
    name: 'bench',
    seconds,
    fps,
    materials: {
      videos: [film('film', movie, 20)],
      video_effects: [{ id: 'vignette', type: 'video_effect', name: '暗角', value: 1 }],
    },
    tracks: drawn ? [...tracks, effect] : tracks,
  });
}

async function compare(folder: string, name: string): Promise<BenchRow> {
  const cores = availableParallelism();
  const machine = { cores, freeBytes: process.availableMemory() };
  const parts = Math.max(2, workersFor(machine, { parts: 0, lanes: 1 }, canvas.width * canvas.height));
  const ms = await best<'parts' | 'whole'>({
    parts: () => exportFolder(folder, { preset, seconds, parts }),
    whole: () => exportFolder(folder, { preset, seconds, parts: 1 }),
  });
  const speed = (each = Number.NaN) => (seconds * fps * 1000) / each;
  const [ours, baseline] = [speed(ms.parts), speed(ms.whole)];
  const note = `1080p30, ${seconds} s, ${parts} parts at once on ${cores} cores`;
  return { name: `${name}, in parts, against whole`, ours, baseline, ratio: ours / baseline, unit: 'fps', note };
}
