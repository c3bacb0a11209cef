import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventReader } from '../../main/desktop/event-reader.ts';
import type { StationEvent } from '../../main/shared/events.ts';
import { someTask } from '../support/fake-port.ts';

const events: StationEvent[] = [
  { type: 'task', version: 1, task: someTask('a', { name: '夜景\n两行' }) },
  { type: 'removed', version: 2, id: 'a' },
  { type: 'changed', version: 3, what: 'health' },
];
const stream = `retry: 2000\n\n: still here\n\n${events
  .map((event) => `id: ${event.version}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  .join('')}`;

describe('the event stream', () => {
  it('is read wherever it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: stream.length - 1 }), { maxLength: 6 }), (cuts) => {
        const reader = new EventReader();
        const bounds = [0, ...cuts.toSorted((a, b) => a - b), stream.length];
        const read = bounds.slice(1).flatMap((end, index) => reader.read(stream.slice(bounds[index], end)));
        expect(read).toEqual(events);
      }),
      { seed: 6, numRuns: 100 },
    );
  });

  it('that is none of ours is refused', () => {
    expect(() => new EventReader().read('data: <html>\n\n')).toThrow();
    expect(() => new EventReader().read('data: {"type":"other"}\n\n')).toThrow();
  });

  it('without an end does not fill the memory', () => {
    const reader = new EventReader();
    const piece = 'x'.repeat(1024 * 1024);
    expect(() => {
      for (let n = 0; n < 20; n++) reader.read(piece);
    }).toThrow(/no end/);
  });
});
