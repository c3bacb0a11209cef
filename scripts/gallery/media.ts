import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SKRSContext2D } from '@napi-rs/canvas';
import { lottie, moving, square } from '../../tests/support/lottie.ts';
import { makeAnimation, makeMovie, makePhoto } from '../../tests/support/media.ts';
import { makeWebpAnimation } from '../../tests/support/webp.ts';
import type { MediaFiles } from './scene-draft.ts';

/** Media that show what is done to them: which side is up, which is left, where the edges are. */
export async function makeGalleryMedia(folder: string): Promise<MediaFiles & { readonly cube: string }> {
  const at = (name: string) => path.join(folder, name);
  const cube = at('warm.cube');
  writeFileSync(cube, warmTable());
  const vector = at('vector.json');
  writeFileSync(vector, JSON.stringify(vectorAnimation()));
  return {
    card: await makePhoto(at('card.png'), 320, 180, (context, width, height) =>
      drawCard(context, width, height, ['#c1121f', '#f4a261', '#e9c46a', '#fdf0d5'], 'F'),
    ),
    other: await makePhoto(at('other.png'), 320, 180, (context, width, height) =>
      drawCard(context, width, height, ['#023e8a', '#0096c7', '#2a9d8f', '#90e0ef'], 'L'),
    ),
    tall: await makePhoto(at('tall.png'), 180, 320, (context, width, height) =>
      drawCard(context, width, height, ['#7209b7', '#b5179e', '#4cc9f0', '#f9c6ff'], 'F'),
    ),
    film: await makeMovie(at('film.mp4'), { width: 320, height: 180, frames: 60, draw: drawFilm }),
    moving: await makeAnimation(at('moving.gif'), ['#e63946', '#2a9d8f', '#ffd166'], 200),
    ring: makeWebpAnimation(at('ring.webp'), { width: 180, height: 180, frames: ringFrames() }),
    vector,
    green: await makePhoto(at('green.png'), 320, 180, drawGreen),
    badge: await makePhoto(at('badge.png'), 160, 160, drawBadge),
    chart: await makePhoto(at('chart.png'), 320, 180, drawChart),
    table: cube,
    cube,
  };
}

type Letter = 'F' | 'L';

/** Four quarters (upper left, upper right, lower left, lower right), a frame, and a letter without any symmetry. */
function drawCard(
  context: SKRSContext2D,
  width: number,
  height: number,
  colors: readonly string[],
  letter: Letter,
): void {
  for (const [index, color] of colors.entries()) {
    context.fillStyle = color;
    context.fillRect((index % 2) * (width / 2), Math.floor(index / 2) * (height / 2), width / 2, height / 2);
  }
  context.strokeStyle = '#ffffff';
  context.lineWidth = 8;
  context.strokeRect(4, 4, width - 8, height - 8);
  const unit = Math.min(width, height) / 9;
  context.fillStyle = '#111111';
  context.translate(width / 2 - 1.5 * unit, height / 2 - 2.5 * unit);
  context.fillRect(0, 0, unit, 5 * unit);
  if (letter === 'F') {
    context.fillRect(0, 0, 3 * unit, unit);
    context.fillRect(0, 2 * unit, 2.2 * unit, unit);
  } else context.fillRect(0, 4 * unit, 3 * unit, unit);
}

/** A hand that turns once in two seconds, clockwise from the top, and a bar that fills from the left. */
function drawFilm(context: SKRSContext2D, frame: number, width: number, height: number): void {
  context.fillStyle = '#264653';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#e9c46a';
  context.fillRect(0, height * 0.9, (width * (frame + 1)) / 60, height * 0.1);
  context.fillStyle = '#2a9d8f';
  context.beginPath();
  context.arc(width / 2, height * 0.45, height * 0.36, 0, 2 * Math.PI);
  context.fill();
  context.strokeStyle = '#fdf0d5';
  context.lineWidth = 8;
  const angle = (frame / 60) * 2 * Math.PI;
  context.beginPath();
  context.moveTo(width / 2, height * 0.45);
  context.lineTo(width / 2 + Math.sin(angle) * height * 0.33, height * 0.45 - Math.cos(angle) * height * 0.33);
  context.stroke();
}

/** A ring that fills in six steps, each frame adding its own part over what is there. */
function ringFrames() {
  return Array.from({ length: 6 }, (_, step) => ({
    durationMs: 150,
    draw(context: SKRSContext2D) {
      context.strokeStyle = `hsl(${step * 60} 90% 50%)`;
      context.lineWidth = 30;
      context.beginPath();
      context.arc(90, 90, 70, (step * Math.PI) / 3, ((step + 0.9) * Math.PI) / 3);
      context.stroke();
    },
  }));
}

/** Two squares that cross: small in its own pixels, sharp at any size. */
function vectorAnimation() {
  return lottie([
    square(30, [0.96, 0.8, 0.3], moving([20, 50], [80, 50], 20)),
    square(30, [0.2, 0.6, 0.6], moving([50, 80], [50, 20], 20)),
  ]);
}

/** A red ball on green, with a shadow and a half transparent edge. */
function drawGreen(context: SKRSContext2D, width: number, height: number): void {
  context.fillStyle = '#00b140';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#008a32';
  context.fillRect(width * 0.3, height * 0.78, width * 0.4, height * 0.08);
  context.fillStyle = '#d62828';
  context.beginPath();
  context.arc(width / 2, height * 0.45, height * 0.3, 0, 2 * Math.PI);
  context.fill();
}

function drawBadge(context: SKRSContext2D, width: number, height: number): void {
  context.fillStyle = '#ff006e';
  context.beginPath();
  for (let point = 0; point < 10; point += 1) {
    const angle = (point * Math.PI) / 5;
    const radius = (point % 2 === 0 ? 0.48 : 0.22) * width;
    context.lineTo(width / 2 + Math.sin(angle) * radius, height / 2 - Math.cos(angle) * radius);
  }
  context.fill();
}

/** Greys from black to white over colours, for what changes them. */
function drawChart(context: SKRSContext2D, width: number, height: number): void {
  const greys = context.createLinearGradient(0, 0, width, 0);
  greys.addColorStop(0, '#000');
  greys.addColorStop(1, '#fff');
  context.fillStyle = greys;
  context.fillRect(0, 0, width, height * 0.4);
  for (let patch = 0; patch < 12; patch += 1) {
    const left = Math.round((patch * width) / 12);
    const right = Math.round(((patch + 1) * width) / 12);
    context.fillStyle = `hsl(${patch * 30} 75% 50%)`;
    context.fillRect(left, height * 0.4, right - left, height * 0.3);
    context.fillStyle = `hsl(${patch * 30} 40% 65%)`;
    context.fillRect(left, height * 0.7, right - left, height * 0.3);
  }
}

/** A colour table that lifts red and takes blue away. */
function warmTable(): string {
  const rows = ['LUT_3D_SIZE 2'];
  for (const blue of [0, 0.6])
    for (const green of [0, 0.9]) for (const red of [0.15, 1]) rows.push(`${red} ${green} ${blue}`);
  return `${rows.join('\n')}\n`;
}
