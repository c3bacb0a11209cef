import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SKRSContext2D } from '@napi-rs/canvas';
import { AV_LOG_QUIET, Log } from 'node-av';
import { workerEnvironment } from '../../main/workers/spawn.ts';
import { repeatMedia } from '../../tests/support/looped-media.ts';
import { makeMovie, makePhoto } from '../../tests/support/media.ts';
import { tone, writeEncoded } from '../../tests/support/sound.ts';
import { canvas } from './draft-parts.ts';
import type { MemoryTold } from './hour-child.ts';
import { filmSeconds, type HourMedia, hourDraft, musicSeconds } from './hour-draft.ts';
import type { BenchRow } from './row.ts';

const limitMb = 1500;
/** A film is this long before it is repeated; a whole number of frames and of sound packets. */
const periodSeconds = 8;
const filmFps = 15;

/**
 * Memory over an hour-long draft of some 3600 segments at 1080p, in a process of its own: its peak, and whether it is
 * flat (the last quarter against the second; the first still fills caches).
 * @param fps frames of each second that are made. All segments, sources and sound are gone through at any rate, and what
 * is kept does not depend on it; a full rate takes accordingly longer.
 */
export async function benchHour(fps: number): Promise<BenchRow[]> {
  Log.setLevel(AV_LOG_QUIET);
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-hour-'));
  try {
    writeFileSync(path.join(folder, 'draft_content.json'), JSON.stringify(hourDraft(await makeMedia(folder), fps)));
    const { peak, quarters, frames, seconds } = await measured(folder);
    const [, second = Number.NaN, , last = Number.NaN] = quarters;
    const rate = `all segments and sound, ${frames} frames (${fps} fps; --fps 30: all) in ${seconds.toFixed(0)} s`;
    return [
      row('peak memory over an hour (1080p)', peak, limitMb, `at most 1; ${rate}`),
      row('memory of the last quarter against the second', last, second, 'at most 1.1'),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function row(name: string, ours: number, baseline: number, note: string): BenchRow {
  return { name, ours, baseline, ratio: ours / baseline, unit: 'MB', note };
}

async function measured(folder: string): Promise<MemoryTold> {
  const child = fork(path.join(import.meta.dirname, 'hour-child.ts'), [folder], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: workerEnvironment(),
  });
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`the process of the hour ended with ${code ?? signal}`);
  });
  const [told] = await Promise.race([once(child, 'message'), ended]);
  return told as MemoryTold;
}

async function makeMedia(folder: string): Promise<HourMedia> {
  const at = (name: string) => path.join(folder, name);
  const films = [0, 1, 2].map((index) => at(`film${index}.mp4`));
  for (const [index, file] of films.entries()) {
    const period = await makeMovie(at(`period${index}.mp4`), {
      ...canvas,
      fps: filmFps,
      frames: periodSeconds * filmFps,
      toneHz: 220 * (index + 1),
      videoKbps: 500,
      draw: (context, frame) => drawFilm(context, index, frame / (periodSeconds * filmFps)),
    });
    await repeatMedia(period, file, periodSeconds, filmSeconds / periodSeconds);
  }
  const photos = Array.from({ length: 24 }, (_, index) => at(`photo${index}.jpg`));
  for (const [index, file] of photos.entries())
    await makePhoto(file, 2400, 1800, (context) => drawPhoto(context, index));
  const music = await writeEncoded(at('music.m4a'), 'aac', [tone(330, 0.3), tone(440, 0.3)], musicSeconds);
  return { films, photos, music };
}

/** Bars that change their colours under a disc that crosses the picture. */
function drawFilm(context: SKRSContext2D, hue: number, share: number): void {
  for (let bar = 0; bar < 16; bar += 1) {
    context.fillStyle = `hsl(${hue * 120 + bar * 8 + share * 360} 50% ${30 + bar * 2}%)`;
    context.fillRect((bar * canvas.width) / 16, 0, canvas.width / 16, canvas.height);
  }
  context.fillStyle = '#ffd166';
  context.beginPath();
  context.arc(share * canvas.width, canvas.height * 0.6, 150, 0, 2 * Math.PI);
  context.fill();
}

function drawPhoto(context: SKRSContext2D, index: number): void {
  for (let tile = 0; tile < 48; tile += 1) {
    context.fillStyle = `hsl(${index * 15 + tile * 11} 55% ${25 + (tile % 5) * 10}%)`;
    context.fillRect((tile % 8) * 300, Math.floor(tile / 8) * 300, 300, 300);
  }
}
