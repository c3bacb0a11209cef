/**
 * A station for crash tests: the real queue and courier on a real database, stage work that leaves visible effects, and a fuse that
 * kills the program (SIGKILL, nothing is cleaned up) at a chosen transition. Told what to do over IPC.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { webhookBody } from '../../../main/notifier.ts';
import { Courier } from '../../../main/publish/courier.ts';
import { postWebhook } from '../../../main/publish/webhook.ts';
import { systemClock } from '../../../main/queue/clock.ts';
import { databaseFile, openDatabase } from '../../../main/queue/database.ts';
import { Outbox } from '../../../main/queue/outbox.ts';
import { RenderQueue } from '../../../main/queue/queue.ts';
import { SettingsStore } from '../../../main/queue/settings-store.ts';
import type { StageWork } from '../../../main/queue/stages.ts';
import { StationError } from '../../../main/shared/errors/index.ts';

const [folder = '', fuse = '', stageMs = '5', webhookUrl = ''] = process.argv.slice(2);

function blow(where: string): void {
  if (where === fuse) process.kill(process.pid, 'SIGKILL');
}

const videos = path.join(folder, 'videos');
mkdirSync(videos, { recursive: true });
const work: StageWork<string> = {
  fetch: async (task, context) => {
    await pause(Number(stageMs), undefined, { signal: context.signal });
    if (task.draftUrl.startsWith('bad') && task.attempt === 1)
      throw new StationError('INTERNAL', { reason: 'first try' });
    if (task.draftUrl === 'hopeless') throw new StationError('DRAFT_LINK_UNRECOGNISED', { link: task.draftUrl });
    return {
      draft: task.id,
      name: task.draftUrl,
      durationMs: 1000,
      engine: 'embedded',
      inspection: null,
      warnings: [],
    };
  },
  export: async (task, _draft, context) => {
    await pause(Number(stageMs), undefined, { signal: context.signal });
    const file = path.join(folder, `${task.id}.exported`);
    writeFileSync(file, task.draftUrl);
    return { file, warnings: [] };
  },
  publish: async (task, _draft, exported) => {
    const videoFile = path.join(videos, `${task.id}.mp4`);
    renameSync(exported.file, videoFile);
    return { videoUrl: `/v1/videos/${task.id}.mp4`, videoFile, videoBytes: 1, hasCover: false };
  },
  cleanUp: async () => {},
};

const { db } = openDatabase(databaseFile(folder), Date.now());
const settings = new SettingsStore(db);
const limits = { fetchLanes: 3, embeddedLanes: 2, publishLanes: 2, maxAttempts: 3, maxPending: 1e6, patience: 1 };
const outbox = new Outbox(db);
const queue = new RenderQueue<string>({
  db,
  ending: (task, nowMs) => {
    if (webhookUrl !== '') outbox.add(task.seq, nowMs);
  },
  ended: () => courier.wake(),
  work,
  settings,
  limits: () => limits,
  taskFolder: (id) => path.join(folder, 'tasks', id),
  random: () => 0,
});
const courier = new Courier({
  outbox,
  clock: systemClock,
  receiver: () => ({ url: webhookUrl, secret: 'secret' }),
  content: ({ taskId }) => {
    const task = queue.store.get(taskId);
    if (task === null) throw new Error('no task');
    return webhookBody(task, 'http://station', 'zh');
  },
  post: async (...request) => {
    blow('before sending');
    const answer = await postWebhook(...request);
    blow('before noting the answer');
    return answer;
  },
  told: () => blow('after noting the answer'),
});
const apply = queue.store.apply.bind(queue.store);
queue.store.apply = (id, event, facts, nowMs) => {
  const name = event.type === 'advanced' ? `advanced:${event.to}` : event.type;
  blow(`before ${name}`);
  const task = apply(id, event, facts, nowMs);
  blow(`after ${name}`);
  return task;
};
await queue.start();
courier.start();

process.on('message', (message: { submit?: string; cancel?: string; report?: true }) => {
  if (message.submit !== undefined) {
    blow('before submit');
    const { task } = queue.submit(message.submit, message.submit, message.submit);
    blow('after submit');
    process.send?.({ accepted: task.id, key: message.submit });
  }
  if (message.cancel !== undefined) {
    void queue.cancel(message.cancel).then((outcome) => process.send?.({ cancelled: message.cancel, outcome }));
  }
  if (message.report === true)
    process.send?.({ counts: queue.store.counts(), noticesWaiting: outbox.due(Number.MAX_SAFE_INTEGER, 1000).length });
});
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });
