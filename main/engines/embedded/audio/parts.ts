import type { Stretch } from '../timeline/stretches.ts';
import type { SoundClip } from './plan.ts';
import type { SoundFile } from './sound-file.ts';
import { contiguous, TimeMap } from './time-map.ts';
import type { Voice } from './voice.ts';

/** What of a clip sounds without a gap. */
export interface Part {
  readonly clip: SoundClip;
  readonly map: TimeMap;
  readonly run: Run;
}

/**
 * Parts that continue each other in time and in their file, and are stretched: one voice plays them all. A voice that
 * began anew at each cut would do so in another phase of the wave, which clicks.
 */
export interface Run {
  readonly stretches: Stretch[];
  /** Parts that are not over. */
  left: number;
  /** Once its first part has begun, and its file could be opened. */
  playing: { readonly file: SoundFile; readonly voice: Voice } | null;
}

/** The parts of all clips, by start. */
export function partsOf(clips: readonly SoundClip[], sampleRate: number): Part[] {
  const pieces = clips
    .flatMap((clip) => contiguous(clip.stretches).map((group) => ({ clip, map: new TimeMap(group, sampleRate) })))
    .filter(({ map }) => map.endSample > map.startSample)
    .sort((a, b) => a.map.startSample - b.map.startSample);
  const endings = new Map<number, Part[]>();
  return pieces.map(({ clip, map }) => {
    const before = endings.get(map.startSample)?.find((part) => goesOn(part, clip, map));
    const run = before?.run ?? { stretches: [], left: 0, playing: null };
    run.stretches.push(...map.stretches);
    run.left += 1;
    const part = { clip, map, run };
    endings.set(map.endSample, [...(endings.get(map.endSample) ?? []), part]);
    return part;
  });
}

/** Whether one part is stretched on into the next, and nothing else goes on from it. */
function goesOn({ clip: before, map: earlier, run }: Part, clip: SoundClip, map: TimeMap): boolean {
  const stretched = before.keepPitch && clip.keepPitch && !earlier.plain && !map.plain;
  const sameFile = before.media.path === clip.media.path && before.reversedCopy === clip.reversedCopy;
  if (!stretched || !sameFile || run.stretches.at(-1) !== earlier.stretches.at(-1)) return false;
  return contiguous([...earlier.stretches.slice(-1), ...map.stretches.slice(0, 1)]).length === 1;
}
