import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeWindow, readWindowState, smallest } from '../../main/desktop/window-bounds.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1040 };
const second = { x: 1920, y: -200, width: 2560, height: 1400 };
const at = (x: number, y: number, width = 1200, height = 800) => ({
  bounds: { x, y, width, height },
  maximized: false,
});

describe('where the window opens', () => {
  it('is where it was, on whichever screen', () => {
    expect(placeWindow(at(100, 80), [screen])).toEqual({ x: 100, y: 80, width: 1200, height: 800 });
    expect(placeWindow(at(2300, -100), [screen, second])).toEqual({ x: 2300, y: -100, width: 1200, height: 800 });
  });

  it('is the middle when its screen is gone, with its old size', () => {
    expect(placeWindow(at(2300, -100), [screen])).toEqual({ width: 1200, height: 800 });
  });

  it('is the middle when the title bar could not be reached', () => {
    expect(placeWindow(at(100, -60), [screen])).toEqual({ width: 1200, height: 800 });
    expect(placeWindow(at(1900, 100), [screen])).toEqual({ width: 1200, height: 800 });
    expect(placeWindow(at(-1150, 100), [screen])).toEqual({ width: 1200, height: 800 });
  });

  it('fits the screen that got smaller', () => {
    expect(placeWindow(at(0, 0, 3840, 2000), [screen])).toEqual({ x: 0, y: 0, width: 1920, height: 1040 });
  });

  it('has a usual size the first time', () => {
    expect(placeWindow(null, [screen])).toEqual({ width: 1280, height: 820 });
    expect(placeWindow(null, [])).toEqual({ width: 1280, height: 820 });
  });

  it('can always be reached and never exceeds its screen', () => {
    const place = fc.integer({ min: -5000, max: 9000 });
    const size = fc.integer({ min: 1, max: 9000 });
    fc.assert(
      fc.property(place, place, size, size, (x, y, width, height) => {
        const placed = placeWindow(at(x, y, width, height), [screen, second]);
        const area =
          placed.x !== undefined && placed.x >= second.x - placed.width + 120 && placed.y !== undefined
            ? second
            : screen;
        expect(placed.width).toBeLessThanOrEqual(Math.max(area.width, second.width));
        expect(placed.width).toBeGreaterThanOrEqual(smallest.width);
        if (placed.y !== undefined) expect(placed.y).toBeGreaterThanOrEqual(second.y);
      }),
      { seed: 6, numRuns: 500 },
    );
  });
});

describe('the remembered state', () => {
  it('is read back', () => {
    expect(readWindowState(JSON.stringify(at(1, 2)))).toEqual(at(1, 2));
  });
  it.each([
    '',
    'null',
    '{}',
    '{"bounds":{"x":"1"}}',
    '{"bounds":{"x":0,"y":0,"width":0,"height":5},"maximized":true}',
    '[1',
  ])('counts for nothing when damaged: %s', (text) => {
    expect(readWindowState(text)).toBeNull();
  });
});
