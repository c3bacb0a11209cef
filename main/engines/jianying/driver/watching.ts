import type { Decision } from './action.ts';
import { fail, go, seconds, wait } from './action.ts';
import type { Context } from './hands.ts';
import type { Memory } from './memory.ts';
import { because } from './reasons.ts';

/**
 * From the confirmation to the finished file. The dialog saying "done" and the file being complete disagree often, so the
 * file decides: complete boxes, and either the success control or a size that has stopped changing.
 */
export function watchExport({ scene, view, job, memory }: Context): Decision {
  const { nowMs, output } = view;
  const { deadlines } = job;
  const confirmed = memory.confirmedMs ?? memory.phaseSinceMs;
  const bytes = output?.bytes ?? 0;
  const moved = bytes !== memory.bytes || (scene.percent !== null && scene.percent !== memory.percent);
  const now: Memory = {
    ...memory,
    bytes,
    percent: scene.percent ?? memory.percent,
    changedMs: moved ? nowMs : memory.changedMs,
  };
  const quiet = nowMs - now.changedMs;

  if (output?.complete && (scene.state === 'export_done' || quiet >= deadlines.stable))
    return go({ do: 'finish', file: output.file }, now, because.videoComplete);
  if (nowMs - confirmed > deadlines.total)
    return fail(now, 'JIANYING_EXPORT_TIMEOUT', { seconds: seconds(deadlines.total) }, { restartClient: true });
  if (!output && nowMs - confirmed > deadlines.noOutput)
    return fail(now, 'EXPORT_FILE_MISSING', {}, { restartClient: true });
  // The client says it has succeeded: a file that is still missing will not come any more.
  if (!output && scene.state === 'export_done' && quiet > deadlines.confirmEvery * 3)
    return fail(now, 'EXPORT_FILE_MISSING', {}, { restartClient: true });
  if (output && quiet > deadlines.stall)
    return fail(now, 'JIANYING_EXPORT_STALLED', { seconds: seconds(deadlines.stall) }, { restartClient: true });
  return wait(
    now,
    scene.percent === null ? because.exportBytes(bytes) : because.exportPercent(Math.round(scene.percent * 100)),
    // A quiet export is looked at less often.
    Math.min(2_000, 500 + quiet / 10),
  );
}
