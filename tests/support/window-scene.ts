import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import type { FakeStation } from './fake-station.ts';
import { failure, taskName } from './fake-tasks.ts';

/** An evening at a studio: two tasks at work, some waiting, some done, one failed, one cancelled. */
export function busyEvening(station: FakeStation): void {
  const { queue } = station;
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  const submit = (count: number) =>
    Array.from({ length: count }, (_, index) => {
      const seq = queue.tasks.size + 1;
      return queue.submit(`https://ts.fyshark.com/#/cozeToJianyin?drafId=74349123456789${seq}${index}`, taskName(seq))
        .id;
    });
  const over = submit(6);
  over.forEach((id, index) => {
    const startedAt = ago(60 - index * 6);
    const completedAt = ago(58.4 - index * 6);
    queue.start(id, { createdAt: ago(75), startedAt, engine: index % 2 === 0 ? 'jianying' : 'embedded' });
    if (index === 4) queue.fail(id, { completedAt, error: failure, attempt: 3 });
    else if (index === 2) queue.fail(id, { state: 'cancelled', completedAt, error: null });
    else queue.complete(id, { completedAt, warnings: index === 1 ? 3 : 0, videoBytes: 18_200_000 + index * 7_900_000 });
  });
  const [first = '', second = ''] = submit(2);
  queue.start(first, {
    createdAt: ago(34),
    startedAt: ago(2.3),
    engine: 'jianying',
    coverUrl: `/api/tasks/${first}/files/cover.jpg`,
  });
  queue.progress(first, 'export', 0.6, { speed: 1.8 });
  queue.start(second, { createdAt: ago(31), startedAt: ago(0.2), attempt: 2, engine: null });
  queue.progress(second, 'fetch', 0.7, { done: 3, total: 4, bytesPerSecond: 3_400_000 });
  submit(12);
}

/** A picture that could be a cover: a gradient with a title, drawn here so that nothing has to be kept. */
export function drawCover(folder: string, title = '新品上市'): string {
  const canvas = createCanvas(320, 180);
  const context = canvas.getContext('2d');
  const gradient = context.createLinearGradient(0, 0, 320, 180);
  gradient.addColorStop(0, '#f6b26b');
  gradient.addColorStop(1, '#8e4bd0');
  context.fillStyle = gradient;
  context.fillRect(0, 0, 320, 180);
  context.fillStyle = '#fff';
  context.font = 'bold 44px "Noto Sans CJK SC"';
  context.fillText(title, 40, 105);
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'cover.jpg');
  writeFileSync(file, canvas.toBuffer('image/jpeg'));
  return file;
}
