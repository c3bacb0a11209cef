import { describe, expect, it } from 'vitest';
import { notices } from '../../main/desktop/notifications.ts';
import type { TaskState } from '../../main/shared/task.ts';
import { someTask } from '../support/fake-port.ts';

const both = { notifyCompleted: true, notifyFailed: true };
const error = { code: 'X', zh: '素材下载失败，请检查链接。', en: 'A file could not be fetched. Check the link.' };
const ended = (...states: TaskState[]) =>
  states.map((state, index) =>
    someTask(`t${index}`, { state, name: `片子${index}`, error: state === 'failed' ? error : null }),
  );

describe('notifications', () => {
  it('tell of each task while there are few, a failure with what to do', () => {
    expect(notices(ended('completed', 'failed'), both, 'zh')).toEqual([
      { title: '视频已完成', body: '片子0', taskId: 't0' },
      { title: '任务失败', body: '片子1\n素材下载失败，请检查链接。', taskId: 't1' },
    ]);
    expect(notices(ended('failed'), both, 'en')[0]?.body).toContain('Check the link.');
  });

  it('become one when many end together', () => {
    expect(notices(ended('completed', 'failed', 'completed', 'completed'), both, 'zh')).toEqual([
      { title: '4 个任务已结束', body: '完成 3 个，失败 1 个', taskId: null },
    ]);
  });

  it('follow the settings, and leave out what somebody cancelled', () => {
    expect(notices(ended('completed', 'failed', 'cancelled'), { ...both, notifyCompleted: false }, 'zh')).toHaveLength(
      1,
    );
    expect(notices(ended('completed', 'failed', 'cancelled'), { ...both, notifyFailed: false }, 'zh')).toHaveLength(1);
    expect(notices(ended('cancelled'), both, 'zh')).toEqual([]);
    const many = ended('failed', 'failed', 'completed', 'completed', 'completed', 'completed');
    expect(notices(many, { ...both, notifyFailed: false }, 'zh')[0]?.body).toBe('完成 4 个，失败 0 个');
  });
});
