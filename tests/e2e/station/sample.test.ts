import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startTestStation } from '../../support/station.ts';

const soon = { timeout: 60_000, interval: 20 };

describe('the sample of a fresh station', () => {
  it('is in the queue at once, is made as its task is fetched, and can be cancelled meanwhile', async () => {
    const station = await startTestStation();
    const asked = performance.now();
    const answer = await station.api('POST', '/api/tasks/sample');
    // Its media take seconds; the answer does not wait for them.
    const { taskId } = (await answer.json()) as { taskId: string };
    expect(existsSync(path.join(station.data, 'sample'))).toBe(false);
    expect(performance.now() - asked).toBeLessThan(2000);
    expect(await station.newest()).toMatchObject({ id: taskId, name: '剪映渲染站示例' });
    await expect.poll(() => existsSync(path.join(station.data, 'sample.part', 'sunrise.jpg')), soon).toBe(true);
    expect(await station.newest()).toMatchObject({ state: 'processing', stage: 'fetch' });

    await station.api('POST', `/api/tasks/${taskId}/cancel`);
    expect((await station.newest()).state).toBe('cancelled');
    expect(readdirSync(station.data).filter((name) => name.startsWith('sample'))).toEqual([]);

    // What was cancelled half made is made whole the next time.
    const again = (await (await station.api('POST', `/api/tasks/${taskId}/retry`)).json()) as { taskId: string };
    await expect.poll(async () => (await station.detail(again.taskId)).stage, soon).toBe('export');
    expect(readdirSync(path.join(station.data, 'sample')).sort()).toEqual([
      'clip.mp4',
      'draft_content.json',
      'lake.png',
      'music.m4a',
      'sunrise.jpg',
    ]);
    await station.api('POST', `/api/tasks/${again.taskId}/cancel`);
  });
});
