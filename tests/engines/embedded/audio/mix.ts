import type { Draft } from '../../../../main/drafts/model.ts';
import { createAudioMixer, type SoundWarning } from '../../../../main/engines/embedded/audio/index.ts';

/**
 * The whole sound of a draft. Files whose name begins with `gone` are not there.
 * @param step samples that are asked for at a time
 */
export async function mix(
  source: Draft,
  step = 1000,
): Promise<{ left: Float32Array; right: Float32Array; warnings: SoundWarning[] }> {
  const warnings: SoundWarning[] = [];
  const mixer = createAudioMixer(source, {
    sampleRate: 48000,
    resolve: ({ path }) => (path.startsWith('gone') ? null : path),
    signal: new AbortController().signal,
    onWarning: (warning) => warnings.push(warning),
  });
  const left = new Float32Array(mixer.totalSamples);
  const right = new Float32Array(mixer.totalSamples);
  let at = 0;
  for (;;) {
    const part = await mixer.read(step);
    if (part === null) break;
    left.set(part.left, at);
    right.set(part.right, at);
    at += part.left.length;
  }
  mixer.close();
  if (at !== mixer.totalSamples) throw new Error(`${at} samples of ${mixer.totalSamples}`);
  return { left, right, warnings };
}
