/** Draws the app's icons into resources/icons: `node scripts/run.mjs scripts/icons.ts`. The files are kept in the repository. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';

const folder = path.join(import.meta.dirname, '..', 'resources', 'icons');

/** A film frame on its way along a conveyor: the station. All drawn on a square of 1. */
function drawMark(context: SKRSContext2D, size: number, detailed: boolean): void {
  context.save();
  context.scale(size, size);
  const ground = context.createLinearGradient(0, 0, 1, 1);
  ground.addColorStop(0, '#2f6bff');
  ground.addColorStop(1, '#12b5a6');
  context.fillStyle = ground;
  context.beginPath();
  context.roundRect(0.04, 0.04, 0.92, 0.92, 0.22);
  context.fill();

  context.fillStyle = '#fff';
  context.beginPath();
  context.roundRect(0.2, 0.22, 0.6, 0.42, 0.07);
  context.fill();
  if (detailed) {
    context.fillStyle = '#2b74f0';
    for (const y of [0.265, 0.555]) {
      for (let hole = 0; hole < 5; hole++) {
        context.beginPath();
        context.roundRect(0.25 + hole * 0.108, y, 0.066, 0.045, 0.014);
        context.fill();
      }
    }
  }
  context.fillStyle = '#1f63ef';
  context.beginPath();
  const [left, right, top, bottom] = detailed ? [0.44, 0.6, 0.335, 0.525] : [0.41, 0.65, 0.28, 0.58];
  context.moveTo(left, top);
  context.lineTo(right, (top + bottom) / 2);
  context.lineTo(left, bottom);
  context.closePath();
  context.lineJoin = 'round';
  context.lineWidth = 0.03;
  context.strokeStyle = context.fillStyle;
  context.stroke();
  context.fill();

  // The belt: what is done is bright.
  context.lineCap = 'round';
  context.lineWidth = 0.075;
  context.strokeStyle = 'rgba(255,255,255,0.45)';
  line(context, 0.24, 0.76);
  context.strokeStyle = '#fff';
  line(context, 0.24, 0.56);
  context.restore();
}

function line(context: SKRSContext2D, from: number, to: number): void {
  context.beginPath();
  context.moveTo(from, 0.775);
  context.lineTo(to, 0.775);
  context.stroke();
}

const badges = { idle: null, working: '#1fc16b', paused: '#f0a020', problem: '#e5484d' } as const;

/** The mark with a badge at the lower right that says how the station is, told by shape as well as by colour. */
function drawTray(context: SKRSContext2D, size: number, kind: keyof typeof badges): void {
  drawMark(context, size, false);
  const colour = badges[kind];
  if (colour === null) return;
  context.save();
  context.scale(size, size);
  context.globalCompositeOperation = 'destination-out';
  disc(context, 0.36);
  context.globalCompositeOperation = 'source-over';
  context.fillStyle = colour;
  disc(context, 0.3);
  context.fillStyle = '#fff';
  if (kind === 'working') {
    context.beginPath();
    context.moveTo(0.62, 0.54);
    context.lineTo(0.86, 0.7);
    context.lineTo(0.62, 0.86);
    context.fill();
  } else if (kind === 'paused') {
    context.fillRect(0.585, 0.55, 0.085, 0.3);
    context.fillRect(0.735, 0.55, 0.085, 0.3);
  } else {
    context.fillRect(0.655, 0.52, 0.09, 0.22);
    context.fillRect(0.655, 0.79, 0.09, 0.09);
  }
  context.restore();
}

function disc(context: SKRSContext2D, radius: number): void {
  context.beginPath();
  context.arc(0.7, 0.7, Math.min(radius, 0.3), 0, 2 * Math.PI);
  if (radius > 0.3) {
    context.lineWidth = (radius - 0.3) * 2;
    context.stroke();
  }
  context.fill();
}

function picture(size: number, draw: (context: SKRSContext2D) => void): Buffer {
  const canvas = createCanvas(size, size);
  draw(canvas.getContext('2d'));
  return canvas.toBuffer('image/png');
}

/** Windows' container: a directory, then the pictures as PNG. */
function ico(pictures: readonly { size: number; png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  pictures.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index;
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/** Apple's container: chunks of a type and a length, each with a PNG. */
function icns(pictures: readonly { type: string; png: Buffer }[]): Buffer {
  const chunk = (type: string, content: Buffer) => {
    const head = Buffer.alloc(8);
    head.write(type, 'ascii');
    head.writeUInt32BE(content.length + 8, 4);
    return Buffer.concat([head, content]);
  };
  return chunk('icns', Buffer.concat(pictures.map(({ type, png }) => chunk(type, png))));
}

const mark = (size: number) => picture(size, (context) => drawMark(context, size, size >= 48));

mkdirSync(folder, { recursive: true });
const write = (name: string, content: Buffer) => writeFileSync(path.join(folder, name), content);

write('icon-256.png', mark(256));
write('icon.png', mark(512));
write('icon.ico', ico([16, 20, 24, 32, 40, 48, 64, 256].map((size) => ({ size, png: mark(size) }))));
write(
  'icon.icns',
  icns(
    [
      { type: 'ic07', size: 128 },
      { type: 'ic08', size: 256 },
      { type: 'ic09', size: 512 },
      { type: 'ic10', size: 1024 },
    ].map(({ type, size }) => ({ type, png: mark(size) })),
  ),
);
for (const kind of Object.keys(badges) as (keyof typeof badges)[]) {
  for (const [suffix, size] of [
    ['', 16],
    ['@1.25x', 20],
    ['@1.5x', 24],
    ['@2x', 32],
    ['@3x', 48],
  ] as const) {
    write(
      `tray-${kind}${suffix}.png`,
      picture(size, (context) => drawTray(context, size, kind)),
    );
  }
}
console.log(`Icons: ${path.relative(process.cwd(), folder)}`);
