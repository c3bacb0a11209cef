/** Draws the app's icons into resources/icons: `node scripts/run.mjs scripts/icons.ts`. The files are kept in the repository. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import { bundledFont } from '../main/engines/embedded/text/fonts/bundled.ts';

const folder = path.join(import.meta.dirname, '..', 'resources', 'icons');

/** The mark that the window's own icon (renderer/public/icon.svg) shows: a picture that plays, and how far it is. */
function drawMark(context: SKRSContext2D, size: number, detailed: boolean): void {
  context.save();
  context.scale(size / 64, size / 64);
  const ground = context.createLinearGradient(0, 0, 64, 64);
  ground.addColorStop(0, '#3d66ee');
  ground.addColorStop(1, '#2443b8');
  context.fillStyle = ground;
  box(context, 0, 0, 64, 64, 14);

  // At tray size there is no room for the frame: the triangle alone stays readable.
  if (detailed) {
    context.fillStyle = 'rgba(255,255,255,0.22)';
    box(context, 14, 16, 36, 27, 5);
  }
  const [left, middle, right, half] = detailed ? [28.5, 29.5, 40, 7] : [24, 27, 44, 12];
  context.fillStyle = '#fff';
  context.strokeStyle = '#fff';
  context.lineJoin = 'round';
  context.lineWidth = 3;
  context.beginPath();
  context.moveTo(left, middle - half);
  context.lineTo(right, middle);
  context.lineTo(left, middle + half);
  context.closePath();
  context.stroke();
  context.fill();

  const bar = detailed ? 4 : 6;
  context.fillStyle = 'rgba(255,255,255,0.35)';
  box(context, 14, 48, 36, bar, bar / 2);
  context.fillStyle = '#fff';
  box(context, 14, 48, 23, bar, bar / 2);
  context.restore();
}

function box(context: SKRSContext2D, x: number, y: number, width: number, height: number, radius: number): void {
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  context.fill();
}

const badges = { idle: null, working: '#1fc16b', paused: '#f0a020', problem: '#e5484d' } as const;

const digits = bundledFont('cjk', 'bold');
if (digits === null) throw new Error('The bundled font is missing: run npm ci.');
GlobalFonts.registerFromPath(digits, 'Digits');

/**
 * The mark with a badge at the lower right that says how the station is, told by shape as well as by colour.
 * @param label number of tasks at work, in the badge
 */
function drawTray(context: SKRSContext2D, size: number, kind: keyof typeof badges, label = ''): void {
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
    context.font = `0.5px Digits`;
    context.textAlign = 'center';
    context.fillText(label, 0.7, 0.88, 0.5);
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
const trays = [
  ...(['idle', 'paused', 'problem'] as const).map((kind) => ({ name: kind, kind, label: '' })),
  ...['1', '2', '3', '4', '5', '6', '7', '8', '9', '9+'].map((label) => ({
    name: `working-${label.replace('9+', 'many')}`,
    kind: 'working' as const,
    label,
  })),
];
for (const { name, kind, label } of trays) {
  for (const [suffix, size] of [
    ['', 16],
    ['@1.25x', 20],
    ['@1.5x', 24],
    ['@2x', 32],
    ['@3x', 48],
  ] as const) {
    write(
      `tray-${name}${suffix}.png`,
      picture(size, (context) => drawTray(context, size, kind, label)),
    );
  }
}
console.log(`Icons: ${path.relative(process.cwd(), folder)}`);
