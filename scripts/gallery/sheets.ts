import { type Canvas, createCanvas } from '@napi-rs/canvas';
import type { Shown } from './compose.ts';
import type { Scene } from './scene.ts';

const rows = 8;
const columns = 5;
const width = 320;
const height = 180;
const caption = 18;

/** All frames on a few pictures, for a look at everything at once. */
export function contactSheets(entries: readonly { scene: Scene; shown: Shown }[]): Canvas[] {
  const cells = entries.flatMap(({ scene, shown }) =>
    shown.frames.map((frame, index) => ({ frame, label: `${scene.id} ${scene.at[index]} s` })),
  );
  const sheets: Canvas[] = [];
  for (let first = 0; first < cells.length; first += rows * columns) {
    const sheet = createCanvas(columns * (width + 4), rows * (height + caption + 4));
    const context = sheet.getContext('2d');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, sheet.width, sheet.height);
    context.font = '13px sans-serif';
    for (const [index, { frame, label }] of cells.slice(first, first + rows * columns).entries()) {
      const x = (index % columns) * (width + 4);
      const y = Math.floor(index / columns) * (height + caption + 4);
      context.fillStyle = '#000';
      context.fillText(label, x + 2, y + 13);
      const factor = Math.min(width / frame.width, height / frame.height);
      context.drawImage(frame, x, y + caption, frame.width * factor, frame.height * factor);
    }
    sheets.push(sheet);
  }
  return sheets;
}
