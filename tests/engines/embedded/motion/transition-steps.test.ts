import { describe, expect, it } from 'vitest';
import { difference, picture } from '../../../support/pictures.ts';
import { drawnTransition, everyTransition } from '../../../support/transitions.ts';

const from = picture(80, 45, '#ff2040');
const to = picture(80, 45, '#20a0ff');
const steps = 400;
/** A jump from one picture to the other would be about 100, the fastest turn of a card is 5. */
const little = 8;
/** What jumps by nature. */
const hard: ReadonlySet<string> = new Set(['glitch', 'strobe']);

describe('going on by a little', () => {
  it.each(everyTransition.filter(({ family }) => !hard.has(family)))(
    '$family ($name) changes the picture by a little, from the first to the last',
    ({ name }) => {
      let previous = drawnTransition(name, 0, from, to);
      for (let step = 1; step <= steps; step += 1) {
        const next = drawnTransition(name, step / steps, from, to);
        expect(difference(previous, next)).toBeLessThan(little);
        previous = next;
      }
    },
  );

  it('叠加 leads away from the first picture all the way', () => {
    let distance = 0;
    for (let step = 1; step <= 50; step += 1) {
      const next = difference(from, drawnTransition('叠加', step / 50, from, to));
      expect(next).toBeGreaterThan(distance);
      distance = next;
    }
  });
});
