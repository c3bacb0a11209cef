import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { DraftStatus, StationPort } from './api/station-port.ts';
import { draftKeys } from './draft-keys.ts';
import { checkDraftLink, parseDraftLink } from './drafts/index.ts';
import { taskOfVideoName } from './publish/local.ts';
import type { RenderQueue } from './queue/queue.ts';
import { statistics } from './queue/statistics.ts';
import { listTasks } from './queue/task-list.ts';
import { readTaskLog } from './queue/task-log.ts';
import type { TaskRecord } from './queue/task-record.ts';
import { bilingual, contractProgress, deliveryView, endError } from './queue/task-view.ts';
import { sampleName } from './sample/draft.ts';
import { inspectionSchema } from './shared/inspection.ts';
import type { TaskDetail } from './shared/task.ts';
import type { ReadyDraft } from './stage-work.ts';
import type { StationParts } from './station-parts.ts';
import { listFiles, supportArchive } from './support-archive.ts';
import { keepUpload } from './uploads.ts';

const fileName = /^[\w][\w.-]{0,100}$/;

/** What the HTTP side asks, answered from the queue and its neighbours. */
export function stationPort(parts: StationParts): StationPort {
  const { paths, queue, db, outbox, courier } = parts;
  const keyOf = draftKeys();

  const submit: StationPort['submit'] = async (draftUrl) => {
    const link = parseDraftLink(draftUrl);
    const isSample = draftUrl === paths.sample;
    // The sample need not be there yet: its task makes it.
    if (!isSample) await checkDraftLink(link, parts.settings.current, paths.data);
    const { task, created } = queue.submit(link.key, draftUrl, isSample ? sampleName : shortName(draftUrl));
    return { taskId: task.id, created };
  };
  const remove = async (id: string) => {
    const task = queue.store.get(id);
    if (task === null || !queue.remove(id)) return false;
    if (task.videoFile !== null) await rm(task.videoFile, { force: true });
    await rm(paths.task(id), { recursive: true, force: true, maxRetries: 3 });
    return true;
  };

  return {
    version: parts.version,
    token: parts.token,
    settings: () => parts.settings.current,
    changeSettings: (patch) => parts.changeSettings(patch),
    submit,
    statusOf: (draftUrl) => {
      const task = queue.store.newestOfDraft(keyOf(draftUrl));
      return task === null ? null : draftStatus(task, queue);
    },
    activeCount: () => {
      const counts = queue.store.counts();
      return counts.pending + counts.processing;
    },
    listTasks: (query) => {
      const page = listTasks(db, query);
      return { tasks: page.tasks.map((task) => queue.view(task)), next: page.next };
    },
    task: (id) => {
      const task = queue.store.get(id);
      return task === null ? null : taskDetail(task, parts);
    },
    cancel: (id) => queue.cancel(id),
    retry: async (id) => {
      const task = queue.store.get(id);
      return task === null ? null : (await submit(task.draftUrl)).taskId;
    },
    retryAllFailed: async () => {
      let retried = 0;
      const seen = new Set<string>();
      for (const task of queue.store.failed(1000)) {
        // Only drafts whose newest task failed: one that succeeded since needs nothing.
        if (seen.has(task.draftKey) || queue.store.newestOfDraft(task.draftKey)?.id !== task.id) continue;
        seen.add(task.draftKey);
        const created = await submit(task.draftUrl).then(
          (result) => result.created,
          () => false,
        );
        if (created) retried += 1;
      }
      return retried;
    },
    remove,
    move: (id, beforeId) => queue.move(id, beforeId),
    pause: () => queue.pause(null),
    resume: () => queue.resume(),
    queueStatus: () => queue.status(),
    notifyAgain: (id) => {
      if (!outbox.again(id, Date.now())) return false;
      courier.wake();
      return true;
    },
    log: async (id, afterLine) =>
      queue.store.get(id) === null ? null : ((await readTaskLog(paths.task(id), afterLine)) ?? []),
    taskFile: (id, name) => {
      if (!fileName.test(name) || queue.store.get(id) === null) return null;
      const file = name === 'cover.jpg' ? path.join(paths.task(id), name) : path.join(paths.task(id), 'evidence', name);
      return existsSync(file) ? file : null;
    },
    videoFile: (name) => {
      const id = taskOfVideoName(name);
      const file = id === null ? null : (queue.store.get(id)?.videoFile ?? null);
      return file !== null && path.basename(file) === name && existsSync(file) ? file : null;
    },
    health: () => parts.health(),
    statistics: () => statistics(db, Date.now()),
    inspect: (draftUrl, signal) => parts.inspect(draftUrl, signal),
    receiveUpload: (upload) => keepUpload(upload, paths.inbox),
    submitSample: () => submit(paths.sample),
    supportArchive: async (id) => {
      const task = queue.store.get(id);
      return task === null ? null : supportArchive(taskDetail(task, parts), paths.task(id));
    },
    runCheck: (check, signal) => parts.runCheck(check, signal),
    switchUpdateGuard: (on) => parts.switchUpdateGuard(on),
    subscribe: (listener) => queue.events.subscribe(listener),
  };
}

function draftStatus(task: TaskRecord, queue: RenderQueue<ReadyDraft>): DraftStatus {
  return {
    draftUrl: task.draftUrl,
    status: task.state === 'cancelled' ? 'failed' : task.state,
    progress: contractProgress(task, queue.live(task.id)),
    videoUrl: task.state === 'completed' ? (task.videoUrl ?? '') : '',
    error: endError(task),
    createdAtMs: task.createdMs,
    startedAtMs: task.startedMs,
    completedAtMs: task.completedMs,
  };
}

function taskDetail(task: TaskRecord, { queue, outbox, paths }: StationParts): TaskDetail {
  const delivery = outbox.ofTask(task.id);
  const report = queue.store.readInspection(task.id);
  return {
    ...queue.view(task),
    timings: [...task.timings],
    warningList: task.warnings.map(bilingual),
    inspection: report === null ? null : (inspectionSchema.safeParse(JSON.parse(report)).data ?? null),
    evidence: listFiles(path.join(paths.task(task.id), 'evidence')),
    videoFile: task.videoFile,
    crashes: task.crashes,
    webhook: delivery === null ? null : deliveryView(delivery),
  };
}

/** A title until the draft's own is known: the end of the link. */
function shortName(draftUrl: string): string {
  const last = draftUrl.split(/[/\\=]/).findLast((part) => part.trim() !== '') ?? draftUrl;
  return last.length > 60 ? `${last.slice(0, 59)}…` : last;
}
