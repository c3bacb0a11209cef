import { type StationEvent, stationEventSchema } from '../shared/events.ts';

/** An event stream in pieces of any size, read into the station's events. */
export class EventReader {
  #rest = '';

  /**
   * @param piece what has just come in
   * @returns the events that are complete by it, in order
   * @throws ZodError, SyntaxError when the other side does not speak our events
   */
  read(piece: string): StationEvent[] {
    const blocks = (this.#rest + piece).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    if (this.#rest.length > longestEvent) throw new SyntaxError('an event has no end');
    return blocks
      .map(dataOf)
      .filter((data) => data !== '')
      .map((data) => stationEventSchema.parse(JSON.parse(data)));
  }
}

/** A snapshot of 550 tasks with long names and errors stays far below. */
const longestEvent = 16 * 1024 * 1024;

function dataOf(block: string): string {
  return block
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(line.startsWith('data: ') ? 6 : 5))
    .join('\n');
}
