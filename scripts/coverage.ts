/**
 * How much of real drafts the embedded engine draws: every draft of a folder is opened, given stand-in media, and drawn
 * at moments all over its timeline; then features are counted by whether they are exact, approximated or left out.
 * Usage: npm run coverage [-- <folder of drafts>]
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDraft } from '../main/drafts/draft-folder.ts';
import { collectFeatures } from '../main/drafts/inspect/index.ts';
import type { Draft, MediaMaterial } from '../main/drafts/model.ts';
import { everySegment } from '../main/drafts/walk.ts';
import { embeddedDrawability } from '../main/engines/embedded/drawability.ts';
import { Studio } from '../main/engines/embedded/studio.ts';
import { StationError, sentence } from '../main/shared/errors/index.ts';
import { exportPresetSchema } from '../main/shared/settings.ts';
import { corpusFolder } from '../tests/support/environment.ts';
import { makeAnimation, makeMovie, makePhoto } from '../tests/support/media.ts';

const momentsPerDraft = 24;
const preset = exportPresetSchema.parse({ resolution: '480p' });
type Tally = Map<string, { exact: number; approximated: number; not_drawn: number; names: Map<string, string> }>;

/** Media of the right kind for whatever a draft names. */
async function standIns(folder: string): Promise<Record<MediaMaterial['kind'], string>> {
  const square = (color: string) => (context: Parameters<Parameters<typeof makePhoto>[3]>[0], w: number, h: number) => {
    context.fillStyle = color;
    context.fillRect(0, 0, w, h);
  };
  const video = await makeMovie(path.join(folder, 'movie.mp4'), { frames: 300, toneHz: 220 });
  return {
    video,
    audio: video,
    photo: await makePhoto(path.join(folder, 'photo.jpg'), 640, 480, square('#4080c0')),
    gif: await makeAnimation(path.join(folder, 'moving.gif'), ['#ff0000', '#00ff00', '#0000ff'], 120),
    sticker: await makePhoto(path.join(folder, 'sticker.png'), 200, 200, square('#f0c000')),
  };
}

function withStandIns(draft: Draft, files: Record<MediaMaterial['kind'], string>): Draft {
  const replaced = (media: MediaMaterial): MediaMaterial => ({ ...media, path: files[media.kind], reversePath: '' });
  return {
    ...draft,
    tracks: draft.tracks.map((track) => ({
      ...track,
      segments: track.segments.map((segment) => {
        const { content } = segment;
        if (content.type === 'media') return { ...segment, content: { ...content, media: replaced(content.media) } };
        if (content.type === 'compound')
          return { ...segment, content: { ...content, draft: withStandIns(content.draft, files) } };
        return segment;
      }),
    })),
  };
}

function count(tally: Tally, kind: string, fidelity: 'exact' | 'approximated' | 'not_drawn', name: string, times = 1) {
  const entry = tally.get(kind) ?? { exact: 0, approximated: 0, not_drawn: 0, names: new Map<string, string>() };
  entry[fidelity] += times;
  if (fidelity !== 'exact') entry.names.set(name, fidelity);
  tally.set(kind, entry);
}

function countDraft(draft: Draft, tally: Tally): void {
  for (const segment of everySegment(draft)) {
    if (!segment.visible) continue;
    const { type } = segment.content;
    if (type === 'media' || type === 'compound') count(tally, `clip (${segment.trackType})`, 'exact', '');
    if (type === 'text') count(tally, 'text', 'exact', '');
    if (Object.keys(segment.keyframes).length > 0) count(tally, 'keyframes', 'exact', '');
  }
  for (const feature of collectFeatures(draft))
    count(tally, feature.kind, embeddedDrawability.fidelity(feature), feature.name, feature.count);
}

async function drawMoments(draft: Draft): Promise<number> {
  const studio = new Studio(draft, { preset, resolve: (file) => file });
  const { frames } = studio.timeline;
  let drawn = 0;
  try {
    for (let moment = 0; moment < momentsPerDraft; moment += 1) {
      const frame = Math.min(frames - 1, Math.floor(((moment + 0.5) * frames) / momentsPerDraft));
      await studio.still(frame);
      await studio.stage.scene.retire(frame);
      drawn += 1;
    }
    return drawn;
  } finally {
    await studio.close();
  }
}

function printTally(tally: Tally): void {
  for (const [kind, { exact, approximated, not_drawn, names }] of [...tally].sort()) {
    const total = exact + approximated + not_drawn;
    const share = (100 * (exact + approximated)) / total;
    console.log(
      `  ${kind.padEnd(18)} ${String(total).padStart(6)}: ${exact} exact, ${approximated} approximated, ${not_drawn} left out (${share.toFixed(1)} % drawn)`,
    );
    const left = [...names].filter(([, fidelity]) => fidelity === 'not_drawn').map(([name]) => name);
    if (left.length > 0) console.log(`      left out: ${left.slice(0, 40).join(', ')}`);
  }
}

async function main(folder: string): Promise<void> {
  if (!existsSync(folder)) {
    console.log(`There is no folder ${folder}.`);
    return;
  }
  const scratch = mkdtempSync(path.join(tmpdir(), 'coverage-'));
  const whole: Tally = new Map();
  try {
    const files = await standIns(scratch);
    for (const name of readdirSync(folder).sort()) {
      const own: Tally = new Map();
      try {
        const draft = withStandIns((await openDraft(path.join(folder, name))).draft, files);
        countDraft(draft, own);
        countDraft(draft, whole);
        const started = performance.now();
        const drawn = await drawMoments(draft);
        console.log(`${name}: ${drawn} moments drawn in ${((performance.now() - started) / 1000).toFixed(1)} s`);
      } catch (error) {
        const known = error instanceof StationError;
        console.log(`${name}: not drawn: ${known ? sentence(error.toRecord(), 'en') : String((error as Error).stack)}`);
        if (!known) process.exitCode = 1;
      }
      printTally(own);
    }
    console.log('\nAll drafts together:');
    printTally(whole);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

await main(process.argv[2] ?? corpusFolder);
