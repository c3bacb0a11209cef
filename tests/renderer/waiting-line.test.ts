import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterMove, movesTo } from '../../renderer/station/waiting-line.ts';

const line = ['a', 'b', 'c', 'd'];
const moved = (id: string, over: string) => movesTo(line, id, over).reduce(afterMove, line as readonly string[]);

describe('moving a waiting task', () => {
  it('puts it where the other one stood, forwards and backwards', () => {
    expect(moved('d', 'b')).toEqual(['a', 'd', 'b', 'c']);
    expect(moved('a', 'c')).toEqual(['b', 'c', 'a', 'd']);
  });

  it('says "to the front" for the first place', () => {
    expect(movesTo(line, 'c', 'a')).toEqual([{ id: 'c', before: null }]);
  });

  it('reaches the last place although the station only moves a task before another one', () => {
    expect(moved('a', 'd')).toEqual(['b', 'c', 'd', 'a']);
    expect(moved('c', 'd')).toEqual(['a', 'b', 'd', 'c']);
  });

  it('does what drag and drop shows, for every pair', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 12 }),
        fc.nat(),
        fc.nat(),
        (ids, a, b) => {
          const from = a % ids.length;
          const to = b % ids.length;
          const shown = ids.toSpliced(from, 1).toSpliced(to, 0, ids[from] ?? '');
          const asked = movesTo(ids, ids[from] ?? '', ids[to] ?? '').reduce(afterMove, ids as readonly string[]);
          expect(asked).toEqual(shown);
        },
      ),
      { numRuns: 300, seed: 3 },
    );
  });
});
