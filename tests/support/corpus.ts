import { readdirSync } from 'node:fs';
import type { Draft } from '../../main/drafts/model.ts';
import { createAudioMixer } from '../../main/engines/embedded/audio/index.ts';
import { outputShape } from '../../main/engines/embedded/encode/output.ts';
import { frameCount, frameTimeUs } from '../../main/engines/embedded/timeline/frame-grid.ts';
import { verifyVideo } from '../../main/media/verify.ts';
import type { ExportPreset } from '../../main/shared/settings.ts';
import { aDraft, aMedia, aSegment } from './drafts.ts';
import { corpusFolder } from './environment.ts';

/** Shells that producers copy before they write a draft: they have no segment. */
export const emptyDrafts = /^0[234]-/;
export const encryptedDrafts = /^5[78]-/;

/** Names of all drafts of the corpus. */
export const corpusNames = (): string[] => readdirSync(corpusFolder).sort();

export const canBeRendered = (name: string): boolean => !emptyDrafts.test(name) && !encryptedDrafts.test(name);

/**
 * Looks at a finished video with the eyes of somebody who knows the draft: size, rate and length, a picture where there is
 * something to see, sound where there is something to hear.
 * @returns what is wrong; empty when nothing is
 */
export async function examineVideo(file: string, draft: Draft, preset: ExportPreset): Promise<string[]> {
  const { width, height, rate } = outputShape(draft, preset);
  const durationUs = frameTimeUs(frameCount(draft.durationUs, rate), rate);
  const wrong: string[] = [];
  const expected = { durationUs, fps: rate.num / rate.den, width, height, hasAudio: true };
  await verifyVideo(file, expected, { mayBeBlack: !showsSomething(draft) }).catch((error: unknown) =>
    wrong.push(String(error)),
  );
  const wanted = sounds(draft);
  const loudest = await loudestOf(file, durationUs);
  if (wanted === 'yes' && loudest < 0.002) wrong.push(`no sound is heard (${loudest.toFixed(4)})`);
  if (wanted === 'no' && loudest > 0.002) wrong.push(`there is sound that it should not have (${loudest.toFixed(4)})`);
  return wrong;
}

function showsSomething(draft: Draft): boolean {
  return draft.tracks
    .filter(({ type }) => type === 'video' || type === 'text')
    .some(({ segments }) => segments.some(({ visible, content }) => visible && content.type !== 'unresolved'));
}

/** Whether the draft is heard, from its own words alone; a compound clip may be cut before its sound begins. */
function sounds(draft: Draft): 'yes' | 'no' | 'maybe' {
  const segments = draft.tracks
    .filter(({ muted }) => !muted)
    .flatMap((track) => track.segments)
    .filter(({ visible, volume, keyframes }) => visible && (volume > 0.01 || keyframes.volume !== undefined));
  const own = segments.some(({ content }) => content.type === 'media' && /^(video|audio)$/.test(content.media.kind));
  if (own) return 'yes';
  const nested = segments.some(({ content }) => content.type === 'compound' && sounds(content.draft) !== 'no');
  return nested ? 'maybe' : 'no';
}

/** The loudest moment of a file's sound, by playing it as a draft of its own. */
async function loudestOf(file: string, durationUs: number): Promise<number> {
  const mixer = createAudioMixer(
    aDraft([{ type: 'audio', segments: [aSegment(aMedia('audio', file), { durationUs })] }]),
    {
      sampleRate: 48_000,
      resolve: ({ path }) => path,
      signal: new AbortController().signal,
      onWarning: () => {},
    },
  );
  let loudest = 0;
  try {
    for (let part = await mixer.read(48_000); part !== null; part = await mixer.read(48_000))
      for (const value of part.left) if (Math.abs(value) > loudest) loudest = Math.abs(value);
  } finally {
    mixer.close();
  }
  return loudest;
}
