import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { picture, pixelAt } from '../../../support/pictures.ts';
import { drawnTransition, everyTransition } from '../../../support/transitions.ts';

/** Two clips of an overlay track: small, at different places, on transparent ground. */
const boxes = { from: { x: 50, y: 30, width: 50, height: 30 }, to: { x: 60, y: 36, width: 60, height: 26 } } as const;
const clip = (box: (typeof boxes)[keyof typeof boxes], color: string): Canvas =>
  picture(160, 90, (context) => {
    context.fillStyle = color;
    context.fillRect(box.x, box.y, box.width, box.height);
  });
const from = clip(boxes.from, '#2040c0');
const to = clip(boxes.to, '#30a050');
const nothing = createCanvas(160, 90);
const moments = [0.02, 0.15, 0.3, 0.42, 0.5, 0.58, 0.7, 0.85, 0.98];

/** Transitions that leave the pictures where they are, and sharp. */
const still: ReadonlySet<string> = new Set([
  ...['dissolve', 'fade-black', 'fade-white', 'overlay', 'negative', 'strobe', 'flash'],
  ...['wipe-soft', 'wipe', 'sectors', 'windmill', 'blinds', 'blink', 'tiles', 'slit'],
  ...['iris-heart', 'iris-star', 'iris-circle', 'iris-diamond', 'iris-hexagon', 'iris-rectangle'],
  ...['light-beam', 'light-leak', 'light-spots', 'fire', 'ink', 'smoke', 'spread', 'grains'],
]);

const inside = (x: number, y: number): boolean =>
  Object.values(boxes).some((box) => x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height);

/** The places where a picture paints anything. */
function painted(canvas: Canvas): { x: number; y: number }[] {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const places = [];
  for (let index = 0; index * 4 < data.length; index += 1)
    if (data[index * 4 + 3] !== 0) places.push({ x: index % canvas.width, y: Math.floor(index / canvas.width) });
  return places;
}

describe('of clips that do not fill the canvas', () => {
  it.each(everyTransition)('$family ($name) paints nothing where there is no clip at all', ({ name }) => {
    for (const moment of moments) expect(painted(drawnTransition(name, moment, nothing, nothing))).toEqual([]);
  });

  it.each(everyTransition.filter(({ family }) => still.has(family)))(
    '$family ($name) changes nothing outside them',
    ({ name }) => {
      for (const moment of moments) {
        const outside = painted(drawnTransition(name, moment, from, to)).filter(({ x, y }) => !inside(x, y));
        expect(outside).toEqual([]);
      }
    },
  );

  it('翻页 paints its paper only as high as they are', () => {
    for (const moment of moments)
      for (const { y } of painted(drawnTransition('翻页', moment, from, to))) {
        expect(y).toBeGreaterThanOrEqual(boxes.from.y);
        expect(y).toBeLessThan(boxes.to.y + boxes.to.height);
      }
  });

  it('故障 has no dark fringes', () => {
    const blue = drawnTransition('故障', 0.3, from, to);
    for (const { x, y } of painted(blue)) {
      const [, , channel, alpha] = pixelAt(blue, x, y);
      if (alpha > 200) expect(channel).toBeGreaterThan(0x80);
    }
  });
});
