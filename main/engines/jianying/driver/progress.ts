import type { DriverJob } from './action.ts';
import type { Memory, Phase } from './memory.ts';
import type { Scene } from './scene.ts';

/** Where each phase of the control half begins; the export itself is the second half. */
const begins: Readonly<Record<Phase, number>> = {
  home: 0.1,
  open: 0.2,
  dialog: 0.3,
  settings: 0.42,
  confirm: 0.46,
  export: 0.5,
  tidy: 1,
};

/** About 1 MB a second of video: what 1080p takes at the client's usual quality. */
const bytesPerSecond = 1_000_000;

/**
 * Progress of the attempt, 0..1: the first half is bringing the client to export, the second its export. The client's own
 * percentage counts; without one the growth of the file, which is only a guess and never reaches the end by itself.
 */
export function progressOf(memory: Memory, scene: Scene, job: DriverJob): number {
  if (memory.phase !== 'export') return begins[memory.phase];
  if (scene.state === 'export_done') return 0.99;
  if (memory.percent !== null) return 0.5 + memory.percent * 0.48;
  const expected = Math.max(1, job.durationS) * bytesPerSecond;
  return 0.5 + 0.45 * (1 - Math.exp(-memory.bytes / expected));
}
