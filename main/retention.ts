import type { Settings } from './shared/settings.ts';

/** What is kept on disk for a finished task. */
export interface KeptTask {
  readonly id: string;
  readonly completedMs: number;
  /** 0 when there is no video (any more). */
  readonly videoBytes: number;
  readonly hasDraft: boolean;
}

export interface Expired {
  readonly videos: readonly string[];
  readonly drafts: readonly string[];
}

const hour = 3_600_000;
const gigabyte = 1024 ** 3;

/** Which tasks' videos and fetched drafts have been kept long enough; pure. 0 days or GB = no limit. */
export function expired(
  tasks: readonly KeptTask[],
  limits: Pick<Settings, 'keepVideosDays' | 'keepVideosGb' | 'keepDraftsHours'>,
  nowMs: number,
): Expired {
  const videos = new Set<string>();
  const withVideo = tasks.filter((task) => task.videoBytes > 0).sort((a, b) => b.completedMs - a.completedMs);
  let kept = 0;
  for (const task of withVideo) {
    const tooOld = limits.keepVideosDays > 0 && nowMs - task.completedMs > limits.keepVideosDays * 24 * hour;
    const tooMuch = limits.keepVideosGb > 0 && kept + task.videoBytes > limits.keepVideosGb * gigabyte;
    if (tooOld || tooMuch) videos.add(task.id);
    else kept += task.videoBytes;
  }
  const drafts = tasks.filter((task) => task.hasDraft && nowMs - task.completedMs > limits.keepDraftsHours * hour);
  return { videos: [...videos], drafts: drafts.map((task) => task.id) };
}
