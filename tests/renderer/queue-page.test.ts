import { describe, expect, it } from 'vitest';
import { layoutQueue, rowHeight, rowKey } from '../../renderer/pages/queue/layout.ts';
import { noSelection, stillThere, toggle, toggleGroup } from '../../renderer/pages/queue/selection.ts';

describe('the rows of the queue', () => {
  it('go from processing over waiting to finished, each under its heading', () => {
    const rows = layoutQueue({ processing: ['p'], waiting: ['a', 'b'], finished: ['f'] }, 2);
    expect(rows.map(rowKey)).toEqual(['header-processing', 'p', 'header-waiting', 'a', 'b', 'header-finished', 'f']);
  });

  it('say how many more wait than are known', () => {
    const rows = layoutQueue({ processing: [], waiting: ['a'], finished: [] }, 9000);
    expect(rows.at(-1)).toEqual({ kind: 'more', section: 'waiting', count: 8999 });
  });

  it('say that nothing waits while something is processed, and are none in an empty queue', () => {
    expect(layoutQueue({ processing: ['p'], waiting: [], finished: [] }, 0).map(rowKey)).toContain('none-waiting');
    expect(layoutQueue({ processing: [], waiting: [], finished: [] }, 0)).toEqual([]);
  });

  it('are higher on a narrow page', () => {
    const row = { kind: 'task', section: 'finished', id: 'f' } as const;
    expect(rowHeight(row, true)).toBeGreaterThan(rowHeight(row, false));
  });
});

describe('the selection', () => {
  const order = ['a', 'b', 'c', 'd', 'e'];

  it('ticks one, and a range from there with shift', () => {
    const one = toggle(noSelection, 'b', false, order);
    const range = toggle(one, 'd', true, order);
    expect([...range.ids]).toEqual(['b', 'c', 'd']);
    expect([...toggle(range, 'c', false, order).ids]).toEqual(['b', 'd']);
  });

  it('ticks a group, or unticks it when all of it was ticked', () => {
    const all = toggleGroup(noSelection, ['a', 'b']);
    expect([...all.ids]).toEqual(['a', 'b']);
    expect(toggleGroup(all, ['a', 'b']).ids.size).toBe(0);
  });

  it('drops what is gone and stays the same value when nothing is', () => {
    const some = toggleGroup(noSelection, ['a', 'b']);
    expect([...stillThere(some, (id) => id === 'b').ids]).toEqual(['b']);
    expect(stillThere(some, () => true)).toBe(some);
  });
});
